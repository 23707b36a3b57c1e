import { fieldNamed, fieldValue, readHeader } from './header.ts'

const day = 86_400_000
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** North American zones of RFC 5322 4.3, in hours; every other name counts as UTC, as it asks. */
const zones: Readonly<Record<string, number>> = { EDT: -4, EST: -5, CDT: -5, CST: -6, MDT: -6, MST: -7, PDT: -7, PST: -8 }

/** Can mail have arrived then? Not before 1970, and not more than a day after `now`. */
export function isAbsurd(at: number, now: number): boolean {
  return !(at >= 0 && at <= Math.min(now + day, 253_402_300_799_000))
}

/**
 * Can it be given to a server? APPEND has four digits of year (RFC 9051 9, date-time); of what is before 1970 some tell another date from the
 * second look on.
 */
export function isGivable(at: number): boolean {
  return !isAbsurd(at, Number.POSITIVE_INFINITY)
}

/** What is given instead of a date of arrival that cannot be kept, epoch ms, and a sentence with both. */
export function insteadOf(told: number, raw: Buffer, now: number): { at: number; note: string } {
  const { at, from } = likelyDate(raw, now)
  const source = from === 'nothing' ? 'because the message names none that can be' : `the message’s own ${from}`
  const was = dateText(told)
  const said = was === undefined ? 'no date of arrival' : `${was} as date of arrival`
  return { at, note: `The source told ${said}; it was set to ${dateText(at)}, ${source}.` }
}

/** ISO 8601 in UTC; undefined for no date. */
export function dateText(at: number): string | undefined {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

/**
 * When a message with an absurd INTERNALDATE most likely arrived: its Date header, else its oldest Received, else 1970-01-01.
 * Epoch ms.
 */
export function likelyDate(raw: Buffer, now: number): { at: number; from: 'Date' | 'Received' | 'nothing' } {
  const header = readHeader(raw, 0, raw.length)
  const date = fieldNamed(header, 'date')
  const written = date ? parseDate(fieldValue(raw, date)) : Number.NaN
  if (!isAbsurd(written, now)) return { at: written, from: 'Date' }
  const hops = header.fields
    .filter(({ name }) => name === 'received')
    .map(field => parseDate(fieldValue(raw, field).split(';').at(-1) ?? ''))
    .filter(at => !isAbsurd(at, now))
  // A server may take second 0 for no date (Cyrus does).
  return hops.length > 0 ? { at: hops.reduce((a, b) => Math.min(a, b)), from: 'Received' } : { at: 1000, from: 'nothing' }
}

/** An RFC 5322 date-time, obsolete years and zones included, as epoch ms; NaN where it is none. */
export function parseDate(text: string): number {
  const found =
    /(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{2,4})[\s,]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]{1,5})?/i.exec(
      text.slice(0, 1000),
    )
  if (!found) return Number.NaN
  const [, date = '', name = '', years = '', h = '', m = '', s = '0', zone = ''] = found
  const month = months.indexOf(name.toLowerCase())
  const year = Number(years) + (years.length === 4 ? 0 : years.length === 3 || Number(years) >= 50 ? 1900 : 2000)
  if (month < 0 || Number(date) < 1 || Number(date) > 31 || Number(h) > 23 || Number(m) > 59 || Number(s) > 60) return Number.NaN
  const at = new Date(0)
  at.setUTCFullYear(year, month, Number(date))
  at.setUTCHours(Number(h), Number(m), Number(s))
  const [, sign, zoneH = '', zoneM = ''] = /^([+-])(\d\d)(\d\d)$/.exec(zone) ?? []
  const minutes = sign ? (sign === '-' ? -1 : 1) * (Number(zoneH) * 60 + Number(zoneM)) : (zones[zone.toUpperCase()] ?? 0) * 60
  return at.getTime() - minutes * 60_000
}

/** Epoch ms as an RFC 5322 date-time in UTC. */
export function writtenDate(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000')
}
