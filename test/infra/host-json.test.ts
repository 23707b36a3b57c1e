import assert from 'node:assert/strict'
import { test } from 'node:test'
import { settings } from '../../shared/config.ts'
import { parseTimeSpan, readHostJson } from '../host/host-json.ts'
import { jsonAt, root, textAt } from './files.ts'

const { queues, routePrefix } = await readHostJson(root, {})
const raw = jsonAt('host.json') as {
  version: string
  functionTimeout: string
  extensionBundle: { id: string; version: string }
  logging: { applicationInsights: { samplingSettings: { excludedTypes: string } } }
}
const docs = textAt('docs/deploying.md')

test('the API is under /api', () => assert.equal(routePrefix, 'api'))

test('queues: few mailboxes on an instance, five tries, base64, short hops', () => {
  assert.deepEqual(queues, {
    batchSize: 1,
    newBatchThreshold: 7,
    maxDequeueCount: 5,
    visibilityTimeoutMs: 30_000,
    maxPollingIntervalMs: 2_000,
    messageEncoding: 'base64',
  })
})

test('the docs and the infrastructure say how many mailboxes that makes', () => {
  const atOnce = queues.batchSize + queues.newBatchThreshold
  assert.ok(docs.includes(`${atOnce} mailboxes at once on one instance`))
  assert.equal(atOnce, 8)
  assert.match(textAt('infra/main.bicep'), /Mailboxes copied at once = this times eight/)
  for (const said of ['`batchSize` 1', '`newBatchThreshold` 7', '`maxDequeueCount` 5', '2 s', 'five times'])
    assert.ok(docs.includes(said), `docs/deploying.md does not say ${said}`)
})

test('an invocation has time for its turn and the longest thing it may begin at the end of it', () => {
  const timeoutMs = parseTimeSpan(raw.functionTimeout)
  assert.ok(timeoutMs !== undefined && timeoutMs >= 3 * 1000 * settings.TURN_SECONDS.parse.parse(undefined))
  assert.ok(docs.includes(raw.functionTimeout))
})

test('neither executions nor the log of steps are sampled away', () => {
  const kept = raw.logging.applicationInsights.samplingSettings.excludedTypes.split(';')
  for (const type of ['Request', 'Trace', 'Exception']) assert.ok(kept.includes(type), type)
})

test('the extension bundle is version 4, for the storage triggers', () => {
  assert.equal(raw.version, '2.0')
  assert.deepEqual(raw.extensionBundle, { id: 'Microsoft.Azure.Functions.ExtensionBundle', version: '[4.*, 5.0.0)' })
})
