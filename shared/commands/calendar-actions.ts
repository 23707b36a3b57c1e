import { approved, holdersOf } from '../calendar/approved.ts'
import { leftBehind } from '../calendar/missed.ts'
import { lookAgain, lookSoon } from '../calendar/plan.ts'
import { book, openDates } from '../calendar/slots.ts'
import { isMovable, moveDay } from '../calendar/wave-day.ts'
import { dayFaults } from '../calendar/windows.ts'
import { type Fault, Refusal } from '../errors.ts'
import { followConfirmed } from '../inventory/follow.ts'
import { isPutOff } from '../life/domain.ts'
import { type Approval, hasEnded, isPutBack } from '../life/wave.ts'
import { lives } from '../lives.ts'
import { isDay } from '../playbooks/days.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { start, tell } from '../run.ts'
import { movingDomains } from '../steps/moving-domains.ts'
import { keyPart, mostCharacters } from '../store/columns.ts'
import type { StepRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** What is said with an action on a wave’s calendar. */
export type CalendarOrder = {
  why: string
  day?: string
  step?: Approval['step']
  as?: string
  steps?: string[]
  without?: string[]
}

type Change = () => Promise<number>

/** An approval of a step; of a date that was asked for, its move as soon as all have granted it. */
export async function approve(app: App, row: WaveRow, given: CalendarOrder, who: string): Promise<Change> {
  const { step = 'cutover', why, as, day } = given
  const without = given.without?.map(one => one.toLowerCase())
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  if (without) await mustLeave(app, row, step, without)
  if (as !== undefined) mustHold(playbook, row, as, who)
  if (step !== 'pilot' && (hasEnded(row.state) || isPutBack(row.state)))
    throw refused(`the wave is ${row.state}: nothing of it waits for an approval any more, but the others for that of a pilot`)
  if (step === 'postpone' && !row.asked) throw refused('nobody has asked for a later date (POST …/postpone)')
  if (day !== undefined && day !== row.day)
    throw refused(`the day of the wave is ${row.day ?? 'none'} now, not ${day}: look at it again`)
  if (step === 'postpone' && row.asked?.who === who) throw refused('who asked for a later date does not grant it')
  const about = step === 'postpone' ? row.asked?.day : row.day
  const one: Approval = {
    step,
    who,
    why,
    at: app.now(),
    ...(as ? { as } : {}),
    ...(about ? { day: about } : {}),
    ...(without ? { without } : {}),
  }
  withWord(row, one)
  return async () => {
    await lookSoon(app, row.wave)
    const changed = await update(app, row, now => ({ ...now, approvals: withWord(now, one) }))
    if (step === 'pilot') await lookAtPlanned(app, row.playbook)
    if (step === 'confirm' || step === 'cutover') await followConfirmed(app, row.wave, playbook, who)
    await lookAgain(app, row.wave)
    return changed + (step === 'postpone' ? await grant(app, row, playbook, who) : 0)
  }
}

/**
 * A wave’s approvals with one more. A person’s later word about the same step and day takes the place of his earlier one; the same word again is one,
 * but once the hour of the cutover is past it says more than before. Where the row has no room for all, those go that are about another day. Throws a Refusal
 * (409) where it has none for the others either.
 */
function withWord({ approvals = [], gates, day, asked }: WaveRow, one: Approval): Approval[] {
  const isLast = one.step !== 'cutover' || sameNames(leftBehind({ approvals, day }), one.without)
  const isLate = ({ step, at }: Approval) => step === 'cutover' && at >= (gates?.cutover ?? Number.POSITIVE_INFINITY)
  const his = approvals.filter(other => other.step === one.step && other.who === one.who && other.day === one.day)
  const same = his.find(
    other => isLast && other.as === one.as && isLate(other) === isLate(one) && sameNames(other.without, one.without),
  )
  const all = [...approvals.filter(other => !his.includes(other)), same ?? one]
  const kept = hasRoom(all)
    ? all
    : all.filter(other => other.step === 'pilot' || [undefined, day, asked?.day].includes(other.day))
  if (hasRoom(kept)) return kept
  throw refused('the wave has no room for one more approval with such a reason: give it in fewer words')
}

function sameNames(some: readonly string[] = [], others: readonly string[] = []): boolean {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort())
}

/** Throws a Refusal (400) where a cutover cannot go without these domains: they are none of its own, are being switched, or nothing would be left. */
async function mustLeave(app: App, row: WaveRow, step: string, without: readonly string[]): Promise<void> {
  if (step !== 'cutover')
    throw invalid([{ path: 'without', message: `only a cutover goes without a domain (step is “${step}”)` }])
  const domains = await movingDomains(app, row)
  const known = leftBehind(row)
  const faults = without.flatMap((name, i): Fault[] => {
    const own = domains.find(({ domain }) => domain === name)
    const path = `without[${i}]`
    if (!own) return [{ path, message: `expected a domain of the wave whose MX it switches (got “${name}”)` }]
    if (isPutOff(own) || known.includes(name)) return []
    return [{ path, message: `${name} is ${own.state}: its switch has begun; POST …/rollback puts the whole wave back` }]
  })
  if (faults.length > 0) throw invalid(faults)
  if (domains.every(({ domain }) => without.includes(domain)))
    throw invalid([
      { path: 'without', message: 'names every domain that moves: nothing would be left to switch; reschedule the wave instead' },
    ])
}

function hasRoom(approvals: readonly Approval[]): boolean {
  return JSON.stringify(approvals).length <= mostCharacters
}

/** A later date that somebody asks for, instead of what was asked for before; it is granted by `approve` with step `postpone`. */
export async function postpone(app: App, row: WaveRow, { day, why }: CalendarOrder, who: string): Promise<Change> {
  const asked = mayMove(row, day)
  if (row.day !== undefined && asked <= row.day)
    throw invalid([{ path: 'day', message: `expected a day after ${row.day}, which is the wave’s now (got “${asked}”)` }])
  await mustSuit(app, row, asked)
  const isSame = (one: WaveRow['asked']) => one?.day === asked && one.who === who && one.why === why
  const at = app.now()
  return () => update(app, row, now => (isSame(now.asked) ? now : { ...now, asked: { day: asked, who, why, at } }))
}

/** Another day: everything that counts from it moves along. Where the playbook has slots, the place on the date is taken first. */
export async function reschedule(app: App, row: WaveRow, { day }: CalendarOrder, who: string): Promise<Change> {
  // The same order once more: the answer to the first was lost, and the wave has gone on.
  if (day !== undefined && day === row.day && !isMovable(row)) return async () => 0
  const to = mayMove(row, day)
  const playbook = await mustSuit(app, row, to)
  return async () => {
    if (to !== row.day) await mustBook(app, playbook, row.wave, to, who)
    return (await moveDay(app, row, playbook, to)) ? 1 : 0
  }
}

/** Missed hours: done now, or left undone; `steps` names them, absent it is about all. */
export async function choose(
  app: App,
  row: WaveRow,
  { steps: named }: CalendarOrder,
  who: string,
  fact: 'send-now' | 'skip',
): Promise<Change> {
  const rows = await all(app.store.steps.list({ partition: keyPart(row.wave) }))
  const faults = (named ?? []).flatMap((step, i): Fault[] =>
    rows.some(one => one.step === step)
      ? []
      : [{ path: `steps[${i}]`, message: `there is no “${step}” in the calendar (${rows.map(one => one.step).join(', ')})` }],
  )
  if (faults.length > 0) throw invalid(faults)
  const open = (one: StepRow) => (named ? named.includes(one.step) : one.state === 'late')
  return async () => {
    let changed = 0
    for (const one of rows.filter(open))
      if (await tell(app, lives.step, lives.step.at(one), { fact, set: { by: who } })) changed++
    return changed
  }
}

/** Takes a wave’s place on a date. Throws a Refusal (409) with the next open dates where it is full. */
export async function mustBook(
  app: App,
  playbook: Playbook,
  wave: string,
  day: string,
  who: string,
  count?: number,
): Promise<void> {
  if (!playbook.slots) return
  const mailboxes = count ?? (await all(app.store.mailboxes.list({ partition: keyPart(wave) }))).length
  if (await book(app, playbook, { for: wave, mailboxes, wishes: [day] }, who)) return
  const next = (await openDates(app, playbook, mailboxes)).slice(0, 5)
  const details = next.map(message => ({ path: 'day', message }))
  const open = next.length > 0 ? `these are open: ${next.join(', ')}` : 'no other date is open'
  throw new Refusal(409, 'full', `${day} is no date of this playbook with room for ${mailboxes} more; ${open}`, details)
}

/** Waves of a playbook that have not begun are looked at at once: what they waited for may have come. */
export async function lookAtPlanned(app: App, playbook: string): Promise<void> {
  for await (const { row } of app.store.waves.list({ partition: 'wave', states: ['planned'] }))
    if (row.playbook === playbook && row.dueAt !== undefined) await start(app, lives.wave, { ...row, notBefore: undefined })
}

async function grant(app: App, row: WaveRow, playbook: Playbook, who: string): Promise<number> {
  const stored = await app.store.waves.get('wave', keyPart(row.wave))
  const asked = stored?.row.asked
  if (!stored || !asked || !approved(playbook, { ...stored.row, day: asked.day }, 'postpone').enough) return 0
  await mustBook(app, playbook, row.wave, asked.day, who)
  return (await moveDay(app, row, playbook, asked.day)) ? 1 : 0
}

/** The day asked for, where the wave can still be moved. */
function mayMove(row: WaveRow, day: string | undefined): string {
  if (!isMovable(row)) throw refused(`the wave is ${row.state}: its day can be moved only before its cutover`)
  if (day === undefined || !isDay(day)) throw invalid([{ path: 'day', message: 'expected a day as YYYY-MM-DD' }])
  return day
}

async function mustSuit(app: App, row: WaveRow, day: string): Promise<Playbook> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(row.wave) }))
  const faults = dayFaults(
    playbook,
    row.wave,
    day,
    mailboxes.map(({ wanted }) => wanted),
  )
  if (faults.length > 0) throw invalid(faults)
  return playbook
}

function mustHold(playbook: Playbook, row: WaveRow, as: string, who: string): void {
  const found = holdersOf(playbook, row, as)
  const holders = found && [...new Set([...found.ofAll, ...found.ofEach.flat()])]
  if (!holders || holders.some(one => one.toLowerCase() === who.toLowerCase())) return
  throw invalid([{ path: 'as', message: `${who} is not one of people.${as} (${holders.join(', ')})` }])
}

/** Changes the wave’s row outside its machine and looks at it at once. */
async function update(app: App, { wave }: WaveRow, change: (row: WaveRow) => WaveRow): Promise<number> {
  for (;;) {
    const stored = await app.store.waves.get('wave', keyPart(wave))
    if (!stored) return 0
    const changed = change(stored.row)
    if ((await app.store.waves.save(changed, stored.etag)) === 'conflict') continue
    await start(app, lives.wave, changed)
    return 1
  }
}

function refused(message: string): Refusal {
  return new Refusal(409, 'not-now', message)
}

function invalid(faults: Fault[]): Refusal {
  return new Refusal(400, 'invalid-action', 'the action has faults; nothing was changed', faults)
}
