import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isExcepted, someChunks } from '../../shared/copy/some-chunks.ts'
import type { ChunkRow } from '../../shared/store/schema.ts'
import { gathered, type Store } from '../../shared/store/store.ts'
import { chunkRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

/** A ledger of 40 chunks, and which of its rows were read whole. */
async function ledger(excepted: readonly number[]): Promise<{ store: Store; whole: number[] }> {
  const store = memoryStore()
  const rows = Array.from({ length: 40 }, (_, i) =>
    chunkRow({
      folder: i < 20 ? 'a' : 'b',
      firstUid: (i % 20) * 10 + 1,
      lastUid: (i % 20) * 10 + 10,
      excepted: excepted.includes(i) ? 1 : 0,
    }),
  )
  await store.chunks.put(rows)
  const whole: number[] = []
  const noted = (row: ChunkRow) => whole.push((row.folder === 'a' ? 0 : 20) + (row.firstUid - 1) / 10)
  const chunks: Store['chunks'] = {
    ...store.chunks,
    async get(partition, key) {
      const stored = await store.chunks.get(partition, key)
      if (stored) noted(stored.row)
      return stored
    },
    async *list(query) {
      for await (const stored of store.chunks.list(query)) {
        noted(stored.row)
        yield stored
      }
    },
  }
  return { store: { ...store, chunks }, whole }
}

const mailbox = { wave: 'w', address: 'anna@town.example' }

test('of a ledger only the chunks that are wanted are read whole, where they are few', async () => {
  const { store, whole } = await ledger([3, 25])
  const found = await gathered(someChunks(store, mailbox, isExcepted))
  assert.deepEqual(whole, [3, 25])
  assert.deepEqual(
    found.map(({ folder, firstUid, entries }) => [folder, firstUid, entries.length]),
    [
      ['a', 31, 3],
      ['b', 51, 3],
    ],
  )
})

test('where many are wanted all are listed once, and only those come', async () => {
  const excepted = [0, 7, 12, 19, 20, 33]
  const { store, whole } = await ledger(excepted)
  const found = await gathered(someChunks(store, mailbox, isExcepted))
  assert.equal(whole.length, 40)
  assert.deepEqual(
    found.map(({ folder, firstUid }) => (folder === 'a' ? 0 : 20) + (firstUid - 1) / 10),
    excepted,
  )
})

test('where none is wanted, or there is none, nothing is read', async () => {
  const { store, whole } = await ledger([])
  assert.deepEqual(await gathered(someChunks(store, mailbox, isExcepted)), [])
  assert.deepEqual(await gathered(someChunks(store, { ...mailbox, address: 'nobody@town.example' }, () => true)), [])
  assert.deepEqual(whole, [])
})
