import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { HostFault } from './fault.ts'
import { parseTimeSpan, readHostJson } from './host-json.ts'

const defaults = {
  batchSize: 16,
  newBatchThreshold: 8 * availableParallelism(),
  maxDequeueCount: 5,
  visibilityTimeoutMs: 0,
  maxPollingIntervalMs: 60_000,
  messageEncoding: 'base64',
}

async function read(json: unknown, settings: Record<string, string> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'releve-host-json-'))
  try {
    if (json !== undefined) await writeFile(path.join(folder, 'host.json'), JSON.stringify(json))
    return await readHostJson(folder, settings)
  } finally {
    await rm(folder, { recursive: true })
  }
}

for (const [text, ms] of [
  ['00:00:00', 0],
  ['00:00:02', 2000],
  ['00:01:30', 90_000],
  ['10:00:00', 36_000_000],
  ['00:00:00.100', 100],
  ['00:00:01.5', 1500],
  ['00:00:00.1234567', 123],
  ['1.00:00:00', 86_400_000],
  ['30', undefined],
  ['00:60:00', undefined],
  ['soon', undefined],
] as const) {
  test(`the time span ${text} is ${ms ?? 'none'}`, () => assert.equal(parseTimeSpan(text), ms))
}

test('no host.json, or an empty one, is all defaults', async () => {
  assert.deepEqual(await read(undefined), { routePrefix: 'api', queues: defaults })
  assert.deepEqual(await read({ version: '2.0', logging: { logLevel: { default: 'Warning' } } }), {
    routePrefix: 'api',
    queues: defaults,
  })
})

test('a development host polls every 2 seconds at the slowest, unless told otherwise', async () => {
  const settings = { AZURE_FUNCTIONS_ENVIRONMENT: 'Development' }
  assert.equal((await read({}, settings)).queues.maxPollingIntervalMs, 2000)
  const own = { extensions: { queues: { maxPollingInterval: '00:00:30' } } }
  assert.equal((await read(own, settings)).queues.maxPollingIntervalMs, 30_000)
})

test('half a batch for each processor is the threshold for a new one', async () => {
  const { queues } = await read({ extensions: { queues: { batchSize: 3 } } })
  assert.equal(queues.newBatchThreshold, availableParallelism())
})

test('settings override single values', async () => {
  const found = await read(
    { extensions: { queues: { batchSize: 4, maxDequeueCount: 3 }, http: { routePrefix: '/v1/' } } },
    {
      AzureFunctionsJobHost__extensions__queues__batchSize: '1',
      AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:05',
    },
  )
  assert.equal(found.routePrefix, 'v1')
  assert.deepEqual([found.queues.batchSize, found.queues.maxDequeueCount, found.queues.visibilityTimeoutMs], [1, 3, 5000])
})

test('all faults are told at once', async () => {
  const queues = { batchSize: 33, visibilityTimeout: '5s', maxPollingInterval: '00:00:00.050', messageEncoding: 'utf8' }
  await assert.rejects(read({ extensions: { queues } }), (error: unknown) => {
    assert.ok(error instanceof HostFault)
    const paths = error.faults.map(fault => fault.split(':')[1]?.trim())
    assert.deepEqual(
      paths,
      Object.keys(queues).map(name => `extensions.queues.${name}`),
    )
    return true
  })
})
