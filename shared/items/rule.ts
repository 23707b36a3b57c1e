import { Temporal } from 'temporal-polyfill'

type Date = Temporal.PlainDate
/** A weekday, 1 for Monday; `nth` of its month or year, from its end where negative. */
export type ByDay = { weekday: number; nth?: number }

/** A recurrence rule (RFC 5545 3.3.10) whose smallest step is a day. `until`: as it is written. */
export type Rule = {
  freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'
  interval: number
  count?: number
  until?: string
  byDay: ByDay[]
  byMonthDay: number[]
  byMonth: number[]
  bySetPos: number[]
  weekStart: number
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** Reads a rule; what it cannot be is told in words. */
export function ruleOf(text: string): Rule | string {
  const parts = new Map(
    text
      .toUpperCase()
      .split(';')
      .filter(Boolean)
      .map(part => part.split('=', 2) as [string, string]),
  )
  const known = /^(FREQ|INTERVAL|COUNT|UNTIL|BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)$/
  // What every calendar here means (RFC 7529).
  if (parts.get('RSCALE') === 'GREGORIAN') parts.delete('RSCALE')
  if (parts.get('SKIP') === 'OMIT') parts.delete('SKIP')
  const other = [...parts.keys()].find(name => !known.test(name) && !name.startsWith('X-'))
  if (other !== undefined) return `it recurs by ${other.slice(0, 20)}`
  const freq = parts.get('FREQ') ?? ''
  if (!/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(freq)) return `it recurs ${freq.toLowerCase().slice(0, 20) || 'by no rule'}`
  const numbers = (name: string) => (parts.get(name) ?? '').split(',').filter(Boolean).map(Number)
  const byDay = (parts.get('BYDAY') ?? '')
    .split(',')
    .filter(Boolean)
    .map(day => {
      const [, nth = '', name = ''] = /^\s*([+-]?\d*)(MO|TU|WE|TH|FR|SA|SU)\s*$/.exec(day) ?? []
      return { weekday: weekdays.indexOf(name) + 1, ...(nth ? { nth: Number(nth) } : {}) }
    })
  const rule: Rule = {
    freq: freq as Rule['freq'],
    interval: Number(parts.get('INTERVAL') ?? 1),
    ...(parts.has('COUNT') ? { count: Number(parts.get('COUNT')) } : {}),
    ...(parts.has('UNTIL') ? { until: parts.get('UNTIL') ?? '' } : {}),
    byDay,
    byMonthDay: numbers('BYMONTHDAY'),
    byMonth: numbers('BYMONTH'),
    bySetPos: numbers('BYSETPOS'),
    weekStart: Math.max(1, weekdays.indexOf(parts.get('WKST') ?? 'MO') + 1),
  }
  const all = [rule.interval, rule.count ?? 1, ...rule.byMonthDay, ...rule.byMonth, ...rule.bySetPos]
  const wrong = all.some(one => !Number.isInteger(one) || one === 0) || rule.interval < 1 || byDay.some(one => one.weekday === 0)
  return wrong ? `its rule cannot be read: ${text.slice(0, 60)}` : rule
}

/** The days of a rule from its first, which always counts, to `last`, `most` of them at most. */
export function daysOf(rule: Rule, from: Date, last: Date, most: number): Date[] {
  const days = [from]
  const many = Math.min(most, rule.count ?? most)
  for (let n = 0; days.length < many; n++) {
    const { begin, candidates } = period(rule, from, n)
    if (Temporal.PlainDate.compare(begin, last) > 0) break
    for (const day of positioned(candidates, rule.bySetPos)) {
      if (Temporal.PlainDate.compare(day, from) <= 0 || Temporal.PlainDate.compare(day, last) > 0) continue
      if (days.length < many) days.push(day)
    }
  }
  return days
}

/** Is the first day one that its rule names, or only counted with them? */
export function startsInStep(rule: Rule, from: Date): boolean {
  const { candidates } = period(rule, from, 0)
  return positioned(candidates, rule.bySetPos).some(day => day.equals(from))
}

/** The n-th day, week, month or year of a rule with the days in it that the rule names. */
function period(rule: Rule, from: Date, n: number): { begin: Date; candidates: Date[] } {
  const step = n * rule.interval
  switch (rule.freq) {
    case 'DAILY': {
      const begin = from.add({ days: step })
      return { begin, candidates: [begin].filter(day => fits(rule, day, 'month') && inMonth(rule, day)) }
    }
    case 'WEEKLY': {
      const begin = from.subtract({ days: (from.dayOfWeek - rule.weekStart + 7) % 7 }).add({ weeks: step })
      const days = span(begin, begin.add({ weeks: 1 }))
      const wanted = rule.byDay.length > 0 ? rule.byDay.map(one => one.weekday) : [from.dayOfWeek]
      return { begin, candidates: days.filter(day => wanted.includes(day.dayOfWeek) && inMonth(rule, day)) }
    }
    case 'MONTHLY': {
      const begin = from.with({ day: 1 }).add({ months: step })
      const days = span(begin, begin.add({ months: 1 })).filter(day => inMonth(rule, day))
      const plain = rule.byDay.length === 0 && rule.byMonthDay.length === 0
      return { begin, candidates: days.filter(day => (plain ? day.day === from.day : fits(rule, day, 'month'))) }
    }
    case 'YEARLY': {
      const begin = from.with({ month: 1, day: 1 }).add({ years: step })
      const days = span(begin, begin.add({ years: 1 })).filter(day => inMonth(rule, day))
      const plain = rule.byDay.length === 0 && rule.byMonthDay.length === 0
      const within = rule.byMonth.length > 0 ? 'month' : 'year'
      const same = (day: Date) => day.day === from.day && (rule.byMonth.length > 0 || day.month === from.month)
      return { begin, candidates: days.filter(day => (plain ? same(day) : fits(rule, day, within))) }
    }
  }
}

function span(begin: Date, end: Date): Date[] {
  return Array.from({ length: begin.until(end).days }, (_, i) => begin.add({ days: i }))
}

function inMonth({ byMonth }: Rule, day: Date): boolean {
  return byMonth.length === 0 || byMonth.includes(day.month)
}

function fits({ byDay, byMonthDay }: Rule, day: Date, within: 'month' | 'year'): boolean {
  const monthly = byMonthDay.length === 0 || byMonthDay.includes(day.day) || byMonthDay.includes(day.day - day.daysInMonth - 1)
  return monthly && (byDay.length === 0 || byDay.some(one => isNth(one, day, within)))
}

function isNth({ weekday, nth }: ByDay, day: Date, within: 'month' | 'year'): boolean {
  if (day.dayOfWeek !== weekday || nth === undefined) return day.dayOfWeek === weekday
  const [no, length] = within === 'month' ? [day.day, day.daysInMonth] : [day.dayOfYear, day.daysInYear]
  return nth === Math.ceil(no / 7) || nth === -Math.ceil((length - no + 1) / 7)
}

function positioned(candidates: Date[], positions: readonly number[]): Date[] {
  if (positions.length === 0) return candidates
  return candidates.filter((_, i) => positions.includes(i + 1) || positions.includes(i - candidates.length))
}
