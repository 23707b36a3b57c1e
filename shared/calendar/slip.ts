import { record } from '../audit.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { book, openDates, slotOf } from './slots.ts'
import { moveDay } from './wave-day.ts'

/**
 * Moves a wave whose answers are missing to the next date with room (A32), as its playbook’s slots say; the day, or undefined where it stays: nobody
 * is late, the playbook has no slots or waits, or no later date is open. A stop half-way is gone on with, not repeated.
 */
export async function slip(app: App, wave: WaveRow, playbook: Playbook): Promise<string | undefined> {
  if (playbook.slots?.late !== 'slip' || wave.day === undefined) return undefined
  const answers = await app.store.steps.get(keyPart(wave.wave), 'answers-due')
  if (answers?.row.state !== 'waiting-for-people') return undefined
  const day = await later(app, wave.wave, wave.day, playbook)
  if (day === undefined) return undefined
  const why = `no answer from ${answers.row.open?.join(', ') ?? 'somebody'} in time`
  await record(app, { subject: wave.wave, who: 'calendar', action: 'slip', why, details: { from: wave.day, to: day } })
  await moveDay(app, wave, playbook, day)
  return day
}

/** A later place: the one taken already by a slip that was cut short, else the next with room. */
async function later(app: App, wave: string, day: string, playbook: Playbook): Promise<string | undefined> {
  const now = await slotOf(app, playbook, wave)
  if (now && now.day > day) return now.day
  const mailboxes = (await all(app.store.mailboxes.list({ partition: keyPart(wave) }))).length
  const wishes = await openDates(app, playbook, mailboxes, day)
  return book(app, playbook, { for: wave, mailboxes, wishes }, 'calendar')
}
