import { renameSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { TableClient } from '@azure/data-tables'
import { QueueClient } from '@azure/storage-queue'
import { queues } from '../../../shared/store/schema.ts'
import type { Store, Table } from '../../../shared/store/store.ts'
import { all } from '../../../shared/store/store.ts'
import { tableOptions, tableStore } from '../../../shared/store/tables.ts'

/** The calendar’s clock of a rehearsal: it stands at an instant, runs with the real one, and jumps when nothing is left to do. */
export type RehearsalClock = {
  now(): number
  jumpTo(at: number): void
  /** Resolves when nothing is due, nobody works and no message waits. */
  quiet(signal: AbortSignal): Promise<void>
  /** The next instant at which anything is due; undefined where nothing is. */
  next(): Promise<number | undefined>
}

type Due = { dueAt?: number | undefined; claim?: string | undefined }

/** Mailboxes that are due so close together are one jump, ms. */
const togetherMs = 120_000

/** A clock kept in this file, which the host reads; `start`: where it stands at first, epoch ms. */
export function rehearsalClock(file: string, storage: string, start: number): RehearsalClock {
  const options = { ...tableOptions, allowInsecureConnection: true }
  const store: Store = tableStore(name => TableClient.fromConnectionString(storage, name, options))
  const waiting = queues.map(name => new QueueClient(storage, name))
  let ahead = 0
  const now = () => Date.now() + ahead
  const jumpTo = (at: number) => {
    ahead = Math.round(at - Date.now())
    writeFileSync(`${file}.new`, `${ahead}\n`)
    renameSync(`${file}.new`, file)
  }
  jumpTo(start)
  const rows = async (tables: readonly (keyof Store)[]): Promise<Due[]> => {
    const found = await Promise.all(
      tables.map(name => all((store[name] as unknown as Table<Due>).list({ dueBy: Date.UTC(9000, 0) }))),
    )
    return found.flat()
  }
  const working = ['steps', 'mailboxes', 'domains', 'notices'] as const
  const isQuiet = async () => {
    const due = await rows([...working, 'waves', 'passwords'])
    if (due.some(({ claim, dueAt = 0 }) => claim !== undefined || dueAt <= now())) return false
    const seen = await Promise.all(waiting.map(queue => queue.peekMessages({ numberOfMessages: 1 })))
    return seen.every(({ peekedMessageItems }) => peekedMessageItems.length === 0)
  }
  return {
    now,
    jumpTo,
    async quiet(signal) {
      for (let calm = 0; calm < 3; ) {
        calm = (await isQuiet()) ? calm + 1 : 0
        await pause(250, undefined, { signal })
      }
    },
    async next() {
      const [steps, others, waves] = await Promise.all([
        rows(['steps', 'passwords']),
        rows(['mailboxes', 'domains', 'notices']),
        all(store.waves.list({})),
      ])
      const gates = waves
        .filter(({ state }) => !['closed', 'cancelled', 'rolled-back'].includes(state))
        .flatMap(({ gates = {} }) => Object.values(gates))
      const exact = [...steps.map(({ dueAt = 0 }) => dueAt), ...gates].filter(at => at > now())
      const loose = others.map(({ dueAt = 0 }) => dueAt).filter(at => at > now())
      const some = Math.min(...loose)
      const together = Math.max(some, ...loose.filter(at => at <= some + togetherMs))
      const at = Math.min(...exact, together)
      return Number.isFinite(at) ? at : undefined
    },
  }
}
