import { isNotLed, unledStates } from '../calendar/missed.ts'
import { lives } from '../lives.ts'
import { isOfNotLed, isOfNotLedBack, notLed, notLedAnyMore } from '../notices/occasion.ts'
import { isForOwners, namedOn } from '../notices/owed.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { tell } from '../run.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow, WaveRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'
import { oweAll } from './announcing.ts'
import { inParallel } from './in-parallel.ts'
import { newMailFirst } from './new-mail-first.ts'
import { firstProbeMs } from './probing.ts'

const dayMs = 24 * 3_600_000

/**
 * Has each mailbox ask whether its new mail is led to the new side, where each is led by itself; tells operators of those that are late. `unled`:
 * those that are not yet. `set`: what the wave’s row remembers of that.
 */
export async function leadOver(app: App, wave: WaveRow, playbook: Playbook): Promise<{ unled: string[]; set: Partial<WaveRow> }> {
  if (playbook.routing.kind !== 'recipient') return { unled: [], set: {} }
  const rows = await gathered(app.store.mailboxes.list({ partition: keyPart(wave.wave), states: [...unledStates] }))
  const unled = rows.filter(({ row }) => row.switchedAt === undefined)
  const asking = newMailFirst(wave) ? ['pre-staging', 'synced'] : ['synced']
  const fact = { fact: 'cutover-due', set: { probeAt: app.now() + firstProbeMs } } as const
  await inParallel(
    unled.filter(({ row }) => row.probeAt === undefined && asking.includes(row.state)),
    one => tell(app, lives.mailbox, lives.mailbox.at(one.row), fact, one),
  )
  const left = unled.map(({ row }) => row)
  const late = left.filter(row => isNotLed(row, wave, app.now()))
  const set = await announceLate(app, wave, playbook, { late, any: left.length > 0, back: false })
  return { unled: left.map(({ address }) => address), set }
}

/**
 * Tells operators whose mail is late to be led over, or `back`: once, a day later again where others are left, and when none is; `any`: one is left.
 * Returns what the wave’s row remembers.
 */
export async function announceLate(
  app: App,
  wave: WaveRow,
  playbook: Playbook,
  { late, any, back }: { late: readonly MailboxRow[]; any: boolean; back: boolean },
): Promise<Partial<WaveRow>> {
  const names = namedOn(playbook, 'held').filter(name => !isForOwners(playbook, name))
  const isOfThis = back ? isOfNotLedBack : isOfNotLed
  // What was said of leading over says nothing of leading back.
  const told = isOfThis(wave.toldNotLed?.which) ? wave.toldNotLed : undefined
  if (late.length > 0) {
    const which = notLed(late, back)
    if (told && (told.which === which || app.now() - told.at < dayMs)) return {}
    for (const name of names) await oweAll(app, playbook, late, name, which)
    return { toldNotLed: { which, at: app.now() } }
  }
  if (!told || any) return {}
  const before = await all(app.store.notices.list({ partition: keyPart(wave.wave) }))
  const heard = before.filter(({ occasion }) => isOfThis(occasion))
  const rows = await all(app.store.mailboxes.list({ partition: keyPart(wave.wave) }))
  for (const name of names)
    await oweAll(app, playbook, rows, name, notLedAnyMore(told.at, back), ({ to, entity }) =>
      heard.some(one => one.to === to && one.entity === entity && one.notice === name),
    )
  return { toldNotLed: undefined }
}
