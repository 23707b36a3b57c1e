import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { extname, join, resolve } from 'node:path'
import type { ChildOptions, ChildReport } from './azurite/child.ts'
import type { Ports } from './azurite/servers.ts'

/**
 * Where the emulator keeps its data (`memory`: nowhere) and where it listens; ports that are not given, or 0, are free ones. `journalBytes` is the
 * size from which a journal is turned into a snapshot.
 */
export type AzuriteOptions = { dir: string | 'memory'; ports?: Ports; journalBytes?: number }

/** A running storage emulator. */
export type Azurite = {
  connectionString: string
  ports: Ports
  pid: number
  /** Resolves when it has ended, whatever ended it. */
  ended: Promise<void>
  /** Ends it after it has written everything down; idempotent. */
  stop(): Promise<void>
}

/**
 * Starts Azurite (blobs, queues, tables) as a child of this process, with which it dies, on the loopback address and with the well-known
 * development account; resolves when all three answer. What it has acknowledged in a directory is there again after kill -9 and a start in the
 * same directory. Throws when a port is taken or another emulator serves the directory.
 */
export async function startAzurite(options: AzuriteOptions): Promise<Azurite> {
  const child = fork(
    join(import.meta.dirname, `azurite/child${extname(import.meta.filename)}`),
    [JSON.stringify(childOptions(options))],
    {
      execArgv: [],
      env: { ...process.env, AZURITE_ACCOUNTS: undefined },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  )
  const ended = once(child, 'exit').then(() => {})
  const report = await Promise.race([once(child, 'message').then(([message]) => message as ChildReport), ended])
  if (report === undefined || 'error' in report)
    throw new Error(
      `the storage emulator did not start: ${report?.error ?? `it exited with ${child.exitCode ?? child.signalCode}`}`,
    )
  const { ports } = report
  for (const port of [ports.blob, ports.queue, ports.table]) await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer()
  return {
    connectionString: connectionString(ports),
    ports,
    pid: child.pid ?? 0,
    ended,
    stop: () => stop(child, ended),
  }
}

/** The connection string of the development account at these ports of this machine. */
export function connectionString(ports: Ports): string {
  const endpoint = (port: number) => `http://127.0.0.1:${port}/${account}`
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${accountKey}`,
    `BlobEndpoint=${endpoint(ports.blob)}`,
    `QueueEndpoint=${endpoint(ports.queue)}`,
    `TableEndpoint=${endpoint(ports.table)}`,
    '',
  ].join(';')
}

// Published by Microsoft for every emulator; no secret.
const account = 'devstoreaccount1'
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

const childOptions = ({ dir, ports, journalBytes }: AzuriteOptions): ChildOptions => ({
  dir: dir === 'memory' ? dir : resolve(dir),
  ports: ports ?? { blob: 0, queue: 0, table: 0 },
  journalBytes: journalBytes ?? 8 * 1024 * 1024,
})

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.connected) child.send('stop', () => {})
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
  await ended
  clearTimeout(patience)
}
