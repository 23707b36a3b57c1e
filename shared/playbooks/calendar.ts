import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { always, expected } from '../intake/faults.ts'
import { name } from '../intake/words.ts'
import { addBusinessDays, type DaysOff } from './days.ts'

/** The steps of a wave that a calendar can time, in the order they are usually taken. */
export const steps = [
  'inventory',
  'answers-due',
  'confirm',
  'prestage',
  'freeze',
  'provision',
  'cutover',
  'open',
  'close',
] as const
export type Step = (typeof steps)[number]

/**
 * What a calendar can wait for, in the life of each mailbox. `begun`: its wave has begun; `provisioned`: the target mailbox exists;
 * `copied`: all that was found has been copied once; `switched`: new mail arrives at the target; `completed`: the last late mail has been
 * followed; `held`: a person is needed; `closed`: the wave has its verdict; `rescheduled`: its day D was moved; `cancelled`: it was called off, or the
 * mailbox left it; `rolled-back`: new mail arrives at the old server again.
 */
export const events = [
  'begun',
  'provisioned',
  'copied',
  'switched',
  'completed',
  'held',
  'closed',
  'rescheduled',
  'cancelled',
  'rolled-back',
] as const
export type Event = (typeof events)[number]

type When = { at: string; on?: never } | { on: Event; at?: never }
type What = { step: Step; notice?: never } | { notice: string; step?: never }
/** One entry: when (`at` a day and wall clock, or `on` an event) and what (a step begins, or a notice is sent). */
export type CalendarEntry = When & What

const atWhat =
  'a day relative to D and a time on the wall clock, such as "D-14 09:00", "D 08:00" or "D+1 10:00"; "D-5b 09:00" counts business days'

/** The schema of an entry. */
export const calendarEntry = z
  .strictObject({
    at: z
      .string({ error: expected(atWhat) })
      .refine(text => parseAt(text) !== undefined, { error: expected(atWhat) })
      .exactOptional(),
    on: z.enum(events).exactOptional(),
    step: z.enum(steps).exactOptional(),
    notice: name.exactOptional(),
  })
  .superRefine((value, ctx) => {
    const given: Record<string, unknown> = Object(value)
    const one = (a: string, b: string) => {
      if ((given[a] === undefined) === (given[b] === undefined))
        ctx.addIssue({
          code: 'custom',
          message: `expected either \`${a}\` or \`${b}\` (got ${given[a] === undefined ? 'neither' : 'both'})`,
        })
    }
    one('at', 'on')
    one('step', 'notice')
  }, always)
  .transform(entry => entry as CalendarEntry)

/** A calendar time as it is written: days from D, business days where it says so, and minutes of the wall clock. */
export type At = { days: number; minutes: number; business?: true }

/** Reads `D-14 09:00` or, in business days, `D-5b 09:00`; undefined where it is not of that form. */
export function parseAt(at: string): At | undefined {
  const [, days = '0', b, hour, minute] = /^D(?:([+-]\d{1,3})(b)?)? ([01]\d|2[0-3]):([0-5]\d)$/.exec(at) ?? []
  if (hour === undefined) return undefined
  return { days: Number(days), minutes: Number(hour) * 60 + Number(minute), ...(b ? { business: true } : {}) }
}

/** The days off of a playbook that names none: business days are then those from Monday to Friday. */
const weekends: DaysOff = { holidays: [], blackouts: [] }

/** The date of an entry for a day D, both YYYY-MM-DD. */
export function dateOf({ at }: { at: string }, day: string, off: DaysOff = weekends): string {
  const { days, business } = parsed(at)
  return business ? addBusinessDays(day, days, off) : Temporal.PlainDate.from(day).add({ days }).toString()
}

/**
 * The instant of an entry in epoch ms: days from `day` (YYYY-MM-DD), wall clock in an IANA zone. A time that the change of clocks skips
 * is taken as far after the gap as it lies in it; one that comes twice is taken the first time.
 */
export function instantOf({ at }: { at: string }, day: string, timeZone: string, off: DaysOff = weekends): number {
  const { minutes } = parsed(at)
  const plainTime = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60)
  return Temporal.PlainDate.from(dateOf({ at }, day, off)).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
}

function parsed(at: string): At {
  const read = parseAt(at)
  if (!read) throw new RangeError(`not a calendar time: ${at}`)
  return read
}

/** An entry with its instant, in epoch ms. */
export type Due = { dueAt: number; at: string } & What

/** The parts of a playbook that put its calendar at instants. */
export type Dated = { calendar: readonly CalendarEntry[]; timeZone: string } & Partial<DaysOff>

/**
 * What a playbook’s calendar puts at an instant for a given day D, earliest first. What is written later comes later, by a minute at least, also in a
 * night in which the clocks skip its hour: 02:15 is 03:15 then, and 03:00 is 03:16.
 */
export function stepsDue({ calendar, timeZone, holidays = [], blackouts = [] }: Dated, day: string): Due[] {
  const off = { holidays, blackouts }
  const timed = calendar.flatMap((entry): (Due & { written: string })[] => {
    if (entry.at === undefined) return []
    const { at } = entry
    const what: What = entry.step === undefined ? { notice: entry.notice } : { step: entry.step }
    const written = `${dateOf({ at }, day, off)} ${at.slice(-5)}`
    return [{ dueAt: instantOf({ at }, day, timeZone, off), at, ...what, written }]
  })
  timed.sort((a, b) => (a.written < b.written ? -1 : Number(a.written > b.written)))
  for (const [i, one] of timed.entries()) {
    const before = timed[i - 1]
    if (before) one.dueAt = one.written === before.written ? before.dueAt : Math.max(one.dueAt, before.dueAt + 60_000)
  }
  return timed.map(({ written, ...due }) => due)
}

/** What the change of clocks does to an entry’s hour that night: there is none, or there are two, of which the first is taken. */
export function clockChange(
  { at }: { at: string },
  day: string,
  timeZone: string,
  off?: DaysOff,
): 'skipped' | 'twice' | undefined {
  const written = Temporal.PlainDateTime.from(`${dateOf({ at }, day, off)}T${at.slice(-5)}`)
  const [first, last] = (['earlier', 'later'] as const).map(disambiguation =>
    written.toZonedDateTime(timeZone, { disambiguation }),
  )
  if (!first || !last || first.epochMilliseconds === last.epochMilliseconds) return undefined
  return first.toPlainDateTime().equals(written) ? 'twice' : 'skipped'
}

/** Whether a wave that follows this calendar needs a day D. */
export function needsDay(calendar: readonly CalendarEntry[]): boolean {
  return calendar.some(entry => entry.at !== undefined)
}
