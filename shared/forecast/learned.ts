import { assumedMs, learned, nothing, type Prior, type Sums } from './pace.ts'
import { makespan } from './simulate.ts'
import type { Progress } from './sizes.ts'

/** What one wave taught: `pace` of its mailboxes, `schedule` of the wave as a whole, ms of work, and ms lost to throttling. */
export type Learned = { pace: Sums; schedule: Sums; workMs: number; waitedMs: number }

/** Workers of one instance: `batchSize` and `newBatchThreshold` of host.json; a test compares. */
export const workersOfHost = 8

/** Below this a mailbox’s time is that of signing in, and says nothing of its size, ms. */
const tooShortMs = 20

/** What mailboxes that were copied once teach. */
export function learnedFrom(rows: readonly Progress[], prior: Prior): Learned {
  const measured = rows.flatMap(({ pace, syncedAt }) => (pace && syncedAt !== undefined && pace.ms >= tooShortMs ? [pace] : []))
  return {
    pace: measured.reduce((sums, pace) => learned(sums, pace.ms / assumedMs(prior, pace)), nothing),
    schedule: nothing,
    workMs: measured.reduce((sum, { ms }) => sum + ms, 0),
    waitedMs: rows.reduce((sum, { waitedMs }) => sum + (waitedMs ?? 0), 0),
  }
}

/** The same with what the whole wave took, from its beginning to the end of its last mailbox’s first copy (without hours that were shut), against so many workers without a pause. */
export function learnedFromWave(rows: readonly Progress[], prior: Prior, tookMs: number, atOnce: number): Learned {
  const mailboxes = learnedFrom(rows, prior)
  const times = rows.map(({ pace, waitedMs }) => (pace?.ms ?? 0) + (waitedMs ?? 0))
  const ideal = makespan(times, atOnce)
  if (ideal < 1_000 || tookMs <= 0) return mailboxes
  return { ...mailboxes, schedule: learned(nothing, tookMs / ideal) }
}
