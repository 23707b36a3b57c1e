import type { Entry } from './ledger.ts'
import type { Load, Sending } from './way.ts'

/**
 * What a writer does that finds its claim lost: of the messages that it appended just now, it takes back those whose originals the ledger has
 * at the target under other UIDs. They are its own, told to it by APPENDUID, and nobody can come to need them, since their chunk is
 * done. Chunks that are still open are their new owner’s, who looks for what is there; where the source has numbered its messages anew since, he
 * has taken it over in another chunk, which is written before theirs is done.
 */
export async function disown(
  { target }: Sending,
  flights: Iterable<Load & { entries: ReadonlyMap<number, Entry> }>,
): Promise<void> {
  for (const { way, chunk, entries } of flights) {
    const { ledger, opened, targetPath: path } = way
    const before = new Set(chunk.entries.flatMap(({ target: at }) => (at ? [at] : [])))
    const mine = [...entries.values()].flatMap(({ target: at }) => (at && !before.has(at) ? [at] : []))
    const now = mine.length > 0 ? await ledger.asStored(chunk) : undefined
    const { uidValidity } = opened
    if (now?.state !== 'done' || now.targetUidValidity !== uidValidity) continue
    const kept = await ledger.oursAsStored(uidValidity)
    await target.removeOurs(
      { path, uidValidity },
      mine.filter(uid => !kept.has(uid)),
    )
  }
}
