import { type FolderRules, type Mapped, mapFolders } from '../copy/folders.ts'
import type { ListedFolder } from '../source/source.ts'
import type { Traits } from '../targets/target.ts'
import type { Kind } from './finding.ts'

/** Where a folder would go, and what is odd about that. */
export type Placed = Mapped & { kinds: Kind[] }

/** Names that Exchange keeps for itself at the top level: it answers NO, or has a folder there that holds no mail. In en, fr, nl and de. */
const reserved = new Set(
  (
    'files|calendar|calendrier|agenda|kalender|contacts|contactpersonen|kontakte|journal|logboek|tasks|tâches|taken|aufgaben|notes|notities|notizen|outbox|' +
    "boîte d'envoi|postvak uit|postausgang|sync issues|conversation history|rss feeds|suggested contacts|quick step settings"
  ).split('|'),
)

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
    const isReserved = exchange && one.make && levels.get(one.path) === 1 && reserved.has(one.targetPath.toLowerCase())
    return { ...one, kinds: [...(one.odd ? [one.odd] : []), ...(isReserved ? (['reserved'] as const) : [])] }
  })
}
