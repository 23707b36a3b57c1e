import type { Sending } from './chunk.ts'
import type { Chunk } from './folder-ledger.ts'
import type { Entry } from './ledger.ts'
import { unpack } from './ledger.ts'

/**
 * What a writer does that finds its claim lost: of the messages that it appended just now, it takes back those whose originals the ledger has
 * at the target under other UIDs. They are its own, told to it by APPENDUID, and nobody can come to need them, since their chunk is
 * done. Chunks that are still open are their new owner’s, who looks for what is there.
 */
export async function disown(
  { target, targetPath, opened, ledger }: Sending,
  flights: Iterable<{ chunk: Chunk; entries: ReadonlyMap<number, Entry> }>,
): Promise<void> {
  const surplus: number[] = []
  for (const { chunk, entries } of flights) {
    const before = new Set(chunk.entries.flatMap(({ target: at }) => (at ? [at] : [])))
    const mine = [...entries.values()].flatMap(({ target: at }) => (at && !before.has(at) ? [at] : []))
    const now = mine.length > 0 ? await ledger.asStored(chunk) : undefined
    if (now?.state !== 'done' || now.targetUidValidity !== opened.uidValidity) continue
    const kept = new Set(unpack(now.entries).map(({ target: at }) => at))
    surplus.push(...mine.filter(uid => !kept.has(uid)))
  }
  if (surplus.length === 0) return
  const { uidValidity } = await target.open(targetPath)
  if (uidValidity === opened.uidValidity) await target.removeOurs(surplus)
}
