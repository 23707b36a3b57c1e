import { dim, lasted, many } from './words.ts'

/** One kind of work: how often it was done, how long in all and at most, ms. */
export type WorkTime = { work: string; times: number; totalMs: number; longestMs: number }

/** Where the time went, from the lines of the host’s log; the most first. */
export function timesIn(log: string): WorkTime[] {
  const kinds = new Map<string, WorkTime>()
  for (const [, work = '', took = ''] of log.matchAll(/\bwork=(\S+) took=(\d+)/g)) {
    const kind = kinds.get(work) ?? { work, times: 0, totalMs: 0, longestMs: 0 }
    kind.times += 1
    kind.totalMs += Number(took)
    kind.longestMs = Math.max(kind.longestMs, Number(took))
    kinds.set(work, kind)
  }
  return [...kinds.values()].sort((a, b) => b.totalMs - a.totalMs)
}

/** The same as a table; kinds that took next to nothing share a line. */
export function timeLines(kinds: readonly WorkTime[]): string[] {
  const long = kinds.filter(({ totalMs }) => totalMs >= 100)
  const short = kinds.filter(({ totalMs }) => totalMs < 100)
  const width = Math.max(0, ...kinds.map(({ work }) => work.length))
  const line = (work: string, times: number, totalMs: number, note: string) =>
    `    ${work.padEnd(width)}  ${`${times}×`.padStart(6)}  ${lasted(totalMs).padStart(8)}  ${dim(note)}`
  const sum = (of: (kind: WorkTime) => number) => short.reduce((total, kind) => total + of(kind), 0)
  return [
    ...long.map(({ work, times, totalMs, longestMs }) => line(work, times, totalMs, `longest ${lasted(longestMs)}`)),
    ...(short.length > 0
      ? [
          line(
            'other',
            sum(kind => kind.times),
            sum(kind => kind.totalMs),
            many(short.length, 'kind'),
          ),
        ]
      : []),
  ]
}
