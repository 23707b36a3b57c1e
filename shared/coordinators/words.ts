import type { Sentences } from '../dashboard/browser/sentences.ts'
import type { Language } from '../intake/words.ts'
import type { WaveState } from '../life/wave.ts'
import type { Audience } from '../playbooks/notice.ts'
import { de } from './words-de.ts'
import { en } from './words-en.ts'
import { fr } from './words-fr.ts'
import { nl } from './words-nl.ts'

/** The words of a coordinator’s page. Dates come as they are said, numbers as they are written. */
export type CoordinatorWords = {
  /** What the page is called where its entity is not known, and how a notice leads there. */
  page: string
  visit: string
  title: (entity: string) => string
  mine: (to: string) => string
  unknown: string
  over: string
  /** Where the wave is, as somebody outside would say it. */
  stands: string
  states: Readonly<Record<WaveState, string>>
  day: string
  noDay: string
  dates: string
  reply: string
  due: (at: string) => string
  notReady: string
  fetch: string
  file: string
  send: string
  answered: (version: number, who: string, at: string) => string
  seal: string
  unanswered: string
  again: string
  shut: string
  open: (count: string) => string
  decided: string
  taken: (kept: string, dropped: string, added: string) => string
  same: string
  wrong: (count: string) => string
  wrongFile: string
  more: (count: string) => string
  tooLarge: string
  unreadable: string
  /** What the server says is wrong with a file, by its own sentence. */
  details: Sentences
  noFile: string
  busy: string
  notNow: string
  cost: string
  costOf: Readonly<Record<'answer' | 'proposal', string>>
  confirm: string
  both: string
  said: (who: string, role: string, at: string) => string
  notYet: (role: string) => string
  roles: Readonly<Record<Exclude<Audience, 'owner'> | 'anybody', string>>
  confirms: string
  means: readonly string[]
  /** One more, where access to the old mailboxes is closed before. */
  cut: string
  first: string
  yes: (day: string) => string
  confirmed: string
  agreed: string
  moved: string
  choose: string
  full: string
  chosen: string
  take: string
  booked: (day: string) => string
  nowFull: (day: string) => string
  openDates: (days: string) => string
  noDates: string
  another: string
  mayAsk: string
  wish: string
  reason: string
  ask: string
  asked: (day: string, at: string) => string
  reasonGiven: (why: string) => string
  askAnew: string
  recorded: string
  askFrom: (day: string) => string
  noReason: string
  closed: (from: string, to: string) => string
  outside: (day: string) => string
  progress: string
  forecast: (at: string) => string
  mailboxes: string
  outOf: (done: string, all: string) => string
  messages: string
  exceptions: string
  verdict: string
}

/** In each language; the page offers all four. */
export const coordinatorWords: Readonly<Record<Language, CoordinatorWords>> = { fr, nl, de, en }
