/** Time as the host feels it, in epoch milliseconds. A wait ends early, without error, when its signal aborts. */
export type Clock = { now: () => number; wait: (ms: number, signal: AbortSignal) => Promise<void> }

/** setTimeout overflows above this and would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1

/** The machine's own time; waits of any length. */
export const wallClock: Clock = {
  now: () => Date.now(),
  wait: async (ms, signal) => {
    for (let left = ms; left > 0 && !signal.aborted; left -= longestTimeoutMs)
      await pause(Math.min(left, longestTimeoutMs), signal)
  },
}

/** A moment as the .NET host writes it into JSON: `2026-11-22T08:00:00+00:00`. */
export function hostTime(moment: Date | number): string {
  return new Date(moment).toISOString().replace(/(\.000)?Z$/, '+00:00')
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) return resolve()
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })
}
