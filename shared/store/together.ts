import type { RestError, TableClient, TransactionAction } from '@azure/data-tables'
import type { Entity } from './entities.ts'

type Done = { etag?: string } | undefined

/** A write of one row, as a transaction takes it, and as it is done alone. */
type Write = { entity: Entity; action: TransactionAction; alone: () => Promise<Done> }

/** A transaction of Table Storage holds at most 100 rows and 4 MiB; its form costs room as well. */
const most = { rows: 100, bytes: 2 * 1024 * 1024 }

type Waiting = Write & {
  resolve: (done: Done) => void
  reject: (error: unknown) => void
}

/**
 * Writes of one table that are asked for at the same time leave as one transaction for each partition; what is asked for while one is under
 * way goes with the next. Each keeps its own precondition: where a transaction is refused, its rows are written one by one, and each
 * gets its own answer.
 */
export function together(client: Pick<TableClient, 'submitTransaction'>) {
  const lines = new Map<string, Waiting[]>()

  async function run(partition: string, line: Waiting[]): Promise<void> {
    // What else is asked for in this turn of the event loop comes along.
    await new Promise(resolve => setImmediate(resolve))
    while (line.length > 0) await commit(client, take(line))
    lines.delete(partition)
  }

  return (write: Write): Promise<Done> =>
    new Promise((resolve, reject) => {
      const { partitionKey } = write.entity
      const line = lines.get(partitionKey)
      const waiting = { ...write, resolve, reject }
      if (line) return void line.push(waiting)
      const fresh = [waiting]
      lines.set(partitionKey, fresh)
      void run(partitionKey, fresh)
    })
}

/** The first of a line that fit into one transaction; a row can be in it once. */
function take(line: Waiting[]): Waiting[] {
  const keys = new Set<string>()
  let bytes = 0
  let n = 0
  for (const { entity } of line) {
    bytes += sizeOf(entity)
    if (n > 0 && (n >= most.rows || bytes > most.bytes || keys.has(entity.rowKey))) break
    keys.add(entity.rowKey)
    n++
  }
  return line.splice(0, n)
}

async function commit(client: Pick<TableClient, 'submitTransaction'>, writes: Waiting[]): Promise<void> {
  if (writes.length > 1) {
    try {
      const { subResponses } = await client.submitTransaction(writes.map(({ action }) => action))
      for (const [i, { resolve }] of writes.entries()) resolve(subResponses[i])
      return
    } catch (error) {
      // Refused as a whole for one row’s sake, or no answer at all: only the first can be mended by asking one by one.
      const { statusCode } = error as RestError
      if (statusCode === undefined || statusCode >= 500) {
        for (const { reject } of writes) reject(error)
        return
      }
    }
  }
  await Promise.all(writes.map(({ alone, resolve, reject }) => alone().then(resolve, reject)))
}

/** About how many bytes an entity takes on the wire. */
function sizeOf(entity: Entity): number {
  let size = 200
  for (const value of Object.values(entity)) size += value instanceof Uint8Array ? value.length * 1.4 : String(value).length + 60
  return size
}
