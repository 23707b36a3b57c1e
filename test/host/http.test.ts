import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Host, startHost } from './host.ts'

const appRoot = fileURLToPath(new URL('fixture', import.meta.url))
const elsewhere = ['shows', 'named-by-setting', 'naps', 'throws', 'forwards', 'starts']
const lines: string[] = []
const errors: string[] = []
let host: Host

before(async () => {
  host = await startHost({
    appRoot,
    port: 0,
    hostKey: 'the-key',
    settings: Object.fromEntries(elsewhere.map(name => [`AzureWebJobs.${name}.Disabled`, 'true'])),
    log: line => lines.push(line),
    logError: text => errors.push(text),
  })
})

after(() => host.drain())

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(host.url + path, { headers })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

test('functions that the settings disable do not run', () => {
  assert.deepEqual(
    host.functions.filter(name => elsewhere.includes(name)),
    [],
  )
  assert.ok(host.functions.includes('open'))
})

for (const [path, name, params] of [
  ['/api/open', 'open', {}],
  ['/API/Open/', 'open', {}],
  ['/api/waves/today', 'literal', {}],
  ['/api/waves/TODAY', 'literal', {}],
  ['/api/waves/12', 'number', { number: '12' }],
  ['/api/waves/north', 'plain', { wave: 'north' }],
  ['/api/waves/caf%C3%A9%20%2F', 'plain', { wave: 'café %2F' }],
  ['/api/waves/north/report.csv', 'report', { wave: 'north', format: 'csv' }],
  ['/api/waves/north/people/anna', 'any', { rest: 'north/people/anna' }],
  ['/api/waves', 'any', {}],
  ['/api/optional', 'optional', {}],
  ['/api/optional/7', 'optional', { id: '7' }],
] as const) {
  test(`${path} reaches ${name}`, async () => {
    const { status, text } = await get(path)
    assert.equal(status, 200)
    assert.deepEqual(JSON.parse(text), { name, params })
  })
}

for (const [method, path, status] of [
  ['GET', '/api/nowhere', 404],
  ['POST', '/api/open', 404],
  ['GET', '/open', 404],
  ['GET', '/', 200],
  ['GET', '/api/waves/%E0%A4%A', 400],
  ['GET', '/api/nothing', 204],
] as const) {
  test(`${method} ${path} answers ${status} with an empty body`, async () => {
    const response = await fetch(host.url + path, { method })
    assert.deepEqual([response.status, await response.text()], [status, ''])
  })
}

for (const [path, headers, status] of [
  ['/api/open', {}, 200],
  ['/api/guarded', {}, 401],
  ['/api/guarded', { 'x-functions-key': 'the-key' }, 200],
  ['/api/guarded?code=the-key', {}, 200],
  ['/api/guarded?code=the-key', { 'x-functions-key': 'wrong' }, 401],
  ['/api/guarded', { 'X-Functions-Key': 'the-key2' }, 401],
  ['/api/guarded?code=', {}, 401],
  ['/api/master', {}, 401],
  ['/api/master?code=the-key', {}, 200],
] as const) {
  test(`${path} with ${JSON.stringify(headers)} answers ${status}`, async () => {
    const answer = await get(path, headers)
    assert.equal(answer.status, status)
    if (status === 401) assert.equal(answer.text, '')
  })
}

test('a handler that throws answers 500 with an empty body; its name and error go to the errors', async () => {
  assert.deepEqual(await get('/api/fails').then(({ status, text }) => [status, text]), [500, ''])
  assert.match(errors.at(-1) ?? '', /^fails failed: Error: broken on purpose\n/)
})

test('hooks wrap the handler, change its result and see the log before it is written', async () => {
  const { text } = await get('/api/hooked')
  assert.equal(text, 'from the handler, wrapped, before and after')
  await get('/api/says')
  assert.ok(lines.includes('says: warning: signed in with password=***\\nand a second line'))
})

test('204 loses the body that the handler gave it', async () => {
  assert.deepEqual(await get('/api/bodiless').then(({ status, text }) => [status, text]), [204, ''])
})

test('a body that states its length arrives; headers and cookies go back', async () => {
  const response = await fetch(`${host.url}/api/echo`, { method: 'POST', body: 'grüezi' })
  const { body } = (await response.json()) as { body: string }
  assert.equal(body, 'grüezi')
  assert.equal(response.headers.get('x-answer'), 'yes')
  assert.equal(response.headers.get('content-type'), 'application/json')
  assert.deepEqual(response.headers.getSetCookie(), ['biscuit=dry; path=/'])
})

test('a chunked body is dropped, as in Azure without HTTP streams', async () => {
  const body = new Blob(['not', 'seen']).stream()
  const response = await fetch(`${host.url}/api/echo`, { method: 'POST', body, duplex: 'half' } as RequestInit)
  assert.equal(((await response.json()) as { body: string }).body, '')
})

test('the body of a GET is dropped', async () => {
  const sent = request(`${host.url}/api/echo`, { method: 'GET', headers: { 'content-length': 5 } }).end('hello')
  const [response] = await once(sent, 'response')
  assert.equal(response.statusCode, 200)
  assert.equal(JSON.parse((await response.toArray()).join('')).body, '')
})

test('several values of a query parameter or a header are joined by a comma', async () => {
  const sent = request(`${host.url}/api/echo?many=1&many=2&other=`, { headers: { 'X-Many': ['a', 'b'] } }).end()
  const [response] = await once(sent, 'response')
  const { many, header } = JSON.parse((await response.toArray()).join(''))
  assert.deepEqual([many, header], ['1,2', 'a,b'])
})

test('a body beyond 100 MB is refused unread', async () => {
  const sent = request(`${host.url}/api/echo`, { method: 'POST', headers: { 'content-length': 104_857_601 } })
  sent.on('error', () => {})
  sent.flushHeaders()
  const [response] = await once(sent, 'response')
  sent.destroy()
  assert.equal(response.statusCode, 413)
})

test('a drain lets a running answer end, takes no more, and waits for no idle connection', async () => {
  const idle = connect({ port: host.port, host: '127.0.0.1' })
  await once(idle, 'connect')
  const answer = get('/api/slow')
  while (!lines.includes('slow: slow has begun')) await new Promise(resolve => setImmediate(resolve))
  const drained = host.drain()
  await assert.rejects(fetch(`${host.url}/api/open`))
  assert.deepEqual(await answer.then(({ status, text }) => [status, text]), [200, 'slow but whole'])
  await drained
  idle.destroy()
})
