import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Memory, memoryOf } from '../../shared/imap/memory.ts'

const kib = 1024

test('a buffer takes little more than its message', () => {
  const memory = new Memory(0)
  for (let bytes = 4 * kib; bytes <= 2048 * kib; bytes += 997) {
    const taken = memory.take(bytes)
    assert.equal(taken.length, bytes)
    assert.ok(taken.buffer.byteLength <= bytes * 1.26, `${bytes} bytes took ${taken.buffer.byteLength}`)
  }
  assert.equal(memory.take(57).buffer.byteLength, memoryOf(Buffer.alloc(57)))
})

test('what was given back is used again by a message of about that size', () => {
  const memory = new Memory(100 * kib)
  const first = memory.take(60 * kib)
  const { buffer } = first
  memory.give(first)
  assert.equal(memory.take(61 * kib).buffer, buffer)
  assert.notEqual(memory.take(61 * kib).buffer, buffer)
})

test('what there is no room to keep is freed at once', () => {
  const memory = new Memory(100 * kib)
  const [one, two] = [memory.take(64 * kib), memory.take(64 * kib)]
  memory.give(one)
  memory.give(two)
  assert.deepEqual([one.length, two.length], [64 * kib, 0])
})

test('what waits to be used again is freed once nothing was taken for a while, and not before', t => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const memory = new Memory(100 * kib, 1_000)
  const first = memory.take(64 * kib)
  memory.give(first)
  for (let n = 0; n < 4; n++) {
    t.mock.timers.tick(900)
    const taken = memory.take(64 * kib)
    assert.equal(taken.buffer, first.buffer, 'it was freed while it was in use')
    memory.give(taken)
  }
  t.mock.timers.tick(1_000)
  t.mock.timers.tick(1_000)
  assert.equal(first.length, 0)
  const next = memory.take(64 * kib)
  memory.give(next)
  assert.equal(memory.take(64 * kib).buffer, next.buffer)
})

test('what is not of this memory is left as it is', () => {
  const memory = new Memory(100 * kib)
  const strangers = [Buffer.from('pooled'), Buffer.allocUnsafeSlow(5_001), Buffer.allocUnsafeSlow(3_000 * kib)]
  for (const stranger of strangers) memory.give(stranger)
  assert.deepEqual(
    strangers.map(({ length }) => length),
    [6, 5_001, 3_000 * kib],
  )
})
