import type { RestError, TableClient, TableServiceClientOptions, TransactionAction } from '@azure/data-tables'
import { codeWithoutAnswer, deadline } from '../deadline.ts'
import { Failure } from '../errors.ts'
import type { AnyTable, RowOf, TableSchema } from './columns.ts'
import { filterOf, fromEntity, toEntity } from './entities.ts'
import { tables } from './schema.ts'
import { type Query, rows, type Store, type Stored, storeOf, type Table } from './store.ts'
import { together } from './together.ts'

/** Opens one table client by name: by connection string or by identity, as `app.ts` decides. */
export type OpenTable = (name: string) => TableClient

/** Options for every table client: few and short retries of the SDK's own, since a worker's work is retried anyway. */
export const tableOptions: TableServiceClientOptions = {
  retryOptions: { maxRetries: 3, maxRetryDelayInMs: 2_000 },
  additionalPolicies: [deadline()],
}

/** Every table of the schema over Table Storage. `make` creates those that are missing. */
export function tableStore(open: OpenTable): Store & { make(): Promise<void> } {
  return {
    ...storeOf(schema => table(open, schema)),
    make: async () => {
      await Promise.all(Object.values(tables).map(({ name }) => guard(name, () => open(name).createTable())))
    },
  }
}

function table<C extends AnyTable['columns']>(open: OpenTable, schema: TableSchema<C>): Table<RowOf<C>> {
  const client = open(schema.name)
  const run = <T>(work: () => Promise<T>) => guard(schema.name, work)
  const write = together(client)
  return {
    async get(partition, key) {
      const entity = await run(() => unless(404, () => client.getEntity(partition, key)))
      return entity && { row: fromEntity(schema, entity), etag: String(entity.etag) }
    },
    async insert(row) {
      const entity = toEntity(schema, row)
      const alone = () => unless(409, () => client.createEntity(entity))
      const done = await run(() => write({ entity, action: ['create', entity], alone }))
      return done ? { etag: String(done.etag) } : 'exists'
    },
    async save(row, etag) {
      const entity = toEntity(schema, row)
      const alone = () => unless(412, () => client.updateEntity(entity, 'Replace', { etag }), 404)
      const done = await run(() => write({ entity, action: ['update', entity, 'Replace', { etag }], alone }))
      return done ? { etag: String(done.etag) } : 'conflict'
    },
    async put(rows) {
      for (let i = 0; i < rows.length; i += 100) {
        const actions = rows.slice(i, i + 100).map((row): TransactionAction => ['upsert', toEntity(schema, row), 'Replace'])
        const [only] = actions
        if (actions.length === 1 && only) await run(() => client.upsertEntity(only[1], 'Replace'))
        else await run(() => client.submitTransaction(actions))
      }
    },
    async remove(row) {
      await run(() => unless(404, () => client.deleteEntity(schema.partition(row), schema.key(row))))
    },
    list: query => list(client, schema, query),
    pick: (query, columns) => rows(list(client, schema, query, columns)),
  }
}

async function* list<C extends AnyTable['columns']>(
  client: TableClient,
  schema: TableSchema<C>,
  query: Query,
  select?: readonly string[],
): AsyncIterable<Stored<RowOf<C>>> {
  const filter = filterOf(query)
  const queryOptions = { ...(filter ? { filter } : {}), ...(select ? { select: [...select] } : {}) }
  const pages = client
    .listEntities({ queryOptions })
    .byPage({ maxPageSize: Math.min(query.limit ?? 1000, pageOf(schema.columns, select)) })
  let left = query.limit ?? Number.POSITIVE_INFINITY
  const iterator = pages[Symbol.asyncIterator]()
  while (left > 0) {
    const page = await guard(schema.name, () => iterator.next())
    if (page.done) return
    for (const entity of page.value) {
      if (left-- <= 0) return
      yield { row: fromEntity(schema, entity), etag: String(entity.etag) }
    }
  }
}

/** How many rows are asked for at once. Those that hold bytes are large, and a page of them is in memory three times: text, base64, bytes. */
function pageOf(columns: AnyTable['columns'], asked: readonly string[] = Object.keys(columns)): number {
  return asked.some(name => columns[name]?.kind === 'bytes') ? 100 : 1000
}

/** The answer, or undefined where the service refused with one of these statuses. An error without a status is no answer at all. */
async function unless<T>(status: number, work: () => Promise<T>, other = status): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const code = (error as RestError).statusCode
    // A wire that was cut has no status: it must not pass for one of those that count as an answer.
    if (code !== undefined && (code === status || code === other)) return undefined
    throw error
  }
}

/** The storage adapter's edge: what the SDK throws becomes a transient `Failure`, a bad request of ours stays a bug. */
async function guard<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { statusCode, code, message } = error as RestError
    if (statusCode === 400 || error instanceof TypeError) throw error
    const denied = statusCode === 401 || statusCode === 403
    throw new Failure({
      verdict: 'transient',
      during: `using table ${name}`,
      code: code ?? String(statusCode ?? codeWithoutAnswer(error)),
      text: message,
      hint: denied
        ? 'Give the app’s identity the role Storage Table Data Contributor on the storage account (infra/roles.bicep).'
        : 'Check that the storage account can be reached; work goes on by itself when it can.',
      cause: error,
    })
  }
}
