import { Temporal } from 'temporal-polyfill'

/** Wall-clock hours between which mail is copied, `HH:MM`; `to` not after `from` is on the next morning. */
export type Hours = { from: string; to: string }

/** The instant at which `ms` of work are done that begins at `start` and goes on only within the hours (none: always), in an IANA zone. */
export function doneAt(start: number, ms: number, hours: readonly Hours[], timeZone: string): number {
  if (hours.length === 0) return start + ms
  let left = ms
  let at = start
  for (const [from, to] of spans(start, hours, timeZone)) {
    if (to <= at) continue
    at = Math.max(at, from)
    if (to - at >= left) return at + left
    left -= to - at
    at = to
  }
  return at + left
}

/** The spans of the hours from the day before `start` on, in order; two years of them, then no more. */
function* spans(start: number, hours: readonly Hours[], timeZone: string): Iterable<[number, number]> {
  let day = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 })
  const instant = (date: Temporal.PlainDate, time: string) =>
    date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds
  const sorted = [...hours].sort((a, b) => (a.from < b.from ? -1 : 1))
  for (let n = 0; n < 730; n++, day = day.add({ days: 1 }))
    for (const { from, to } of sorted) yield [instant(day, from), instant(to > from ? day : day.add({ days: 1 }), to)]
}
