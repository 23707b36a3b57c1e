/** Repeatable chance: the same seed gives the same numbers, from 0 to just below 1 (mulberry32). */
export type Chance = () => number

export function chance(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A whole number from `from` to `to`, both included. */
export function between(random: Chance, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1))
}

/** One of a list that is not empty. */
export function oneOf<T>(random: Chance, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}
