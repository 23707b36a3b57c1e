import { Failure } from '../errors.ts'
import { isMailbox } from '../intake/mailbox.ts'
import { copyHours } from '../playbooks/hours.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { hoursInWords } from '../steps/hours.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import type { InventoryRow, MailboxRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { bringsItems, lookAtItems } from './items-ahead.ts'

/**
 * What a taking has come to: `left` are to be looked at by the next call; `waitsFor`: why not by this one. `items`: of how many calendars and contacts were
 * looked into, and of how many that failed, where they are copied.
 */
export type Taken = {
  mailboxes: number
  measured: number
  failed: number
  left: number
  waitsFor?: string
  items?: { looked: number; failed: number }
}

/** Mailboxes looked at together at most, so that a server is not crowded by a mere look. */
const mostAtOnce = 4

/**
 * Looks at every mailbox of a wave at the source, then at its calendars and contacts, read-only, one row each, within the source’s hours and beside its copies. Goes on where an earlier
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
  const left = new Set<MailboxRow>()
  const roomOf = roomAsked(app, playbook)
  await inParallel(
    owed,
    async row => {
      const found =
        app.now() >= until || waitsFor !== undefined ? undefined : await look(app, row, known.get(row.address), roomOf)
      if (found !== undefined && typeof found !== 'string') known.set(row.address, found)
      else left.add(row)
      if (typeof found === 'string') waitsFor = found
    },
    atOnce,
  )
  const measured = rows.filter(({ address }) => known.get(address)?.measured !== undefined).length
  const failed = rows.length - measured - (again ? 0 : left.size)
  // Whatever the calendar server does, what IMAP has told is kept by now.
  const copied = rows.filter(row => bringsItems(playbook, row) && known.has(row.address))
  const owedItems = again ? copied : copied.filter(({ address }) => isOwed(known.get(address)))
  for (const row of await lookAtItems(app, owedItems, known, until)) left.add(row)
  const count = (is: (found: InventoryRow | undefined) => unknown) =>
    copied.filter(({ address }) => is(known.get(address))).length
  const items = { looked: count(found => found?.items), failed: count(found => found?.itemsError) }
  return {
    ...{ mailboxes: rows.length, measured, failed, left: left.size },
    ...(waitsFor ? { waitsFor } : {}),
    ...(copied.length > 0 ? { items } : {}),
  }
}

const isOwed = (found: InventoryRow | undefined) => found?.items === undefined || found.itemsError !== undefined

/** A mailbox that is new, an alias from the beginning or a list is nowhere at the source. */
function hasSource({ wanted, state, dropped }: MailboxRow): boolean {
  if (state === 'cancelled' && dropped === undefined) return false
  if (wanted.kind === 'list') return false
  return wanted.fresh === undefined && (wanted.kind !== 'alias' || wanted.answered === true)
}

/** After so many new mailboxes on end that could not be opened no more are: the server is down, or locks out who comes with a wrong password. */
const enough = 3

/**
 * What asks the new server for the room of a mailbox that should be there already. Nobody waits for it: where it fails, what an earlier look found
 * stays. Exchange Online does not tell.
 */
function roomAsked(app: App, { target }: Playbook) {
  let failed = 0
  return async (row: MailboxRow): Promise<Pick<InventoryRow, 'room'>> => {
    const isThere = target.accounts === 'existing' || row.targetReadyAt !== undefined
    if (target.kind === 'exchange-online' || !isThere || !isMailbox(row.wanted) || failed >= enough) return {}
    try {
      const quota = await app.probeRoom(row)
      failed = 0
      return { room: quota && { ...quota, oursBytes: row.copiedBytes, at: app.now() } }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      failed++
      return {}
    }
  }
}

/** A failure leaves what an earlier look found. Where copies need the connections nothing was looked at: that in words. */
async function look(
  app: App,
  row: MailboxRow,
  before: InventoryRow | undefined,
  roomOf: ReturnType<typeof roomAsked>,
): Promise<InventoryRow | string> {
  const { wave, address } = row
  let found: InventoryRow
  try {
    const { measured: _, error: __, ...rest } = before ?? {}
    found = { ...rest, wave, address, at: app.now(), measured: await app.probeSource(row), ...(await roomOf(row)) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    const { code, message, hint } = error
    if (code === 'CROWDED') return 'connections that copies need now'
    found = { ...before, wave, address, at: app.now(), error: { code, message, hint, at: app.now() } }
  }
  await app.store.inventories.put([found])
  return found
}
