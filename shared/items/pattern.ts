import { Temporal } from 'temporal-polyfill'
import { type Rule, startsInStep } from './rule.ts'
import { inZone, type When } from './when.ts'

const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const indices: Record<number, string> = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', [-1]: 'last' }

/** A rule as Graph’s patternedRecurrence; undefined where that has no words for it. `last`: the last day that the rule names. */
export function patternOf(rule: Rule, start: When, last: Temporal.PlainDate | undefined) {
  const from = start.at.toPlainDate()
  const pattern = startsInStep(rule, from) ? sayable(rule, from) : undefined
  // Exchange counts up to 999.
  if (pattern === undefined || (rule.count ?? 0) > 999 || (last && Temporal.PlainDate.compare(last, from) < 0)) return undefined
  const end = last
    ? { type: 'endDate', endDate: last.toString() }
    : rule.count === undefined
      ? { type: 'noEnd' }
      : { type: 'numbered', numberOfOccurrences: rule.count }
  const range = { ...end, startDate: from.toString(), recurrenceTimeZone: start.zone }
  return { pattern: { interval: rule.interval, ...pattern }, range }
}

/** The last day on which something may begin, by UNTIL; undefined where there is none. */
export function lastDay({ until }: Rule, start: When): Temporal.PlainDate | 'wrong' | undefined {
  if (until === undefined) return undefined
  const [, date, time, utc] = /^(\d{8})(?:T(\d{6})(Z?))?$/.exec(until) ?? []
  try {
    if (date === undefined) return 'wrong'
    if (time === undefined || start.day) return Temporal.PlainDate.from(date)
    const at = Temporal.PlainDateTime.from(`${date}T${time}`)
    const end = utc ? inZone({ day: false, at, zone: 'UTC' }, start.zone).at : at
    const late = Temporal.PlainTime.compare(end.toPlainTime(), start.at.toPlainTime()) >= 0
    return late ? end.toPlainDate() : end.toPlainDate().subtract({ days: 1 })
  } catch {
    return 'wrong'
  }
}

function sayable(rule: Rule, from: Temporal.PlainDate): object | undefined {
  const { freq, interval, byDay, byMonthDay, byMonth, bySetPos, weekStart } = rule
  const days = byDay.map(one => names[one.weekday - 1])
  const bare = byMonthDay.length === 0 && bySetPos.length === 0
  const weekly = { type: 'weekly', firstDayOfWeek: names[weekStart - 1] }
  if (freq === 'DAILY' && bare && byMonth.length === 0) {
    if (days.length === 0) return { type: 'daily' }
    return interval === 1 ? { ...weekly, daysOfWeek: days } : undefined
  }
  if (freq === 'WEEKLY' && bare && byMonth.length === 0)
    return { ...weekly, daysOfWeek: days.length > 0 ? days : [names[from.dayOfWeek - 1]] }
  if (freq === 'DAILY' || freq === 'WEEKLY' || byMonth.length > 1 || (freq === 'MONTHLY' && byMonth.length > 0)) return undefined
  const month = freq === 'YEARLY' ? { month: byMonth[0] ?? from.month } : {}
  const relative = freq === 'YEARLY' ? 'relativeYearly' : 'relativeMonthly'
  if (byDay.length > 0) {
    const index = indexOf(rule)
    const unnamed = freq === 'YEARLY' && byMonth.length === 0
    return index && byMonthDay.length === 0 && !unnamed ? { type: relative, daysOfWeek: days, index, ...month } : undefined
  }
  if (byMonthDay.length > 1 || bySetPos.length > 0 || (freq === 'YEARLY' && byMonthDay.length > 0 && byMonth.length === 0))
    return undefined
  const dayOfMonth = byMonthDay[0] ?? from.day
  if (dayOfMonth === -1) return { type: relative, daysOfWeek: names, index: 'last', ...month }
  // Exchange takes the last day where a month has no such day; the rule leaves that month out.
  const always = freq === 'YEARLY' ? Temporal.PlainDate.from({ year: 2025, month: month.month ?? 1, day: 1 }).daysInMonth : 28
  if (dayOfMonth < 1 || dayOfMonth > always) return undefined
  return { type: freq === 'YEARLY' ? 'absoluteYearly' : 'absoluteMonthly', dayOfMonth, ...month }
}

/** `2MO`, or `MO,TU;BYSETPOS=2`: one day of a month. */
function indexOf({ byDay, bySetPos }: Rule): string | undefined {
  const [only, ...others] = byDay
  if (bySetPos.length === 0) return others.length === 0 ? indices[only?.nth ?? 0] : undefined
  return bySetPos.length === 1 && byDay.every(one => one.nth === undefined) ? indices[bySetPos[0] ?? 0] : undefined
}
