import { type Entry, unpack } from '../copy/ledger.ts'
import { type ChunkRow, folderKey, type MailboxRow, mailboxKey } from '../store/schema.ts'
import { rows, type Store } from '../store/store.ts'

/** An entry of the ledger with the chunk that holds it. */
export type Placed = { entry: Entry; chunk: ChunkRow }

/** Mailboxes up to this many messages are read in one query; larger ones folder by folder, so that memory stays flat. */
export const atOnceMessages = 20_000

/** How a mailbox’s messages are read, folder by folder, each in the order of source UIDVALIDITY and UID. `chunks`: all, where they are at hand. */
export function folderReader(
  store: Store,
  mailbox: MailboxRow,
  chunks: readonly ChunkRow[] | undefined,
): (path: string) => AsyncIterable<Placed> {
  const partition = mailboxKey(mailbox)
  // `}` is the character after `|`, which ends the folder's part of a key.
  if (!chunks)
    return path => inOrder(rows(store.chunks.list({ partition, from: `${folderKey(path)}|`, below: `${folderKey(path)}}` })))
  const byFolder = Map.groupBy(chunks, ({ folder }) => folder)
  return path => inOrder(byFolder.get(folderKey(path)) ?? [])
}

/**
 * The entries of a folder’s chunks, which come ordered by UIDVALIDITY and first UID. Chunks may interleave (what was taken over from an
 * earlier UIDVALIDITY lies among what came since), so entries wait until no later chunk can begin below them.
 */
async function* inOrder(chunks: AsyncIterable<ChunkRow> | Iterable<ChunkRow>): AsyncIterable<Placed> {
  let waiting: Placed[] = []
  let uidValidity: string | undefined
  for await (const chunk of chunks) {
    const same = chunk.uidValidity === uidValidity
    const free = same ? waiting.findIndex(({ entry }) => entry.uid >= chunk.firstUid) : -1
    yield* free < 0 ? waiting : waiting.slice(0, free)
    waiting = free < 0 ? [] : waiting.slice(free)
    waiting.push(...unpack(chunk.entries).map(entry => ({ entry, chunk })))
    waiting.sort((a, b) => a.entry.uid - b.entry.uid)
    uidValidity = chunk.uidValidity
  }
  yield* waiting
}
