import { Temporal } from 'temporal-polyfill'
import { type Component, first, textOf } from './content-lines.ts'

/** Windows names that people meet in Europe, by the IANA zone of each (Unicode CLDR, windowsZones). */
const windows: Record<string, string> = {
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Kiev',
  'GTB Standard Time': 'Europe/Bucharest',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Russian Standard Time': 'Europe/Moscow',
  'Morocco Standard Time': 'Africa/Casablanca',
  'W. Central Africa Standard Time': 'Africa/Lagos',
  'South Africa Standard Time': 'Africa/Johannesburg',
  'Egypt Standard Time': 'Africa/Cairo',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Arabian Standard Time': 'Asia/Dubai',
  'India Standard Time': 'Asia/Calcutta',
  'China Standard Time': 'Asia/Shanghai',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Mountain Standard Time': 'America/Denver',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Atlantic Standard Time': 'America/Halifax',
  'SA Western Standard Time': 'America/La_Paz',
  'Reunion Standard Time': 'Indian/Reunion',
  // Names of old Unix systems.
  CET: 'Europe/Paris',
  MET: 'Europe/Paris',
  WET: 'Europe/Lisbon',
  EET: 'Europe/Athens',
}

/** One of each pair of offsets that clocks have today, where they are changed. */
const changing = ['Atlantic/Azores', 'Europe/London', 'Europe/Paris', 'Europe/Athens', 'America/Halifax']
const american = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles']

/** The IANA zone that a TZID of this calendar means; undefined for one that nobody can know. */
export function zonesOf(calendar: Component, own: string): (tzid: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  const find = (tzid: string) => {
    const definition = calendar.parts.find(one => one.name === 'VTIMEZONE' && textOf(one, 'TZID') === tzid)
    const named = [tzid, definition && (textOf(definition, 'X-LIC-LOCATION') ?? textOf(definition, 'TZURL'))]
    const name = named.map(one => one && byName(one)).find(Boolean)
    return name ?? (definition && byOffsets(definition, own))
  }
  return tzid => {
    if (!known.has(tzid)) known.set(tzid, find(tzid))
    return known.get(tzid)
  }
}

function byName(text: string): string | undefined {
  if (windows[text]) return windows[text]
  if (/^(utc|gmt|z|etc\/utc|zulu)$/i.test(text)) return 'UTC'
  const parts = text
    .replace(/\.ics$/, '')
    .split('/')
    .filter(Boolean)
  // `/freeassociation.sourceforge.net/Europe/Brussels`: what stands at its end.
  for (const many of [3, 2]) {
    const name = parts.slice(-many).join('/')
    if (parts.length >= many && isZone(name)) return name
  }
  return undefined
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The zone whose clocks stand as the definition says, the playbook’s own first. */
function byOffsets(definition: Component, own: string): string | undefined {
  const offset = (name: string) => {
    const last = definition.parts.filter(one => one.name === name).at(-1)
    const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(first(last ?? definition, 'TZOFFSETTO')?.value ?? '') ?? []
    return hours === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  }
  const [standard, summer] = [offset('STANDARD'), offset('DAYLIGHT')]
  if (standard === undefined) return undefined
  const fits = (zone: string) => {
    const [january, july] = [1, 7].map(month => offsetAt(zone, month))
    return january === standard && july === (summer ?? standard)
  }
  const found = [own, ...changing, ...american].find(fits)
  if (found || summer !== undefined || standard % 60 !== 0) return found
  return standard === 0 ? 'UTC' : `Etc/GMT${standard > 0 ? '-' : '+'}${Math.abs(standard / 60)}`
}

function offsetAt(timeZone: string, month: number): number {
  const noon = Temporal.PlainDateTime.from({ year: 2025, month, day: 1, hour: 12 })
  return noon.toZonedDateTime(timeZone).offsetNanoseconds / 60e9
}
