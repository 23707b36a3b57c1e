import { type CalendarRole, calendarRoles } from '../intake/calendar-shares.ts'
import { nearest } from '../intake/nearest.ts'
import type { Licences } from '../playbooks/licences.ts'
import { plain, wordsOf } from './plain.ts'
import { everyWords } from './words.ts'

const yes = new Set([
  ...everyWords.map(words => plain(words.yes)),
  ...'o y j x 1 true vrai waar wahr ok da si keep garder conserver'.split(' '),
])
const no = new Set([
  ...everyWords.map(words => plain(words.no)),
  ...'n 0 false faux onwaar falsch supprimer drop neen non'.split(' '),
])

/** Yes or no in any of the languages; undefined where it is neither. */
export function yesOrNo(text: string): boolean | undefined {
  const word = plain(text)
  return yes.has(word) ? true : no.has(word) ? false : undefined
}

/** What a mailbox becomes. */
export type Kind = { kind: 'shared' | 'alias' } | { kind: 'user'; licence?: string }

const shared = [
  ...everyWords.map(words => plain(words.shared)),
  ...'partage partagé partagee sharedmailbox boitepartagee gedeeldemailbox'.split(' ').map(plain),
]
const alias = [...everyWords.map(words => plain(words.alias)), 'aliases', 'redirection']
const personal = everyWords.map(words => plain(words.personal))

/** The kind that a text means: a licence’s name, with words around it or not, or a word for shared or alias in any of the languages. */
export function kindOf(text: string, licences: Licences): Kind | undefined {
  const names = Object.keys(licences)
  const word = plain(text)
  const words = wordsOf(text)
  const named = names.find(name => plain(name) === word) ?? only(names.filter(name => words.includes(plain(name))))
  if (named !== undefined) return { kind: 'user', licence: named }
  if (shared.includes(word)) return { kind: 'shared' }
  if (alias.includes(word)) return { kind: 'alias' }
  if (names.length === 0 && personal.includes(word)) return { kind: 'user' }
  const near = word.length > 4 ? nearest(word, [...shared, ...alias]) : undefined
  if (near === undefined) return undefined
  return { kind: shared.includes(near) ? 'shared' : 'alias' }
}

const roles = new Map(
  calendarRoles.flatMap(role => [role, ...everyWords.map(words => words.roles[role])].map(word => [plain(word), role] as const)),
)

/** The role in a calendar that a text means, in any of the languages or as Exchange names it. */
export function roleOf(text: string): CalendarRole | undefined {
  return roles.get(plain(text))
}

function only(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined
}
