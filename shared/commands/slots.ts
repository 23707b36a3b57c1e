import { z } from 'zod'
import { book, leave, openDates, proposal, slotOf, slotsOf } from '../calendar/slots.ts'
import { dayWarnings } from '../calendar/warnings.ts'
import { type Fault, Refusal } from '../errors.ts'
import { check } from '../intake/faults.ts'
import { name, whole } from '../intake/words.ts'
import { calendarDay } from '../playbooks/days.ts'
import { type Playbook, parsePlaybook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { playbookKey } from '../store/schema.ts'
import { record } from './audit.ts'
import { reschedule } from './calendar-actions.ts'

const wish = z.strictObject({
  for: name.describe('the wave, or the entity that will be one'),
  mailboxes: whole('a number of mailboxes', 1, 100_000).default(1),
  wishes: z.array(calendarDay).max(50).default([]),
})
const booking = z.strictObject({ ...wish.shape, cancel: z.boolean().default(false) })
const many = z.strictObject({ waves: z.array(wish).min(1).max(5_000) })

/** The dates of a playbook: how much room is left on each, who stands there, what to think of. Throws a Refusal (404) where it has none. */
export async function slotList(app: App, name: string) {
  const playbook = await withSlots(app, name)
  const { entities, mailboxes, late } = playbook.slots
  const slots = await slotsOf(app, playbook)
  const said = slots.map(({ bookings, ...one }) => ({
    ...one,
    bookings: bookings.map(({ at, ...each }) => ({ ...each, at: new Date(at).toISOString() })),
    warnings: dayWarnings(playbook, one.day),
  }))
  return { playbook: name, capacity: { entities, mailboxes }, late, slots: said }
}

/**
 * Books the first of the wished dates that has room; a wave that is there already moves along. Throws a Refusal: 400 with every fault, 409 with
 * the next open dates where each wish is full or closed.
 */
export async function bookSlot(app: App, name: string, body: unknown, who: string) {
  const playbook = await withSlots(app, name)
  const { value, faults = [] } = check(booking, body)
  if (!value) throw invalid(faults)
  const { cancel, ...asked } = value
  const wave = (await app.store.waves.get('wave', keyPart(asked.for)))?.row
  if (cancel) return giveUp(app, playbook, asked.for, wave !== undefined, who)
  const unknown = asked.wishes.flatMap((day, i) =>
    playbook.slots.dates.includes(day)
      ? []
      : [{ path: `wishes[${i}]`, message: `${day} is no date of this playbook (${playbook.slots.dates.join(', ')})` }],
  )
  if (asked.wishes.length === 0) unknown.push({ path: 'wishes', message: 'expected at least one date, best first' })
  if (unknown.length > 0) throw invalid(unknown)
  const before = (await slotOf(app, playbook, asked.for))?.day
  const move = (day: string) =>
    wave && wave.day !== day ? reschedule(app, wave, { day, why: 'another date was booked' }, who) : undefined
  // Whether the wave may move at all is asked before its place is given up.
  for (const day of asked.wishes) await move(day)
  const day = await book(app, playbook, asked, who)
  if (day === undefined) throw await full(app, playbook, asked)
  await (await move(day))?.()
  const details = { for: asked.for, wishes: asked.wishes, day, before }
  await record(app, { subject: name, who, action: 'book', why: undefined, details })
  return {
    playbook: name,
    for: asked.for,
    day,
    ...(before && before !== day ? { before } : {}),
    warnings: dayWarnings(playbook, day),
  }
}

/** A date for each of many, evenly loaded; nothing is booked. Waves without a wish may come on any date. */
export async function proposeSlots(app: App, name: string, body: unknown) {
  const playbook = await withSlots(app, name)
  const { value, faults = [] } = check(many, body)
  if (!value) throw invalid(faults)
  const slots = await slotsOf(app, playbook)
  const booked = new Set(slots.flatMap(({ bookings }) => bookings.map(one => one.for)))
  const open = value.waves.filter(one => !booked.has(one.for))
  return { playbook: name, booked: [...booked].toSorted(), proposal: proposal(slots, open) }
}

async function giveUp(app: App, playbook: Playbook, name: string, hasWave: boolean, who: string) {
  const message = `wave “${name}” follows that date: cancel or reschedule it instead`
  if (hasWave) throw new Refusal(409, 'not-now', message)
  await leave(app, playbook, name)
  await record(app, { subject: playbook.playbook, who, action: 'unbook', why: undefined, details: { for: name } })
  return { playbook: playbook.playbook, for: name, day: null, warnings: [] }
}

async function full(app: App, playbook: Playbook, asked: { mailboxes: number; wishes: string[] }): Promise<Refusal> {
  const next = await openDates(app, playbook, asked.mailboxes)
  const open =
    next.length > 0 ? `these are open: ${next.slice(0, 5).join(', ')}` : 'no other date is open; ask the operator for one more'
  const details = next.map(message => ({ path: 'wishes', message }))
  return new Refusal(409, 'full', `${asked.wishes.join(', ')}: full, or too near; ${open}`, details)
}

type WithSlots = Playbook & { slots: NonNullable<Playbook['slots']> }

async function withSlots(app: App, name: string): Promise<WithSlots> {
  const stored = await app.store.playbooks.get(...playbookKey(name))
  if (!stored) throw new Refusal(404, 'unknown-playbook', `there is no playbook “${name}”`)
  const playbook = parsePlaybook(stored.row.body, undefined, name)
  const { slots } = playbook
  if (!slots) throw new Refusal(404, 'no-slots', `playbook “${name}” has no slots: its waves are given their day by the operator`)
  return { ...playbook, slots }
}

function invalid(faults: Fault[]): Refusal {
  return new Refusal(400, 'invalid-booking', 'the booking has faults; nothing was stored', faults)
}
