import { createRequire } from 'node:module'
import type Holidays from 'date-holidays'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { expected } from '../intake/faults.ts'
import { line } from '../intake/words.ts'

/** What makes a day one on which nobody is asked to act. `holidays`: countries and regions (`FR`, `FR-57`, `BE`). */
export type DaysOff = { holidays: readonly string[]; blackouts: readonly Blackout[] }
export type Blackout = { from: string; to: string; why: string }

const dayWhat = 'a day as YYYY-MM-DD, such as 2025-04-07'
/** The schema of a day in a playbook, YYYY-MM-DD. */
export const calendarDay = z.string({ error: expected(dayWhat) }).refine(isDay, { error: expected(dayWhat) })

const codeWhat = 'a country as FR or BE, or a region of it as FR-57, whose public holidays are known'
/** The schema of a country or region whose public holidays count, as ISO 3166 writes it. */
export const holidayCode = z
  .string({ error: expected(codeWhat) })
  .refine(code => calendarOf(code) !== undefined, { error: expected(codeWhat) })

/** The schema of days on which the project stands still, both ends included. */
export const blackout = z
  .strictObject({ from: calendarDay, to: calendarDay, why: line('a reason', 200) })
  .superRefine(({ from, to }, ctx) => {
    if (from > to) ctx.addIssue({ code: 'custom', path: ['to'], message: `expected a day not before ${from} (got “${to}”)` })
  })

/** Is the text a day of the calendar, YYYY-MM-DD, of this century? */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** Why nobody is asked to act on a day: `a Sunday`, `a public holiday (Lundi de Pâques, FR)`, `in a black-out (…)`; undefined on a working day. */
export function dayOff(day: string, { holidays, blackouts }: DaysOff): string | undefined {
  const black = blackoutOn(day, blackouts)
  if (black) return `in a black-out (${black.why})`
  for (const code of holidays) {
    const name = publicHolidays(code, day.slice(0, 4)).get(day)
    if (name !== undefined) return `a public holiday (${name}, ${code})`
  }
  const { dayOfWeek } = Temporal.PlainDate.from(day)
  if (dayOfWeek === 6) return 'a Saturday'
  return dayOfWeek === 7 ? 'a Sunday' : undefined
}

/** The day after another. */
export function nextDay(day: string): string {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}

/** The black-out that a day lies in. */
export function blackoutOn(day: string, blackouts: readonly Blackout[]): Blackout | undefined {
  return blackouts.find(({ from, to }) => from <= day && day <= to)
}

/** The day so many business days after (before, where negative) another; 0 is that day itself, whatever it is. */
export function addBusinessDays(day: string, count: number, off: DaysOff): string {
  let date = Temporal.PlainDate.from(day)
  const days = Math.sign(count)
  for (let left = Math.abs(count), looked = 0; left > 0; looked++) {
    if (looked > 3_660) throw new RangeError(`no ${count} business days around ${day}: the black-outs leave none`)
    date = date.add({ days })
    if (dayOff(date.toString(), off) === undefined) left--
  }
  return date.toString()
}

const years = new Map<string, ReadonlyMap<string, string>>()

/** The public holidays of one year, day -> name; those of a region are its country’s and its own. */
function publicHolidays(code: string, year: string): ReadonlyMap<string, string> {
  const known = years.get(`${code} ${year}`)
  if (known) return known
  const found = (calendarOf(code)?.getHolidays(Number(year)) ?? []).filter(({ type }) => type === 'public')
  const named = new Map(found.map(({ date, name }) => [date.slice(0, 10), name]))
  years.set(`${code} ${year}`, named)
  return named
}

const calendars = new Map<string, Holidays>()

function calendarOf(code: string): Holidays | undefined {
  const known = calendars.get(code) ?? readCalendar(code)
  if (known) calendars.set(code, known)
  return known
}

function readCalendar(code: string): Holidays | undefined {
  const [, country = '', region] = /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?$/.exec(code) ?? []
  const all = new (holidayTables())()
  if (!Object.hasOwn(all.getCountries(), country)) return undefined
  if (region === undefined) return new (holidayTables())(country)
  return Object.hasOwn(all.getStates(country) ?? {}, region) ? new (holidayTables())(country, region) : undefined
}

/** The tables of public holidays are large: they are loaded where a playbook names some. */
function holidayTables(): typeof Holidays {
  return createRequire(import.meta.url)('date-holidays') as typeof Holidays
}
