import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { TableClient } from '@azure/data-tables'
import { QueueClient } from '@azure/storage-queue'
import { storageQueues } from '../../shared/store/queues.ts'
import { all } from '../../shared/store/store.ts'
import { tableOptions, tableStore } from '../../shared/store/tables.ts'
import { storeContract } from '../contracts/store.ts'
import { memoryQueues } from '../fakes/queues.ts'
import { waveRow } from '../fakes/rows.ts'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'

storeContract('Azurite', async () => {
  const azurite = await startAzurite({ dir: 'memory' })
  const options = { ...tableOptions, allowInsecureConnection: true }
  const store = tableStore(name => TableClient.fromConnectionString(azurite.connectionString, name, options))
  await store.make()
  await store.make()
  return { store, close: () => azurite.stop() }
})

describe('a storage that cannot be reached', { timeout: 60_000 }, () => {
  test('is weather, with a hint', async () => {
    const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } }
    const nowhere = 'DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;TableEndpoint=http://127.0.0.1:1/a;'
    const store = tableStore(name => TableClient.fromConnectionString(nowhere, name, options))
    const row = waveRow()
    const calls: Record<string, () => Promise<unknown>> = {
      get: () => store.waves.get('wave', 'w'),
      insert: () => store.waves.insert(row),
      save: () => store.waves.save(row, '*'),
      put: () => store.waves.put([row]),
      'put many': () => store.waves.put([row, { ...row, wave: 'v' }]),
      remove: () => store.waves.remove(row),
      list: () => all(store.waves.list({})),
    }
    const queue = (name: string) => new QueueClient(`http://127.0.0.1:1/a/${name}`, undefined, { retryOptions: { maxTries: 1 } })
    calls.send = () => storageQueues(queue).send('waves', { machine: 'wave', partition: 'wave', key: 'w', pass: 0 })
    for (const [name, call] of Object.entries(calls))
      await assert.rejects(call(), { name: 'Failure', verdict: 'transient', hint: /storage account/ }, name)
  })
})

describe('queues', { timeout: 60_000 }, () => {
  let azurite: Azurite
  before(async () => {
    azurite = await startAzurite({ dir: 'memory' })
  })
  after(() => azurite.stop())

  test('carry a kick as base64 JSON, now or later, like those in memory', async () => {
    const open = (name: string) => new QueueClient(azurite.connectionString, name)
    const queues = storageQueues(open)
    await queues.make()
    await queues.make()
    const memory = memoryQueues(() => 0)
    const kick = { machine: 'mailbox', partition: 'w', key: 'anna@town.example', pass: 3 } as const
    for (const delayMs of [undefined, 0, 1, 86_400_000, 30 * 86_400_000, -5]) {
      await queues.send('copying', { ...kick, pass: delayMs === undefined || delayMs <= 0 ? 3 : 4 }, delayMs)
      await memory.send('copying', { ...kick, pass: delayMs === undefined || delayMs <= 0 ? 3 : 4 }, delayMs)
    }
    const { receivedMessageItems } = await open('copying').receiveMessages({ numberOfMessages: 32 })
    const kicks = receivedMessageItems.map(
      ({ messageText }) => JSON.parse(Buffer.from(messageText, 'base64').toString()) as unknown,
    )
    assert.deepEqual(kicks, [kick, kick, kick])
    assert.deepEqual(
      memory.visible().map(one => one.kick),
      kicks,
    )
  })
})
