import type { Action, MailboxRow } from '../answers.ts'
import type { Choice } from './model.ts'
import type { Route } from './route.ts'

/** What an order is about, where it is not the whole wave: mailboxes, lines of what is left to do, steps of the calendar. */
export type About = { mailboxes?: readonly MailboxRow[]; toDo?: readonly string[]; steps?: readonly string[] }

/** What a person can do on the page; views call these and know no more. */
export type Deeds = {
  signIn(key: string, token: string): void
  forget(): void
  speak(language: string): void
  go(route: Route): void
  choose(change: Partial<Choice>): void
  /** Asks for a reason and a confirmation first. */
  ask(action: Action, about?: About): void
  report(format: 'xlsx' | 'csv' | 'json'): void
}
