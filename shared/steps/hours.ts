import { Temporal } from 'temporal-polyfill'
import { hoursAt } from '../playbooks/hours.ts'
import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { MailboxRow } from '../store/schema.ts'
import { hasSwitched } from './switched.ts'

/**
 * Outside the hours in which both servers may be copied between: how long until they come, and that in words. Within them the turn ends
 * when they do. Once new mail arrives at the target nothing waits for them any more.
 */
export async function outsideHours(
  app: App,
  turn: Turn<MailboxRow>,
): Promise<{ later: number; set: Partial<MailboxRow> } | undefined> {
  const { row } = turn
  const { source, target, timeZone } = await app.playbook(row.playbook, row.playbookVersion)
  const sides = [
    { side: 'source', windows: source.limits?.hours },
    { side: 'target', windows: target.limits?.hours },
  ]
  if (sides.every(({ windows }) => windows === undefined) || (await hasSwitched(app, row))) return undefined
  const now = app.now()
  for (const { side, windows } of sides) {
    const hours = windows && hoursAt(windows, timeZone, now)
    if (hours?.open) turn.until = Math.min(turn.until, hours.until)
    else if (hours) return { later: hours.from - now, set: { waitsFor: inWords(side, hours.from, timeZone) } }
  }
  if (row.waitsFor !== undefined) await turn.save({ waitsFor: undefined })
  return undefined
}

function inWords(side: string, from: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone)
  const [day, time] = [at.toPlainDate().toString(), at.toPlainTime().toString({ smallestUnit: 'minute' })]
  return `the hours of the ${side}: copying goes on ${day} at ${time} (${timeZone})`
}
