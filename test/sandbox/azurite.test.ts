import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { QueueClient } from '@azure/storage-queue'
import { chance } from '../fakes/chance.ts'
import { counterLoad } from './azurite/load/counter-load.ts'
import { type Load, upTo } from './azurite/load/load.ts'
import { queueClient, queueLoad } from './azurite/load/queue-load.ts'
import { blobRequest } from './azurite/load/signed-blob.ts'
import { tableClient, tableLoad } from './azurite/load/table-load.ts'
import { type Azurite, startAzurite } from './azurite.ts'

const dirs: string[] = []
after(() => {
  for (const dir of dirs) rmSync(dir, { recursive: true, force: true })
})

function freshDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'releve-azurite-'))
  dirs.push(dir)
  return dir
}

async function kill9(azurite: Azurite): Promise<void> {
  process.kill(azurite.pid, 'SIGKILL')
  await azurite.ended
}

/** Ends the emulator by force and starts it again in the same directory. */
async function killed(azurite: Azurite, dir: string): Promise<Azurite> {
  await kill9(azurite)
  return startAzurite({ dir })
}

const seen = async (queue: QueueClient) =>
  (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(item => item.messageText)

const missing = (error: unknown) => (error as { statusCode?: number }).statusCode === 404

test('thousands of operations, killed at random moments: everything acknowledged is there, nothing is there by half', async () => {
  const dir = freshDir()
  const seeded = chance(20261122)
  // So small that snapshots are being written most of the time, also at the moment of the kill.
  const journalBytes = 40_000
  let azurite = await startAzurite({ dir, journalBytes })
  const queues = ['work-0', 'work-1', 'work-2']
  await tableClient(azurite.connectionString, 'rows').createTable()
  await tableClient(azurite.connectionString, 'rows').createEntity({ partitionKey: 'counter', rowKey: 'shared', n: 0 })
  for (const queue of queues) await queueClient(azurite.connectionString, queue).create()
  const loads: Load[] = [
    ...['a', 'b', 'c', 'd'].map((partition, index) => tableLoad('rows', partition, chance(100 + index))),
    ...queues.map((queue, index) => queueLoad(queue, chance(200 + index))),
    counterLoad('rows', 3),
  ]
  let acknowledged = 0
  for (let round = 0; round < 6; round += 1) {
    const end = acknowledged + 300 + upTo(seeded, 400)
    const { pid } = azurite
    let dead = false
    const count = () => {
      acknowledged += 1
      if (acknowledged < end || dead) return
      dead = true
      process.kill(pid, 'SIGKILL')
    }
    await Promise.all(loads.map(load => load.work(azurite.connectionString, () => !dead, count)))
    await azurite.ended
    azurite = await startAzurite({ dir, journalBytes })
    for (const load of loads) await load.check(azurite.connectionString)
  }
  assert.ok(acknowledged > 2000)
  await azurite.stop()
  const journals = readdirSync(dir).filter(name => name.includes('.journal.'))
  assert.equal(journals.length, 5)
  for (const name of journals) assert.equal(readFileSync(join(dir, name), 'utf8'), '')
  azurite = await startAzurite({ dir })
  for (const load of loads) await load.check(azurite.connectionString)
  await azurite.stop()
})

// Most of their time is starting and waiting, which they can do together.
describe('the emulator', { concurrency: 3 }, () => {
  test('a table that was deleted and made again has only what came after; one that was deleted stays so', async () => {
    const dir = freshDir()
    let azurite = await startAzurite({ dir })
    const first = tableClient(azurite.connectionString, 'again')
    await first.createTable()
    await first.createEntity({ partitionKey: 'p', rowKey: 'before' })
    await first.deleteTable()
    await first.createTable()
    await first.createEntity({
      partitionKey: 'p',
      rowKey: 'since',
      big: 123456789012345678n,
      when: new Date(0),
      raw: new Uint8Array([1, 255]),
    })
    const gone = tableClient(azurite.connectionString, 'gone')
    await gone.createTable()
    await gone.createEntity({ partitionKey: 'p', rowKey: 'r' })
    await gone.deleteTable()
    const written = await first.getEntity('p', 'since')
    azurite = await killed(azurite, dir)
    const second = tableClient(azurite.connectionString, 'again')
    const { 'odata.metadata': _, ...found } = await second.getEntity('p', 'since')
    const { 'odata.metadata': __, ...expected } = written
    assert.deepEqual(found, expected)
    await assert.rejects(second.getEntity('p', 'before'), missing)
    await assert.rejects(tableClient(azurite.connectionString, 'gone').getEntity('p', 'r'), missing)
    await azurite.stop()
  })

  test('a message unseen until its time stays unseen through a kill; one past its life is gone', async () => {
    const dir = freshDir()
    let azurite = await startAzurite({ dir })
    const sender = queueClient(azurite.connectionString, 'later')
    await sender.create()
    await sender.sendMessage('mortal', { messageTimeToLive: 2 })
    const { nextVisibleOn } = await sender.sendMessage('later', { visibilityTimeout: 3 })
    assert.deepEqual(await seen(sender), ['mortal'])
    azurite = await killed(azurite, dir)
    const queue = queueClient(azurite.connectionString, 'later')
    while (!(await seen(queue)).includes('later')) await delay(50)
    assert.ok(Date.now() >= nextVisibleOn.getTime())
    assert.deepEqual(await seen(queue), ['later'])
    await azurite.stop()
  })

  test('a last journal line without its end is left out; a journal damaged before it is refused', async () => {
    const dir = freshDir()
    const azurite = await startAzurite({ dir })
    const table = tableClient(azurite.connectionString, 'torn')
    await table.createTable()
    await table.createEntity({ partitionKey: 'p', rowKey: 'whole' })
    await kill9(azurite)
    const name = readdirSync(dir).find(file => file.startsWith('__azurite_db_table__.json.journal.')) ?? ''
    appendFileSync(join(dir, name), '[["put","devstoreaccount1$torn",{"PartitionKey":"p","RowKey":"half"')
    const again = await startAzurite({ dir })
    const rows = []
    for await (const row of tableClient(again.connectionString, 'torn').listEntities()) rows.push(row.rowKey)
    assert.deepEqual(rows, ['whole'])
    await tableClient(again.connectionString, 'torn').createEntity({ partitionKey: 'p', rowKey: 'next' })
    await kill9(again)
    const next = readdirSync(dir).find(file => file.startsWith('__azurite_db_table__.json.journal.')) ?? ''
    writeFileSync(join(dir, next), `[["put",\n${readFileSync(join(dir, next), 'utf8')}`)
    await assert.rejects(startAzurite({ dir }), /journal\.\d+ is damaged at line 1/)
  })

  test('blobs and containers live through a kill, deleted ones do not', async () => {
    const dir = freshDir()
    let azurite = await startAzurite({ dir })
    const ask = (method: string, path: string, body?: string) => blobRequest(azurite.connectionString, method, path, body)
    assert.equal((await ask('PUT', 'box?restype=container')).status, 201)
    assert.equal((await ask('PUT', 'box/kept', 'first')).status, 201)
    assert.equal((await ask('PUT', 'box/kept', 'second')).status, 201)
    assert.equal((await ask('PUT', 'box/gone', 'x')).status, 201)
    assert.equal((await ask('DELETE', 'box/gone')).status, 202)
    const { headers } = await ask('GET', 'box/kept')
    azurite = await killed(azurite, dir)
    const kept = await ask('GET', 'box/kept')
    assert.equal(await kept.text(), 'second')
    for (const name of ['etag', 'last-modified', 'content-md5']) assert.equal(kept.headers.get(name), headers.get(name))
    assert.equal((await ask('GET', 'box/gone')).status, 404)
    await azurite.stop()
  })

  test('one directory has one emulator, one port one server', async () => {
    const dir = freshDir()
    const azurite = await startAzurite({ dir })
    await assert.rejects(startAzurite({ dir }), /another storage emulator serves/)
    await assert.rejects(startAzurite({ dir: 'memory', ports: azurite.ports }), /EADDRINUSE/)
    await azurite.stop()
    await azurite.stop()
  })

  test('in memory it serves and leaves no file', async () => {
    const azurite = await startAzurite({ dir: 'memory' })
    const queue = queueClient(azurite.connectionString, 'queue')
    await queue.create()
    await queue.sendMessage('text')
    assert.equal((await queue.receiveMessages()).receivedMessageItems[0]?.messageText, 'text')
    await azurite.stop()
    assert.deepEqual(
      readdirSync('.').filter(name => name.startsWith('__')),
      [],
    )
  })

  test('a signal that reaches the whole group does not end it before those who use it have drained', async () => {
    const azurite = await startAzurite({ dir: freshDir() })
    const table = tableClient(azurite.connectionString, 'drained')
    await table.createTable()
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGTERM'] as const) {
      process.kill(azurite.pid, signal)
      await delay(50)
      await table.upsertEntity({ partitionKey: 'p', rowKey: signal })
    }
    await azurite.stop()
    await azurite.stop()
    await assert.rejects(fetch(`http://127.0.0.1:${azurite.ports.table}/`))
  })

  test('the emulator ends when its parent is killed', async () => {
    const script = [
      `import { startAzurite } from '${new URL('./azurite.ts', import.meta.url)}'`,
      `const azurite = await startAzurite({ dir: 'memory' })`,
      'console.log(azurite.pid)',
    ].join('\n')
    const parent = execFile(process.execPath, ['--input-type=module-typescript', '--eval', script])
    const pid = await new Promise<number>(resolve => parent.stdout?.once('data', text => resolve(Number(text))))
    process.kill(pid, 0)
    parent.kill('SIGKILL')
    const deadline = Date.now() + 5000
    while (alive(pid) && Date.now() < deadline) await delay(20)
    assert.equal(alive(pid), false)
  })
})

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
