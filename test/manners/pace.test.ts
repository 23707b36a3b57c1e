import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bucket, Paces, take } from '../../shared/manners/pace.ts'
import { paced } from '../../shared/manners/paced.ts'
import type { Message } from '../../shared/source/source.ts'

/** Time that only passes while somebody waits. */
function time() {
  const state = { now: 0, waits: [] as number[] }
  const wait = async (ms: number) => {
    state.waits.push(ms)
    state.now += ms
  }
  return { state, paces: new Paces(() => state.now, wait) }
}

describe('a bucket', () => {
  const cases: [string, [number, number][], number][] = [
    ['gives a second’s worth at once', [[0, 1000]], 0],
    [
      'makes the next one wait',
      [
        [0, 1000],
        [0, 500],
      ],
      500,
    ],
    [
      'fills by the second',
      [
        [0, 1000],
        [400, 400],
      ],
      0,
    ],
    ['holds no more than a second’s worth', [[60_000, 2_500]], 1_500],
    [
      'lets a large one be paid for by whoever comes next',
      [
        [0, 10_000],
        [0, 0],
      ],
      9_000,
    ],
  ]
  for (const [what, takes, waits] of cases)
    test(what, () => {
      const full = bucket(1000, 0)
      assert.equal(takes.map(([at, amount]) => take(full, amount, at)).at(-1), waits)
    })
})

describe('the pace between servers', () => {
  test('is none where no server has a rate', () => {
    const { paces } = time()
    assert.equal(paces.between([{ server: 'old.test:993' }, { server: 'new.test:993' }]), undefined)
  })

  test('keeps the bytes a second, over all sessions of a worker', async () => {
    const { state, paces } = time()
    const servers = [{ server: 'old.test:993', bytesPerSecond: 50_000 }, { server: 'new.test:993' }]
    const [one, other] = [paces.between(servers), paces.between(servers)]
    for (let i = 0; i < 100; i++) await (i % 2 ? one : other)?.(10_000)
    assert.ok(state.now >= 19_000 && state.now <= 20_000, `1 MB took ${state.now} ms`)
  })

  test('keeps the messages a second, and is the slower of both servers', async () => {
    const { state, paces } = time()
    const pace = paces.between([
      { server: 'old.test:993', messagesPerSecond: 100 },
      { server: 'new.test:993', messagesPerSecond: 10 },
    ])
    for (let i = 0; i < 100; i++) await pace?.(1)
    assert.ok(state.now >= 9_000 && state.now <= 10_000, `${state.now}`)
  })

  test('never waits longer than a second at a time', async () => {
    const { state, paces } = time()
    await paces.between([{ server: 'old.test:993', bytesPerSecond: 10_000 }])?.(100_000)
    assert.equal(state.now, 9_000)
    assert.ok(Math.max(...state.waits) <= 1_000)
  })

  test('holds a large message back piece by piece, and changes nothing in it', async () => {
    const { state, paces } = time()
    const pace = paces.between([{ server: 'old.test:993', bytesPerSecond: 10_000, messagesPerSecond: 1_000 }])
    assert.ok(pace)
    const pieces = Array.from({ length: 8 }, (_, i) => Buffer.alloc(5_000, i))
    async function* messages(): AsyncIterable<Message> {
      const head = { path: 'INBOX', uid: 1, flags: [], internalDate: 0, sizeBytes: 40_000 }
      yield {
        ...head,
        raw: {
          sizeBytes: 40_000,
          chunks: async function* () {
            yield* pieces
          },
        },
      }
      yield { ...head, uid: 2, sizeBytes: 3, raw: Buffer.from('end') }
    }
    const seen: number[] = []
    const got: Buffer[] = []
    for await (const { raw } of paced(messages(), pace)) {
      if (Buffer.isBuffer(raw)) got.push(raw)
      else
        for await (const piece of raw.chunks()) {
          seen.push(state.now)
          got.push(piece)
        }
    }
    assert.deepEqual(seen, [0, 0, 500, 1_000, 1_500, 2_000, 2_500, 3_000])
    assert.deepEqual(Buffer.concat(got), Buffer.concat([...pieces, Buffer.from('end')]))
  })
})
