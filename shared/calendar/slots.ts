import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart, mostCharacters } from '../store/columns.ts'
import type { SlotRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { planned } from './plan.ts'

/** One place on a date. `for`: the wave or entity; `mailboxes`: how many; `wishes`: the days it asked for, in order; `at`: when it was booked. */
export type Booking = { for: string; mailboxes: number; wishes: string[]; who: string; at: number }

/** One date as it stands. `free`: how much room is left, in waves and in mailboxes where the playbook counts them. `open`: may it still be joined? */
export type Slot = {
  day: string
  bookings: Booking[]
  taken: { entities: number; mailboxes: number }
  free: { entities?: number; mailboxes?: number }
  open: boolean
}

/** Somebody who asks for a date: the wave or entity, how many mailboxes it brings, the days it would like, best first. */
export type Wish = { for: string; mailboxes: number; wishes: readonly string[] }

/** The dates of a playbook in order, and who stands on each. */
export async function slotsOf(app: App, playbook: Playbook): Promise<Slot[]> {
  const rows = await all(app.store.slots.list({ partition: keyPart(playbook.playbook) }))
  const known = new Map(rows.map(row => [row.day, row]))
  return (playbook.slots?.dates ?? []).toSorted().map(day => {
    const bookings = (known.get(day)?.bookings ?? []).filter(one => isLast(rows, day, one))
    return slot(app, playbook, day, bookings)
  })
}

/** The date on which somebody stands, if any. */
export async function slotOf(app: App, playbook: Playbook, who: string): Promise<Slot | undefined> {
  return (await slotsOf(app, playbook)).find(({ bookings }) => bookings.some(one => one.for === who))
}

/**
 * Takes a place on the first of the wished days that has room, also in its row, and gives up the one held before. Two at once never share the last
 * place: the date’s row is saved by its ETag. Answers the day, or undefined where each is full or closed. The same wish again keeps its place.
 */
export async function book(app: App, playbook: Playbook, wish: Wish, who: string): Promise<string | undefined> {
  for (const day of wish.wishes) {
    if (await take(app, playbook, day, wish, who)) {
      await leave(app, playbook, wish.for, day)
      return day
    }
  }
  return undefined
}

/** Gives up every place of somebody, except that on one day. */
export async function leave(app: App, { playbook }: Pick<Playbook, 'playbook'>, who: string, except?: string): Promise<void> {
  const rows = await all(app.store.slots.list({ partition: keyPart(playbook) }))
  for (const { day } of rows.filter(row => row.day !== except && row.bookings.some(one => one.for === who)))
    await change(app, playbook, day, bookings => bookings.filter(one => one.for !== who))
}

/** The open dates with room for so many mailboxes, after a day (or from now on). */
export async function openDates(app: App, playbook: Playbook, mailboxes: number, after = ''): Promise<string[]> {
  const slots = await slotsOf(app, playbook)
  return slots.filter(one => one.day > after && one.open && hasRoom(one, mailboxes)).map(({ day }) => day)
}

/** Whether a date has room for one more with so many mailboxes. */
export function hasRoom({ free }: Pick<Slot, 'free'>, mailboxes: number): boolean {
  return (free.entities ?? 1) >= 1 && (free.mailboxes ?? mailboxes) >= mailboxes
}

/**
 * Dates for many, evenly loaded (A3): the largest first, each on the least loaded of the days that it wishes (all, where it wishes none) with
 * room. Who finds none gets no `day`. Pure: nothing is booked. Of equal size the order given counts.
 */
export function proposal(slots: readonly Slot[], wishes: readonly Wish[]): { for: string; day?: string }[] {
  const loads = new Map(slots.filter(({ open }) => open).map(one => [one.day, structuredClone(one)]))
  const inOrder = wishes.toSorted((a, b) => b.mailboxes - a.mailboxes)
  const days = new Map<string, string>()
  for (const wish of inOrder) {
    const wanted = wish.wishes.length > 0 ? wish.wishes : [...loads.keys()]
    const fitting = wanted.flatMap(day => loads.get(day) ?? []).filter(one => hasRoom(one, wish.mailboxes))
    const [best] = fitting.toSorted((a, b) => a.taken.mailboxes - b.taken.mailboxes || a.taken.entities - b.taken.entities)
    if (!best) continue
    best.taken = { entities: best.taken.entities + 1, mailboxes: best.taken.mailboxes + wish.mailboxes }
    if (best.free.entities !== undefined) best.free.entities -= 1
    if (best.free.mailboxes !== undefined) best.free.mailboxes -= wish.mailboxes
    days.set(wish.for, best.day)
  }
  return wishes.map(({ for: who }) => ({ for: who, ...(days.has(who) ? { day: days.get(who) as string } : {}) }))
}

async function take(app: App, playbook: Playbook, day: string, wish: Wish, who: string): Promise<boolean> {
  const { for: name, mailboxes } = wish
  if (!playbook.slots?.dates.includes(day)) return false
  return change(app, playbook.playbook, day, bookings => {
    const others = bookings.filter(one => one.for !== name)
    const mine = bookings.find(one => one.for === name)
    const there = slot(app, playbook, day, others)
    if (!hasRoom(there, mailboxes) || (!mine && !there.open)) return undefined
    const all = [...others, { for: name, mailboxes, wishes: [...wish.wishes], who, at: app.now() }]
    return JSON.stringify(all).length <= mostCharacters ? all : undefined
  })
}

/** Changes one date’s bookings by its ETag; false where `to` answers undefined. */
async function change(
  app: App,
  playbook: string,
  day: string,
  to: (bookings: Booking[]) => Booking[] | undefined,
): Promise<boolean> {
  for (;;) {
    const stored = await app.store.slots.get(keyPart(playbook), day)
    const bookings = to(stored?.row.bookings ?? [])
    if (!bookings) return false
    const row: SlotRow = { playbook, day, bookings }
    const saved = stored ? await app.store.slots.save(row, stored.etag) : await app.store.slots.insert(row)
    if (saved !== 'conflict' && saved !== 'exists') return true
  }
}

/** Whoever stands on two dates stands on the one booked last. */
function isLast(rows: readonly SlotRow[], day: string, { for: name, at }: Booking): boolean {
  const others = rows.flatMap(row => row.bookings.filter(one => one.for === name).map(one => ({ day: row.day, at: one.at })))
  return !others.some(other => other.at > at || (other.at === at && other.day > day))
}

function slot(app: App, playbook: Playbook, day: string, bookings: Booking[]): Slot {
  const { entities, mailboxes } = playbook.slots ?? {}
  const taken = { entities: bookings.length, mailboxes: bookings.reduce((sum, one) => sum + one.mailboxes, 0) }
  const free = {
    ...(entities === undefined ? {} : { entities: entities - taken.entities }),
    ...(mailboxes === undefined ? {} : { mailboxes: mailboxes - taken.mailboxes }),
  }
  return { day, bookings, taken, free, open: firstHour(playbook, day) > app.now() && hasRoom({ free }, 1) }
}

/** A date can be joined until the first timed entry of its calendar. */
function firstHour(playbook: Playbook, day: string): number {
  return planned(playbook, day)[0]?.plannedAt ?? Date.parse(`${day}T00:00:00Z`)
}
