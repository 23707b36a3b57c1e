import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { QueueServiceClient } from '@azure/storage-queue'
import { connectionString } from '../sandbox/azurite.ts'
import { HostFault } from './fault.ts'
import { ensureStorage } from './storage-emulator.ts'

const development = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' }

/** Three ports that were free a moment ago. */
async function freePorts() {
  const servers = [createServer(), createServer(), createServer()]
  const ports: number[] = []
  for (const server of servers) {
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    ports.push((server.address() as { port: number }).port)
  }
  for (const server of servers) await new Promise(resolve => server.close(resolve))
  const [blob = 0, queue = 0, table = 0] = ports
  return { blob, queue, table }
}

test('the emulator starts when nothing listens, once, and keeps what it was given', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'releve-storage-'))
  const ports = await freePorts()
  const lines: string[] = []
  const queue = QueueServiceClient.fromConnectionString(connectionString(ports)).getQueueClient('kept')
  try {
    const first = await ensureStorage(development, folder, line => lines.push(line), ports)
    assert.ok(first)
    await queue.create()
    assert.equal(await ensureStorage(development, folder, line => lines.push(line), ports), undefined)
    await first.stop()
    const second = await ensureStorage(development, folder, line => lines.push(line), ports)
    assert.equal(await queue.exists(), true)
    await second?.stop()
    assert.equal(lines.length, 2)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('what the emulator keeps is for the eyes of its own account only', async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'releve-storage-')), 'storage')
  await mkdir(folder, { mode: 0o755 })
  try {
    const emulator = await ensureStorage(development, folder, () => {}, await freePorts())
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    await emulator?.stop()
  } finally {
    await rm(path.dirname(folder), { recursive: true, force: true })
  }
})

test('a storage account of its own needs no emulator', async () => {
  assert.equal(
    await ensureStorage({ AzureWebJobsStorage: connectionString(await freePorts()) }, '/nowhere', assert.fail),
    undefined,
  )
})

test('an emulator that cannot start is told with what to do', async () => {
  const ports = await freePorts()
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(ports.table, '127.0.0.1', resolve))
  const folder = await mkdtemp(path.join(tmpdir(), 'releve-storage-'))
  try {
    await assert.rejects(
      ensureStorage(development, folder, assert.fail, ports),
      (error: unknown) =>
        error instanceof HostFault && error.message.includes(`Free the ports ${Object.values(ports).join(', ')}`),
    )
  } finally {
    taken.close()
    await rm(folder, { recursive: true, force: true })
  }
})
