import type { AnyTable, RowOf, TableSchema } from './columns.ts'
import { only, type Query, type Store, type Stored, storeOf, type Table } from './store.ts'

/** What would become of one row; `before` absent: it would be made, `after` absent: removed. */
export type RowChange = {
  table: string
  key: string
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/** A store that shows another one as it would be: what is written to it stays in it, and the other one is only read. Every table of the schema. */
export function overlay(under: Store): { store: Store; changes: () => RowChange[] } {
  const layers: Layer[] = []
  const store = storeOf((schema, name) => {
    const layer = new Layer(schema.name)
    layers.push(layer)
    return overTable(under[name] as Table<RowOf<AnyTable['columns']>>, schema, layer)
  })
  return { store, changes: () => layers.flatMap(layer => layer.changes()) }
}

type Place = { partition: string; key: string; row: object | undefined; before: object | undefined; etag: string }

/** What was written over one table. */
class Layer {
  readonly places = new Map<string, Place>()
  private readonly table: string
  private writes = 0

  constructor(table: string) {
    this.table = table
  }

  at(partition: string, key: string): Place | undefined {
    return this.places.get(`${partition}\u0000${key}`)
  }

  write(partition: string, key: string, row: object | undefined, before: object | undefined): { etag: string } {
    const first = this.at(partition, key)
    const etag = `over-${++this.writes}`
    this.places.set(`${partition}\u0000${key}`, { partition, key, row, before: first ? first.before : before, etag })
    return { etag }
  }

  changes(): RowChange[] {
    return [...this.places.values()].flatMap(({ key, row, before }) => {
      if (!row && !before) return []
      return [{ table: this.table, key, ...(before ? { before: { ...before } } : {}), ...(row ? { after: { ...row } } : {}) }]
    })
  }
}

function overTable<C extends AnyTable['columns']>(under: Table<RowOf<C>>, schema: TableSchema<C>, layer: Layer): Table<RowOf<C>> {
  const seen = (place: Place): Stored<RowOf<C>> => ({ row: { ...(place.row as RowOf<C>) }, etag: place.etag })
  const get = async (partition: string, key: string): Promise<Stored<RowOf<C>> | undefined> => {
    const place = layer.at(partition, key)
    if (!place) return under.get(partition, key)
    return place.row ? seen(place) : undefined
  }
  const keysOf = (row: RowOf<C>): [string, string] => [schema.partition(row), schema.key(row)]
  async function* list(query: Query): AsyncIterable<Stored<RowOf<C>>> {
    const { limit, ...whole } = query
    const found: { key: string; stored: Stored<RowOf<C>> }[] = []
    for await (const stored of under.list(whole)) {
      const [partition, key] = keysOf(stored.row)
      if (!layer.at(partition, key)) found.push({ key: `${partition}\u0000${key}`, stored })
    }
    for (const [at, place] of layer.places) if (place.row && fits(place, query)) found.push({ key: at, stored: seen(place) })
    found.sort((a, b) => (a.key < b.key ? -1 : 1))
    for (const { stored } of found.slice(0, limit ?? found.length)) yield stored
  }
  return {
    get,
    async insert(row) {
      const [partition, key] = keysOf(row)
      if (await get(partition, key)) return 'exists'
      return layer.write(partition, key, row, undefined)
    },
    async save(row, etag) {
      const [partition, key] = keysOf(row)
      const now = await get(partition, key)
      if (now?.etag !== etag) return 'conflict'
      return layer.write(partition, key, row, now.row)
    },
    async put(rows) {
      for (const row of rows) {
        const [partition, key] = keysOf(row)
        layer.write(partition, key, row, (await get(partition, key))?.row)
      }
    },
    async remove(row) {
      const [partition, key] = keysOf(row)
      layer.write(partition, key, undefined, (await get(partition, key))?.row)
    },
    list,
    pick: (query, columns) => only(list(query), columns),
  }
}

function fits({ partition, key, row }: Place, { partition: of, from, below, states, dueBy }: Query): boolean {
  const { state, dueAt } = Object(row) as { state?: string; dueAt?: number }
  return (
    (of === undefined || partition === of) &&
    (from === undefined || key >= from) &&
    (below === undefined || key < below) &&
    (states === undefined || (state !== undefined && states.includes(state))) &&
    (dueBy === undefined || (dueAt !== undefined && dueAt <= dueBy))
  )
}
