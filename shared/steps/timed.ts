import { approved } from '../calendar/approved.ts'
import { awaitsCutover, isAhead } from '../calendar/missed.ts'
import { waitsForPilot } from '../calendar/sequence.ts'
import { slip } from '../calendar/slip.ts'
import { keepCalendar } from '../calendar/wave-day.ts'
import { followAnswers } from '../inventory/follow.ts'
import { entityName } from '../inventory/inventory.ts'
import { answersOf, takesAnswers } from '../inventory/standing.ts'
import { standingOut } from '../inventory/standing-out.ts'
import { takeInventory } from '../inventory/take.ts'
import { askForScan } from '../landing/ask.ts'
import type { StepFact } from '../life/facts.ts'
import { isPutBack } from '../life/wave.ts'
import type { StepWork } from '../life/work.ts'
import { isForOwners } from '../notices/owed.ts'
import { entityOf } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { Answer, Doing, Turn } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, StepRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { oweAll } from './announcing.ts'
import { notSwitchedYet } from './moving-domains.ts'
import { openMailboxes } from './passwords.ts'

/** `behind`: whose domain is not switched yet, though the cutover has begun. Nobody is told of, or let into, what has not been switched. */
type Given = { app: App; wave: WaveRow; playbook: Playbook; row: StepRow; behind: ReadonlySet<string> }
type Answered = Answer<StepFact, StepRow>

/** What a step does at its hour, whom it then waits for (nobody, where it answers no names), and what it has found out once it is done. */
type Take = {
  begin?: (given: Given) => Promise<void>
  open?: (given: Given) => Promise<string[]>
  found?: (given: Given) => Promise<string | undefined>
}

/** How late a step or a notice is still taken by itself, ms: an evening without the host. After that a person chooses. */
export const graceMs = 12 * 3_600_000

/** How often it is asked whether people have answered, ms; whoever takes an answer has it looked at sooner. */
const askAgainMs = 15 * 60_000

/** When it is asked again whether the cutover has been, ms: at its very hour that is a matter of seconds. */
const askForCutoverMs = ({ plannedAt }: StepRow, now: number) => Math.min(Math.max(now - plannedAt, 1_000), 60_000)

/** What each step of the calendar does that has an effect of its own. */
const takes: Readonly<Record<string, Take>> = {
  // What one turn does not come to is left for the next look.
  inventory: {
    begin: async ({ app, wave, row }) => void (await askForScan(app, wave, row.since)),
    open: async ({ app, wave }) => ((await takeInventory(app, wave)).left > 0 ? ['the old server'] : []),
    found: ({ app, wave }) => standingOut(app, wave),
  },
  'answers-due': { open: async ({ app, wave }) => (takesAnswers(wave) ? (await answersOf(app, wave)).open : []) },
  confirm: {
    open: async ({ app, wave, playbook }) => {
      const { enough, missing } = approved(playbook, wave, 'confirm')
      if (!enough) return missing
      // Whose word was the last follows the answers himself, unless he was cut off.
      await followAnswers(app, wave, 'calendar')
      return []
    },
  },
  // Relève does not write to the old server: cutting people off there is an operator's act, and he says when it is done.
  freeze: { open: async ({ wave }) => (said(wave, 'freeze') ? [] : ['operator']) },
  open: { open: async ({ app, wave, behind }) => (await openMailboxes(app, wave, behind)).waiting.map(({ address }) => address) },
}

const awaitHour = async (app: App, { row }: Turn<StepRow>): Promise<Answered> => {
  const found = await waveOf(app, row)
  if (!found || isOver(found.wave)) return { fact: 'cancel' }
  if (found.wave.state === 'held') return { later: askAgainMs, set: { waitsFor: 'its wave to be released' } }
  const now = app.now()
  if (row.plannedAt > now) return { later: row.plannedAt - now, set: { waitsFor: undefined } }
  const pilot = await waitsForPilot(app, found.wave, found.playbook)
  if (pilot !== undefined) return { later: askAgainMs, set: { waitsFor: pilot } }
  if (awaitsCutover(found.wave, row, now))
    return { later: askForCutoverMs(row, now), set: { waitsFor: 'the cutover, which is late' } }
  const missed = row.plannedAt <= row.since || now - row.plannedAt > graceMs
  return { fact: missed ? 'hour-passed' : 'hour-came' }
}

const take = async (app: App, { row }: Turn<StepRow>): Promise<Answered> => {
  const found = await waveOf(app, row)
  if (!found || isOver(found.wave)) return { fact: 'cancel' }
  const { wave, playbook } = found
  if (wave.day !== wave.plannedFor) {
    await keepCalendar(app, wave, playbook)
    return { later: 1_000 }
  }
  // Its own row moves along: what this work answers is of an earlier pass then, and moves nothing.
  if (row.step === 'confirm' && (await slip(app, wave, playbook)) !== undefined) return { later: 1_000 }
  const given = { app, wave, playbook, row, behind: await behindOf(app, wave, row) }
  if (row.notice === undefined) await takes[row.step]?.begin?.(given)
  const open = await openOf(given)
  if (open.length > 0) return { fact: 'asked', set: waiting(open, given.behind) }
  return done(given)
}

const awaitPeople = async (app: App, { row }: Turn<StepRow>): Promise<Answered> => {
  const found = await waveOf(app, row)
  if (!found || isOver(found.wave)) return { fact: 'cancel' }
  const given = { app, ...found, row, behind: await behindOf(app, found.wave, row) }
  const open = await openOf(given)
  if (open.length > 0)
    return { later: given.behind.size > 0 ? askForCutoverMs(row, app.now()) : askAgainMs, set: waiting(open, given.behind) }
  return done(given)
}

/** All that can be done for a timed step, by the name that its machine gives it. */
export const timedDoing: Doing<StepWork, StepFact, StepRow, App> = {
  'await-hour': awaitHour,
  'take-step': take,
  'await-people': awaitPeople,
}

async function behindOf(app: App, wave: WaveRow, row: StepRow): Promise<Set<string>> {
  if (!isAhead(wave, row)) return new Set()
  return new Set((await notSwitchedYet(app, wave)).map(({ address }) => address))
}

/** Whom it still waits for, once it has done what it could for all others. */
async function openOf(given: Given): Promise<string[]> {
  const { app, playbook, row, behind } = given
  if (row.notice !== undefined) await oweMoving(app, playbook, row.wave, row.notice, behind)
  const open = (await takes[row.step]?.open?.(given)) ?? []
  return [...new Set([...open, ...[...behind].sort()])]
}

async function done(given: Given): Promise<Answered> {
  const found = await takes[given.row.step]?.found?.(given)
  return { fact: 'done', set: { doneAt: given.app.now(), open: undefined, found } }
}

function waiting(open: string[], behind: ReadonlySet<string>): Partial<StepRow> {
  const names = (some: string[]) => `${some.slice(0, 10).join(', ')}${some.length > 10 ? ` and ${some.length - 10} more` : ''}`
  const [early, others] = [open.filter(one => behind.has(one)), open.filter(one => !behind.has(one))]
  const what = [
    ...(others.length > 0 ? [`the word of ${names(others)}`] : []),
    ...(early.length > 0 ? [`the domain of ${names(early)} to be switched`] : []),
  ]
  return { open, waitsFor: what.join('; ') }
}

/** Notices that are meant for those whose answers are missing; whoever has answered is left in peace. */
const toTheSilent = ['answers-reminder', 'answers-overdue']

/** Writes down a timed notice of a wave about each of its mailboxes that still moves, and about no entity with one of those in `behind`. */
export async function oweMoving(
  app: App,
  playbook: Playbook,
  wave: string,
  notice: string,
  behind: ReadonlySet<string> = new Set(),
): Promise<void> {
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(wave) }))
  const moving = mailboxes.filter(({ state }) => state !== 'cancelled')
  const template = playbook.notices.find(one => one.notice === notice)?.template ?? ''
  const stored = toTheSilent.includes(template) ? await app.store.waves.get('wave', keyPart(wave)) : undefined
  const open = stored && (await answersOf(app, stored.row)).open
  const asked = open ? moving.filter(row => open.includes(entityName(playbook, row))) : moving
  const groupOf = (row: MailboxRow) => (isForOwners(playbook, notice) ? row.address : entityOf(playbook, row))
  const early = new Set(moving.filter(({ address }) => behind.has(address)).map(groupOf))
  const told = asked.filter(row => !early.has(groupOf(row)))
  await oweAll(app, playbook, told, notice)
}

async function waveOf(app: App, row: StepRow): Promise<{ wave: WaveRow; playbook: Playbook } | undefined> {
  const stored = await app.store.waves.get('wave', keyPart(row.wave))
  return stored && { wave: stored.row, playbook: await app.playbook(row.playbook, row.playbookVersion) }
}

function isOver({ state }: WaveRow): boolean {
  return state === 'cancelled' || isPutBack(state)
}

function said({ approvals = [], day }: WaveRow, step: string): boolean {
  return approvals.some(one => one.step === step && (one.day === undefined || one.day === day))
}
