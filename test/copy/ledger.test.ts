import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { byPolicy, count, type Entry, type Outcome, pack, remedies, unpack } from '../../shared/copy/ledger.ts'
import { between, type Chance, chance, oneOf } from '../fakes/chance.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (how: { type: 'minor' }) => void

const outcomes = ['intended', 'copied', 'adopted', ...Object.keys(remedies)] as Outcome[]
const digest = (random: Chance) => Buffer.from(Array.from({ length: 32 }, () => between(random, 0, 255))).toString('base64url')

function entry(random: Chance, uid: number): Entry {
  const flags = ['\\Seen', '\\Answered', '$Label1', 'Été', 'NonJunk'].filter(() => random() < 0.3)
  const known = random() < 0.8 ? digest(random) : undefined
  const reread = known && random() < 0.5 ? { reread: random() < 0.7 ? known : digest(random) } : {}
  return {
    uid,
    ...(random() < 0.7 ? { target: between(random, 1, 0xffff_ffff) } : {}),
    sizeBytes: between(random, 0, 40_000_000),
    internalDate: random() < 0.1 ? Number.NaN : between(random, -2_208_988_800, 4_102_444_800) * 1000,
    ...(random() < 0.1 ? { keptDate: between(random, -2_208_988_800, 4_102_444_800) * 1000 } : {}),
    flags,
    ...(known ? { digest: known, ...reread } : {}),
    outcome: oneOf(random, outcomes),
    ...(random() < 0.1
      ? { broken: { doing: oneOf(random, ['reading', 'appending'] as const), times: between(random, 1, 300) } }
      : {}),
    ...(random() < 0.1 ? { claim: between(random, 1, 300) } : {}),
    ...(random() < 0.2 ? { note: `“quoted”, \\ and\nnew line ${digest(random)}` } : {}),
  }
}

function entries(seed: number, length: number): Entry[] {
  const random = chance(seed)
  return Array.from({ length }, (_, i) => entry(random, i * 3 + 1))
}

describe('a packed chunk', () => {
  test('is unpacked as it was, whatever is in it', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const some = entries(seed, between(chance(seed), 0, 60))
      assert.deepEqual(unpack(pack(some)), some, `seed ${seed}`)
    }
  })

  test('of what is not a SHA-256, or spelt otherwise than it is, is unpacked as it was all the same', () => {
    const base = { sizeBytes: 2 ** 40, internalDate: 1, flags: [], outcome: 'altered' as const }
    const [whole, tailed] = [`${'A'.repeat(42)}Q`, `${'A'.repeat(42)}R`]
    const some: Entry[] = [
      { uid: 0xffff_ffff, ...base, digest: tailed, reread: whole },
      { uid: 1, ...base, digest: whole, reread: tailed },
      { uid: 2, ...base, digest: 'short', reread: 'short' },
      { uid: 3, ...base, note: 'é'.repeat(40_000) },
    ]
    assert.deepEqual(unpack(pack(some)), some)
  })

  test('of an earlier version is unpacked too', () => {
    const packed =
      'i4421rHUMTQyMNAxNDdAAB2lmJjg1NQ8BRWfxKTUHEMlHaXIcK8sJR2l5PyCzNQUJR0lJR0lW6VYnWgTHQMdU5280pwcsJiSjlJmXklqXgpYUQVEJLGgIDUvJTMvXUnHKDYWAA=='
    assert.deepEqual(unpack(Buffer.from(packed, 'base64')), [
      {
        uid: 3,
        target: 9,
        sizeBytes: 1200,
        internalDate: 1_700_000_000_000,
        flags: ['\\Seen', '$Label1'],
        digest: 'YWJj',
        reread: 'YWJj',
        outcome: 'copied',
      },
      {
        uid: 4,
        sizeBytes: 5,
        internalDate: Number.NaN,
        flags: [],
        outcome: 'intended',
        note: 'x',
        broken: { doing: 'appending', times: 2 },
      },
    ])
  })

  test('leaves nothing behind that only a whole garbage collection takes away', async () => {
    const some = entries(5, 200)
    const used = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 500; i++) unpack(pack(some))
    for (let i = 0; i < 3; i++) collect({ type: 'minor' })
    await new Promise(done => setImmediate(done))
    assert.ok(process.memoryUsage().arrayBuffers - used < 4_000_000)
  })

  test('of the most messages that a chunk may have fits into a column of 64 KiB', () => {
    const random = chance(7)
    const plain = Array.from({ length: 500 }, (_, i): Entry => {
      const same = digest(random)
      const sizeBytes = between(random, 1_000, 9_999_999)
      const internalDate = between(random, 1_000_000_000, 1_700_000_000) * 1000
      return {
        uid: i + 1,
        target: i + 9,
        sizeBytes,
        internalDate,
        flags: ['\\Seen'],
        digest: same,
        reread: same,
        outcome: 'copied',
      }
    })
    const refused = plain.map(
      ({ reread: _, ...one }): Entry => ({ ...one, outcome: 'refused', note: `refused: ${'x'.repeat(300)}` }),
    )
    for (const some of [plain, refused]) assert.ok(pack(some).byteLength < 65_536, `${pack(some).byteLength} bytes`)
  })

  test('costs less than a hundred bytes a message', () => {
    const some = entries(3, 400)
    assert.ok(pack(some).byteLength / some.length < 100)
  })
})

describe('counts', () => {
  test('of all outcomes but the intended add up to the number of messages', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const some = entries(seed, 40)
      const { copied, adopted, excepted, sizeBytes } = count(some)
      const settled = some.filter(({ outcome }) => outcome !== 'intended')
      assert.equal(copied + adopted + excepted, settled.length)
      assert.equal(
        sizeBytes,
        settled.reduce((sum, one) => sum + one.sizeBytes, 0),
      )
    }
  })

  test('call everything an exception that is not a plain copy', () => {
    for (const outcome of outcomes) {
      const { copied, adopted, excepted } = count([{ uid: 1, sizeBytes: 1, internalDate: 0, flags: [], outcome }])
      const wanted = { intended: [0, 0, 0], copied: [1, 0, 0], adopted: [0, 1, 0] }[outcome as string] ?? [0, 0, 1]
      assert.deepEqual([copied, adopted, excepted], wanted, outcome)
    }
  })
})

test('only what a policy or the owner decided leaves a verdict complete', () => {
  assert.deepEqual([...byPolicy].sort(), ['deleted', 'removed', 'vanished'])
})
