import { type FolderRules, type Mapped, mapFolders } from '../copy/folders.ts'
import type { ListedFolder } from '../source/source.ts'
import type { Traits } from '../targets/target.ts'
import type { Kind } from './finding.ts'

/** Where a folder would go, and what is odd about that. `plain`: the name it would have if nothing stood in the way. */
export type Placed = Mapped & { plain: string; kinds: Kind[] }

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
  const mapped = mapFolders(source, target, traits, rules)
  const byPath = new Map(source.map(folder => [folder.path, folder]))
  return mapped.map(one => {
    const segments = byPath.get(one.path)?.segments ?? [one.path]
    const plain = traits.prefix + segments.join(traits.delimiter)
    const ruled = rules.map?.[one.path] !== undefined || rules.map?.[segments.join('/')] !== undefined
    const kinds: Kind[] = []
    if (one.role === undefined && !ruled) {
      if (/ \(\d+\)$/.test(one.targetPath) && !/ \(\d+\)$/.test(plain)) kinds.push('collision')
      else if (leaf(one.targetPath, traits) !== segments.at(-1)) kinds.push('renamed')
    }
    if (exchange && one.make && segments.length === 1 && reserved.has(one.targetPath.toLowerCase())) kinds.push('reserved')
    return { ...one, plain, kinds }
  })
}

function leaf(path: string, { delimiter }: Traits): string | undefined {
  return path.split(delimiter).at(-1)
}
