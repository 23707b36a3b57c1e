import { type Difference, differences } from './difference.ts'
import { settingsOf } from './entity.ts'
import type { Playbook } from './playbook.ts'

/** What the engine reads anew at each step, and which nothing that was done contradicts. */
const readAnew = [
  ['source.imap', 'source.dav', 'source.limits', 'target.imap', 'target.limits', 'connections', 'lateMail', 'copy.folders.map'],
  ['notices', 'issuers', 'channels', 'people', 'contact', 'desks', 'links', 'tutorials', 'programs', 'signature'],
  ['texts', 'wording', 'branding', 'classification', 'languages', 'layout'],
].flat()

/** What is about waves that have not begun, as far as the hours of this one stay. */
const ofOthers = ['sequence', 'slots', 'windows', 'programme', 'blackouts', 'holidays']

/** What two versions say differently for a wave that has mailboxes of these entities: of an entity as it holds for its mailboxes, of others nothing. */
export function differencesFor(before: Playbook, after: Playbook, entities: readonly string[]): Difference[] {
  const common = withoutEntities(differences(before, after))
  const told = new Set(common.map(one => JSON.stringify(one)))
  const own = entities.flatMap(name =>
    withoutEntities(differences(settingsOf(before, name), settingsOf(after, name)))
      .filter(one => !told.has(JSON.stringify(one)))
      .map(one => ({ ...one, path: `entities.${name}.${one.path}` })),
  )
  return [...common, ...own]
}

/** Why a wave that has begun cannot take what differs there; undefined where it can. */
export function keptMidway({ path, is }: Difference): string | undefined {
  const part = path.replace(/^entities\.[^.]+\./, '')
  if (/^notices\.[^.]+$/.test(part) && is === undefined) return 'it may be owed to somebody already'
  if (/^notices\.[^.]+\.audience$/.test(part)) return 'others may have been told already'
  if ([...readAnew, ...ofOthers].some(one => part === one || part.startsWith(`${one}.`) || part.startsWith(`${one}[`)))
    return undefined
  return 'the wave has begun with it'
}

/** The paths at the source that the two map otherwise, as the playbook writes them. */
export function mappedAt(before: Playbook, after: Playbook): string[] {
  const [was, is] = [before.copy.folders.map, after.copy.folders.map]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(path => was[path] !== is[path])
}

function withoutEntities(found: readonly Difference[]): Difference[] {
  return found.filter(({ path }) => path !== 'entities' && !path.startsWith('entities.') && !path.startsWith('entities['))
}
