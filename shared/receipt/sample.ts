import { randomInt } from 'node:crypto'

/** A reservoir: of all that is offered, each is as likely kept as any other. */
export type Reservoir<T> = { offer(item: T): void; readonly kept: readonly T[] }

/** Keeps `size` items of a stream of unknown length, chosen by a chance that nobody can foresee. */
export function reservoir<T>(size: number, below: (n: number) => number = randomInt): Reservoir<T> {
  const kept: T[] = []
  let offered = 0
  return {
    offer(item) {
      offered++
      if (kept.length < size) kept.push(item)
      else {
        const place = below(offered)
        if (place < size) kept[place] = item
      }
    },
    kept,
  }
}
