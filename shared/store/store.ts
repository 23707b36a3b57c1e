import type { QueueName } from '../life/work.ts'
import type { RowOf, TableSchema } from './columns.ts'
import type {
  acknowledgements,
  answerLines,
  answers,
  audit,
  chunks,
  domains,
  folders,
  forecasts,
  inventories,
  landings,
  links,
  mailboxes,
  noticeBodies,
  notices,
  orders,
  paces,
  pages,
  passwords,
  playbooks,
  returns,
  slots,
  steps,
  waves,
} from './schema.ts'

/** A row as read, with the ETag that a conditional save needs. */
export type Stored<R> = { row: R; etag: string }

/** What to list. `from`/`below` bound the RowKey (inclusive, exclusive); `states` and `dueBy` filter on the columns of those names. */
export type Query = {
  partition?: string
  from?: string
  below?: string
  states?: readonly string[]
  /** Epoch ms: rows whose `dueAt` is present and not later. */
  dueBy?: number
  limit?: number
}

/** One table. Conflicts are values: a lost ETag is an everyday event. All other failures throw a transient `Failure`. */
export type Table<R> = {
  get(partition: string, key: string): Promise<Stored<R> | undefined>
  /** Stores a new row; `exists` where one has its keys already. */
  insert(row: R): Promise<{ etag: string } | 'exists'>
  /** Replaces the row if it still has that ETag. */
  save(row: R, etag: string): Promise<{ etag: string } | 'conflict'>
  /** Inserts or replaces rows of one partition, whatever is there; up to 100 at once are one transaction. */
  put(rows: readonly R[]): Promise<void>
  remove(row: R): Promise<void>
  list(query: Query): AsyncIterable<Stored<R>>
}

export type TableOf<T> = T extends TableSchema<infer C> ? Table<RowOf<C>> : never

/** Every table of the schema, ready for use. */
export type Store = {
  playbooks: TableOf<typeof playbooks>
  waves: TableOf<typeof waves>
  mailboxes: TableOf<typeof mailboxes>
  folders: TableOf<typeof folders>
  chunks: TableOf<typeof chunks>
  domains: TableOf<typeof domains>
  notices: TableOf<typeof notices>
  noticeBodies: TableOf<typeof noticeBodies>
  acknowledgements: TableOf<typeof acknowledgements>
  pages: TableOf<typeof pages>
  paces: TableOf<typeof paces>
  steps: TableOf<typeof steps>
  slots: TableOf<typeof slots>
  audit: TableOf<typeof audit>
  passwords: TableOf<typeof passwords>
  links: TableOf<typeof links>
  forecasts: TableOf<typeof forecasts>
  inventories: TableOf<typeof inventories>
  answers: TableOf<typeof answers>
  answerLines: TableOf<typeof answerLines>
  landings: TableOf<typeof landings>
  returns: TableOf<typeof returns>
  orders: TableOf<typeof orders>
}

/** A kick: the row that owes work, and the pass it owes it in. Nothing else ever stands in a message. */
export type Kick = { machine: MachineName; partition: string; key: string; pass: number }
export type MachineName = 'wave' | 'domain' | 'mailbox' | 'notice' | 'step' | 'scan' | 'returns'

/** The queues. At least once, in any order; `delayMs` up to 7 days. */
export type Queues = {
  send(queue: QueueName, kick: Kick, delayMs?: number): Promise<void>
  /** Sends at once what was kept until the invocation ends. */
  flush(): Promise<void>
}

/** The first row of a listing, or undefined. */
export async function first<R>(rows: AsyncIterable<Stored<R>>): Promise<Stored<R> | undefined> {
  for await (const row of rows) return row
  return undefined
}

/** All rows of a listing. */
export async function all<R>(rows: AsyncIterable<Stored<R>>): Promise<R[]> {
  const found: R[] = []
  for await (const { row } of rows) found.push(row)
  return found
}
