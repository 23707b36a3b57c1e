import { type ChunkRow, chunkKey, mailboxKey } from '../store/schema.ts'
import { rows, type Store } from '../store/store.ts'

/** A chunk without what makes it large: its key, which UIDs it holds, and what its messages came to. */
const brief = ['folder', 'uidValidity', 'firstUid', 'lastUid', 'state', 'copied', 'adopted', 'excepted'] as const
export type BriefChunk = Pick<ChunkRow, (typeof brief)[number]>

type Mailbox = { wave: string; address: string }

/** Every chunk of a mailbox in brief: some 100 bytes a row, where whole ones are tens of megabytes in all. */
export function briefChunks(store: Store, mailbox: Mailbox): AsyncIterable<BriefChunk> {
  return store.chunks.pick({ partition: mailboxKey(mailbox) }, brief)
}

/** Has a chunk messages that did not arrive as they were? */
export function isExcepted({ excepted }: BriefChunk): boolean {
  return excepted > 0
}

/** A few are asked for one by one; of more than one in so many the whole ledger is listed, page by page. */
const oneIn = 10

/** The chunks of a mailbox that `wanted` says yes to, whole, one after the other; of the others only the brief is read. */
export async function* someChunks(
  store: Store,
  mailbox: Mailbox,
  wanted: (chunk: BriefChunk) => boolean,
): AsyncIterable<ChunkRow> {
  const partition = mailboxKey(mailbox)
  const found: string[] = []
  let seen = 0
  for await (const chunk of briefChunks(store, mailbox)) {
    seen++
    if (wanted(chunk)) found.push(chunkKey(chunk))
  }
  if (found.length > seen / oneIn) {
    for await (const row of rows(store.chunks.list({ partition }))) if (wanted(row)) yield row
    return
  }
  for (const key of found) {
    const stored = await store.chunks.get(partition, key)
    if (stored) yield stored.row
  }
}
