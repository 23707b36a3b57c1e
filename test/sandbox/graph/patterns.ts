import { Temporal } from 'temporal-polyfill'
import { Problem } from './answers.ts'

type Pattern = {
  type: string
  interval: number
  daysOfWeek?: string[]
  firstDayOfWeek?: string
  dayOfMonth?: number
  month?: number
  index?: string
}
type Range = { type: string; startDate: string; endDate?: string; numberOfOccurrences?: number; recurrenceTimeZone?: string }
type Time = { dateTime: string; timeZone: string }

const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const indices = ['first', 'second', 'third', 'fourth', 'last']
const known =
  /^(subject|body|start|end|isAllDay|location|categories|importance|sensitivity|showAs|isReminderOn|reminderMinutesBeforeStart|recurrence|transactionId|attendees)$/
const needs: Record<string, (keyof Pattern)[]> = {
  daily: [],
  weekly: ['daysOfWeek', 'firstDayOfWeek'],
  absoluteMonthly: ['dayOfMonth'],
  relativeMonthly: ['daysOfWeek', 'index'],
  absoluteYearly: ['dayOfMonth', 'month'],
  relativeYearly: ['daysOfWeek', 'index', 'month'],
}

/** Refuses what is no property of an event that can be written. */
export function eventFields(fields: Record<string, unknown>): void {
  const other = Object.keys(fields).find(name => !known.test(name))
  if (other) throw new Problem(400, 'RequestBodyRead', `The property '${other}' does not exist on type 'microsoft.graph.event'.`)
}

/** Refuses what Exchange refuses of an event that is made. */
export function assertEvent(fields: Record<string, unknown>): void {
  eventFields(fields)
  const { start, end, isAllDay, recurrence } = fields as { start?: Time; end?: Time; isAllDay?: boolean; recurrence?: object }
  if (!start || !end) throw new Problem(400, 'ErrorInvalidRequest', 'Start and end are required.')
  for (const { timeZone } of [start, end]) assertZone(timeZone)
  if (utcOf(end) < utcOf(start)) throw new Problem(400, 'ErrorPropertyValidationFailure', 'The end is before the start.')
  const midnights = [start, end].every(({ dateTime }) => dateTime.endsWith('T00:00:00')) && start.timeZone === end.timeZone
  if (isAllDay && !(midnights && start.dateTime < end.dateTime))
    throw new Problem(
      400,
      'ErrorPropertyValidationFailure',
      'An all day event begins and ends at midnight, one day later at least.',
    )
  if (recurrence) assertRecurrence(recurrence, start)
}

function assertRecurrence(recurrence: object, start: Time): void {
  const { pattern, range } = recurrence as { pattern: Pattern; range: Range }
  const wanted = needs[pattern.type]
  const day = start.dateTime.slice(0, 10)
  const days = (pattern.daysOfWeek ?? []).every(one => names.includes(one))
  const bad =
    !wanted?.every(name => pattern[name] !== undefined) ||
    !(pattern.interval >= 1) ||
    !days ||
    (pattern.index !== undefined && !indices.includes(pattern.index)) ||
    range.startDate !== day ||
    (range.type === 'endDate' && !(String(range.endDate) >= day)) ||
    (range.type === 'numbered' && !(Number(range.numberOfOccurrences) >= 1 && Number(range.numberOfOccurrences) <= 999))
  if (bad) throw new Problem(400, 'ErrorPropertyValidationFailure', 'The recurrence is not valid.')
  assertZone(range.recurrenceTimeZone ?? 'UTC')
}

function assertZone(timeZone: string): void {
  try {
    if (/^[A-Z]/.test(timeZone) && (timeZone === 'UTC' || timeZone.includes('/')))
      return void new Intl.DateTimeFormat('en', { timeZone })
  } catch {}
  throw new Problem(400, 'TimeZoneNotSupportedException', `A valid TimeZone value must be specified: ${timeZone}.`)
}

/** The days of a series, up to some three years: its date there, and its begin in UTC, of a whole day midnight of the date. */
export function daysOfPattern(fields: Record<string, unknown>): { day: string; utc: string }[] {
  const { start, isAllDay, recurrence } = fields as { start: Time; isAllDay?: boolean; recurrence?: object }
  if (!recurrence) return []
  const { pattern, range } = recurrence as { pattern: Pattern; range: Range }
  const first = Temporal.PlainDate.from(range.startDate)
  const days: { day: string; utc: string }[] = []
  for (let i = 0; i < 1100; i++) {
    const day = first.add({ days: i })
    if (range.endDate && day.toString() > range.endDate) break
    if (days.length >= (range.numberOfOccurrences ?? 9999)) break
    if (!isOn(pattern, first, day)) continue
    const dateTime = `${day}${start.dateTime.slice(10)}`
    days.push({ day: day.toString(), utc: isAllDay ? dateTime : utcOf({ ...start, dateTime }) })
  }
  return days
}

function isOn(pattern: Pattern, first: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  const { interval } = pattern
  const months = (day.year - first.year) * 12 + day.month - first.month
  switch (pattern.type) {
    case 'daily':
      return first.until(day).days % interval === 0
    case 'weekly': {
      const begin = names.indexOf(pattern.firstDayOfWeek ?? 'sunday')
      const monday = (one: Temporal.PlainDate) => one.subtract({ days: (one.dayOfWeek - 1 - begin + 7) % 7 })
      const weeks = monday(first).until(monday(day)).days / 7
      return weeks % interval === 0 && (pattern.daysOfWeek ?? []).includes(names[day.dayOfWeek - 1] ?? '')
    }
    case 'absoluteMonthly':
      return months % interval === 0 && day.day === Math.min(pattern.dayOfMonth ?? 0, day.daysInMonth)
    case 'relativeMonthly':
      return months % interval === 0 && isIndexed(pattern, day)
    case 'absoluteYearly':
      return (day.year - first.year) % interval === 0 && day.month === pattern.month && day.day === pattern.dayOfMonth
    default:
      return (day.year - first.year) % interval === 0 && day.month === pattern.month && isIndexed(pattern, day)
  }
}

/** The first, second … of the days of a month that are of one of these weekdays. */
function isIndexed({ daysOfWeek = [], index }: Pattern, day: Temporal.PlainDate): boolean {
  const all = Array.from({ length: day.daysInMonth }, (_, i) => day.with({ day: i + 1 }))
  const those = all.filter(one => daysOfWeek.includes(names[one.dayOfWeek - 1] ?? ''))
  const at = index === 'last' ? those.at(-1) : those[indices.indexOf(index ?? '')]
  return at?.equals(day) ?? false
}

function utcOf({ dateTime, timeZone }: Time): string {
  const instant = Temporal.PlainDateTime.from(dateTime).toZonedDateTime(timeZone).toInstant()
  return instant.toString({ smallestUnit: 'second' }).slice(0, 19)
}
