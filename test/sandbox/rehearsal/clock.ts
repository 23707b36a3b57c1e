import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { TableClient } from '@azure/data-tables'
import { QueueClient } from '@azure/storage-queue'
import type { Runner } from '../../../shared/run.ts'
import { storageQueues } from '../../../shared/store/queues.ts'
import { queues } from '../../../shared/store/schema.ts'
import type { Store, Table } from '../../../shared/store/store.ts'
import { all } from '../../../shared/store/store.ts'
import { tableOptions, tableStore } from '../../../shared/store/tables.ts'
import { sweep } from '../../../shared/sweep.ts'
import type { Running } from '../../host/http.ts'
import type { DemoHost } from '../demo/host.ts'

/** Settings of a host on a moved clock: what its sweep sends from outside is looked for at once, or each jump would cost a look’s two seconds. */
export const looksOften = { AzureFunctionsJobHost__extensions__queues__maxPollingInterval: '00:00:00.100' }

/** The calendar’s clock of a rehearsal: it stands at an instant, runs with the real one, and jumps when nothing is left to do. */
export type RehearsalClock = {
  now(): number
  /** Resolves when the app has heard of it, and what became due by it is under way. */
  jumpTo(at: number): Promise<void>
  /** Resolves when nothing is due, nobody works and no message waits. */
  quiet(signal: AbortSignal): Promise<void>
  /** The host that is asked as well whether messages are under way. */
  watch(host: Pick<DemoHost, 'url' | 'key'>): void
  /** The next instant at which anything is due, now where something is already; undefined where nothing is. */
  next(): Promise<number | undefined>
}

type Due = { dueAt?: number | undefined; claim?: string | undefined; state?: string }

/** Mailboxes that are due so close together are one jump, ms. */
const togetherMs = 120_000

/** A clock kept in this file, which the host reads; `start`: where it stands at first, epoch ms. It is looked every `lookMs` whether all is quiet. */
export function rehearsalClock(file: string, storage: string, start: number, lookMs = 250): RehearsalClock {
  const options = { ...tableOptions, allowInsecureConnection: true }
  const store: Store = tableStore(name => TableClient.fromConnectionString(storage, name, options))
  const waiting = queues.map(name => new QueueClient(storage, name))
  const kicks = storageQueues(name => new QueueClient(storage, name))
  let ahead = 0
  let watched: Pick<DemoHost, 'url' | 'key'> | undefined
  const now = () => Date.now() + ahead
  const set = (at: number) => {
    ahead = Math.round(at - Date.now())
    writeFileSync(`${file}.new`, `${ahead}\n`)
    renameSync(`${file}.new`, file)
  }
  set(start)
  const runner = { store, queues: kicks, now, quietMs } as unknown as Runner
  const rows = async (tables: readonly (keyof Store)[]): Promise<Due[]> => {
    const found = await Promise.all(
      tables.map(name => all((store[name] as unknown as Table<Due>).list({ dueBy: Date.UTC(9000, 0) }))),
    )
    return found.flat()
  }
  const working = ['steps', 'mailboxes', 'domains', 'notices'] as const
  // A sweep puts off what is due before its messages leave: while it lasts nothing can be told.
  const isIdle = async () => {
    for (; watched; await pause(20)) {
      const answer = await fetch(`${watched.url}/admin/host/status`, { headers: { 'x-functions-key': watched.key } })
      const { running, timers } = (await answer.json()) as Running
      if (timers === 0) return running === 0
    }
    return true
  }
  const isQuiet = async () => {
    // While it works a look costs one request instead of fifteen.
    if (!(await isIdle())) return false
    const due = await rows([...working, 'waves', 'passwords'])
    if (due.some(({ claim, dueAt = 0 }) => claim !== undefined || dueAt <= now())) return false
    const seen = await Promise.all(waiting.map(queue => queue.peekMessages({ numberOfMessages: 1 })))
    if (seen.some(({ peekedMessageItems }) => peekedMessageItems.length > 0)) return false
    return isIdle()
  }
  return {
    now,
    async jumpTo(at) {
      if (at > now()) set(at)
      await pause(heardMs)
      // The sweeper does the same each second; nobody has to wait for it.
      await sweep(runner)
    },
    async quiet(signal) {
      for (let calm = 0; calm < 3; ) {
        calm = (await isQuiet()) ? calm + 1 : 0
        await pause(lookMs, undefined, { signal })
      }
    },
    watch: host => {
      watched = host
    },
    async next() {
      const [steps, loose, waves] = await Promise.all([
        rows(['steps', 'passwords']),
        rows(['mailboxes', 'domains', 'notices']),
        all(store.waves.list({})),
      ])
      // It became due while others were looked at: first that.
      if ([...steps, ...loose].some(({ dueAt = 0 }) => dueAt <= now())) return now()
      const gates = waves
        .filter(({ state }) => !['closed', 'cancelled', 'rolled-back'].includes(state))
        .flatMap(({ gates = {} }) => Object.values(gates))
      const exact = [...steps.map(({ dueAt = 0 }) => dueAt), ...gates].filter(at => at > now())
      const ahead = loose.filter(({ dueAt = 0 }) => dueAt > now())
      const looking = ahead.filter(({ state = '' }) => idle.includes(state))
      const others = ahead.filter(row => !looking.includes(row))
      const at = Math.min(...exact, together(others, togetherMs), together(looking, waitingMs))
      return Number.isFinite(at) ? at : undefined
    },
  }
}

/** The host reads its clock anew at most so often, ms. */
const heardMs = 120

/** As the app’s own setting, ms. */
const quietMs = 30_000

/** Mailboxes that wait for the switch need not be on time, ms. */
const waitingMs = 2 * 3_600_000
const idle = ['synced']

/** The last of those that are due within so many ms of the first. */
function together(rows: readonly Due[], ms: number): number {
  const due = rows.map(({ dueAt = 0 }) => dueAt)
  const first = Math.min(...due)
  return Math.max(first, ...due.filter(at => at <= first + ms))
}
