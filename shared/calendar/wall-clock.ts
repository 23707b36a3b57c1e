import { Temporal } from 'temporal-polyfill'

/** An instant (epoch ms) on the wall clock of a zone: `2025-04-06T16:00+02:00[Europe/Paris]`. */
export function wallClock(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toString({ smallestUnit: 'minute' })
}

/** The date of an instant in a zone, YYYY-MM-DD. */
export function dateAt(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}
