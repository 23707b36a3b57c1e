import type { FolderStatus, ListedFolder, Source } from '../source/source.ts'
import type { FolderRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'

/**
 * What a round covers. `late`: mail that reached the old server after the switch; INBOX and Junk only. `differing`: folders that the comparison did
 * not find alike, or never saw. These and `additions` only bring what is new.
 */
export type Scope = 'all' | 'additions' | 'late' | 'differing'

/** A folder in the hands of a round. `make`: it is to be made at the target first. */
export type Work = {
  listed: ListedFolder
  row: FolderRow
  make?: { path: string; role?: string } | undefined
  there?: FolderStatus | undefined
}

type Pair = { source: Source; target: Target }

/** The folders that a round covers. */
export async function covered(work: readonly Work[], scope: Scope, { target }: Pair): Promise<Work[]> {
  if (scope === 'late') return work.filter(({ listed: { role } }) => role === '\\Inbox' || role === '\\Junk')
  if (scope !== 'differing') return [...work]
  const rows = await asFilled(
    work.map(({ row }) => row).filter(row => row.state === 'gone' || differs(row)),
    target,
  )
  return work.filter(({ row }) => rows.includes(row))
}

/** Did the last comparison not find the folder alike, or was there none? */
export function differs({ state, checked }: FolderRow): boolean {
  return state !== 'gone' && (state !== 'current' || checked?.differing !== 0)
}

/** Those whose target folder is still the one that was filled, or was not filled yet: what its owner renamed or deleted must not be sent again. */
export async function asFilled(rows: readonly FolderRow[], target: Target): Promise<FolderRow[]> {
  const there = await target.standing(rows.map(({ targetPath }) => targetPath))
  return rows.filter(({ targetUidValidity }, i) => targetUidValidity === undefined || there[i]?.uidValidity === targetUidValidity)
}

/**
 * Folders in which something happened since they were last current. A source with CONDSTORE (RFC 7162) tells by its HIGHESTMODSEQ alone; the
 * target folder must still be the one that was filled.
 */
export async function changed(work: readonly Work[], { source, target }: Pair): Promise<Work[]> {
  const known = work.filter(({ row }) => row.state === 'current' && row.highestModseq !== undefined)
  if (known.length === 0) return [...work]
  const [here, there] = await Promise.all([
    standingOf(
      source,
      known.map(({ row, listed }) => ({ path: row.path, told: listed.status })),
    ),
    standingOf(
      target,
      known.map(({ row, there }) => ({ path: row.targetPath, told: there })),
    ),
  ])
  const still = known.filter(({ row }, i) => {
    const { uidValidity, uidNext, highestModseq } = here[i] ?? {}
    const same = uidValidity === row.uidValidity && uidNext === row.uidNext && highestModseq === row.highestModseq
    return same && there[i]?.uidValidity === row.targetUidValidity
  })
  return work.filter(one => !still.includes(one))
}

/** How folders stand, as the server told when it listed them, else asked for now. */
async function standingOf(side: Source | Target, folders: readonly { path: string; told: FolderStatus | undefined }[]) {
  return folders.every(({ told }) => told) ? folders.map(({ told }) => told) : side.standing(folders.map(({ path }) => path))
}
