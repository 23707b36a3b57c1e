/** Numbers from 0 up to but without 1, the same for the same seed. */
export type Random = () => number

/** The state of one worker: what has been acknowledged to it, and the one operation that had no answer when the emulator died. */
export type Load = {
  /** Works until `running` says no or the emulator is gone; throws on any answer that the model did not expect. */
  work(connection: string, running: () => boolean, acknowledged: () => void): Promise<void>
  /** Throws unless the emulator holds what was acknowledged, the operation without answer done wholly or not at all. */
  check(connection: string): Promise<void>
}

/** A small generator (mulberry32): any seed will do. */
export function random(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const upTo = (random: Random, most: number): number => Math.floor(random() * most)

/** One of `choices`, which must not be empty. */
export function pick<T>(random: Random, choices: readonly T[]): T {
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
