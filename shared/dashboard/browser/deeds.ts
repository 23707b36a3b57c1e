import type { Action, MailboxRow } from '../answers.ts'
import type { Choice } from './model.ts'
import type { Route } from './route.ts'

/** What a person can do on the page; views call these and know no more. */
export type Deeds = {
  signIn(key: string): void
  forget(): void
  speak(language: string): void
  go(route: Route): void
  choose(change: Partial<Choice>): void
  /** Asks for a reason and a confirmation first. Without mailboxes it is about the whole wave. */
  ask(action: Action, mailboxes?: readonly MailboxRow[]): void
  report(format: 'xlsx' | 'csv' | 'json'): void
}
