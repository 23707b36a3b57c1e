import { domain } from './life/domain.ts'
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
import type { Kick, MachineName, Store, Table } from './store/store.ts'

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
