import type { OpenFolder, Target } from '../targets/target.ts'
import type { FolderLedger } from './folder-ledger.ts'
import { arrived, type Entry, elsewhere } from './ledger.ts'
import type { Way } from './way.ts'

/**
 * Once its owner works at the target, what has arrived stays so, whatever became of the folder: only what was under way is looked for in the one that is
 * there now.
 */
export async function keepArrived(ledger: FolderLedger, uidValidity: string, opened: OpenFolder): Promise<void> {
  for (const chunk of ledger.of(uidValidity)) {
    if (chunk.row.state !== 'open' || chunk.row.targetUidValidity === opened.uidValidity) continue
    await ledger.write(chunk, chunk.entries.map(elsewhere), { uidValidity: opened.uidValidity, uidNext: 1 })
  }
}

/** The target folder was deleted and made anew since: our UIDs there mean nothing, so every chunk is looked for again. So it is where it was put back as it was earlier. */
export async function reopenIfTargetIsNew(way: Way, { traits }: Target): Promise<void> {
  const { ledger, uidValidity, opened } = way
  const back = !traits.rebuilds && wasPutBack(way)
  for (const chunk of ledger.of(uidValidity)) {
    const { targetUidValidity, targetUidNext } = chunk.row
    const isHere = targetUidValidity === opened.uidValidity
    if (isHere && !back) continue
    const came = chunk.row.madeBy ?? 0
    const entries = chunk.entries.map((entry): Entry => (arrived.includes(entry.outcome) ? reopened(entry, came) : entry))
    const place = isHere ? { ...opened, uidNext: Math.min(targetUidNext, opened.uidNext) } : undefined
    if (entries.some(({ outcome }) => outcome === 'intended')) await ledger.write(chunk, entries, place)
  }
  if (!back) return
  for (const chunk of ledger.chunks.filter(({ row }) => row.uidValidity !== uidValidity)) {
    if (chunk.row.targetUidValidity !== opened.uidValidity) continue
    await ledger.write(
      chunk,
      chunk.entries.map(entry => (isBehind(entry, opened) ? elsewhere(entry) : entry)),
    )
  }
}

/**
 * Is the target’s UIDNEXT below UIDs that it gave to us? It stands as it did at an earlier time, and gives the same UIDs to other messages. A server that numbers
 * messages by what it holds is not asked; some tell no UIDNEXT.
 */
function wasPutBack({ ledger, opened }: Way): boolean {
  if (opened.uidNext <= 1 && opened.exists > 0) return false
  return ledger.chunks.some(
    ({ row, entries }) => row.targetUidValidity === opened.uidValidity && entries.some(entry => isBehind(entry, opened)),
  )
}

function isBehind({ target = 0 }: Entry, { uidNext }: OpenFolder): boolean {
  return target >= uidNext
}

function reopened({ uid, sizeBytes, internalDate, claim }: Entry, came: number): Entry {
  return { uid, sizeBytes, internalDate, flags: [], outcome: 'intended', claim: claim ?? came }
}
