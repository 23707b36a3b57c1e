import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { QueueServiceClient } from '@azure/storage-queue'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { type Host, startHost } from './host.ts'
import { decodeMessage, encodeMessage } from './queue-message.ts'

type Seen = { type: string; value: unknown; metadata: Record<string, unknown> }

let azurite: Azurite
let queues: QueueServiceClient
let host: Host
let changed = () => {}
const lines: string[] = []
const warnings: unknown[] = []
const { warn } = console

before(async () => {
  console.warn = (...said: unknown[]) => warnings.push(said)
  azurite = await startAzurite({ dir: 'memory' })
  queues = QueueServiceClient.fromConnectionString(azurite.connectionString)
  host = await startHost({
    appRoot: fileURLToPath(new URL('fixture', import.meta.url)),
    port: 0,
    settings: {
      AzureWebJobsStorage: azurite.connectionString,
      AzureWebJobsElsewhere: azurite.connectionString,
      QUEUE: 'Named-By-Setting',
    },
    log: line => {
      lines.push(line)
      changed()
    },
    logError: text => assert.fail(text),
  })
})

after(async () => {
  await host.drain()
  await azurite.stop()
  console.warn = warn
})

/** Sends a text and returns what the function logged of it. */
async function shown(queueName: string, functionName: string, text: string): Promise<Seen> {
  await send(queueName, text)
  return JSON.parse(await said(`${functionName}: got `))
}

async function send(queueName: string, text: string): Promise<void> {
  const queue = queues.getQueueClient(queueName)
  await queue.createIfNotExists()
  await queue.sendMessage(encodeMessage(text, 'base64'))
}

async function said(prefix: string): Promise<string> {
  for (;;) {
    const at = lines.findIndex(line => line.startsWith(prefix))
    const [line] = at >= 0 ? lines.splice(at, 1) : []
    if (line) return line.slice(prefix.length)
    await new Promise<void>(resolve => {
      changed = resolve
    })
  }
}

for (const [text, type, value] of [
  ['42', 'number', 42],
  ['true', 'boolean', true],
  ['"quoted"', 'string', 'quoted'],
  ['no JSON', 'string', 'no JSON'],
  ['0042', 'string', '0042'],
  ['{"mailbox":"anna"}', 'object', { mailbox: 'anna' }],
] as const) {
  test(`the message ${text} reaches the handler as ${type}`, async () => {
    const seen = await shown('shows', 'shows', text)
    assert.deepEqual([seen.type, seen.value], [type, value])
  })
}

test('the metadata name the message, with small first letters', async () => {
  const { metadata } = await shown('shows', 'shows', 'plain')
  assert.deepEqual(Object.keys(metadata).sort(), [
    'dequeueCount',
    'expirationTime',
    'id',
    'insertionTime',
    'nextVisibleTime',
    'popReceipt',
    'queueTrigger',
  ])
  assert.equal(metadata.dequeueCount, 1)
  assert.match(String(metadata.insertionTime), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/)
})

test('a property of the message hides the metadata of that name', async () => {
  const { metadata } = await shown('shows', 'shows', '{"Id":"mine","dequeueCount":7,"extra":{"Deep":1},"list":[1]}')
  assert.deepEqual([metadata.id, metadata.dequeueCount, metadata.extra, metadata.list], ['mine', 7, { deep: 1 }, undefined])
})

test('a queue named by a setting, over a connection found under its AzureWebJobs name', async () => {
  assert.equal((await shown('named-by-setting', 'named-by-setting', 'x')).value, 'x')
})

test('what a handler returns or sets goes out, and a listener in the same host takes it at once', async () => {
  await send('forwards', '"hello"')
  const received = JSON.parse(await said('shows: got ')) as Seen
  assert.deepEqual(received.value, { letter: 'hello' })
  assert.equal(received.metadata.queueTrigger instanceof Object, true)
  const returned = await queues.getQueueClient('returned').receiveMessages({ numberOfMessages: 32 })
  const texts = returned.receivedMessageItems.map(message => decodeMessage(message.messageText, 'base64'))
  assert.deepEqual(texts, ['1', 'two', '{\n  "three": 3\n}'])
})

test('a timer that runs on startup has run', async () => {
  const timer = JSON.parse(await said('starts: timer '))
  assert.deepEqual(
    [timer.schedule, timer.isPastDue, timer.scheduleStatus.last],
    [{ adjustForDST: true }, false, '0001-01-01T00:00:00+00:00'],
  )
})

test('the library found its host: it never warned of its test mode', () => assert.deepEqual(warnings, []))
