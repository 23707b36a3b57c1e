import type { Outcome } from '../../copy/ledger.ts'
import type { MailboxRow, WaveRow } from '../answers.ts'

/** How something stands at a glance. Each tone has its colour and its shape, and always stands beside a word. */
export type Tone = 'good' | 'bad' | 'warn' | 'run' | 'wait' | 'off'

const tones: Readonly<Record<string, Tone>> = {
  planned: 'wait',
  ready: 'wait',
  synced: 'wait',
  listed: 'wait',
  due: 'wait',
  held: 'bad',
  cancelled: 'off',
  'rolled-back': 'off',
  gone: 'off',
  closed: 'good',
  completed: 'good',
  switched: 'good',
  current: 'good',
  sent: 'good',
  complete: 'good',
  'complete-with-exceptions': 'warn',
  incomplete: 'bad',
}

/** The tone of a state or a verdict; what is in none of the lists is under way. */
export function toneOf(state: string): Tone {
  return tones[state] ?? 'run'
}

/** A mailbox that was put off by weather is tried again by itself: worth a look, no more. */
export function mailboxTone({ state, error }: MailboxRow): Tone {
  return error && state !== 'held' ? 'warn' : toneOf(state)
}

/** What deserves a look first: held, put off, under way, waiting, done. */
export function troubleOf({ state, error }: MailboxRow): number {
  if (state === 'held') return 0
  if (error) return 1
  return { bad: 0, warn: 1, run: 2, wait: 3, good: 4, off: 5 }[toneOf(state)]
}

export function isTrouble(row: MailboxRow): boolean {
  return troubleOf(row) <= 1
}

/** Outcomes that a policy or the owner decided; the ledger has the same list, in a module that no browser can load. */
export const byPolicy: readonly Outcome[] = ['deleted', 'vanished', 'removed']

type Messages = WaveRow['messages']

/** Messages that have their outcome. */
export function settled({ copied, adopted, excepted }: Messages): number {
  return copied + adopted + excepted
}

/** How much is through, 0 to 1; an empty mailbox is through once it is copied. */
export function share(messages: Messages, done: boolean): number {
  return messages.found === 0 ? (done ? 1 : 0) : Math.min(1, settled(messages) / messages.found)
}

const copiedOnce = ['synced', 'final-delta', 'verifying', 'bringing', 'draining', 'retrying', 'completed']

export function isCopied(state: string): boolean {
  return copiedOnce.includes(state)
}

/** How many mailboxes of a wave are in one of the states. */
export function countIn({ mailboxes }: WaveRow, ...states: string[]): number {
  return states.reduce((sum, state) => sum + (mailboxes.byState[state] ?? 0), 0)
}

export function copiedMailboxes(wave: WaveRow): number {
  return countIn(wave, ...copiedOnce)
}

const moving = ['preparing', 'cutting-over', 'finishing', 'closing', 'rolling-back']

/** Is there work under way that is worth watching? */
export function isRunning({ state }: { state: string }): boolean {
  return moving.includes(state)
}

/** Does a person have to do something? Also where what it waits for names an order, or what is to be done elsewhere. */
export function needsSomebody(wave: WaveRow): boolean {
  const { state, verdict, waitsFor, needs = {} } = wave
  if (needs.words) return true
  if (state === 'cancelled' || state === 'rolled-back') return false
  return (
    state === 'held' ||
    Boolean(needs.domains || needs.steps) ||
    verdict === 'incomplete' ||
    countIn(wave, 'held') > 0 ||
    /POST …|GET …|cancel them/.test(waitsFor ?? '')
  )
}

const over = ['closed', 'cancelled', 'rolled-back']

/** What deserves a look first: whoever needs somebody, what is under way, what is to come, what is over and left something to do, what is over. */
export function urgencyOf(wave: WaveRow): number {
  if (needsSomebody(wave)) return 0
  if (isRunning(wave)) return 1
  if (!over.includes(wave.state)) return 2
  return wave.needs ? 3 : 4
}
