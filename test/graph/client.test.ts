import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { graphClient } from '../../shared/graph/client.ts'
import { retryAfterMs } from '../../shared/graph/retry-after.ts'
import { clients, failure, tenant } from './tenant.ts'

const any = z.object({})
const ask = { during: 'trying', permission: 'User.Read.All' }

test('a throttled request becomes a transient Failure that says how long to stay away, and is sent once', async t => {
  const { service, graph, clock } = await tenant(t)
  const date = new Date(clock.now + 90_000).toUTCString()
  const rows = [
    { retryAfter: 300, wait: 300_000 },
    { retryAfter: date, wait: 90_000 },
    { wait: undefined },
    { status: 503, code: 'serviceNotAvailable', retryAfter: 7, wait: 7_000 },
    { status: 504, html: '<html>gateway</html>', wait: undefined },
  ]
  await graph.get('users', any, ask)
  for (const { wait, ...refusing } of rows) {
    service.refuse({ times: 1, ...refusing })
    const before = service.requests.length
    const started = performance.now()
    const error = await failure(graph.get('users', any, ask))
    assert.equal(error.verdict, 'transient')
    if (refusing.retryAfter === date)
      assert.ok(error.retryAfterMs !== undefined && error.retryAfterMs > 88_000 && error.retryAfterMs <= 90_000)
    else assert.equal(error.retryAfterMs, wait)
    assert.equal(service.requests.length, before + 1, 'nothing is sent again')
    assert.ok(performance.now() - started < 2_000, 'nothing is slept')
  }
})

test('a Retry-After is read as seconds or as a date, and not otherwise', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  const rows: [string | null, number | undefined][] = [
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1_500],
    ['Sun, 22 Nov 2026 10:01:00 GMT', 60_000],
    ['Sun, 22 Nov 2026 09:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
    [null, undefined],
  ]
  for (const [header, expected] of rows) assert.equal(retryAfterMs(header, now), expected, String(header))
})

test('a refusal is classified by its most specific code, with a hint that names the permission', async t => {
  const { graph } = await tenant(t)
  const missing = await failure(graph.get('users/nobody%40spf75.example', any, ask))
  assert.deepEqual([missing.code, missing.verdict], ['Request_ResourceNotFound', 'permanent'])
  const forbidden = await failure(
    graph.get('users/x/mailFolders/inbox', any, { during: 'trying', permission: 'Mail.ReadBasic.All' }),
  )
  assert.deepEqual([forbidden.code, forbidden.verdict], ['ErrorAccessDenied', 'permanent'])
  assert.match(forbidden.hint, /Mail\.ReadBasic\.All/)
  const unknown = await failure(graph.get('uzers', any, ask))
  assert.deepEqual([unknown.code, unknown.verdict], ['BadRequest', 'permanent'])
  assert.match(unknown.message, /uzers.*request-id/)
})

test('a body that is not of Graph is told as such, by its status', async t => {
  const { service, graph } = await tenant(t)
  await graph.get('users', any, ask)
  service.refuse({ times: 1, status: 403, html: '<html><style>b{}</style><h1>Blocked by policy</h1></html>' })
  const blocked = await failure(graph.get('users', any, ask))
  assert.deepEqual([blocked.code, blocked.verdict], ['HTTP 403', 'permanent'])
  assert.match(blocked.message, /Blocked by policy/)
  assert.match(blocked.hint, /proxy or firewall/)
  service.refuse({ times: 1, status: 502, html: '' })
  assert.equal((await failure(graph.get('users', any, ask))).verdict, 'transient')
  service.refuse({ times: 1, status: 200, html: '<html>sign in to the guest network</html>' })
  const captive = await failure(graph.get('users', any, ask))
  assert.deepEqual([captive.code, captive.verdict], ['UnexpectedAnswer', 'transient'])
})

test('an unreachable service is weather, with the network code', async t => {
  const { service, graph } = await tenant(t)
  await graph.get('users', any, ask)
  await service.stop()
  const error = await failure(graph.get('users', any, ask))
  assert.deepEqual([error.code, error.verdict], ['ECONNREFUSED', 'transient'])
})

test('a service that says nothing is given up after the timeout', async () => {
  const silent = graphClient({
    baseUrl: 'https://graph.example',
    token: async () => 'token',
    timeoutMs: 20,
    fetch: (_, init) => new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
  })
  const error = await failure(silent.get('users', any, ask))
  assert.deepEqual([error.code, error.verdict], ['ETIMEDOUT', 'transient'])
})

test('a call for which nobody waits any more is ended before that', async () => {
  const silent = graphClient({
    baseUrl: 'https://graph.example',
    token: async () => 'token',
    fetch: (_, init) => new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
  })
  const error = await failure(silent.list('users', any, { ...ask, signal: AbortSignal.timeout(20) }))
  assert.deepEqual([error.code, error.verdict], ['ETIMEDOUT', 'transient'])
})

test('a token the service refuses is dropped, so that the next call is made with a new one', async t => {
  const { service, clock, start } = await tenant(t)
  const { graph } = clients(service, () => start.getTime()) // our clock stands, the service's goes on
  await graph.get('users', any, ask)
  clock.now += 2 * 3_600_000
  const error = await failure(graph.get('users', any, ask))
  assert.deepEqual([error.code, error.verdict], ['InvalidAuthenticationToken', 'transient'])
  await graph.get('users', any, ask)
})

test('all pages are read', async t => {
  const { service, graph } = await tenant(t)
  for (let n = 0; n < 7; n += 1) service.tenant.addUser({ userPrincipalName: `u${n}@spf75.example` })
  const users = await graph.list('users?$top=3&$select=userPrincipalName', z.object({ userPrincipalName: z.string() }), ask)
  assert.deepEqual(
    users.map(one => one.userPrincipalName),
    [0, 1, 2, 3, 4, 5, 6].map(n => `u${n}@spf75.example`),
  )
  assert.equal(service.requests.filter(one => one === 'GET /v1.0/users').length, 3)
})

test('the token goes to the base and nowhere else', async () => {
  const seen: string[] = []
  const foreign = graphClient({
    baseUrl: 'https://graph.example',
    token: async () => 'token',
    fetch: async input => {
      seen.push(String(input))
      return Response.json({ value: [], '@odata.nextLink': 'https://thief.example/v1.0/users?$skiptoken=1' })
    },
  })
  const error = await failure(foreign.list('users', any, ask))
  assert.deepEqual([error.code, error.verdict], ['ForeignNextLink', 'permanent'])
  assert.deepEqual(seen, ['https://graph.example/v1.0/users'])
  assert.equal((await failure(foreign.get('https://thief.example/v1.0/users', any, ask))).verdict, 'transient')
  assert.equal(seen.length, 1, 'nothing was sent')
})

test('plain http is refused for any host but this machine', () => {
  assert.throws(() => graphClient({ baseUrl: 'http://graph.example', token: async () => 'token' }), /InsecureBaseUrl/)
  for (const baseUrl of ['http://127.0.0.1:1', 'http://localhost:1/', 'http://[::1]:1', 'https://graph.microsoft.com/v1.0']) {
    graphClient({ baseUrl, token: async () => 'token' })
  }
})

test('every request asks for immutable ids and carries an id of its own', async () => {
  const ids = new Set<string | null>()
  const client = graphClient({
    baseUrl: 'https://graph.example',
    token: async () => 'token',
    fetch: async (_, init) => {
      const headers = new Headers(init?.headers)
      assert.equal(headers.get('prefer'), 'IdType="ImmutableId"')
      assert.equal(headers.get('authorization'), 'Bearer token')
      ids.add(headers.get('client-request-id'))
      return Response.json({})
    },
  })
  await client.get('users/a', any, ask)
  await client.get('users/a', any, ask)
  assert.equal(ids.size, 2)
})
