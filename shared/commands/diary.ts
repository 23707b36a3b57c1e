import { diaryOf } from '../calendar/diary.ts'
import { warningsOf } from '../calendar/warnings.ts'
import type { App } from '../ports.ts'
import { waveRow } from './status.ts'

/** The diary of a wave: planned and happened, on the wall clock of its zone. Throws a Refusal (404) where there is none. */
export async function waveDiary(app: App, name: string) {
  const row = await waveRow(app, name)
  const { timeZone } = await app.playbook(row.playbook, row.playbookVersion)
  const [diary, warnings] = await Promise.all([diaryOf(app, row), warningsOf(app, row)])
  return { wave: name, playbook: row.playbook, day: row.day ?? null, timeZone, diary, warnings }
}
