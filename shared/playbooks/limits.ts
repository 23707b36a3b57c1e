import { z } from 'zod'
import { always, expected } from '../intake/faults.ts'
import { whole } from '../intake/words.ts'

/** Days of the week as a playbook writes them, Monday first (ISO 8601). */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const clock = 'a time on the wall clock, such as "19:00" (in quotes)'

/** `19:00` as minutes from midnight; undefined where it is not of that form. */
export function minutesOf(text: string): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? []
  return hour === undefined ? undefined : Number(hour) * 60 + Number(minute)
}

const time = z.string({ error: expected(clock) }).refine(text => minutesOf(text) !== undefined, { error: expected(clock) })

/** Hours of the day in the playbook's zone; `to` at or before `from` is on the day after. `days`: on which it begins. */
const window = z
  .strictObject({
    from: time,
    to: time,
    days: z.array(z.enum(weekdays)).min(1).exactOptional().describe('the days on which it begins; absent: every day'),
  })
  .superRefine((value, ctx) => {
    const { from, to }: { from?: unknown; to?: unknown } = Object(value)
    if (typeof from !== 'string' || from !== to || minutesOf(from) === undefined) return
    ctx.addIssue({ code: 'custom', path: ['to'], message: 'is the same as from: leave `hours` out where any hour is good' })
  }, always)

/** What one server may be burdened with. Rates are of one worker; the number of sessions stands in `connections`. */
export const limits = z.strictObject({
  hours: z
    .array(window)
    .min(1)
    .exactOptional()
    .describe('when mail may be copied ahead of the switch; what follows the switch does not wait for it'),
  messagesPerSecond: whole('messages a second', 1, 100_000).exactOptional(),
  bytesPerSecond: whole('bytes a second', 10_000, 10_000_000_000).exactOptional(),
})

export type Limits = z.output<typeof limits>
export type Window = z.output<typeof window>
