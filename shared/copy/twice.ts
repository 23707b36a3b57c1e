import type { FolderRow, MailboxRow } from '../store/schema.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import type { Entry } from './ledger.ts'

/**
 * A worker that was stopped may write an intent after its successor has read the ledger, for messages that the successor then brings itself.
 * Each UID stays in one chunk: where it is at the target, else where it has an outcome, else where it comes first. What it leaves was never
 * sent, since nothing is sent without a claim.
 */
export async function dropTwice(ledger: FolderLedger, uidValidity: string): Promise<void> {
  const some = overlapping(ledger.of(uidValidity))
  if (some.length === 0) return
  const read = some.map(chunk => ({ chunk, entries: chunk.entries }))
  const holders = new Map<number, Chunk>()
  for (const rank of ranks)
    for (const { chunk, entries } of read)
      for (const entry of entries) if (rank(entry) && !holders.has(entry.uid)) holders.set(entry.uid, chunk)
  for (const { chunk, entries } of read) {
    const rest = entries.filter(({ uid }) => holders.get(uid) === chunk)
    if (rest.length < entries.length) await ledger.write(chunk, rest)
  }
}

const ranks: ((entry: Entry) => boolean)[] = [
  ({ target }) => target !== undefined,
  ({ outcome }) => outcome !== 'intended',
  () => true,
]

/** Has a folder’s ledger messages without an outcome, or may it have some twice, since a claim on its mailbox was lost? */
export function isUnsettled(chunks: readonly Chunk[], { uidValidity }: FolderRow, { lost }: MailboxRow): boolean {
  if (chunks.some(({ row }) => row.state === 'open')) return true
  return lost !== undefined && overlapping(chunks.filter(({ row }) => row.uidValidity === uidValidity)).length > 0
}

/** Chunks whose UIDs may be another’s as well, as their rows tell. */
function overlapping(chunks: readonly Chunk[]): Chunk[] {
  const byUid = [...chunks].sort(({ row: a }, { row: b }) => a.firstUid - b.firstUid)
  const found = new Set<Chunk>()
  let widest = byUid[0]
  for (const chunk of byUid.slice(1)) {
    if (!widest) break
    if (chunk.row.firstUid <= widest.row.lastUid) found.add(widest).add(chunk)
    if (chunk.row.lastUid > widest.row.lastUid) widest = chunk
  }
  return [...found]
}
