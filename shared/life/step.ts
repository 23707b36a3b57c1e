import type { Machine } from '../machine.ts'
import type { StepFact } from './facts.ts'
import type { StepWork } from './work.ts'

/**
 * The life of one timed entry of a wave’s calendar: a step with an effect of its own, or a notice. `late`: its hour was past before it could be
 * taken, and a person chooses. `moved`: day D is another, and so is its hour.
 */
const table = {
  planned: {
    start: 'await-hour',
    on: { 'hour-came': 'doing', 'hour-passed': 'late', moved: 'planned', skip: 'skipped', cancel: 'cancelled' },
  },
  doing: {
    start: 'take-step',
    on: { done: 'done', asked: 'waiting-for-people', moved: 'planned', 'gave-up': 'held', skip: 'skipped', cancel: 'cancelled' },
  },
  'waiting-for-people': {
    start: 'await-people',
    on: { done: 'done', moved: 'planned', 'gave-up': 'held', skip: 'skipped', cancel: 'cancelled' },
  },
  late: { on: { 'send-now': 'doing', moved: 'planned', skip: 'skipped', cancel: 'cancelled' } },
  held: { on: { release: '<back>', moved: 'planned', skip: 'skipped', cancel: 'cancelled' } },
  done: { on: {} },
  skipped: { on: {} },
  cancelled: { on: {} },
} as const satisfies Machine<string, StepFact, StepWork>

export type StepState = keyof typeof table
export const step: Machine<StepState, StepFact, StepWork> = table
