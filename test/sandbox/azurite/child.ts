import fs, { chmodSync, mkdirSync } from 'node:fs'
import { ServerResponse } from 'node:http'
import { type Durable, makeDurable } from './durable.ts'
import { quickenExpiry } from './expiry.ts'
import { lockDirectory } from './lock.ts'
import { azuriteLoki, azuriteModule } from './loki.ts'
import { quickenLookups } from './lookups.ts'
import { type Watcher, watchMutations } from './mutations.ts'
import { makeServers, type Ports, type Server } from './servers.ts'
import { readLineSeparators, type TransactionReader } from './transactions.ts'

/** What the parent passes as the only argument, as JSON. */
export type ChildOptions = { dir: string | 'memory'; ports: Ports; journalBytes: number }

/** How long what was removed may still stand in a journal, ms. */
const foldMs = 60 * 60_000

/** The one message to the parent. */
export type ChildReport = { ports: Ports } | { error: string }

const { dir, ports, journalBytes } = JSON.parse(process.argv[2] ?? '{}') as ChildOptions

process.on('disconnect', () => process.exit(0))
// A signal may reach the whole group (Ctrl-C, a service manager); whoever uses the storage drains first, then says `stop`.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})

serve().then(
  servers => {
    const [blob = 0, queue = 0, table = 0] = servers.map(server => Number(new URL(server.getHttpServerAddress()).port))
    process.once('message', () => stop(servers))
    process.send?.({ ports: { blob, queue, table } } satisfies ChildReport)
  },
  error => {
    const report: ChildReport = { error: error instanceof Error ? error.message : String(error) }
    process.send?.(report, () => process.exit(1))
  },
)

async function serve(): Promise<Server[]> {
  if (dir !== 'memory') {
    mkdirSync(dir, { recursive: true })
    chmodSync(dir, 0o700)
    await lockDirectory(dir, 2000)
  }
  const { flush, fold } = prepareLoki()
  setInterval(fold, foldMs).unref()
  answerAfter(flush)
  extentsGoAfter(flush)
  readLineSeparators(
    (azuriteModule('table/batch/TableBatchSerialization.js') as { TableBatchSerialization: TransactionReader })
      .TableBatchSerialization,
  )
  const servers = makeServers(dir, ports)
  for (const server of servers) await server.start()
  return servers
}

function prepareLoki(): Durable {
  const loki = azuriteLoki()
  const durable = makeDurable(loki, { journalBytes, died: die })
  const watchers: Watcher[] = [durable.watcher]
  watchMutations(loki, watchers)
  watchers.push(quickenLookups(loki))
  const queues = azuriteModule('queue/persistence/LokiQueueMetadataStore.js') as { default: Parameters<typeof quickenExpiry>[0] }
  watchers.push(quickenExpiry(queues.default, Date.now))
  return durable
}

/** Lets no answer begin before what it acknowledges is in the journals. */
function answerAfter(flush: () => void): void {
  const { writeHead } = ServerResponse.prototype
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...head: Parameters<typeof writeHead>) {
    flush()
    return writeHead.apply(this, head)
  } as typeof writeHead
}

/** Lets no file of message texts go before the journal knows that nothing refers to it; and waits for no disk, since only a process may die here. */
function extentsGoAfter(flush: () => void): void {
  const extents = azuriteModule('common/persistence/FSExtentStore.js') as {
    default: { prototype: { deleteExtents(ids: Iterable<string>): Promise<number> } }
  }
  const { deleteExtents } = extents.default.prototype
  extents.default.prototype.deleteExtents = function (ids) {
    flush()
    return deleteExtents.call(this, ids)
  }
  fs.fdatasync = ((_fd: number, done: (error: null) => void) => process.nextTick(done, null)) as typeof fs.fdatasync
}

async function stop(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map(server => server.close()))
  process.exit(0)
}

/** A change that cannot be kept must not be acknowledged. */
function die(error: unknown): void {
  process.stderr.write(`the storage emulator stops, since its journal cannot be written: ${String(error)}\n`)
  process.exit(1)
}
