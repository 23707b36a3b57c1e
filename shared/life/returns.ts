import type { Machine } from '../machine.ts'
import type { ReturnsFact } from './facts.ts'
import type { ReturnsWork } from './work.ts'

/** The life of the watch over a mailbox to which undeliverable notices of a wave come back. `quiet`: none was sent for so long that none comes back any more. */
const table = {
  watching: { start: 'read-returns', on: { 'went-quiet': 'quiet', 'gave-up': 'held' } },
  quiet: { on: { 'notice-sent': 'watching' } },
  held: { on: { release: '<back>' } },
} as const satisfies Machine<string, ReturnsFact, ReturnsWork>

export type ReturnsState = keyof typeof table
export const returns: Machine<ReturnsState, ReturnsFact, ReturnsWork> = table
