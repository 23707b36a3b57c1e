import { owe } from '../notices/owed.ts'
import { stepsDue } from '../playbooks/calendar.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { inParallel } from './in-parallel.ts'

/** Writes down the notices whose hour has come in the calendar of each wave that has a day. Hours that were past before the wave was made stay unsaid. */
export async function announceDue(app: App): Promise<void> {
  for await (const { row, etag } of app.store.waves.list({ partition: 'wave' })) {
    if (row.day === undefined || ['closed', 'cancelled', 'rolled-back', 'held'].includes(row.state)) continue
    const now = app.now()
    await announceFor(app, row, row.day, now)
    // Lost to another save: the same hours are looked at again in a minute, and each notice is owed only once.
    await app.store.waves.save({ ...row, announcedUntil: now }, etag)
  }
}

async function announceFor(app: App, row: WaveRow, day: string, now: number): Promise<void> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const since = row.announcedUntil ?? row.createdAt
  const due = stepsDue(playbook, day).flatMap(({ notice, dueAt }) =>
    notice !== undefined && dueAt > since && dueAt <= now ? [notice] : [],
  )
  if (due.length === 0) return
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(row.wave) }))
  for (const notice of due) await inParallel(mailboxes, mailbox => owe(app, playbook, mailbox, notice))
}
