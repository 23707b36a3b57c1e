import { Temporal } from 'temporal-polyfill'
import { copyHours } from '../playbooks/hours.ts'
import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'

type Copying = { playbook: string; playbookVersion: number; waitsFor?: string | undefined }

/**
 * Outside the hours in which both servers may be read and written: how long until they come, and that in words. Within them the turn ends
 * when they do. `regardless`: nothing waits for them any more.
 */
export async function outsideHours<R extends Copying>(
  app: App,
  turn: Turn<R>,
  regardless: () => Promise<boolean> = async () => false,
): Promise<{ later: number; set: Partial<R> } | undefined> {
  const { row } = turn
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const now = app.now()
  const hours = copyHours(playbook, now)
  if (hours.open && hours.until === Number.POSITIVE_INFINITY) return undefined
  if (await regardless()) return undefined
  if (!hours.open) return { later: hours.from - now, set: waiting<R>(hoursInWords(hours.side, hours.from, playbook.timeZone)) }
  turn.until = Math.min(turn.until, hours.until)
  if (row.waitsFor !== undefined) await turn.save(waiting<R>(undefined))
  return undefined
}

function waiting<R extends Copying>(waitsFor: string | undefined): Partial<R> {
  return { waitsFor } as Partial<R>
}

/** That the hours of a side begin at an instant, epoch ms. */
export function hoursInWords(side: string | undefined, from: number, timeZone: string): string {
  const at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone)
  const [day, time] = [at.toPlainDate().toString(), at.toPlainTime().toString({ smallestUnit: 'minute' })]
  return `the hours of the ${side}: copying goes on ${day} at ${time} (${timeZone})`
}
