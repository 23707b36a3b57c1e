import type { ListedFolder } from '../source/source.ts'
import type { FolderRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import { dateThere, isAnother } from './dates.ts'
import type { Chunk, Chunks } from './folder-ledger.ts'

/**
 * Rows of folders that are not where they were filled and stand elsewhere, each with the path that it has now: servers keep UIDVALIDITY and UIDs of a folder
 * that is renamed or moved. That it is the same is believed where messages of ours are in it and have our dates. What lies in the bin was thrown away.
 * Nothing is asked while all are where they were.
 */
export async function renamed(
  rows: readonly FolderRow[],
  there: readonly ListedFolder[],
  target: Target,
  ledger: () => Promise<Chunks>,
): Promise<FolderRow[]> {
  const paths = new Set(there.filter(({ container }) => !container).map(({ path }) => path.toLowerCase()))
  const lost = rows.filter(
    ({ targetPath, targetUidValidity }) => targetUidValidity !== undefined && !paths.has(targetPath.toLowerCase()),
  )
  if (lost.length === 0) return []
  const ours = new Set(rows.map(({ targetPath }) => targetPath.toLowerCase()))
  const bins = there.filter(({ role }) => role === '\\Trash').map(({ path }) => path + target.traits.delimiter)
  const isOther = ({ path, container, virtual }: ListedFolder) =>
    !container && !virtual && !ours.has(path.toLowerCase()) && !bins.some(bin => path.startsWith(bin))
  const others = there.filter(isOther)
  const standing = others.every(({ status }) => status)
    ? others.map(({ status }) => status)
    : await target.standing(others.map(({ path }) => path))
  const chunks = await ledger()
  const found: FolderRow[] = []
  const taken = new Set<string>()
  for (const row of lost)
    for (const [i, { path }] of others.entries()) {
      if (taken.has(path) || standing[i]?.uidValidity !== row.targetUidValidity) continue
      if (!(await holdsOurs(target, path, row, chunks.in(row.path)))) continue
      taken.add(path)
      found.push({ ...row, targetPath: path })
      break
    }
  return found
}

/** Is a message of ours in a folder, and none of another date under a UID of ours? */
async function holdsOurs(target: Target, path: string, row: FolderRow, chunks: readonly Chunk[]): Promise<boolean> {
  const mine = chunks.filter(chunk => chunk.row.targetUidValidity === row.targetUidValidity)
  let same = 0
  let others = 0
  for await (const { status, heads } of target.list([{ path, fromUid: 1 }])) {
    if (status.uidValidity === row.targetUidValidity)
      for (const { entries } of mine)
        for (const entry of entries) {
          const head = entry.target ? heads.get(entry.target) : undefined
          if (!head) continue
          if (isAnother(head.internalDate, dateThere(entry))) others++
          else same++
        }
    heads.free()
  }
  return same > 0 && others === 0
}
