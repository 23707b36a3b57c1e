import type { Accounts } from '../accounts/accounts.ts'
import { wallClock } from '../calendar/wall-clock.ts'
import { Refusal } from '../errors.ts'
import type { App } from '../ports.ts'
import { oweMoving } from '../steps/timed.ts'
import { overlay, type RowChange } from '../store/overlay.ts'
import type { NoticeRow, StepRow, WaveRow } from '../store/schema.ts'
import { seesChange } from '../whose/store.ts'

/** What an action would do: rows by what changes in them, hours that move, notices that would be written down. At most `mostRows` rows are listed. */
export type Effect = {
  rows: { table: string; key: string; from: Columns | null; to: Columns | null }[]
  more: number
  dates: { wave: string; what: string; from: string | null; to: string | null }[]
  notices: { notice: string; to: string; about: string }[]
}
type Columns = Record<string, unknown>

const mostRows = 500

/**
 * Carries out a command, or (`?dryRun=true`) shows its effect: the very command runs over a store that keeps nothing, queues that send
 * nothing, and accounts whose passwords stay; `dry` tells it so. Links that it would make are left out. Throws a Refusal (400) where it is not clear which is meant.
 */
export async function carryOut<T extends object>(
  app: App,
  dryRun: string | null,
  command: (app: App, dry: boolean) => Promise<T>,
): Promise<{ dry: boolean; result: T | (T & { dryRun: true; effect: Effect }) }> {
  if (dryRun === null || dryRun === 'false') return { dry: false, result: await command(app, false) }
  if (dryRun !== 'true') {
    const details = [{ path: 'dryRun', message: `expected true or false (got “${dryRun.slice(0, 20)}”)` }]
    throw new Refusal(400, 'invalid-query', 'the query has a fault; nothing was changed', details)
  }
  const { store, changes } = overlay(app.store)
  const queues = { send: async () => {}, flush: async () => {} }
  const accounts: App['accounts'] = async playbook => untouched(await app.accounts(playbook))
  const items: App['items'] = async row => ({ ...(await app.items(row)), make: async () => [], finish: async () => [] })
  const dry: App = { ...app, store, queues, log: () => {}, accounts, items }
  const result = { ...(await command(dry, true)), links: undefined }
  await announceBegun(dry, changes())
  const sees = await Promise.all(changes().map(seesChange(dry)))
  const seen = changes().filter((_, i) => sees[i])
  return { dry: true, result: { ...result, dryRun: true, effect: await effectOf(app, seen) } }
}

/** The same accounts, of which nothing is changed. */
function untouched(accounts: Accounts): Accounts {
  const { setPassword, temporaryPass, withdraw } = accounts
  return {
    ...accounts,
    ...(setPassword ? { setPassword: async () => {} } : {}),
    ...(withdraw ? { withdraw: async () => {} } : {}),
    ...(temporaryPass ? { temporaryPass: async () => '' } : {}),
  }
}

/** Timed notices that would be begun at once are written down too, so that their readers show. */
async function announceBegun(dry: App, changes: readonly RowChange[]): Promise<void> {
  for (const { table, after } of changes) {
    const { state, notice, wave, playbook, playbookVersion } = Object(after) as StepRow
    if (table === 'Steps' && state === 'doing' && notice !== undefined)
      await oweMoving(dry, await dry.playbook(playbook, playbookVersion), wave, notice)
  }
}

async function effectOf(app: App, changes: readonly RowChange[]): Promise<Effect> {
  const rows = changes
    .filter(({ table }) => table !== 'Audit' && table !== 'Tenants')
    .map(differing)
    .filter(({ from, to }) => from === null || to === null || Object.keys({ ...from, ...to }).length > 0)
  const dates = await Promise.all(changes.map(change => datesOf(app, change)))
  const notices = changes.flatMap(({ table, before, after }) => {
    const { notice, to, address } = Object(after) as NoticeRow
    return table === 'Notices' && !before && after ? [{ notice, to, about: address }] : []
  })
  return { rows: rows.slice(0, mostRows), more: Math.max(0, rows.length - mostRows), dates: dates.flat(), notices }
}

/** Columns that say how a row is worked on, not what it is, and those that a secret is kept in. */
const inner = [
  'pass',
  'fence',
  'tries',
  'claim',
  'dueAt',
  'notBefore',
  'since',
  'body',
  'request',
  'gates',
  'salt',
  'sealed',
  'link',
]

function differing({ table, key, before, after }: RowChange): Effect['rows'][number] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(name => !inner.includes(name))
  const changed = names.filter(name => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]))
  const only = (row: Columns | undefined) =>
    row && Object.fromEntries(changed.filter(name => row[name] !== undefined).map(name => [name, row[name]]))
  return { table, key, from: only(before) ?? null, to: only(after) ?? null }
}

async function datesOf(app: App, { table, before, after }: RowChange): Promise<Effect['dates']> {
  if (!after || (table !== 'Steps' && table !== 'Waves')) return []
  const { wave, playbook, playbookVersion } = after as WaveRow
  const { timeZone } = await app.playbook(playbook, playbookVersion)
  const moved = (what: string, from: number | undefined, to: number | undefined) => {
    const said = (at: number | undefined) => (at === undefined ? null : wallClock(at, timeZone))
    return from === to ? [] : [{ wave, what, from: said(from), to: said(to) }]
  }
  if (table === 'Steps')
    return moved((after as StepRow).step, (before as StepRow | undefined)?.plannedAt, (after as StepRow).plannedAt)
  const [old, now] = [(before as WaveRow | undefined)?.gates ?? {}, (after as WaveRow).gates ?? {}]
  // Those with a row of their own are told by it.
  const gates = Object.keys({ ...old, ...now }).filter(step => ['prestage', 'provision', 'cutover', 'close'].includes(step))
  return gates.flatMap(step => moved(step, old[step], now[step]))
}
