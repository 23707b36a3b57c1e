import { Cron } from 'croner'
import { HostFault } from './fault.ts'

/** A timer's schedule, in UTC whatever the machine says, as on Flex Consumption. */
export type Schedule = {
  /** The first occurrence after a moment, both in epoch milliseconds. */
  next: (after: number) => number
}

/**
 * Reads an NCRONTAB expression: six fields, or five without the seconds; day of month and day of week must both match. What NCrontab
 * does not know (`7`, `?`, `L`, `W`, `#`, `@daily`) and what never happens is refused.
 */
export function parseSchedule(expression: string): Schedule {
  const texts = expression.trim().split(/\s+/)
  if (texts.length === 5) texts.unshift('0')
  if (texts.length !== 6) refuse(expression, `expected 6 fields, got ${texts.length}`)
  const pattern = fields.map((field, at) => canonical(texts[at] ?? '', field, expression)).join(' ')
  const cron = new Cron(pattern, { domAndDow: true, mode: '6-part', timezone: 'UTC', paused: true })
  if (!cron.nextRun(new Date(0))) refuse(expression, 'it never happens')
  return {
    next: after => cron.nextRun(new Date(after))?.getTime() ?? refuse(expression, 'it never happens again'),
  }
}

/** Whether two occurrences fall into the minute after that moment: such a timer keeps no status. */
export function isSubMinute(schedule: Schedule, after: number): boolean {
  return schedule.next(schedule.next(after)) <= after + 60_000
}

type Field = { name: string; from: number; to: number; names: readonly string[] }

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']

const fields: readonly Field[] = [
  { name: 'second', from: 0, to: 59, names: [] },
  { name: 'minute', from: 0, to: 59, names: [] },
  { name: 'hour', from: 0, to: 23, names: [] },
  { name: 'day', from: 1, to: 31, names: [] },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of week', from: 0, to: 6, names: days },
]

/** One field in numbers only, with `5/15` written out as `5-59/15`. */
function canonical(text: string, field: Field, expression: string): string {
  return text
    .split(',')
    .map(item => {
      const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d{1,3}))?$/.exec(item)
      if (!match) return refuse(expression, `"${item}" is no ${field.name}`)
      const [, star, first, second, step] = match
      const every = step === undefined ? '' : `/${step}`
      if (step !== undefined && (Number(step) < 1 || Number(step) > field.to))
        refuse(expression, `"${item}" has a step outside 1-${field.to}`)
      if (star) return `*${every}`
      const from = numberOf(first ?? '', field, expression)
      const to = second === undefined ? (step === undefined ? undefined : field.to) : numberOf(second, field, expression)
      if (to !== undefined && to < from) refuse(expression, `"${item}" runs backwards`)
      return to === undefined ? `${from}` : `${from}-${to}${every}`
    })
    .join(',')
}

function numberOf(text: string, field: Field, expression: string): number {
  const named = text.length >= 3 ? field.names.findIndex(name => name.startsWith(text.toLowerCase())) : -1
  const value = named >= 0 ? named + field.from : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= field.from && value <= field.to))
    refuse(expression, `"${text}" is no ${field.name}, which is ${field.from}-${field.to}`)
  return value
}

function refuse(expression: string, why: string): never {
  throw new HostFault([
    `Schedule "${expression}": ${why}. Write {second} {minute} {hour} {day} {month} {day of week}, such as 0 */5 * * * *.`,
  ])
}
