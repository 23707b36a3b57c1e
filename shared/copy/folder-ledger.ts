import { Superseded, type Turn } from '../run.ts'
import { type ChunkRow, chunkKey, folderKey, type MailboxRow, mailboxKey } from '../store/schema.ts'
import type { Store, Stored, Table } from '../store/store.ts'
import { count, type Entry, pack, unpack } from './ledger.ts'

/** A chunk in hand: its row as last read or written. `entries` are unpacked at every look, so that a ledger of half a million messages stays small. */
export class Chunk {
  row: ChunkRow
  etag: string

  constructor({ row, etag }: Stored<ChunkRow>) {
    this.row = row
    this.etag = etag
  }

  get entries(): Entry[] {
    return unpack(this.row.entries)
  }
}

/** Whose ledger, and under which claim it is written. */
export type Owner = {
  wave: string
  address: string
  path: string
  targetPath: string
  fence: number
  now: () => number
}

/** The chunks of one folder, oldest first. Every write is conditional: a worker that lost its claim cannot write over its successor. */
export class FolderLedger {
  readonly chunks: Chunk[]
  private readonly table: Table<ChunkRow>
  private readonly owner: Owner

  constructor(table: Table<ChunkRow>, owner: Owner, chunks: Chunk[]) {
    this.table = table
    this.owner = owner
    this.chunks = chunks
  }

  /** The claim under which it is written. */
  get claim(): number {
    return this.owner.fence
  }

  /** The chunks of this UIDVALIDITY of the source. */
  of(uidValidity: string): Chunk[] {
    return this.chunks.filter(({ row }) => row.uidValidity === uidValidity)
  }

  /** Target UIDs that are ours, under this UIDVALIDITY of the target. */
  ours(targetUidValidity: string): Set<number> {
    const found = new Set<number>()
    for (const { row, entries } of this.chunks)
      if (row.targetUidValidity === targetUidValidity) for (const { target } of entries) if (target) found.add(target)
    return found
  }

  /** Writes the intent, before anything is sent. */
  async intend(uidValidity: string, entries: Entry[], target: { uidValidity: string; uidNext: number }): Promise<Chunk> {
    const { wave, address, path, targetPath, fence } = this.owner
    const base = {
      wave,
      address,
      folder: folderKey(path),
      uidValidity,
      firstUid: entries.reduce((least, { uid }) => Math.min(least, uid), Number.POSITIVE_INFINITY),
      lastUid: entries.reduce((most, { uid }) => Math.max(most, uid), 0),
      madeBy: fence,
    }
    const where = { targetPath, targetUidValidity: target.uidValidity, targetUidNext: target.uidNext }
    const row: ChunkRow = { ...base, ...where, state: 'open', ...this.written(entries) }
    const stored = await this.table.insert(row)
    if (stored === 'exists') throw new Superseded()
    const chunk = new Chunk({ row, etag: stored.etag })
    this.chunks.push(chunk)
    return chunk
  }

  /** Writes the chunk’s entries as they now are; `done` once each has its outcome. */
  async write(chunk: Chunk, entries: Entry[], target?: { uidValidity: string; uidNext: number }): Promise<void> {
    const state = entries.some(({ outcome }) => outcome === 'intended') ? 'open' : 'done'
    const where = target ? { targetUidValidity: target.uidValidity, targetUidNext: target.uidNext } : {}
    const row: ChunkRow = { ...chunk.row, ...where, state, ...this.written(entries) }
    const saved = await this.table.save(row, chunk.etag)
    if (saved === 'conflict') throw new Superseded()
    Object.assign(chunk, { row, etag: saved.etag })
  }

  /** The chunk’s row as somebody else may have written it since. */
  async asStored({ row }: Chunk): Promise<ChunkRow | undefined> {
    return (await this.table.get(mailboxKey(row), chunkKey(row)))?.row
  }

  /** Target UIDs that are ours by what is stored now, whatever the source numbers its messages by. */
  async oursAsStored(targetUidValidity: string): Promise<Set<number>> {
    const folder = folderKey(this.owner.path)
    const found = new Set<number>()
    for await (const { row } of this.table.list({ partition: mailboxKey(this.owner), from: `${folder}|`, below: `${folder}}` }))
      if (row.targetUidValidity === targetUidValidity) for (const { target } of unpack(row.entries)) if (target) found.add(target)
    return found
  }

  private written(entries: Entry[]) {
    const { fence, now } = this.owner
    return { ...count(entries), messages: entries.length, entries: pack(entries), fence, at: now() }
  }
}

/** Every chunk of a mailbox, as read and as written since; a folder’s oldest first. */
export class Chunks {
  private readonly byFolder = new Map<string, Chunk[]>()

  get all(): Chunk[] {
    return [...this.byFolder.values()].flat()
  }

  /** A folder’s, by its path at the source. */
  in(path: string): Chunk[] {
    return this.of(folderKey(path))
  }

  /** A folder’s, by its digest. */
  of(folder: string): Chunk[] {
    const chunks = this.byFolder.get(folder) ?? []
    this.byFolder.set(folder, chunks)
    return chunks
  }

  /** The same as one query would bring them now: what was written last is not last by its UIDs. */
  sorted(): this {
    for (const chunks of this.byFolder.values()) chunks.sort((a, b) => (chunkKey(a.row) < chunkKey(b.row) ? -1 : 1))
    return this
  }
}

/** Every chunk of a mailbox; one query. */
export async function chunksOf(store: Store, mailbox: { wave: string; address: string }): Promise<Chunks> {
  const chunks = new Chunks()
  for await (const stored of store.chunks.list({ partition: mailboxKey(mailbox) }))
    chunks.of(stored.row.folder).push(new Chunk(stored))
  return chunks
}

const kept = new WeakMap<Turn<MailboxRow>, Chunks>()

/** The ledger of a mailbox, as its worker’s last step left it; read anew where an earlier worker may still be writing. */
export async function ledgerOf(store: Store, turn: Turn<MailboxRow>): Promise<Chunks> {
  const known = turn.row.lost === undefined ? kept.get(turn) : undefined
  kept.delete(turn)
  const chunks = known ? known.sorted() : await chunksOf(store, turn.row)
  kept.set(turn, chunks)
  return chunks
}
