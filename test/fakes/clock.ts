/** A clock that stands until a test moves it. Moving it calls whatever was to be called on the way, in order. */
export type ManualClock = {
  now: () => number
  every: (ms: number, tick: () => void) => () => void
  move(ms: number): void
  moveTo(at: number): void
}

type Beat = { ms: number; at: number; tick: () => void }

/** Starts at a Monday morning, epoch ms, unless told otherwise. */
export function manualClock(start: number = Date.UTC(2026, 0, 5, 8)): ManualClock {
  let now = start
  const beats = new Set<Beat>()
  const earliest = () =>
    [...beats].reduce<Beat | undefined>((first, one) => (!first || one.at < first.at ? one : first), undefined)
  const moveTo = (at: number) => {
    for (let beat = earliest(); beat && beat.at <= at; beat = earliest()) {
      now = Math.max(now, beat.at)
      beat.at += beat.ms
      beat.tick()
    }
    now = Math.max(now, at)
  }
  return {
    now: () => now,
    every: (ms, tick) => {
      const beat = { ms, at: now + ms, tick }
      beats.add(beat)
      return () => void beats.delete(beat)
    },
    move: ms => moveTo(now + ms),
    moveTo,
  }
}
