import { Temporal } from 'temporal-polyfill'
import type { Property } from './content-lines.ts'

/** A date, or a date with a time in a zone, as calendars write it. */
export type When = { day: boolean; at: Temporal.PlainDateTime; zone: string }

/** The zones of a calendar: `own` for what says none. */
export type Zones = { own: string; of: (tzid: string) => string | undefined }

/** Every value of a property that holds dates; one that is none of them, or in a zone that nobody knows, is told in words. */
export function whens(property: Property, zones: Zones): (When | string)[] {
  const tzid = property.params.get('TZID')?.[0]
  const zone = tzid === undefined ? zones.own : zones.of(tzid)
  return property.value.split(',').map(text => {
    const [, date = '', time = '', utc] = /^(\d{8})(?:T(\d{6})(Z?))?(?:\/.*)?$/.exec(text.trim()) ?? []
    try {
      if (date === '') return `“${text.slice(0, 30)}” is no date`
      if (time === '') return { day: true, at: Temporal.PlainDate.from(date).toPlainDateTime(), zone: zones.own }
      const at = Temporal.PlainDateTime.from(`${date}T${time}`)
      if (utc) return { day: false, at, zone: 'UTC' }
      return zone ? { day: false, at, zone } : `nobody knows the time zone “${tzid?.slice(0, 60)}”`
    } catch {
      return `“${text.slice(0, 30)}” is no date`
    }
  })
}

export function instantOf({ at, zone }: When): Temporal.Instant {
  return at.toZonedDateTime(zone).toInstant()
}

/** The same moment on the clocks of another zone; a date stays a date. */
export function inZone(when: When, zone: string): When {
  if (when.day || when.zone === zone) return when
  return { day: false, at: instantOf(when).toZonedDateTimeISO(zone).toPlainDateTime(), zone }
}

/** As Graph takes it. */
export function graphTime({ at, zone }: When): { dateTime: string; timeZone: string } {
  return { dateTime: at.toString({ smallestUnit: 'second' }), timeZone: zone }
}

/** A length of time as RFC 5545 writes it; undefined for none. */
export function durationOf(text: string): Temporal.Duration | undefined {
  try {
    return Temporal.Duration.from(text.trim().replace(/^([+-]?)P(\d+W)T?$/, '$1P$2'))
  } catch {
    return undefined
  }
}
