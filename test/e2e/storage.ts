import { TableClient, TableServiceClient } from '@azure/data-tables'
import { QueueServiceClient } from '@azure/storage-queue'

/** A row as Table Storage has it. */
export type RawRow = Record<string, unknown>

const plain = { allowInsecureConnection: true }

/** Every row of a table as a dashboard would read it; no table, no rows. */
export async function rowsOf(connectionString: string, table: string): Promise<RawRow[]> {
  const client = TableClient.fromConnectionString(connectionString, table, { ...plain, retryOptions: { maxRetries: 0 } })
  const rows: RawRow[] = []
  try {
    for await (const row of client.listEntities<RawRow>()) rows.push(row)
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error
  }
  return rows
}

/** Every row of every table, by table. */
export async function allRows(connectionString: string): Promise<Record<string, RawRow[]>> {
  const service = TableServiceClient.fromConnectionString(connectionString, plain)
  const found: Record<string, RawRow[]> = {}
  for await (const { name } of service.listTables()) if (name) found[name] = await rowsOf(connectionString, name)
  return found
}

/** The messages of every queue that can be seen now, decoded; the first 32 of each, which is all that a peek gives. */
export async function allMessages(connectionString: string): Promise<Record<string, string[]>> {
  const service = QueueServiceClient.fromConnectionString(connectionString)
  const found: Record<string, string[]> = {}
  for await (const { name } of service.listQueues()) {
    const { peekedMessageItems } = await service.getQueueClient(name).peekMessages({ numberOfMessages: 32 })
    found[name] = peekedMessageItems.map(({ messageText }) => Buffer.from(messageText, 'base64').toString())
  }
  return found
}
