import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Chunk, FolderLedger } from '../../shared/copy/folder-ledger.ts'
import { followExpunges, followFlags } from '../../shared/copy/follow.ts'
import { type Entry, unpack } from '../../shared/copy/ledger.ts'
import { compareFolder } from '../../shared/copy/verify.ts'
import { sealMailbox } from '../../shared/receipt/manifest.ts'
import { Heads } from '../../shared/source/heads.ts'
import type { Listing } from '../../shared/source/source.ts'
import { only, type Store } from '../../shared/store/store.ts'
import type { Target } from '../../shared/targets/target.ts'
import { memoryTarget } from '../fakes/imap.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { memoryStore } from '../fakes/store.ts'
import { chunkRow, emptyLedger, folderRow, mailboxRow, waveRow } from '../receipt/ledger.ts'

const messages = 50_000
const perChunk = 200

/** What was unpacked from the ledger, or read of it, as long as it is alive. */
let watched: WeakRef<object>[] = []
Object.defineProperty(Chunk.prototype, 'entries', {
  get(this: Chunk): Entry[] {
    const entries = unpack(this.row.entries)
    for (const entry of entries) watched.push(new WeakRef(entry))
    return entries
  },
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** How many are alive. A job of its own is needed: what a WeakRef was asked for or made from lives to the end of its job. */
async function alive(): Promise<number> {
  await new Promise(done => setImmediate(done))
  collect()
  watched = watched.filter(one => one.deref() !== undefined)
  return watched.length
}

function entriesFrom(first: number): Entry[] {
  return Array.from({ length: perChunk }, (_, i) => {
    const uid = first + i
    const digest = `digest ${uid}`
    return {
      uid,
      target: uid,
      sizeBytes: 1_000 + (uid % 100),
      internalDate: uid * 1_000,
      flags: [],
      digest,
      reread: digest,
      outcome: 'copied',
    }
  })
}

const listed = (count: number): Listing => {
  function* heads() {
    for (let uid = 1; uid <= count; uid++) yield { uid, flags: [], internalDate: uid * 1_000, sizeBytes: 1_000 + (uid % 100) }
  }
  return { path: 'INBOX', status: { uidValidity: '1', uidNext: count + 1, exists: count }, heads: Heads.of(heads()) }
}

test('of a large folder’s ledger only a chunk or two are unpacked at any time, whatever is done with it', async () => {
  const owner = { wave: 'w', address: 'a', path: 'INBOX', targetPath: 'INBOX', fence: 1, now: () => 0 }
  const ledger = new FolderLedger(memoryStore().chunks, owner, [])
  for (let first = 1; first <= messages; first += perChunk) {
    const entries = entriesFrom(first)
    await ledger.write(await ledger.intend('1', entries, { uidValidity: '1', uidNext: 1 }), entries)
  }
  let most = 0
  const seen: number[] = []
  const look = async () => {
    most = Math.max(most, await alive())
  }
  const target: Target = {
    ...memoryTarget(new MemoryMailbox()),
    async *digests(portions) {
      await look()
      for await (const { uids } of portions) seen.push(...uids)
      yield { path: 'INBOX', uid: messages + 1, digest: 'digest 1', internalDate: 0 }
    },
    async setFlags(_, changes) {
      await look()
      seen.push(changes.size)
      return new Map()
    },
    async removeOurs(_, uids) {
      await look()
      seen.push(...uids)
      return true
    },
  }
  const sending = { source: undefined as never, target, signal: new AbortController().signal, now: () => 0 }
  const opened = { uidValidity: '1', uidNext: messages + 1, exists: messages, keeps: () => true }
  const way = { path: 'INBOX', uidValidity: '1', targetPath: 'INBOX', opened, ledger, settled: () => {} }

  const compared = await compareFolder(listed(messages), listed(messages + 1), ledger, target, { livedIn: false, seen: {} })
  assert.deepEqual([compared.target, compared.removed, compared.differing, seen], [messages, 1, 0, [messages + 1, messages + 1]])

  const flagged = listed(messages)
  flagged.heads.add(7, '\\Seen', 7_000, 1_007, ['\\Seen'])
  await followFlags(sending, way, flagged.heads, new Set(), new Set())
  await followExpunges(sending, way, listed(messages - 1).heads)
  assert.deepEqual(seen.slice(2), [1, messages])
  await look()
  assert.ok(most <= 4 * perChunk, `${most} entries were alive`)
})

test('a large ledger is judged and sealed with a few of its rows in memory', async () => {
  const ledger = emptyLedger()
  const address = 'anna@town.example'
  await ledger.store.folders.insert(folderRow(address, 'INBOX', messages))
  let most = 0
  const chunks: Store['chunks'] = {
    ...ledger.store.chunks,
    async *list() {
      for (let first = 1; first <= messages; first += perChunk) {
        const row = chunkRow(address, 'INBOX', entriesFrom(first))
        watched.push(new WeakRef(row))
        if (first % (20 * perChunk) === 1) most = Math.max(most, await alive())
        yield { row, etag: '' }
      }
    },
  }
  const picking: Store['chunks'] = { ...chunks, pick: (query, columns) => only(chunks.list(query), columns) }
  const store = { ...ledger.store, chunks: picking }
  const sealed = await sealMailbox({ ...ledger, store }, waveRow(), mailboxRow(address, { found: messages }))
  assert.deepEqual([sealed.messages, sealed.judged.verdict], [messages, 'complete'])
  assert.ok(most > 0 && most < 30, `${most} rows were alive`)
})

test('a long listing leaves nothing behind for the collector, neither as it grows nor when it is done with', () => {
  const taken = () => process.memoryUsage().arrayBuffers
  const before = taken()
  const { heads } = listed(10 * messages)
  assert.ok(taken() - before < 10 * messages * 20 * 1.2, `${taken() - before} bytes are taken`)
  heads.free()
  assert.ok(taken() - before < 100_000, `${taken() - before} bytes are still taken`)
})
