import { Temporal } from 'temporal-polyfill'
import { type Limits, minutesOf, type Window, weekdays } from './limits.ts'

/** Whether copying may go on: until when, or from when on; epoch ms. */
export type Hours = { open: true; until: number } | { open: false; from: number }

/** Whether mail may be copied between both servers of a playbook, and which of them is shut. Without `limits.hours` it may for ever. */
export function copyHours({ source, target, timeZone }: Copied, now: number): Hours & { side?: 'source' | 'target' } {
  let until = Number.POSITIVE_INFINITY
  for (const [side, limits] of [['source', source.limits] as const, ['target', target.limits] as const]) {
    const hours = limits?.hours && hoursAt(limits.hours, timeZone, now)
    if (hours?.open) until = Math.min(until, hours.until)
    else if (hours) return { ...hours, side }
  }
  return { open: true, until }
}

/** As much of a playbook as says when mail may be copied. */
export type Copied = { source: { limits?: Limits }; target: { limits?: Limits }; timeZone: string }

/**
 * Where an instant (epoch ms) lies among windows of the wall clock of an IANA zone. Windows that touch are one. A time that the change of
 * clocks skips is taken as far after the gap as it lies in it.
 */
export function hoursAt(windows: readonly Window[], timeZone: string, now: number): Hours {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
  const spans = Array.from({ length: 10 }, (_, i) => today.add({ days: i - 1 }))
    .flatMap(day => windows.flatMap(window => spansOf(window, day, timeZone)))
    // Of a window that ends where the clocks go on nothing may be left.
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from)
  let until = now
  for (const { from, to } of spans) if (from <= until && until < to) until = to
  if (until > now) return { open: true, until }
  return { open: false, from: spans.find(({ from }) => from > now)?.from ?? Number.POSITIVE_INFINITY }
}

/** Is there a minute of the week in which windows of both are open? */
export function meet(some: readonly Window[], others: readonly Window[]): boolean {
  const monday = Temporal.PlainDate.from('2024-01-01')
  const week = (windows: readonly Window[]) =>
    Array.from({ length: 14 }, (_, i) => monday.add({ days: i })).flatMap(day =>
      windows.flatMap(window => spansOf(window, day, 'UTC')),
    )
  return week(some).some(one => week(others).some(other => one.from < other.to && other.from < one.to))
}

function spansOf({ from, to, days }: Window, day: Temporal.PlainDate, timeZone: string): { from: number; to: number }[] {
  const weekday = weekdays[day.dayOfWeek - 1]
  if (days && weekday && !days.includes(weekday)) return []
  const [begin, end] = [minutesOf(from) ?? 0, minutesOf(to) ?? 0]
  return [{ from: at(day, begin, timeZone), to: at(end <= begin ? day.add({ days: 1 }) : day, end, timeZone) }]
}

function at(day: Temporal.PlainDate, minutes: number, timeZone: string): number {
  const plainTime = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60)
  return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
}
