import type { Machine } from '../machine.ts'
import type { LedBackFact } from './facts.ts'
import type { LedBackWork } from './work.ts'

/**
 * The life of the proof that new mail of one mailbox, which had been led over by itself, arrives at the old server again. `unproved`: it was asked for
 * so long, or another wave leads it over by now, that nobody asks any more. `led-back`: letters that still come to the new side are removed there.
 */
const table = {
  asking: {
    start: 'ask-led-back',
    tells: 'wave',
    on: { 'ask-again': 'asking', 'led-back': 'led-back', 'asked-enough': 'unproved', 'gave-up': 'held' },
  },
  'led-back': { start: 'remove-letters', tells: 'wave', on: { removed: 'settled', 'gave-up': 'held' } },
  settled: { on: {} },
  unproved: { tells: 'wave', on: { 'ask-again': 'asking' } },
  held: { tells: 'wave', on: { release: '<back>' } },
} as const satisfies Machine<string, LedBackFact, LedBackWork>

export type LedBackState = keyof typeof table
export const ledBack: Machine<LedBackState, LedBackFact, LedBackWork> = table
