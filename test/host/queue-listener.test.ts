import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type QueueClient, QueueServiceClient } from '@azure/storage-queue'
import { type Azurite, connectionString, startAzurite } from '../sandbox/azurite.ts'
import { wallClock } from './clock.ts'
import { type HeldStorage, heldStorage } from './held-storage.ts'
import { encodeMessage } from './queue-message.ts'
import { countOf, listenerOn, queueWith, settings } from './tested-listener.ts'

let azurite: Azurite
let held: HeldStorage
let direct: QueueServiceClient
let through: QueueServiceClient

before(async () => {
  azurite = await startAzurite({ dir: 'memory' })
  held = await heldStorage(azurite.ports.queue)
  direct = QueueServiceClient.fromConnectionString(azurite.connectionString)
  through = QueueServiceClient.fromConnectionString(connectionString({ ...azurite.ports, queue: held.port }))
})

after(async () => {
  held.close()
  await azurite.stop()
})

test('a message runs once and is gone', async () => {
  const queue = await queueWith(direct, 'simple', '{"a":"é"}')
  const { listener, runs, until } = listenerOn(direct, 'simple')
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual(
    [runs.map(({ text, count }) => ({ text, count })), await countOf(queue)],
    [[{ text: '{"a":"é"}', count: 1 }], 0],
  )
})

test('a failed message comes back after the delay of visibilityTimeout', async () => {
  const queue = await queueWith(direct, 'delayed', 'x')
  const { listener, runs, until } = listenerOn(direct, 'delayed', {
    settings: { visibilityTimeoutMs: 1000 },
    run: async run => run.count > 1,
  })
  listener.start()
  await until(() => runs.length === 2)
  await listener.stop()
  const [first, second] = runs
  const delayMs = (second?.at ?? 0) - (first?.at ?? 0)
  assert.ok(delayMs >= 950 && delayMs < 5000, `came back after ${delayMs} ms`)
  assert.deepEqual([second?.count, await countOf(queue)], [2, 0])
})

test('a message that fails maxDequeueCount times goes to the poison queue, body unchanged', async () => {
  const queue = await queueWith(direct, 'failing', 'broken')
  const { listener, runs, errors, until } = listenerOn(direct, 'failing', { run: async () => false })
  listener.start()
  await until(() => errors.length === 1)
  await listener.stop()
  assert.deepEqual(
    runs.map(run => run.count),
    [1, 2, 3],
  )
  assert.deepEqual(await storedIn(direct.getQueueClient('failing-poison')), [encodeMessage('broken', 'base64')])
  assert.equal(await countOf(queue), 0)
  assert.match(errors[0] ?? '', /given up after 3 tries; it is now in failing-poison/)
})

test('a message whose handler crashed maxDequeueCount times goes to poison without running again', async () => {
  const queue = await queueWith(direct, 'crashing', 'deadly')
  for (let crash = 0; crash < settings.maxDequeueCount; crash++) {
    const [message] = (await queue.receiveMessages()).receivedMessageItems
    assert.ok(message)
    await queue.updateMessage(message.messageId, message.popReceipt, undefined, 0)
  }
  const { listener, runs, errors, until } = listenerOn(direct, 'crashing')
  listener.start()
  await until(() => errors.length === 1)
  await listener.stop()
  assert.deepEqual([runs, await countOf(queue), await countOf(direct.getQueueClient('crashing-poison'))], [[], 0, 1])
})

test('a message that is not base64 goes to poison at once, as it is, without running', async () => {
  const queue = await queueWith(direct, 'undecodable')
  await queue.sendMessage('{"plain":true}')
  const { listener, runs, errors, until } = listenerOn(direct, 'undecodable')
  listener.start()
  await until(() => errors.length === 2)
  await listener.stop()
  assert.deepEqual([runs, await countOf(queue)], [[], 0])
  assert.deepEqual(await storedIn(direct.getQueueClient('undecodable-poison')), ['{"plain":true}'])
})

test('with messageEncoding none the text is taken as it is', async () => {
  const queue = await queueWith(direct, 'plain-text')
  await queue.sendMessage('{"plain":true}')
  const { listener, runs, until } = listenerOn(direct, 'plain-text', { settings: { messageEncoding: 'none' } })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.equal(runs[0]?.text, '{"plain":true}')
})

test('a failed message of a poison queue stays invisible for its lease instead of spinning', async () => {
  const queue = await queueWith(direct, 'letters-poison', 'x')
  const { listener, runs, until } = listenerOn(direct, 'letters-poison', { run: async () => false })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual([await storedIn(queue), await countOf(queue)], [[], 1])
  assert.equal(await direct.getQueueClient('letters-poison-poison').exists(), false)
})

test('a handler that runs longer than the lease keeps its message by renewing it', async () => {
  const queue = await queueWith(direct, 'long', 'x')
  const { listener, runs, until } = listenerOn(direct, 'long', {
    times: { leaseMs: 1000, renewMs: 300 },
    run: async () => {
      await wallClock.wait(2500, new AbortController().signal)
      return true
    },
  })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual([runs.length, await countOf(queue)], [1, 0])
})

test('a handler that ends while its renewal is in flight runs once: the delete waits for the new receipt', async () => {
  const queue = await queueWith(direct, 'racing', 'x')
  const renewal = held.hold('PUT')
  const { listener, runs, until } = listenerOn(direct, 'racing', {
    service: through,
    times: { leaseMs: 60_000, renewMs: 20 },
    run: async () => {
      const release = await renewal
      setTimeout(release, 200)
      return true
    },
  })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual([runs.length, await countOf(queue)], [1, 0])
  const deletes = held.calls.filter(call => call.startsWith('DELETE'))
  assert.deepEqual(deletes, ['DELETE 204'])
})

test('a message that somebody else has removed meanwhile is no error', async () => {
  const queue = await queueWith(direct, 'stolen', 'x')
  const { listener, runs, errors, until } = listenerOn(direct, 'stolen', {
    run: async () => {
      await queue.clearMessages()
      return true
    },
  })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual(errors, [])
})

async function storedIn(queue: QueueClient): Promise<string[]> {
  return (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(message => message.messageText)
}
