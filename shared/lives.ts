import { domain } from './life/domain.ts'
import { ledBack } from './life/led-back.ts'
import { mailbox } from './life/mailbox.ts'
import { notice } from './life/notice.ts'
import { returns } from './life/returns.ts'
import { scan } from './life/scan.ts'
import { step } from './life/step.ts'
import { wave } from './life/wave.ts'
import type { QueueName, Work } from './life/work.ts'
import { works } from './life/work.ts'
import type { Life, Machine } from './machine.ts'
import * as schema from './store/schema.ts'
import type { Kick, MachineName, Store, Stored, Table } from './store/store.ts'

/** A machine together with the table whose rows it moves. */
export type Living<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }> = {
  name: MachineName
  machine: Machine<S, F, W>
  table: (store: Store) => Table<R>
  at: (row: R) => { partition: string; key: string }
}

const at =
  <R>(table: { partition: (row: R) => string; key: (row: R) => string }) =>
  (row: R) => ({ partition: table.partition(row), key: table.key(row) })

export const lives = {
  wave: { name: 'wave', machine: wave, table: (store: Store) => store.waves, at: at(schema.waves) },
  domain: { name: 'domain', machine: domain, table: (store: Store) => store.domains, at: at(schema.domains) },
  mailbox: { name: 'mailbox', machine: mailbox, table: (store: Store) => store.mailboxes, at: at(schema.mailboxes) },
  notice: { name: 'notice', machine: notice, table: (store: Store) => store.notices, at: at(schema.notices) },
  step: { name: 'step', machine: step, table: (store: Store) => store.steps, at: at(schema.steps) },
  returns: { name: 'returns', machine: returns, table: (store: Store) => store.returns, at: at(schema.returns) },
  ledBack: { name: 'ledBack', machine: ledBack, table: (store: Store) => store.ledBacks, at: at(schema.ledBacks) },
  scan: { name: 'scan', machine: scan, table: (store: Store) => store.landings, at: at(schema.landings) },
} as const

/** The queue and the message that start what a row owes; undefined where it owes nothing. */
export function kickOf<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  life: Living<S, F, W, R>,
  row: R,
): { queue: QueueName; kick: Kick } | undefined {
  const work = life.machine[row.state].start
  return work && { queue: works[work].queue, kick: { machine: life.name, ...life.at(row), pass: row.pass } }
}

/** Rows as this process last wrote them, by life and keys. */
const written = new WeakMap<Store, Map<string, Stored<Life>>>()
const mostWritten = 1_000

/** Keeps a row for whom its kick reaches: he claims it by its ETag, and reads it only where that is lost. */
export function remember<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  store: Store,
  life: Living<S, F, W, R>,
  stored: Stored<R>,
): void {
  const rows = written.get(store) ?? new Map<string, Stored<Life>>()
  written.set(store, rows)
  const { partition, key } = life.at(stored.row)
  rows.set(nameOf(life.name, partition, key), stored)
  if (rows.size > mostWritten) rows.delete(rows.keys().next().value ?? '')
}

/** The row of a kick as this process last wrote it, once; undefined where that was for another pass, or not here. */
export function recall<S extends string, F extends string, W extends Work, R extends Life<S> & { wave: string }>(
  store: Store,
  { name }: Living<S, F, W, R>,
  { partition, key, pass }: Kick,
): Stored<R> | undefined {
  const rows = written.get(store)
  const stored = rows?.get(nameOf(name, partition, key)) as Stored<R> | undefined
  rows?.delete(nameOf(name, partition, key))
  return stored?.row.pass === pass ? stored : undefined
}

function nameOf(life: MachineName, partition: string, key: string): string {
  return JSON.stringify([life, partition, key])
}
