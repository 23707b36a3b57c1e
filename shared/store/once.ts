import type { AnyTable, RowOf } from './columns.ts'
import { gathered, type Query, type Store, type Stored, storeOf, type Table } from './store.ts'

/**
 * A store for one question about all waves: of each of these tables, which are small, all rows are read together when the first listing asks for some of
 * them, and for all others too. What was changed meanwhile is not seen; nothing is written through it.
 */
export function readOnce(under: Store, small: readonly (keyof Store)[]): Store {
  return storeOf((schema, name) => {
    const table = under[name] as Table<RowOf<AnyTable['columns']>>
    return small.includes(name) ? onceRead(table, schema) : table
  })
}

function onceRead<R extends object>(table: Table<R>, schema: { partition: (row: R) => string }): Table<R> {
  let read: Promise<Map<string, Stored<R>[]>> | undefined
  async function* list(query: Query): AsyncIterable<Stored<R>> {
    const { partition, states, ...more } = query
    if (Object.keys(more).length > 0) return yield* table.list(query)
    read ??= gathered(table.list({})).then(rows => Map.groupBy(rows, ({ row }) => schema.partition(row)))
    const found = partition === undefined ? [...(await read).values()].flat() : ((await read).get(partition) ?? [])
    for (const one of found) if (!states || states.includes(Object(one.row).state)) yield { ...one, row: { ...one.row } }
  }
  return { ...table, list }
}
