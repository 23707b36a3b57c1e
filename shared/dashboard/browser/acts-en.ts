import type { Action } from '../answers.ts'

const of = (n: number, one: string, many: string) => (n === 1 ? one : many)

/** What an action is about, for the sentence that says what it will do: how many mailboxes, of which wave; `all`: the whole wave. */
export type Scope = { all: boolean; n: number; count: string; wave: string }

const mailboxesOf = ({ all, n, count, wave }: Scope) =>
  all
    ? `wave ${wave} with all its ${count} ${of(n, 'mailbox', 'mailboxes')}`
    : `${count} ${of(n, 'mailbox', 'mailboxes')} of wave ${wave}`

/** What the page says of actions, in English. The other languages have the same shape. */
export const enActs = {
  title: 'Actions',
  names: {
    hold: 'Hold',
    release: 'Release',
    retry: 'Retry',
    approve: 'Approve',
    reschedule: 'Reschedule',
    cancel: 'Cancel the migration',
    rollback: 'Roll back',
    done: 'Done',
    'send-now': 'Do it now',
    skip: 'Leave it undone',
    update: 'Take the newest playbook',
  } satisfies Record<Action, string>,
  does: {
    hold: scope =>
      `Puts on hold: ${mailboxesOf(scope)}. Work under way stops at the next safe point; nothing is lost, and a release goes on from there.`,
    release: scope => `Releases ${mailboxesOf(scope)}: what is held goes back to where it was held and goes on at once.`,
    retry: scope =>
      `Tries again in ${mailboxesOf(scope)}: every mailbox that is held by an error goes on from where it stopped, and what the old server did not hand out or the new one refused is tried again. What was copied is not copied again.`,
    approve: ({ wave }) => `Records your approval for wave ${wave}, with your name and the reason.`,
    reschedule: ({ wave }) => `Moves the day of wave ${wave}; every step of its calendar is computed again from the new day.`,
    cancel: scope =>
      `Cancels ${mailboxesOf(scope)}, for good: no more mail is copied. What was copied stays at the target, the old server stays as it is. It cannot be undone.`,
    rollback: ({ wave }) =>
      `Puts back the old MX of every domain of wave ${wave}: new mail goes to the old server again. Mail that has reached the new server stays there. It cannot be undone from here.`,
    done: ({ wave }) =>
      `Writes down that this is done for wave ${wave}. Nobody looks whether it is; it stands in the report, with your name and the hour.`,
    'send-now': ({ wave }) => `Does now what wave ${wave} has missed the hour of.`,
    skip: ({ wave }) => `Leaves undone what wave ${wave} has missed the hour of, for good.`,
    update: ({ wave }) =>
      `Wave ${wave} takes the newest version of its playbook, with every row that is not finished. What waits for its next try is tried at once; what is held is then released (Release).`,
  } satisfies Record<Action, (scope: Scope) => string>,
  who: 'Your name, for the audit',
  why: 'Reason, for the audit',
  whyHint: 'At least 3 characters; it is kept with the action.',
  day: 'New day',
  step: 'What is approved',
  stepNames: {
    cutover: 'The cutover',
    confirm: 'The date (confirmation)',
    postpone: 'The later day',
    freeze: 'The old server is closed to people',
    pilot: 'The pilot is good',
  },
  stepDoes: {
    cutover: 'It begins at its hour, or at once where that is past, as soon as all is ready.',
    confirm: 'The wave follows the answers of its coordinators, and may be switched at its hour.',
    postpone: 'The wave moves to the day that was asked for, and all that counts from it. Whoever asked cannot grant it.',
    freeze: 'Say it once nobody can sign in at the old server any more. The cutover does not wait for it.',
    pilot: 'The other waves of its playbook may begin, and their people are told.',
  },
  awaited: (step: string) => `${step} – waited for`,
  by: 'Waited for:',
  as: 'In which role',
  asNone: 'None: in my own name',
  without: 'Without these domains',
  withoutHint: (late: string) =>
    `The domains named here stay behind and the others are switched; another approval that does not name them switches them.${late ? ` Not ready: ${late}.` : ''}`,
  type: (wave: string) => `To confirm, type the wave’s name: ${wave}`,
  mistyped: 'This is not the wave’s name.',
  dismiss: 'Do nothing',
  confirm: (action: string, scope: Scope) =>
    scope.all ? `${action}: wave ${scope.wave}` : `${action}: ${scope.count} ${of(scope.n, 'mailbox', 'mailboxes')}`,
  done: (action: string, n: number, count: string) => `${action}: done, ${count} ${of(n, 'row', 'rows')} changed.`,
  nothing: (action: string) => `${action}: accepted; there was nothing to change.`,
  newest: (version: string) =>
    `It has the newest version already, ${version}: there is nothing to take. Store the corrected playbook first.`,
  versions: (from: string, to: string) => `From version ${from} to ${to}.`,
  rows: (n: number, count: string) => `${count} ${of(n, 'row', 'rows')} would change.`,
  alike: 'For this wave it says the same.',
  unsaid: 'not said',
  untried: 'The server did not say what would change. Close this and try again.',
  failed: 'Nothing was changed.',
  unanswered: 'The server did not answer, so it is not known whether this was done. Doing it again does no harm.',
}

export type Acts = typeof enActs
