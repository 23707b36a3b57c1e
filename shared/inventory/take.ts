import { Failure } from '../errors.ts'
import { copyHours } from '../playbooks/hours.ts'
import type { App } from '../ports.ts'
import { hoursInWords } from '../steps/hours.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import type { InventoryRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/** What a taking has come to: `left` are to be looked at by the next call; `waitsFor`: why not by this one. */
export type Taken = { mailboxes: number; measured: number; failed: number; left: number; waitsFor?: string }

/** Mailboxes looked at together at most, so that a server is not crowded by a mere look. */
const mostAtOnce = 4

/**
 * Looks at every mailbox of a wave at the source, read-only, one row each, within the source’s hours and beside its copies. Goes on where an earlier
 * call stopped, and stops itself when its time is spent or copies need the connections (`left` > 0: call again). Mailboxes that could not be opened are looked at again; `again` looks at all.
 */
export async function takeInventory(app: App, wave: WaveRow, { again = false } = {}): Promise<Taken> {
  const partition = keyPart(wave.wave)
  const playbook = await app.playbook(wave.playbook, wave.playbookVersion)
  const hours = copyHours({ ...playbook, target: {} }, app.now())
  const until = hours.open ? Math.min(app.now() + app.turnMs, hours.until) : app.now()
  const atOnce = Math.max(1, Math.min(mostAtOnce, (playbook.connections.source ?? 100) - 1))
  let waitsFor = hours.open ? undefined : hoursInWords('source', hours.from, playbook.timeZone)
  const rows = (await all(app.store.mailboxes.list({ partition }))).filter(hasSource)
  const known = new Map((await all(app.store.inventories.list({ partition }))).map(row => [row.address, row]))
  const owed = again ? rows : rows.filter(({ address }) => known.get(address)?.measured === undefined)
  let left = 0
  await inParallel(
    owed,
    async row => {
      const found = app.now() >= until || waitsFor !== undefined ? undefined : await look(app, row, known.get(row.address))
      if (found !== undefined && typeof found !== 'string') known.set(row.address, found)
      else left++
      if (typeof found === 'string') waitsFor = found
    },
    atOnce,
  )
  const measured = rows.filter(({ address }) => known.get(address)?.measured !== undefined).length
  return {
    mailboxes: rows.length,
    measured,
    failed: rows.length - measured - (again ? 0 : left),
    left,
    ...(waitsFor ? { waitsFor } : {}),
  }
}

/** A mailbox that is new, an alias from the beginning or a list is nowhere at the source. */
function hasSource({ wanted, state, dropped }: MailboxRow): boolean {
  if (state === 'cancelled' && dropped === undefined) return false
  if (wanted.kind === 'list') return false
  return wanted.fresh === undefined && (wanted.kind !== 'alias' || wanted.answered === true)
}

/** A failure leaves what an earlier look found. Where copies need the connections nothing was looked at: that in words. */
async function look(app: App, row: MailboxRow, before: InventoryRow | undefined): Promise<InventoryRow | string> {
  const { wave, address } = row
  let found: InventoryRow
  try {
    found = { wave, address, at: app.now(), measured: await app.probeSource(row) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message, hint } = error
    if (code === 'CROWDED') return 'connections that copies need now'
    found = { ...before, wave, address, at: app.now(), error: { code, message, hint, at: app.now() } }
  }
  await app.store.inventories.put([found])
  return found
}
