import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextLatePass } from '../../shared/steps/late-mail.ts'

const [second, hour] = [1_000, 3_600_000]
const switchedAt = Date.UTC(2026, 0, 5)
const passed = (latePasses: number, lateEmpty: number, lateAt: number) => ({ switchedAt, latePasses, lateEmpty, lateAt })

test('a pass after the planned ones is due at a time that comes, not ever later', () => {
  for (const [forMs, done] of [
    [8 * second, 1],
    [72 * hour, 5],
  ] as const) {
    const lateAt = switchedAt + forMs
    const dueAt = nextLatePass(passed(done, 0, lateAt), forMs, lateAt)
    assert.ok(dueAt !== undefined && dueAt > lateAt)
    assert.equal(nextLatePass(passed(done, 0, lateAt), forMs, dueAt), dueAt)
  }
})

test('the old server counts as silent when the time is over and the last passes found nothing', () => {
  const short = 8 * second
  assert.equal(nextLatePass(passed(0, 0, 0), short, switchedAt), switchedAt + short)
  assert.equal(nextLatePass(passed(1, 1, switchedAt + short), short, switchedAt + short), undefined)
  const long = 72 * hour
  assert.ok(nextLatePass(passed(5, 1, switchedAt + long), long, switchedAt + long))
  assert.equal(nextLatePass(passed(6, 2, switchedAt + long), long, switchedAt + 2 * long), undefined)
})

test('a server that brings mail for ever is left after two weeks', () => {
  const end = switchedAt + 14 * 24 * hour
  assert.equal(nextLatePass(passed(16, 0, end - hour), 72 * hour, end - hour), end)
  assert.equal(nextLatePass(passed(16, 0, end - hour), 72 * hour, end), undefined)
})
