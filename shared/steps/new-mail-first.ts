import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { hasSwitched } from './switched.ts'

/** How often a mailbox whose copy is to follow the switch looks whether that has come, once its hour is past, ms. */
const lookEveryMs = 5 * 60_000

/** Does new mail come first and old mail after? So it is where a calendar has `prestage` after `cutover`: then the whole copy follows the switch. */
export function newMailFirst({ gates = {} }: Pick<WaveRow, 'gates'>): boolean {
  return gates.prestage !== undefined && gates.cutover !== undefined && gates.prestage > gates.cutover
}

/**
 * `waits`: the copy does not begin yet, for how long and why. `switchedAt`: since when new mail arrives. `livedIn`: people work in the new mailbox by now,
 * so that what is there is theirs.
 */
export type AfterSwitch = { waits?: { later: number; set: Pick<MailboxRow, 'waitsFor'> }; switchedAt?: number; livedIn: boolean }

/** How the copy of a mailbox stands to the switch that it is to follow; undefined where mail is copied ahead. */
export async function afterSwitch(app: App, row: MailboxRow): Promise<AfterSwitch | undefined> {
  const { calendar } = await app.playbook(row.playbook, row.playbookVersion)
  // Most calendars cannot mean it: then nothing is read.
  if (!['prestage', 'cutover'].every(step => calendar.some(entry => entry.step === step))) return undefined
  const wave = (await app.store.waves.get('wave', keyPart(row.wave)))?.row
  if (!wave || !newMailFirst(wave)) return undefined
  const { cutover = 0, prestage = 0, open = 0 } = wave.gates ?? {}
  const now = app.now()
  const waits = (later: number, waitsFor: string) => ({ waits: { later, set: { waitsFor } } })
  if (!(await hasSwitched(app, row)))
    return { ...waits(Math.max(cutover - now, lookEveryMs), 'new mail to arrive at the new side first'), livedIn: false }
  const switchedAt = row.switchedAt ?? wave.switchedAt ?? now
  const early = prestage > now ? waits(prestage - now, 'the hour of its copy') : {}
  return { ...early, switchedAt, livedIn: open <= now }
}
