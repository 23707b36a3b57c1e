import assert from 'node:assert/strict'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { QueueServiceClient } from '@azure/storage-queue'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { ChildHost, copyOfFixture } from './child-host.ts'
import { encodeMessage } from './queue-message.ts'

let azurite: Azurite
let queues: QueueServiceClient
let app: Awaited<ReturnType<typeof copyOfFixture>>
let env: Record<string, string>

before(async () => {
  azurite = await startAzurite({ dir: 'memory' })
  queues = QueueServiceClient.fromConnectionString(azurite.connectionString)
  app = await copyOfFixture()
  env = { AzureWebJobsStorage: azurite.connectionString, Elsewhere: azurite.connectionString, FUNCTIONS_HOST_KEY: 'kept-secret' }
})

after(async () => {
  await app.remove()
  await azurite.stop()
})

async function send(queueName: string, text: string) {
  const queue = queues.getQueueClient(queueName)
  await queue.createIfNotExists()
  await queue.sendMessage(encodeMessage(text, 'base64'))
  return { count: async () => (await queue.getProperties()).approximateMessagesCount }
}

test('it serves, with the settings of the example and the environment over them, and ends with 0 on SIGTERM', async () => {
  await using host = new ChildHost(app.folder, env)
  const url = await host.ready()
  const { greeting } = (await (await fetch(`${url}/api/echo`)).json()) as { greeting: string }
  assert.equal(greeting, 'from the example')
  assert.equal((await fetch(`${url}/api/guarded?code=kept-secret`)).status, 200)
  host.kill('SIGTERM')
  assert.equal(await host.exit, 0)
  assert.equal(host.out.match(/^ready /gm)?.length, 1)
  assert.match(host.out, /^hook: the app ends$/m)
  assert.doesNotMatch(host.out + host.error, /test mode|kept-secret/)
})

test('local.settings.json goes before the example', async () => {
  const file = path.join(app.folder, 'local.settings.json')
  await writeFile(file, JSON.stringify({ Values: { QUEUE: 'settings-named', GREETING: 'from my own' } }))
  try {
    await using host = new ChildHost(app.folder, env)
    const { greeting } = (await (await fetch(`${await host.ready()}/api/echo`)).json()) as { greeting: string }
    assert.equal(greeting, 'from my own')
  } finally {
    await rm(file)
  }
})

test('a host key that nobody gave is made once, kept for its owner alone, and never printed', async () => {
  const { FUNCTIONS_HOST_KEY: _, ...without } = env
  const keys: string[] = []
  for (let start = 0; start < 2; start++) {
    await using host = new ChildHost(app.folder, without)
    const url = await host.ready()
    const file = path.join(app.folder, '.releve/host-key')
    const key = (await readFile(file, 'utf8')).trim()
    keys.push(key)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    assert.equal((await fetch(`${url}/api/guarded`, { headers: { 'x-functions-key': key } })).status, 200)
    assert.match(host.out, /\.releve\/host-key/)
    assert.ok(key.length >= 32 && !host.out.includes(key))
  }
  assert.equal(keys[0], keys[1])
})

test('SIGTERM during a handler: it ends, its message is deleted, the exit code is 0', async () => {
  await using host = new ChildHost(app.folder, env, [10_000, 3000])
  await host.ready()
  const queue = await send('naps', '1500')
  await host.said(/nap 1 begins/)
  host.kill('SIGTERM')
  assert.equal(await host.exit, 0)
  assert.match(host.out, /nap ends/)
  assert.equal(await queue.count(), 0)
})

test('kill -9 during a handler: the next host runs the message again, as its second try', async () => {
  const queue = await send('naps', '60000')
  {
    await using host = new ChildHost(app.folder, env, [2000, 500])
    await host.said(/nap 1 begins/)
    host.kill('SIGKILL')
    await host.exit
  }
  await using next = new ChildHost(app.folder, env, [2000, 500])
  await next.said(/nap 2 begins[\s\S]*nap ends/)
  next.kill('SIGTERM')
  assert.equal(await next.exit, 0)
  assert.equal(await queue.count(), 0)
})

test('a drain beyond its limit ends with 1; so does a second signal, but not the other half of one Ctrl-C', async () => {
  await send('naps', '60000')
  await using slow = new ChildHost(app.folder, env, [1000, 300, 1000])
  await slow.said(/nap 1 begins/)
  slow.kill('SIGINT')
  slow.kill('SIGINT')
  assert.equal(await slow.exit, 1)
  assert.match(slow.error, /did not end within 1 s/)

  await queues.getQueueClient('naps').clearMessages()
  await send('naps', '60000')
  await using twice = new ChildHost(app.folder, env, [1000, 300, 60_000])
  await twice.said(/nap 1 begins/)
  twice.kill('SIGTERM')
  await new Promise(resolve => setTimeout(resolve, 1100))
  twice.kill('SIGTERM')
  assert.equal(await twice.exit, 1)
  assert.match(twice.error, /second time/)
  await queues.getQueueClient('naps').clearMessages()
})

test('an error of a function goes to stderr under its name; what it logs to stdout, one line each', async () => {
  await send('throws', '"first\\nsecond"')
  await using host = new ChildHost(app.folder, env, [10_000, 3000])
  await host.said(/^throws: throws at \d+, try 2$/m)
  host.kill('SIGTERM')
  assert.equal(await host.exit, 0)
  assert.match(host.error, /^throws failed: Error: thrown on purpose$/m)
  const [first = 0, second = 0] = [...host.out.matchAll(/throws at (\d+)/g)].map(match => Number(match[1]))
  assert.ok(second - first >= 950, `host.json asks for a second between tries, it was ${second - first} ms`)
  assert.match(host.error, /given up after 2 tries; it is now in throws-poison/)
})

test('a taken port is told with what to do', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => taken.once('listening', resolve))
  const { port } = taken.address() as { port: number }
  await using host = new ChildHost(app.folder, { ...env, PORT: String(port) })
  assert.equal(await host.exit, 1)
  assert.match(host.error, new RegExp(`^Port ${port} of 127.0.0.1 is taken\\. .*PORT=`))
  assert.equal(host.error.trim().split('\n').length, 1)
  taken.close()
})

for (const [name, files, said] of [
  ['a missing build', { 'package.json': { main: 'dist/functions/*.js', type: 'module' } }, /^No file matches .*npm run build\.$/],
  [
    'an app without functions',
    { 'package.json': { main: 'none.js', type: 'module' }, 'none.js': 'export {}' },
    /^0 functions were registered by none\.js/,
  ],
  ['a broken host.json', { 'host.json': '{' }, /host\.json cannot be read .*Repair its JSON\.$/],
  ['a bad PORT', { 'local.settings.example.json': { Values: {} } }, /^PORT: expected a port number, got "x7071"/],
] as const) {
  test(`${name} is told in one sentence, with exit code 1`, async () => {
    const own = await copyOfFixture()
    try {
      for (const [file, content] of Object.entries(files)) {
        await writeFile(path.join(own.folder, file), typeof content === 'string' ? content : JSON.stringify(content))
      }
      await using host = new ChildHost(own.folder, name === 'a bad PORT' ? { ...env, PORT: 'x7071' } : env)
      assert.equal(await host.exit, 1)
      assert.match(host.error.trim(), said)
      assert.equal(host.error.trim().split('\n').length, 1)
    } finally {
      await own.remove()
    }
  })
}

test('an entry file that throws is named, where Azure would only miss its functions', async () => {
  const own = await copyOfFixture()
  try {
    await writeFile(path.join(own.folder, 'functions/throws.ts'), "throw new Error('no such setting')\n")
    await using host = new ChildHost(own.folder, env)
    assert.equal(await host.exit, 1)
    assert.match(host.error, /^functions\/throws\.ts failed while loading: no such setting/)
  } finally {
    await own.remove()
  }
})

const faulty = `
import { app, output, input } from '@azure/functions'
const handler = () => {}
app.timer('late', { schedule: '0 0 0 * * 7', handler })
app.timer('unset', { schedule: '%WHEN%', handler })
app.http('lost', { route: 'a/{b:weekday}', handler })
app.storageQueue('misnamed', { queueName: 'under_score', connection: '', handler })
app.storageQueue('unconnected', { queueName: 'fine', connection: 'Nowhere', handler })
app.storageBlob('blobs', { path: 'a/{b}', connection: '', handler })
`

test('everything that keeps functions from running is told at once', async () => {
  const own = await copyOfFixture()
  try {
    await writeFile(path.join(own.folder, 'functions/faulty.ts'), faulty)
    await using host = new ChildHost(own.folder, env)
    assert.equal(await host.exit, 1)
    const named = host.error
      .trim()
      .split('\n')
      .map(line => /^Function (\S+): /.exec(line)?.[1])
    assert.deepEqual(named, ['blobs', 'late', 'lost', 'misnamed', 'unconnected', 'unset'])
    assert.match(host.error, /Schedule "0 0 0 \* \* 7": "7" is no day of week, which is 0-6/)
  } finally {
    await own.remove()
  }
})
