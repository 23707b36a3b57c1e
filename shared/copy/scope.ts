import type { FolderStatus, ListedFolder, Source } from '../source/source.ts'
import type { FolderRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import type { Chunks } from './folder-ledger.ts'

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

/** The folders that a round covers. One that its owner deleted is made anew only for what is new. */
export async function covered(
  work: readonly Work[],
  scope: Scope,
  { source }: Pair,
  ledger: () => Promise<Chunks>,
): Promise<Work[]> {
  if (scope === 'all') return [...work]
  const inScope = work.filter(({ listed: { role }, row }) => {
    if (scope === 'late') return role === '\\Inbox' || role === '\\Junk'
    return scope === 'additions' || row.state === 'gone' || differs(row)
  })
  const deleted = inScope.filter(({ make, row }) => make && row.state === 'current' && row.targetUidValidity !== undefined)
  if (deleted.length === 0) return inScope
  const stored = await ledger()
  const idle = new Set<Work>()
  let n = 0
  for await (const { status, heads } of source.list(deleted.map(({ row: { path } }) => ({ path, fromUid: 1 })))) {
    const one = deleted[n++] as Work
    const known = stored.in(one.row.path).filter(({ row }) => row.uidValidity === status.uidValidity && row.state === 'done')
    const uids = new Set(known.flatMap(({ entries }) => entries.map(({ uid }) => uid)))
    if ([...heads].every(({ uid }) => uids.has(uid))) idle.add(one)
    heads.free()
  }
  return inScope.filter(one => !idle.has(one))
}

/** Did the last comparison not find the folder alike, or was there none? */
export function differs({ state, checked }: FolderRow): boolean {
  return state !== 'gone' && (state !== 'current' || checked?.differing !== 0)
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
