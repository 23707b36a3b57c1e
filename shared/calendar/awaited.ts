import { type Approval, hasEnded, type Word } from '../life/wave.ts'
import type { Approvable } from '../playbooks/planning.ts'
import type { App } from '../ports.ts'
import type { StepRow, WaveRow } from '../store/schema.ts'
import { approved } from './approved.ts'
import { lateSwitch, missedCutover } from './missed.ts'
import { openAsk } from './wave-day.ts'

/** A word that a wave waits for (`approve`): about which step, by whom as its playbook says, and what else its cutover could go without. */
export type Awaited = { step: Approval['step']; by: string[]; without?: string[] }

/** The words that a wave waits for now. `steps`: its timed steps. */
export async function awaitedWords(app: App, row: WaveRow, steps: readonly StepRow[]): Promise<Awaited[]> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const missing = (step: Approvable, wave = row): Awaited[] => {
    const { enough, missing: by } = approved(playbook, wave, step)
    return enough ? [] : [{ step, by }]
  }
  const isPilot = playbook.sequence?.pilot === row.wave && row.state !== 'planned'
  const pilot = isPilot ? missing('pilot') : []
  if (hasEnded(row.state)) return pilot
  const asked = openAsk(row)
  const word = row.waitsFor === undefined ? undefined : row.word
  const waiting = (step: string) => steps.find(one => one.step === step && one.state === 'waiting-for-people')
  const freeze = waiting('freeze')
  return [
    ...(waiting('confirm') || word?.step === 'confirm' ? missing('confirm') : []),
    ...(freeze ? [{ step: 'freeze', by: freeze.open ?? [] }] : []),
    ...(word?.step === 'cutover' || lateSwitch(row, playbook, app.now()) || missedCutover(row, app.now()) ? [cutover(word)] : []),
    ...(asked ? missing('postpone', { ...row, day: asked.day }) : []),
    ...pilot,
  ]
}

function cutover(word: Word | undefined): Awaited {
  return { step: 'cutover', by: ['anybody'], ...(word?.without ? { without: word.without } : {}) }
}
