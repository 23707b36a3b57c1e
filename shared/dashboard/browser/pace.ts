import type { Loaded } from './load.ts'
import { isRunning } from './standing.ts'

const runningMs = 2_000
const restingMs = 15_000

/** Asked again after this when the server could not be reached, ms. */
export const lostMs = 5_000

/** When to ask again, ms: soon while something runs; and a large wave, which takes long to read, is asked for at most a sixth of the time. */
export function paceOf({ waves, wave }: Loaded, tookMs: number): number {
  const running = wave ? isRunning(wave) : (waves ?? []).some(isRunning)
  return Math.max(running ? runningMs : restingMs, 5 * tookMs)
}
