import type { Chance } from '../../../fakes/chance.ts'

/** The state of one worker: what has been acknowledged to it, and the one operation that had no answer when the emulator died. */
export type Load = {
  /** Works until `running` says no or the emulator is gone; throws on any answer that the model did not expect. */
  work(connection: string, running: () => boolean, acknowledged: () => void): Promise<void>
  /** Throws unless the emulator holds what was acknowledged, the operation without answer done wholly or not at all. */
  check(connection: string): Promise<void>
}

export const upTo = (random: Chance, most: number): number => Math.floor(random() * most)

/** One of `choices`, which must not be empty. */
export function pick<T>(random: Chance, choices: readonly T[]): T {
  const chosen = choices[upTo(random, choices.length)]
  if (chosen === undefined) throw new Error('nothing to pick from')
  return chosen
}

/** The HTTP status with which the emulator refused, or undefined where no answer came. */
export const refusal = (error: unknown): number | undefined => (isRestError(error) ? error.statusCode : undefined)

/** Whether the emulator died before it answered; rethrows what it did answer. */
export function unanswered(error: unknown): true {
  if (isRestError(error) && error.statusCode === undefined) return true
  throw error
}

// By name: the storage packages may each bring their own copy of the class.
const isRestError = (error: unknown): error is Error & { statusCode?: number } =>
  error instanceof Error && error.name === 'RestError'
