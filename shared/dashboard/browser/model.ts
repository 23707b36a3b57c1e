import type { Exception, Mailbox, MailboxRow, Wave, WaveRow } from '../answers.ts'
import type { Formats } from './formats.ts'
import type { Point } from './rates.ts'
import type { Route } from './route.ts'
import type { Tell } from './sentences.ts'
import type { Texts } from './texts-en.ts'

export type Order = keyof Texts['boxes']['orders']

/** What the table of mailboxes shows. `state`: `all`, `trouble` or a state. */
export type Choice = { state: string; search: string; order: Order; page: number; picked: ReadonlySet<string> }

/** Everything that the page shows; views draw it and change nothing. */
export type Model = {
  language: string
  texts: Texts
  formats: Formats
  tell: Tell
  now: number
  /** `out`: a key is asked for; `wrong`: the one given was refused. */
  signedIn: 'out' | 'wrong' | 'in'
  route: Route
  waves?: WaveRow[] | undefined
  wave?: Wave | undefined
  mailboxes?: MailboxRow[] | undefined
  mailbox?: Mailbox | undefined
  exceptions?: Exception[] | undefined
  /** When the last whole answer came. */
  asOf?: number | undefined
  everyMs: number
  /** Since when the server cannot be reached. */
  lostAt?: number | undefined
  /** What the server answered instead of data. */
  trouble?: string | undefined
  choice: Choice
  points: ReadonlyMap<string, readonly Point[]>
}

export const nothingChosen: Choice = { state: 'all', search: '', order: 'trouble', page: 0, picked: new Set() }
