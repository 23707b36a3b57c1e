import { chanceOf } from './chance.ts'
import type { Belief } from './pace.ts'

/** One mailbox that is still to be copied: how long it would take by the assumption, ms, and how sure its size is (0: measured). */
export type Load = { ms: number; sizeScatter: number }

/**
 * What a simulation draws from. `atOnce`: workers; `pace`: measured over assumed time of a mailbox; `schedule`: measured over ideal time of a
 * wave, with its queueing and hops; `waiting`: time lost to throttling for each ms of work; `leastMs`: what a rate limit leaves no way below.
 */
export type Terms = { atOnce: number; pace: Belief; schedule: Belief; waiting: number; leastMs: number }

/** Lengths of simulated copies, ms, ascending; some hundred, fewer where there are many mailboxes. */
export function simulated(loads: readonly Load[], { atOnce, pace, schedule, waiting, leastMs }: Terms, seed: string): number[] {
  const chance = chanceOf(seed)
  const rounds = Math.round(Math.min(400, Math.max(60, 200_000 / Math.max(1, loads.length))))
  const lengths = Array.from({ length: rounds }, () => {
    const mean = pace.mean + pace.error * chance.normal()
    const times = loads.map(({ ms, sizeScatter }) => {
      const scatter = Math.hypot(pace.scatter, sizeScatter)
      return ms * Math.exp(mean + scatter * chance.normal()) * (1 + waiting)
    })
    const slowed = Math.exp(schedule.mean + Math.hypot(schedule.error, schedule.scatter) * chance.normal())
    return Math.max(makespan(times, atOnce) * slowed, leastMs)
  })
  return lengths.sort((a, b) => a - b)
}

/** How long so many workers are at it, each taking the next as soon as it is free. */
export function makespan(times: readonly number[], atOnce: number): number {
  const free = new Array<number>(Math.max(1, atOnce)).fill(0)
  for (const ms of times) {
    let first = 0
    for (let i = 1; i < free.length; i++) if ((free[i] ?? 0) < (free[first] ?? 0)) first = i
    free[first] = (free[first] ?? 0) + ms
  }
  return Math.max(...free)
}

/** The value below which the given share (0 to 1) of ascending numbers lies. */
export function quantile(ascending: readonly number[], share: number): number {
  const at = Math.min(ascending.length - 1, Math.max(0, Math.ceil(share * ascending.length) - 1))
  return ascending[at] ?? 0
}
