import { type FolderRules, type Mapped, mapFolders } from '../copy/folders.ts'
import type { ListedFolder } from '../source/source.ts'
import { exchangeItemFolders, type Traits } from '../targets/target.ts'
import type { Kind } from './finding.ts'

/** Where a folder would go, and what is odd about that. */
export type Placed = Mapped & { kinds: Kind[] }

/** Maps folders as the copy will, making nothing. `exchange`: does the target keep names for itself? */
export function placed(
  source: readonly ListedFolder[],
  target: readonly ListedFolder[],
  traits: Traits,
  rules: FolderRules,
  exchange: boolean,
): Placed[] {
  const levels = new Map(source.map(({ path, segments }) => [path, segments.length]))
  return mapFolders(source, target, traits, rules).map(one => {
    const isReserved = exchange && one.make && levels.get(one.path) === 1 && exchangeItemFolders.has(one.targetPath.toLowerCase())
    return { ...one, kinds: [...(one.odd ? [one.odd] : []), ...(isReserved ? (['reserved'] as const) : [])] }
  })
}
