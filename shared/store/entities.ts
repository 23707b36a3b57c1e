import type { AnyTable, RowOf, TableSchema } from './columns.ts'
import type { Query } from './store.ts'

/** An entity as the tables SDK takes and gives it. */
export type Entity = { partitionKey: string; rowKey: string; [column: string]: unknown }

/** A row as an entity: times as timestamps, longs as Int64, JSON as text; absent columns left out. */
export function toEntity<C extends AnyTable['columns']>(schema: TableSchema<C>, row: RowOf<C>): Entity {
  const entity: Entity = { partitionKey: schema.partition(row), rowKey: schema.key(row) }
  const values = row as Record<string, unknown>
  for (const [name, kind] of schema.kinds) {
    const value = values[name]
    if (value === undefined || value === null) continue
    if (kind === 'time') entity[name] = { type: 'DateTime', value: new Date(Number(value)).toISOString() }
    else if (kind === 'long') entity[name] = { type: 'Int64', value: String(value) }
    else if (kind === 'int') entity[name] = Number(value) > 0x7fffffff ? { type: 'Int64', value: String(value) } : value
    else if (kind === 'json') entity[name] = JSON.stringify(value)
    else entity[name] = value
  }
  return entity
}

/** The row that an entity holds. Columns the schema does not know are left alone. */
export function fromEntity<C extends AnyTable['columns']>(schema: TableSchema<C>, entity: Record<string, unknown>): RowOf<C> {
  const row: Record<string, unknown> = {}
  for (const [name, kind] of schema.kinds) {
    const value = entity[name]
    if (value === undefined || value === null) continue
    if (kind === 'time') row[name] = new Date(value as string | Date).getTime()
    else if (kind === 'long' || kind === 'int') row[name] = Number(value)
    else if (kind === 'json') row[name] = JSON.parse(String(value))
    else row[name] = value
  }
  return row as RowOf<C>
}

/** A query as an OData filter. */
export function filterOf({ partition, from, below, states, dueBy }: Query): string {
  const quote = (text: string) => `'${text.replaceAll("'", "''")}'`
  return [
    partition === undefined ? '' : `PartitionKey eq ${quote(partition)}`,
    from === undefined ? '' : `RowKey ge ${quote(from)}`,
    below === undefined ? '' : `RowKey lt ${quote(below)}`,
    states === undefined ? '' : `(${states.map(state => `state eq ${quote(state)}`).join(' or ')})`,
    dueBy === undefined ? '' : `dueAt le datetime'${new Date(dueBy).toISOString()}'`,
  ]
    .filter(Boolean)
    .join(' and ')
}
