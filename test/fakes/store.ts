import type { AnyTable, RowOf, TableSchema } from '../../shared/store/columns.ts'
import { type Entity, fromEntity, toEntity } from '../../shared/store/entities.ts'
import { only, type Query, type Store, type Stored, storeOf, type Table } from '../../shared/store/store.ts'

type Kept = { entity: Entity; etag: string }

/** Tables in memory. Rows pass through the adapter's own entities, so that what storage would lose or refuse is lost or refused here. */
export function memoryStore(): Store {
  return storeOf(schema => memoryTable(schema))
}

/** One table in memory. */
function memoryTable<C extends AnyTable['columns']>(schema: TableSchema<C>): Table<RowOf<C>> {
  const kept = new Map<string, Kept>()
  let writes = 0
  const write = (entity: Entity) => {
    refuse(schema.name, entity)
    writes++
    const etag = `W/"${writes}"`
    kept.set(place(entity.partitionKey, entity.rowKey), { entity: copied(entity), etag })
    return { etag }
  }
  const read = ({ entity, etag }: Kept): Stored<RowOf<C>> => ({ row: fromEntity(schema, asRead(entity)), etag })
  async function* list(query: Query): AsyncIterable<Stored<RowOf<C>>> {
    const found = [...kept.values()].filter(({ entity }) => matches(entity, query)).sort(byKey)
    for (const one of found.slice(0, query.limit ?? found.length)) yield read(one)
  }
  return {
    async get(partition, key) {
      const found = kept.get(place(partition, key))
      return found && read(found)
    },
    async insert(row) {
      const entity = toEntity(schema, row)
      return kept.has(place(entity.partitionKey, entity.rowKey)) ? 'exists' : write(entity)
    },
    async save(row, etag) {
      const entity = toEntity(schema, row)
      return kept.get(place(entity.partitionKey, entity.rowKey))?.etag === etag ? write(entity) : 'conflict'
    },
    async put(rows) {
      const entities = rows.map(row => toEntity(schema, row))
      for (let i = 0; i < entities.length; i += 100) oneTransaction(schema.name, entities.slice(i, i + 100))
      for (const entity of entities) write(entity)
    },
    async remove(row) {
      kept.delete(place(schema.partition(row), schema.key(row)))
    },
    list,
    pick: (query, columns) => only(list(query), columns),
  }
}

/** The same as the OData filter of `filterOf` says. */
function matches(entity: Entity, { partition, from, below, states, dueBy }: Query): boolean {
  const { partitionKey, rowKey, state, dueAt } = entity
  const due = dueAt as { value: string } | undefined
  return (
    (partition === undefined || partitionKey === partition) &&
    (from === undefined || rowKey >= from) &&
    (below === undefined || rowKey < below) &&
    (states === undefined || states.includes(String(state))) &&
    (dueBy === undefined || (due !== undefined && Date.parse(due.value) <= dueBy))
  )
}

function byKey({ entity: a }: Kept, { entity: b }: Kept): number {
  return compare(a.partitionKey, b.partitionKey) || compare(a.rowKey, b.rowKey)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function place(partition: string, key: string): string {
  return `${partition}\u0000${key}`
}

/** Entities are flat: only binary columns could be shared with their writer or reader. */
function copied(entity: Entity): Entity {
  const copy = { ...entity }
  for (const name of Object.keys(copy)) {
    const value = copy[name]
    if (value instanceof Uint8Array) copy[name] = value.slice()
  }
  return copy
}

/** An entity as the SDK hands it out: timestamps as Date, 64-bit numbers as bigint, binary as a copy. */
function asRead(entity: Entity): Record<string, unknown> {
  const read: Record<string, unknown> = copied(entity)
  for (const name of Object.keys(read)) {
    const column = read[name]
    if (typeof column !== 'object' || column === null) continue
    const { type, value } = column as { type?: string; value?: string }
    if (type === 'DateTime' && value) read[name] = new Date(value)
    if (type === 'Int64' && value) read[name] = BigInt(value)
  }
  return read
}

/** Longest text or binary column (64 KiB, text as UTF-16) and key (1 KiB) that Table Storage takes. */
const mostColumnBytes = 65_536
const mostKeyBytes = 1_024

/** What Table Storage answers with status 400: a fault of ours, not weather. */
function refuse(table: string, entity: Entity): void {
  for (const name of Object.keys(entity)) {
    const value = entity[name]
    const size = typeof value === 'string' ? value.length * 2 : value instanceof Uint8Array ? value.byteLength : 0
    const isKey = name === 'partitionKey' || name === 'rowKey'
    if (size > (isKey ? mostKeyBytes : mostColumnBytes)) throw new TypeError(`${table}.${name}: ${size} bytes are too many`)
    if (isKey && /[/\\#?\p{Cc}]/u.test(String(value))) throw new TypeError(`${table}.${name}: ${value} cannot be a key`)
    if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${table}.${name}: ${value} is not a number`)
  }
}

function oneTransaction(table: string, entities: readonly Entity[]): void {
  if (new Set(entities.map(({ partitionKey }) => partitionKey)).size > 1)
    throw new TypeError(`${table}: a transaction is about one partition`)
  if (new Set(entities.map(({ rowKey }) => rowKey)).size < entities.length)
    throw new TypeError(`${table}: a transaction names a row once`)
}
