import type { CalendarRole } from '../intake/calendar-shares.ts'
import type { Language } from '../intake/words.ts'
import type { Fixed } from './columns.ts'
import type { Finding } from './judge.ts'
import { de } from './words-de.ts'
import { en } from './words-en.ts'
import { fr } from './words-fr.ts'
import { nl } from './words-nl.ts'

/** What can be wrong in an answer. */
export type FaultCode =
  | 'no-keep'
  | 'no-kind'
  | 'no-address'
  | 'bad-address'
  | 'upn'
  | 'foreign-domain'
  | 'duplicate'
  | 'missing'
  | 'alias-missing'
  | 'alias-domain'
  | 'alias-unknown'
  | 'alias-dropped'
  | 'alias-chain'
  | 'alias-stray'
  | 'members-missing'
  | 'member-unknown'
  | 'member-licence'
  | 'members-stray'
  | 'members-many'
  | 'share'
  | 'share-dropped'
  | 'share-stray'
  | 'shares-many'
  | 'generic'
  | 'quota'
  | 'identifier'
  | 'attribute'
  | 'class'
  | 'text'
  | 'formula'
  | 'heading-twice'

/** What a fault speaks of. */
export type FaultParts = { got?: string; wanted?: string; where?: string }

/** What is worth knowing of an answer that was taken. */
export type WarningCode = 'older' | 'alias-mail' | 'drop-mail' | 'surcharge'

/** Everything that a coordinator reads, in one language. */
export type Words = {
  sheets: { instructions: string; addresses: string; costs: string; wrong: string }
  title: string
  instructions: (facts: {
    entity: string
    wave: string
    until: string | undefined
    free: number
    calendars: boolean
  }) => readonly (readonly [string, string])[]
  columns: Readonly<Record<Fixed, string>>
  yes: string
  no: string
  personal: string
  shared: string
  alias: string
  /** What somebody may do in another’s calendar. */
  roles: Readonly<Record<CalendarRole, string>>
  findings: Readonly<Record<Finding, string>>
  /** Where calendars and contacts are no number. */
  items: { none: string; unread: string }
  choose: string
  costs: {
    licence: string
    price: string
    quota: string
    count: string
    perMonth: string
    total: string
    projected: string
    surcharge: string
    browserOnly: string
    note: string
    forecast: string
    half: string
    nearly: string
    whole: string
  }
  wrong: { where: string; what: string }
  faults: Readonly<Record<FaultCode, (parts: FaultParts) => string>>
  warnings: Readonly<Record<WarningCode, (parts: FaultParts) => string>>
}

const all: Readonly<Record<Language, Words>> = { fr, nl, de, en }

/** The words of a language. */
export function wordsIn(language: Language): Words {
  return all[language]
}

/** The words of every language, for reading what may come back in any of them. */
export const everyWords: readonly Words[] = Object.values(all)
