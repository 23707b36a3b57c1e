import { approved } from '../calendar/approved.ts'
import { diaryOf } from '../calendar/diary.ts'
import { missedCutover, whatToDo } from '../calendar/missed.ts'
import { wallClock } from '../calendar/wall-clock.ts'
import { warningsOf } from '../calendar/warnings.ts'
import { howToGrant, openAsk } from '../calendar/wave-day.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import { all } from '../store/store.ts'
import { waveRow } from './status.ts'

/** The diary of a wave: planned and happened, on the wall clock of its zone. Throws a Refusal (404) where there is none. */
export async function waveDiary(app: App, name: string) {
  const row = await waveRow(app, name)
  const { timeZone } = await app.playbook(row.playbook, row.playbookVersion)
  const [diary, warnings] = await Promise.all([diaryOf(app, row), warningsOf(app, row)])
  return { wave: name, playbook: row.playbook, day: row.day ?? null, timeZone, diary, warnings }
}

/** The timed steps of a wave as they stand, in the order of their hours; then what else waits for a person’s word. Throws a Refusal (404) where there is none. */
export async function waveSteps(app: App, name: string) {
  const row = await waveRow(app, name)
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const { timeZone } = playbook
  const rows = await all(app.store.steps.list({ partition: keyPart(name) }))
  const steps = rows
    .toSorted((a, b) => a.plannedAt - b.plannedAt)
    .map(({ step, state, at, plannedAt, doneAt, open = [], by, waitsFor, error }) => ({
      step,
      state,
      calendar: at,
      at: wallClock(plannedAt, timeZone),
      ...(doneAt ? { doneAt: wallClock(doneAt, timeZone) } : {}),
      open,
      ...(by ? { by } : {}),
      ...(waitsFor ? { waitsFor } : {}),
      ...(error ? { error } : {}),
    }))
  const missed = missedCutover(row, app.now())
  const cutover = missed !== undefined && {
    step: 'cutover',
    state: 'waiting-for-people',
    at: wallClock(missed, timeZone),
    open: ['operator'],
    waitsFor: `somebody’s word: its hour was missed; ${whatToDo}`,
  }
  const asked = openAsk(row)
  const postpone = asked && {
    step: 'postpone',
    state: 'waiting-for-people',
    at: wallClock(asked.at, timeZone),
    open: approved(playbook, { ...row, day: asked.day }, 'postpone').missing,
    waitsFor: `a word about ${asked.day}, for which ${asked.who} asks (${asked.why}); ${howToGrant}`,
  }
  return { wave: name, steps: [...steps, ...(cutover ? [cutover] : []), ...(postpone ? [postpone] : [])] }
}
