import type { Machine } from '../machine.ts'
import type { WaveFact } from './facts.ts'
import type { WaveWork } from './work.ts'

/**
 * The life of a wave. Its works only look at its mailboxes and domains and say what they see, so they may run at any time and
 * twice at once. A closed wave opens again when a held mailbox of it is released; a cancelled one that was switched can still be put back.
 * Of one that was put back or cancelled it is seen whether mail that was led over by itself is led back.
 */
const table = {
  planned: {
    start: 'begin-wave',
    on: { 'wave-started': 'preparing', 'gave-up': 'held', hold: 'held', cancel: 'cancelled' },
  },
  preparing: { start: 'prepare-wave', on: { 'mailboxes-synced': 'ready', hold: 'held', cancel: 'cancelled' } },
  ready: {
    start: 'open-cutover',
    on: { 'cutover-due': 'cutting-over', hold: 'held', 'roll-back': 'rolling-back', cancel: 'cancelled' },
  },
  'cutting-over': {
    start: 'cut-over',
    on: {
      'domains-switched': 'finishing',
      'cutover-missed': 'ready',
      hold: 'held',
      'roll-back': 'rolling-back',
      cancel: 'cancelled',
    },
  },
  finishing: {
    start: 'finish-wave',
    on: { 'mailboxes-settled': 'closing', hold: 'held', 'roll-back': 'rolling-back', cancel: 'cancelled' },
  },
  closing: {
    start: 'close-wave',
    on: { closed: 'closed', 'mailbox-released': 'finishing', 'roll-back': 'rolling-back' },
  },
  closed: { on: { 'mailbox-released': 'finishing', 'roll-back': 'rolling-back' } },
  'rolling-back': { start: 'roll-back-wave', on: { 'rolled-back': 'rolled-back' } },
  'rolled-back': { start: 'see-led-back', on: {} },
  held: { on: { release: '<back>', 'roll-back': 'rolling-back', cancel: 'cancelled' } },
  cancelled: { start: 'see-led-back', on: { 'roll-back': 'rolling-back' } },
} as const satisfies Machine<string, WaveFact, WaveWork>

/** Whether a wave is rolled back, or about to be. */
export function isPutBack(state: WaveState | undefined): boolean {
  return state === 'rolling-back' || state === 'rolled-back'
}

/** Whether a wave has come to its end, one way or another. */
export function hasEnded(state: WaveState): boolean {
  return state === 'closed' || state === 'cancelled' || state === 'rolled-back'
}

/** Lines of `toDo` that somebody said are done: who, why and when. */
export type Done = { what: string[]; who: string; why: string; at: number }
/** `as`: the role it was given in; `day`: the day J it was given for; `without`: domains that the cutover is to go without. */
export type Approval = { step: string; who: string; as?: string; day?: string; why?: string; at: number; without?: string[] }
/** The word of a person (`POST …/approve`) for which a wave waits. `without`: the domains that hold up the others. */
export type Word = { step: 'confirm' | 'cutover'; without?: string[] }

export type WaveState = keyof typeof table
export const wave: Machine<WaveState, WaveFact, WaveWork> = table
