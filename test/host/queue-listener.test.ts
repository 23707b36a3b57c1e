import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type QueueClient, QueueServiceClient } from '@azure/storage-queue'
import { type Azurite, connectionString, startAzurite } from '../sandbox/azurite.ts'
import { type Clock, wallClock } from './clock.ts'
import { FakeClock, settled } from './fake-clock.ts'
import { type HeldStorage, heldStorage } from './held-storage.ts'
import type { QueueSettings } from './host-json.ts'
import { QueueListener, type QueueListenerOptions } from './queue-listener.ts'
import { encodeMessage } from './queue-message.ts'

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

const settings: QueueSettings = {
  batchSize: 4,
  newBatchThreshold: 2,
  maxDequeueCount: 3,
  visibilityTimeoutMs: 0,
  maxPollingIntervalMs: 200,
  messageEncoding: 'base64',
}

type Run = { text: string; count: number; at: number }
type Changes = Partial<Omit<QueueListenerOptions, 'settings' | 'run'>> & {
  settings?: Partial<QueueSettings>
  run?: (run: Run, runs: Run[]) => Promise<boolean>
}

/** A listener on that queue which notes its runs; `until` waits for something that the runs bring about. */
function listenerOn(queueName: string, changes: Changes = {}) {
  const runs: Run[] = []
  const errors: string[] = []
  let changed = (_why: string) => {}
  const notice = () => changed('news')
  const listener = new QueueListener({
    functionName: 'tested',
    service: direct,
    queueName,
    times: { leaseMs: 60_000, renewMs: 30_000 },
    clock: wallClock,
    random: () => 0.5,
    logError: text => {
      errors.push(text)
      notice()
    },
    onPoison: notice,
    ...changes,
    settings: { ...settings, ...changes.settings },
    run: async (text, message) => {
      const run = { text, count: message.dequeueCount, at: Date.now() }
      runs.push(run)
      notice()
      return changes.run ? changes.run(run, runs) : true
    },
  })
  const until = async (condition: () => boolean) => {
    const deadline = setTimeout(() => changed('late'), 15_000)
    while (!condition()) {
      const why = await new Promise<string>(resolve => {
        changed = resolve
      })
      if (why === 'late') throw new Error(`waited in vain for ${condition}; ran ${JSON.stringify(runs)}, said ${errors.join()}`)
    }
    clearTimeout(deadline)
  }
  return { listener, runs, errors, until }
}

async function queueWith(name: string, ...texts: string[]): Promise<QueueClient> {
  const queue = direct.getQueueClient(name)
  await queue.createIfNotExists()
  for (const text of texts) await queue.sendMessage(encodeMessage(text, 'base64'))
  return queue
}

async function countOf(queue: QueueClient): Promise<number> {
  return (await queue.getProperties()).approximateMessagesCount ?? -1
}

async function storedIn(queue: QueueClient): Promise<string[]> {
  return (await queue.peekMessages({ numberOfMessages: 32 })).peekedMessageItems.map(message => message.messageText)
}

test('a message runs once and is gone', async () => {
  const queue = await queueWith('simple', '{"a":"é"}')
  const { listener, runs, until } = listenerOn('simple')
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual(
    [runs.map(({ text, count }) => ({ text, count })), await countOf(queue)],
    [[{ text: '{"a":"é"}', count: 1 }], 0],
  )
})

test('a failed message comes back after the delay of visibilityTimeout', async () => {
  const queue = await queueWith('delayed', 'x')
  const { listener, runs, until } = listenerOn('delayed', {
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
  const queue = await queueWith('failing', 'broken')
  const { listener, runs, errors, until } = listenerOn('failing', { run: async () => false })
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
  const queue = await queueWith('crashing', 'deadly')
  for (let crash = 0; crash < settings.maxDequeueCount; crash++) {
    const [message] = (await queue.receiveMessages()).receivedMessageItems
    assert.ok(message)
    await queue.updateMessage(message.messageId, message.popReceipt, undefined, 0)
  }
  const { listener, runs, errors, until } = listenerOn('crashing')
  listener.start()
  await until(() => errors.length === 1)
  await listener.stop()
  assert.deepEqual([runs, await countOf(queue), await countOf(direct.getQueueClient('crashing-poison'))], [[], 0, 1])
})

test('a message that is not base64 goes to poison at once, as it is, without running', async () => {
  const queue = await queueWith('undecodable')
  await queue.sendMessage('{"plain":true}')
  const { listener, runs, errors, until } = listenerOn('undecodable')
  listener.start()
  await until(() => errors.length === 2)
  await listener.stop()
  assert.deepEqual([runs, await countOf(queue)], [[], 0])
  assert.deepEqual(await storedIn(direct.getQueueClient('undecodable-poison')), ['{"plain":true}'])
})

test('with messageEncoding none the text is taken as it is', async () => {
  const queue = await queueWith('plain-text')
  await queue.sendMessage('{"plain":true}')
  const { listener, runs, until } = listenerOn('plain-text', { settings: { messageEncoding: 'none' } })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.equal(runs[0]?.text, '{"plain":true}')
})

test('a failed message of a poison queue stays invisible for its lease instead of spinning', async () => {
  const queue = await queueWith('letters-poison', 'x')
  const { listener, runs, until } = listenerOn('letters-poison', { run: async () => false })
  listener.start()
  await until(() => runs.length === 1)
  await listener.stop()
  assert.deepEqual([await storedIn(queue), await countOf(queue)], [[], 1])
  assert.equal(await direct.getQueueClient('letters-poison-poison').exists(), false)
})

test('a handler that runs longer than the lease keeps its message by renewing it', async () => {
  const queue = await queueWith('long', 'x')
  const { listener, runs, until } = listenerOn('long', {
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
  const queue = await queueWith('racing', 'x')
  const renewal = held.hold('PUT')
  const { listener, runs, until } = listenerOn('racing', {
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
  const queue = await queueWith('stolen', 'x')
  const { listener, runs, errors, until } = listenerOn('stolen', {
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

test('at most batchSize + newBatchThreshold messages run at a time', async () => {
  await queueWith('crowded', ...Array.from({ length: 12 }, (_, at) => `m${at}`))
  const going: (() => void)[] = []
  let most = 0
  const { listener, runs, until } = listenerOn('crowded', {
    run: async () => {
      await new Promise<void>(end => {
        most = Math.max(most, going.push(end))
      })
      return true
    },
  })
  listener.start()
  const seen: number[] = []
  for (const { wanted, end } of [
    { wanted: 4, end: 1 },
    { wanted: 4, end: 1 },
    { wanted: 8, end: 0 },
  ]) {
    await until(() => runs.length === wanted)
    await settled()
    seen.push(runs.length)
    for (const each of going.splice(0, end)) each()
  }
  await until(() => runs.length >= 8)
  while (runs.length < 12) {
    for (const each of going.splice(0)) each()
    await wallClock.wait(10, new AbortController().signal)
  }
  for (const each of going.splice(0)) each()
  await listener.stop()
  assert.deepEqual([seen, most], [[4, 4, 8], 6])
})

test('a queue that does not exist yet is only a reason to wait, longer each time', async () => {
  const clock = new FakeClock()
  const { listener, runs, errors, until } = listenerOn('not-yet', { clock, settings: { maxPollingIntervalMs: 1000 } })
  listener.start()
  const waits: number[] = []
  for (let round = 0; round < 6; round++) {
    waits.push(await clock.waiting())
    await clock.advance(waits[round] ?? 0)
  }
  assert.deepEqual(waits, [100, 200, 300, 500, 900, 1000])
  await queueWith('not-yet', 'x')
  await clock.advance(await clock.waiting())
  await until(() => runs.length === 1)
  assert.equal(await clockOfIdle(clock), 100)
  await listener.stop()
  assert.deepEqual([runs.length, errors], [1, []])
})

test('a message put in by this host is looked for at once', async () => {
  await queueWith('woken')
  const clock = new FakeClock()
  const { listener, runs, until } = listenerOn('woken', { clock })
  listener.start()
  await clock.waiting()
  await queueWith('woken', 'x')
  listener.wake()
  await until(() => runs.length === 1)
  await listener.stop()
})

test('a storage that does not answer is told once and tried again', async () => {
  const dead = QueueServiceClient.fromConnectionString(connectionString({ blob: 1, queue: 1, table: 1 }), {
    retryOptions: { maxTries: 1 },
  })
  const clock = new FakeClock()
  const { listener, errors } = listenerOn('unreachable', { clock, service: dead })
  listener.start()
  for (let round = 0; round < 3; round++) await clock.advance(await clock.waiting())
  await clock.waiting()
  await listener.stop()
  assert.equal(errors.length, 1)
  assert.match(errors[0] ?? '', /receiving from unreachable failed .*ECONNREFUSED/)
})

/** The idle wait that follows the message; its own renewal waits longer than any idle one. */
async function clockOfIdle(clock: Pick<FakeClock, 'waiting'> & Clock): Promise<number> {
  for (;;) {
    const ms = await clock.waiting()
    if (ms < 30_000) return ms
    await settled()
  }
}
