import type { Language } from '../intake/words.ts'
import type { Block } from './block.ts'
import { countText, dayText, instantText, moneyText, sizeText } from './formats.ts'

/** Everything that a notice can say or ask whether it may say. A dot parts a family from its member. */
export const placeholders = [
  'address',
  'new-login',
  'sign-in',
  'password',
  'password-until',
  'wave',
  'entity',
  'organisation',
  'issuer',
  'day',
  'previous-day',
  'at.inventory',
  'at.answers-due',
  'at.confirm',
  'at.prestage',
  'at.freeze',
  'at.provision',
  'at.cutover',
  'at.open',
  'at.close',
  'at.switched',
  'mailboxes',
  'messages',
  'exceptions',
  'size',
  'quota',
  'licence',
  'cost',
  'surcharge',
  'completed',
  'held',
  'held-domains',
  'elsewhere',
  'not-led',
  'not-led-back',
  'what-waits',
  'open-answers',
  'verdict',
  'link.webmail',
  'link.help',
  'link.training',
  'link.rules',
  'link.booking',
  'link.answers',
  'link.bundle',
  'link.status',
  'link.password',
  'link.acknowledge',
  'link.page',
] as const
export type Placeholder = (typeof placeholders)[number]

/** What is only asked, never said: `?owner` and the like before a line. */
export const conditions = [
  'owner',
  'browser-only',
  'shared',
  'without-password',
  'password-unchanged',
  'password-new',
  'calendars-stay',
  'calendars-left',
  'calendars-elsewhere',
  'calendars-copied',
  'whole-domain',
  'workbook',
  'copied',
  'pass',
  'password-code',
  'by-trustee',
  'trustee',
  'cancelled',
  'goes-on-without',
  'cutover-missed',
  'before-cutover',
  'left-behind',
  'being-led-back',
] as const
export type Condition = (typeof conditions)[number]

/** Blocks that the program makes: `{{mailboxes}}` on a line of its own. */
export const inserts = ['mailboxes', 'held', 'not-led', 'renamed-folders', 'settings', 'tutorials', 'results'] as const
export type Insert = (typeof inserts)[number]

/** A text that is the same in every language, or one for each. */
export type Localised = string | Partial<Record<Language, string>>

/** One thing known, in no language yet. Instants in epoch ms, `day` an instant of which only the day counts. */
export type Known =
  | { text: Localised }
  | { instant: number }
  | { day: number }
  | { count: number }
  | { sizeBytes: number }
  | { euros: number }
  | { href: Localised }

/** All that is known for one notice. `secrets`: parts of links that only its reader may see; they are left out of what is stored. */
export type Facts = {
  timeZone: string
  known: Partial<Record<Placeholder, Known>>
  is: Partial<Record<Condition, boolean>>
  blocks: Partial<Record<Insert, (language: Language) => readonly Block[]>>
}

/** A thing known as it is said in a language. */
export function inWords(known: Known, timeZone: string, language: Language): string {
  if ('text' in known) return local(known.text, language)
  if ('href' in known) return local(known.href, language)
  if ('instant' in known) return instantText(known.instant, timeZone, language)
  if ('day' in known) return dayText(known.day, timeZone, language)
  if ('count' in known) return countText(known.count, language)
  if ('sizeBytes' in known) return sizeText(known.sizeBytes, language)
  return moneyText(known.euros, language)
}

/** The text in a language; where that is missing, in the first that there is. */
export function local(text: Localised, language: Language): string {
  return typeof text === 'string' ? text : (text[language] ?? Object.values(text)[0] ?? '')
}
