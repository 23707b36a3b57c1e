import type { QueueName } from '../life/work.ts'
import type { AnyTable, RowOf, TableSchema } from './columns.ts'
import { tables } from './schema.ts'

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
  /** The same rows as a listing, of each only these columns: what is large and not asked for stays in storage. */
  pick<K extends keyof R & string>(query: Query, columns: readonly K[]): AsyncIterable<Pick<R, K>>
}

/** Every table of the schema, ready for use. */
export type Store = {
  [Name in keyof typeof tables]: (typeof tables)[Name] extends TableSchema<infer C> ? Table<RowOf<C>> : never
}

/** A store whose every table is what `open` makes of its schema. */
export function storeOf(open: (schema: AnyTable, name: keyof Store) => Table<RowOf<AnyTable['columns']>>): Store {
  const opened = Object.entries(tables).map(([name, schema]) => [name, open(schema as unknown as AnyTable, name as keyof Store)])
  return Object.fromEntries(opened) as Store
}

/** A kick: the row that owes work, and the pass it owes it in. Nothing else ever stands in a message. */
export type Kick = { machine: MachineName; partition: string; key: string; pass: number }
export type MachineName = 'wave' | 'domain' | 'mailbox' | 'notice' | 'step' | 'scan' | 'returns' | 'ledBack'

/** The queues. At least once, in any order; `delayMs` up to 7 days. */
export type Queues = {
  send(queue: QueueName, kick: Kick, delayMs?: number): Promise<void>
  /** The work goes on in place: what was kept for the invocation’s end is sent before it, unless that is near. */
  flush(): Promise<void>
}

/** The first row of a listing, or undefined. */
export async function first<R>(rows: AsyncIterable<Stored<R>>): Promise<Stored<R> | undefined> {
  for await (const row of rows) return row
  return undefined
}

/** The rows of a listing, one after the other. */
export async function* rows<R>(listing: AsyncIterable<Stored<R>>): AsyncIterable<R> {
  for await (const { row } of listing) yield row
}

/** Of the rows of a listing only these columns: `pick` where the listing cannot leave out the others by itself. */
export async function* only<R, K extends keyof R>(
  listing: AsyncIterable<Stored<R>>,
  columns: readonly K[],
): AsyncIterable<Pick<R, K>> {
  for await (const { row } of listing) {
    const some: Partial<R> = {}
    for (const column of columns) if (row[column] !== undefined) some[column] = row[column]
    yield some as Pick<R, K>
  }
}

/** All rows of a listing. */
export function all<R>(listing: AsyncIterable<Stored<R>>): Promise<R[]> {
  return gathered(rows(listing))
}

/** All that comes, in a list. */
export async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}
