import { hasEnded } from '../life/wave.ts'
import { order } from '../playbooks/agreement.ts'
import { clockChange, type Due, instantOf, type Step, stepsDue } from '../playbooks/calendar.ts'
import { blackoutOn, dayOff } from '../playbooks/days.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, StepRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { approved } from './approved.ts'
import { missedCutover, whatToDo } from './missed.ts'
import { sharedDomains } from './shared-domains.ts'
import { dateAt, wallClock } from './wall-clock.ts'
import { howToGrant, isMovable, openAsk } from './wave-day.ts'

/** Steps at whose hour somebody has to be there. */
const needPeople: readonly Step[] = ['answers-due', 'confirm', 'freeze', 'cutover', 'open']

/**
 * What to think of before a wave gets a day D: hours at which somebody must act on a day off, hours in a black-out, hours that the clocks skip or
 * repeat, steps that business days bring out of order.
 */
export function dayWarnings(playbook: Playbook, day: string): string[] {
  const due = stepsDue(playbook, day)
  const clocks = due.flatMap(one => clockWarning(playbook, day, one))
  return [...due.flatMap(one => dayOffWarning(playbook, one)), ...clocks, ...orderWarnings(playbook, due)]
}

function dayOffWarning(playbook: Playbook, one: Due): string[] {
  const { step, dueAt } = one
  const date = dateAt(dueAt, playbook.timeZone)
  const why = dayOff(date, playbook)
  const isForPeople = step !== undefined && needPeople.includes(step)
  if (!why || !(isForPeople || blackoutOn(date, playbook.blackouts))) return []
  const what = named(one, playbook)
  return [isForPeople ? `${what} falls on ${why}: somebody must be there` : `${what} falls on ${why}: nobody may read it`]
}

function clockWarning(playbook: Playbook, day: string, one: Due): string[] {
  const { timeZone } = playbook
  const isMoved = one.dueAt !== instantOf(one, day, timeZone, playbook)
  const change = clockChange(one, day, timeZone, playbook)
  if (change === 'twice')
    return [`${named(one, playbook)} is an hour that comes twice, since the clocks are put back: the first is meant`]
  return change || isMoved
    ? [`${named(one, playbook)} is when it is, since the change of clocks skips an hour of that night`]
    : []
}

/** Playbooks are refused only for what is out of order on every day. */
function orderWarnings(playbook: Playbook, due: readonly Due[]): string[] {
  const listed = (step: Step) => playbook.calendar.findIndex(one => one.step === step)
  const pairs = [...order, ...(listed('prestage') < listed('cutover') ? [['prestage', 'cutover'] as const] : [])]
  return pairs.flatMap(([before, after]) => {
    const [a, b] = [before, after].map(step => due.find(one => one.step === step))
    if (!a || !b || a.dueAt <= b.dueAt) return []
    const [late, early] = [named(a, playbook), named(b, playbook)]
    return [
      before === 'prestage'
        ? `${early} comes before ${late}: new mail would come first, and old mail after it; take another day, or other times in the playbook`
        : `${early} comes before ${late}; take another day, or other times in the playbook`,
    ]
  })
}

type Named = Pick<Due, 'notice' | 'at' | 'dueAt'> & { step?: string | undefined }

function named({ step, notice, at, dueAt }: Named, { timeZone }: Playbook): string {
  return `${step ?? `the notice ${notice}`} (${at}, ${wallClock(dueAt, timeZone)})`
}

/** What to think of about a wave as it stands: its day, the day that is asked for, the hours it has missed, the steps that wait for people. */
export async function warningsOf(app: App, row: WaveRow, known?: readonly StepRow[]): Promise<string[]> {
  if (hasEnded(row.state)) return []
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const asked = [...wished(row, playbook), ...(await sharedDomains(app, row)), ...(await doubtful(app, row))]
  if (row.day === undefined) return asked
  const steps = known ?? (await stepsOf(app, row))
  const past = gatesPast(app, row, playbook)
  const ahead =
    row.switchedAt === undefined ? [...steps.flatMap(({ found }) => found ?? []), ...dayWarnings(playbook, row.day)] : []
  return [...steps.flatMap(step => missed(step, playbook)), ...past, ...asked, ...unapproved(playbook, row), ...ahead]
}

/** The timed steps of a wave that has a day and has not ended. */
export async function stepsOf(app: App, { wave, day, state }: WaveRow): Promise<StepRow[]> {
  return day === undefined || hasEnded(state) ? [] : all(app.store.steps.list({ partition: keyPart(wave) }))
}

function wished(row: WaveRow, playbook: Playbook): string[] {
  const asked = openAsk(row)
  if (!asked) return []
  const { day, who, why } = asked
  return [
    `${who} asks for ${day} instead of ${row.day ?? 'no day'} (${why}): ${howToGrant}`,
    ...dayWarnings(playbook, day).map(one => `granted, ${one}`),
  ]
}

/** What does not add up about its domains: nothing is proved of a server that is not known, and records beside the MX are a person’s to change. */
async function doubtful(app: App, { wave }: WaveRow): Promise<string[]> {
  const domains = await all(app.store.domains.list({ partition: keyPart(wave) }))
  const live = domains.filter(({ state }) => state !== 'cancelled' && state !== 'rolled-back')
  return live.flatMap(({ domain, notes = [] }) => notes.map(one => `${domain}: ${one}`))
}

/** Mailboxes of a wave that would not move whole: of what the old server counts and does not name nothing can be asked for. */
export function hiddenMail({ state }: WaveRow, rows: readonly Pick<MailboxRow, 'address' | 'state' | 'unlisted'>[]): string[] {
  if (hasEnded(state)) return []
  const some = rows.filter(row => row.unlisted && row.state !== 'cancelled')
  if (some.length === 0) return []
  const names = some.slice(0, 5).map(row => `${row.address} (${row.unlisted})`)
  const more = some.length > names.length ? ` and ${some.length - names.length} more` : ''
  return [
    `mailboxes of which the old server counts more messages (EXISTS) than it lists: ${names.join(', ')}${more}; have the indexes of their folders (GET …/mailboxes/ADDRESS: unlisted) rebuilt there: what appears is brought by the next round, and after the switch by a retry`,
  ]
}

function missed({ state, step, at, plannedAt, error, open = [] }: StepRow, playbook: Playbook): string[] {
  if (state === 'late')
    return [
      `${named({ step, at, dueAt: plannedAt }, playbook)} was past before it could be done: choose send-now or skip (POST …/send-now, …/skip with "steps": ["${step}"])`,
    ]
  if (state === 'waiting-for-people') return [`${step} waits for ${open.slice(0, 5).join(', ')}${open.length > 5 ? ' …' : ''}`]
  return state === 'held' ? [`${step} is held: ${error?.message ?? 'by an operator'}`] : []
}

/** What a late day, a long hold or an outage brings about: the cutover begins at once, or waits for a word. */
function gatesPast(app: App, row: WaveRow, { timeZone }: Playbook): string[] {
  const { gates = {}, day } = row
  const cutover = gates.cutover
  if (cutover === undefined || cutover > app.now() || !isMovable(row)) return []
  const missed = missedCutover(row, app.now()) !== undefined
  const hour = wallClock(cutover, timeZone)
  return [
    missed
      ? `the hour of the cutover for ${day} (${hour}) was missed: it waits for somebody’s word; ${whatToDo}`
      : `the hour of the cutover for ${day} (${hour}) is past: it begins as soon as it may`,
  ]
}

function unapproved(playbook: Playbook, row: WaveRow): string[] {
  const other = (row.approvals ?? []).filter(
    ({ step, day }) => step !== 'pilot' && step !== 'postpone' && day !== undefined && day !== row.day,
  )
  if (other.length === 0 || approved(playbook, row, 'confirm').enough) return []
  return [
    other.length === 1
      ? `an approval was given for another day and count no more: confirm ${row.day} anew`
      : `approvals were given for another day and count no more: confirm ${row.day} anew`,
  ]
}
