import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BackOff } from './back-off.ts'

const firstSix = (backOff: BackOff) => Array.from({ length: 6 }, () => Math.round(backOff.next()))

test('an idle listener waits 100 ms, then twice as much more each time, up to the longest', () => {
  assert.deepEqual(firstSix(new BackOff(1500, () => 0.5)), [100, 200, 300, 500, 900, 1500])
})

test('chance moves each wait by a fifth to either side', () => {
  assert.deepEqual(firstSix(new BackOff(60_000, () => 0)), [100, 180, 260, 420, 740, 1380])
  assert.deepEqual(firstSix(new BackOff(60_000, () => 1)), [100, 220, 340, 580, 1060, 2020])
})

test('a message makes it impatient again', () => {
  const backOff = new BackOff(60_000, () => 0.5)
  firstSix(backOff)
  backOff.reset()
  assert.deepEqual(firstSix(backOff), [100, 200, 300, 500, 900, 1700])
})
