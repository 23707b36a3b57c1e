import { lives } from '../lives.ts'
import { type Step, stepsDue } from '../playbooks/calendar.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { start, tell } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { StepRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** Steps of a calendar that do something of their own, or wait for people; the others only gate the wave. */
const ownSteps: readonly Step[] = ['inventory', 'answers-due', 'confirm', 'freeze', 'open']

/** When one entry of a calendar happens for a given D. `step`: its key in the table. */
export type Planned = { step: string; notice?: string; at: string; plannedAt: number }

/** The timed entries that become rows, earliest first. A notice that stands twice is said once, at its first hour. */
export function planned(playbook: Playbook, day: string): Planned[] {
  const rows = stepsDue(playbook, day).flatMap(({ step, notice, at, dueAt }): Planned[] => {
    if (notice !== undefined) return [{ step: noticeKey(notice), notice, at, plannedAt: dueAt }]
    return step !== undefined && ownSteps.includes(step) ? [{ step, at, plannedAt: dueAt }] : []
  })
  return rows.filter((row, i) => rows.findIndex(({ step }) => step === row.step) === i)
}

/** The key of a timed notice among the steps of its wave. */
function noticeKey(notice: string): string {
  return `notice:${notice}`
}

/**
 * Writes down the timed entries of a wave for its day D, or moves those that are not done yet to their new hours. An hour that is past
 * already is never made up for by itself: its row is `late` and waits for a person. Twice equals once.
 */
export async function planSteps(app: App, wave: WaveRow, playbook: Playbook): Promise<void> {
  const { day } = wave
  if (day === undefined) return
  const entries = planned(playbook, day)
  for (const entry of entries) {
    const row = newRow(app, wave, day, entry)
    if ((await app.store.steps.insert(row)) === 'exists') await moveStep(app, wave.wave, day, entry)
    else await start(app, lives.step, row)
  }
  // What a newer version of the playbook has no more.
  for (const row of await all(app.store.steps.list({ partition: keyPart(wave.wave) })))
    if (!entries.some(({ step }) => step === row.step)) await tell(app, lives.step, lives.step.at(row), { fact: 'cancel' })
}

async function moveStep(app: App, wave: string, day: string, { step, at, plannedAt }: Planned): Promise<void> {
  const key = { partition: keyPart(wave), key: keyPart(step) }
  const stored = await app.store.steps.get(key.partition, key.key)
  // An hour that stands where it stood is left alone: who waits for people goes on waiting.
  if (!stored || (stored.row.day === day && stored.row.plannedAt === plannedAt)) return
  const set = { day, at, plannedAt, open: undefined, by: undefined, notBefore: plannedAt, dueAt: plannedAt }
  const moved = await tell(app, lives.step, key, { fact: 'moved', set })
  if (moved && plannedAt <= app.now()) await tell(app, lives.step, key, { fact: 'hour-passed' })
}

function newRow(app: App, { wave, playbook, playbookVersion }: WaveRow, day: string, entry: Planned): StepRow {
  const now = app.now()
  const late = entry.plannedAt <= now
  const life = { state: late ? ('late' as const) : ('planned' as const), pass: 0, fence: 0, tries: 0, since: now }
  const owes = late ? {} : { notBefore: entry.plannedAt, dueAt: entry.plannedAt }
  return { ...life, ...owes, wave, playbook, playbookVersion, day, ...entry }
}

/**
 * Looks at once at every step of a wave that waits for people: somebody has answered or approved. Whoever looks at this moment may have asked before
 * that, or be dead: the row is taken from him.
 */
export async function lookAgain(app: App, wave: string): Promise<void> {
  for (const row of await lookSoon(app, wave)) await start(app, lives.step, row)
}

/**
 * Steps that wait for people look again after the next silence, though nobody kicks them: said before what they wait for is written down, so that
 * whoever is cut off behind that leaves nobody waiting.
 */
export async function lookSoon(app: App, wave: string): Promise<StepRow[]> {
  const waiting: StepRow[] = []
  for await (const { row, etag } of app.store.steps.list({ partition: keyPart(wave), states: ['waiting-for-people'] })) {
    const now = { ...row, claim: undefined, notBefore: undefined, dueAt: app.now() + app.quietMs }
    // Lost to somebody else's save: he looks, or the next hour does.
    if ((await app.store.steps.save(now, etag)) !== 'conflict') waiting.push(now)
  }
  return waiting
}
