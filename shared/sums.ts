import type { Progress } from './forecast/sizes.ts'
import { keyPart } from './store/columns.ts'
import type { WaveRow } from './store/schema.ts'
import type { Store } from './store/store.ts'

/** What the mailboxes of a wave come to. `lists`: how many of them are lists, if any. */
export type Sums = {
  mailboxes: { total: number; byState: Record<string, number>; lists?: number }
  messages: { found: number; copied: number; adopted: number; excepted: number }
  bytes: { found: number; copied: number }
  waitedMs: number
}

/** Adds them up. */
export function sumsOf(mailboxes: readonly Progress[]): Sums {
  const byState: Record<string, number> = {}
  for (const { state } of mailboxes) byState[state] = (byState[state] ?? 0) + 1
  const lists = mailboxes.filter(({ wanted }) => wanted.kind === 'list').length
  const sum = (of: (row: Progress) => number) => mailboxes.reduce((total, mailbox) => total + of(mailbox), 0)
  return {
    mailboxes: { total: mailboxes.length, byState, ...(lists > 0 ? { lists } : {}) },
    messages: {
      found: sum(m => m.found),
      copied: sum(m => m.copied),
      adopted: sum(m => m.adopted),
      excepted: sum(m => m.excepted),
    },
    bytes: { found: sum(m => m.foundBytes), copied: sum(m => m.copiedBytes) },
    waitedMs: sum(m => m.waitedMs ?? 0),
  }
}

/** States in which nobody works on a mailbox: only an order leads out of them. */
const atRest = ['completed', 'held', 'cancelled']

/** The sums to be kept on the row of a wave that is closed now; undefined where something may still change them. */
export function sumsToKeep({ orders }: WaveRow, mailboxes: readonly Progress[]): Sums | undefined {
  return orders === undefined && mailboxes.every(({ state }) => atRest.includes(state)) ? sumsOf(mailboxes) : undefined
}

/** The sums that a wave’s row keeps; undefined where they are to be added up. */
export function keptSums({ state, orders, sums }: WaveRow): Sums | undefined {
  return state === 'closed' && orders === undefined ? sums : undefined
}

/**
 * Changes mailboxes of a wave by an order. Before the first is changed its row says so, and until the last is: no sums are kept of it meanwhile, nor ever
 * after where that was cut off.
 */
export async function uncounted<T>(store: Store, wave: string, work: () => Promise<T>): Promise<T> {
  await count(store, wave, 1)
  const done = await work()
  await count(store, wave, -1)
  return done
}

async function count(store: Store, wave: string, more: 1 | -1): Promise<void> {
  for (;;) {
    const stored = await store.waves.get('wave', keyPart(wave))
    if (!stored) return
    const orders = Math.max(0, (stored.row.orders ?? 0) + more) || undefined
    if ((await store.waves.save({ ...stored.row, orders, sums: undefined }, stored.etag)) !== 'conflict') return
  }
}
