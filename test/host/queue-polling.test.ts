import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { QueueServiceClient } from '@azure/storage-queue'
import { type Azurite, connectionString, startAzurite } from '../sandbox/azurite.ts'
import { wallClock } from './clock.ts'
import { FakeClock, settled } from './fake-clock.ts'
import { listenerOn, queueWith } from './tested-listener.ts'

let azurite: Azurite
let direct: QueueServiceClient

before(async () => {
  azurite = await startAzurite({ dir: 'memory' })
  direct = QueueServiceClient.fromConnectionString(azurite.connectionString)
})

after(() => azurite.stop())

test('at most batchSize + newBatchThreshold messages run at a time', async () => {
  await queueWith(direct, 'crowded', ...Array.from({ length: 12 }, (_, at) => `m${at}`))
  const going: (() => void)[] = []
  let most = 0
  const { listener, runs, until } = listenerOn(direct, 'crowded', {
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
  const { listener, runs, errors, until } = listenerOn(direct, 'not-yet', { clock, settings: { maxPollingIntervalMs: 1000 } })
  listener.start()
  const waits: number[] = []
  for (let round = 0; round < 6; round++) {
    waits.push(await clock.waiting())
    await clock.advance(waits[round] ?? 0)
  }
  assert.deepEqual(waits, [100, 200, 300, 500, 900, 1000])
  await queueWith(direct, 'not-yet', 'x')
  await clock.advance(await clock.waiting())
  await until(() => runs.length === 1)
  assert.equal(await clockOfIdle(clock), 100)
  await listener.stop()
  assert.deepEqual([runs.length, errors], [1, []])
})

test('a message put in by this host is looked for at once', async () => {
  await queueWith(direct, 'woken')
  const clock = new FakeClock()
  const { listener, runs, until } = listenerOn(direct, 'woken', { clock })
  listener.start()
  await clock.waiting()
  await queueWith(direct, 'woken', 'x')
  listener.wake()
  await until(() => runs.length === 1)
  await listener.stop()
})

test('a storage that does not answer is told once and tried again', async () => {
  const dead = QueueServiceClient.fromConnectionString(connectionString({ blob: 1, queue: 1, table: 1 }), {
    retryOptions: { maxTries: 1 },
  })
  const clock = new FakeClock()
  const { listener, errors } = listenerOn(direct, 'unreachable', { clock, service: dead })
  listener.start()
  for (let round = 0; round < 3; round++) await clock.advance(await clock.waiting())
  await clock.waiting()
  await listener.stop()
  assert.equal(errors.length, 1)
  assert.match(errors[0] ?? '', /receiving from unreachable failed .*ECONNREFUSED/)
})

/** The idle wait that follows the message; its own renewal waits longer than any idle one. */
async function clockOfIdle(clock: FakeClock): Promise<number> {
  for (;;) {
    const ms = await clock.waiting()
    if (ms < 30_000) return ms
    await settled()
  }
}
