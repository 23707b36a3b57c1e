import type { ListedFolder } from '../source/source.ts'
import type { Traits } from '../targets/target.ts'

/** What became of a folder’s name: another one, since the target cannot hold it; a number, since two fell together; or the target made no such folder. */
export type Oddity = 'renamed' | 'collision' | 'refused'

/** Where one source folder goes. `make`: the target has no such folder yet. */
export type Mapped = { path: string; targetPath: string; role?: string; make: boolean; odd?: Exclude<Oddity, 'refused'> }

/** What the playbook says about folders: source paths left out, and source path -> target path (with `/` between levels). */
export type FolderRules = { exclude?: readonly string[] | undefined; map?: Readonly<Record<string, string>> | undefined }

/**
 * Maps source folders to target folders: the playbook’s word first, then INBOX and roles to the target’s own folders whatever they are
 * called there, then the same name below the mapped parent. What the target cannot hold in a name is replaced, and names that
 * would fall together (target names are compared without case), or with a folder of other items, get a number. `known` are folders mapped earlier: they stay.
 */
export function mapFolders(
  source: readonly ListedFolder[],
  target: readonly ListedFolder[],
  traits: Traits,
  rules: FolderRules = {},
  known: ReadonlyMap<string, string> = new Map(),
): Mapped[] {
  const { delimiter, prefix } = traits
  const there = new Map(target.map(folder => [fold(folder.path), folder]))
  const byRole = new Map(
    target.flatMap(folder => (folder.role && !folder.container ? [[folder.role, folder.path] as const] : [])),
  )
  const holdsItems = new Set([...there.keys()].filter(path => traits.itemFolders?.has(path.slice(fold(prefix).length))))
  const placed = new Map<string, string>()
  const used = new Set([...known.values()].map(fold))
  const mapped: Mapped[] = []

  const parents = [...source].sort(
    (a, b) => a.segments.length - b.segments.length || rank(a) - rank(b) || (a.path < b.path ? -1 : 1),
  )
  for (const folder of parents) {
    const id = folder.segments.join('\u0000')
    const fixed = known.get(folder.path) ?? ruled(folder, rules, traits) ?? (folder.role && byRole.get(folder.role))
    const names = folder.segments.map(name => cleanName(name, traits))
    // Mail among contacts or notes is shown to nobody.
    const isAmongItems = fixed === undefined && holdsItems.has(fold(prefix + names[0]))
    if (isAmongItems) names[0] += ' (2)'
    const natural = () => {
      // A server need not list a parent that holds nothing itself.
      const { segments } = folder
      for (let depth = segments.length - 1; depth > 0; depth--) {
        const parent = placed.get(segments.slice(0, depth).join('\u0000'))
        if (parent !== undefined) return [parent, ...names.slice(depth)].join(delimiter)
      }
      return prefix + names.join(delimiter)
    }
    const wanted = fixed ?? (folder.role === '\\Inbox' ? 'INBOX' : natural())
    const targetPath = known.has(folder.path) || folder.container ? wanted : unique(wanted, used)
    const isNumbered = targetPath !== wanted || (isAmongItems && names.length === 1)
    const odd = isNumbered ? 'collision' : fixed === undefined && isRenamed(folder, traits) ? 'renamed' : undefined
    placed.set(id, targetPath)
    if (folder.container || folder.virtual || excluded(folder, rules)) continue
    used.add(fold(targetPath))
    mapped.push({
      path: folder.path,
      targetPath: there.get(fold(targetPath))?.path ?? targetPath,
      ...(folder.role ? { role: folder.role } : {}),
      ...(odd ? { odd } : {}),
      make: !there.has(fold(targetPath)) || there.get(fold(targetPath))?.container === true,
    })
  }
  return mapped.sort((a, b) =>
    a.path.toUpperCase() === 'INBOX' ? -1 : b.path.toUpperCase() === 'INBOX' ? 1 : a.path < b.path ? -1 : 1,
  )
}

/** One level of a path as the target can hold it: its delimiter, wildcards and control characters replaced, outer blanks trimmed. */
export function cleanName(name: string, { delimiter, forbidden }: Pick<Traits, 'delimiter' | 'forbidden'>): string {
  const bad = new Set([...delimiter, ...forbidden])
  const clean = [...name].map(c => (bad.has(c) || /\p{Cc}/u.test(c) ? '-' : c)).join('')
  return clean.trim() || '-'
}

/** A folder whose own level is written otherwise; not one that lies below such. */
function isRenamed({ role, segments }: ListedFolder, traits: Traits): boolean {
  const name = segments.at(-1) ?? ''
  return role !== '\\Inbox' && cleanName(name, traits) !== name
}

function ruled(folder: ListedFolder, rules: FolderRules, traits: Traits): string | undefined {
  const to = rules.map?.[folder.path] ?? rules.map?.[folder.segments.join('/')]
  return to === undefined ? undefined : to.split('/').join(traits.delimiter)
}

/** Is the folder, or one that it lies below, left out? */
function excluded({ path, segments }: ListedFolder, { exclude = [] }: FolderRules): boolean {
  const below = (i: number) => segments.slice(i + 1).reduce((length, name) => length + name.length + 1, 0)
  const names = segments.flatMap((_, i) => [segments.slice(0, i + 1).join('/'), path.slice(0, path.length - below(i))])
  return names.some(name => exclude.includes(name))
}

function unique(path: string, used: ReadonlySet<string>): string {
  if (!used.has(fold(path))) return path
  for (let n = 2; ; n++) if (!used.has(fold(`${path} (${n})`))) return `${path} (${n})`
}

/** INBOX, then folders with a role, then the others: the first to ask for a name gets it. */
function rank(folder: ListedFolder): number {
  return folder.role === '\\Inbox' ? 0 : folder.role ? 1 : 2
}

function fold(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
