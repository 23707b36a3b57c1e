import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { graphScope, tokens } from '../../shared/identity/tokens.ts'
import { clientId, clients, failure, secret, tenant, tenantId } from './tenant.ts'

const asked = (requests: string[]) => requests.filter(one => one.endsWith('/token')).length

test('a token is asked for once, and again only five minutes before its end', async t => {
  const { service, clock, tokens } = await tenant(t)
  const [first, same] = await Promise.all([tokens.token(graphScope), tokens.token(graphScope)])
  assert.equal(first, same)
  assert.equal(asked(service.requests), 1)
  clock.now += 54 * 60_000
  assert.equal(await tokens.token(graphScope), first)
  clock.now += 2 * 60_000
  assert.notEqual(await tokens.token(graphScope), first)
  assert.equal(asked(service.requests), 2)
})

test('each scope has its own token, and the audience is checked', async t => {
  const { service, tokens } = await tenant(t)
  const exchange = await tokens.token('https://outlook.office365.com/.default')
  assert.deepEqual(service.checkToken(exchange, 'https://graph.microsoft.com').ok, false)
  const checked = service.checkToken(exchange, 'https://outlook.office365.com')
  assert.ok(checked.ok && checked.caller.clientId === clientId && checked.caller.roles.includes('IMAP.AccessAsApp'))
})

test('a permission granted later shows only in a new token', async t => {
  const { service, tokens } = await tenant(t)
  await tokens.token(graphScope)
  service.apps[0]?.permissions.push('Mail.Read')
  const roles = async () => {
    const checked = service.checkToken(await tokens.token(graphScope), 'https://graph.microsoft.com')
    return checked.ok ? checked.caller.roles : []
  }
  assert.ok(!(await roles()).includes('Mail.Read'))
  tokens.forget(graphScope)
  assert.ok((await roles()).includes('Mail.Read'))
})

test('a refused login is a permanent Failure with what to do, and never shows the secret', async t => {
  const { service, clock } = await tenant(t)
  const now = () => clock.now
  const loginBaseUrl = service.loginUrl
  const wrong = 'Wr0ng~secret-value'
  const rows = [
    { code: 'AADSTS7000215', hint: /secret's value/, of: { tenantId, clientId, clientSecret: async () => wrong } },
    { code: 'AADSTS700016', hint: /AZURE_CLIENT_ID/, of: { tenantId, clientId: 'other', clientSecret: async () => secret } },
    { code: 'AADSTS90002', hint: /AZURE_TENANT_ID/, of: { tenantId: 'nowhere', clientId, clientSecret: async () => secret } },
  ]
  for (const { code, hint, of } of rows) {
    const error = await failure(tokens({ loginBaseUrl, now, ...of }).token(graphScope))
    assert.deepEqual([error.code, error.verdict], [code, 'permanent'])
    assert.match(error.hint, hint)
    assert.ok(!inspect(error, { depth: 9 }).includes(wrong) && !inspect(error, { depth: 9 }).includes(secret))
  }
  const empty = await failure(tokens({ loginBaseUrl, now, tenantId, clientId, clientSecret: async () => '' }).token(graphScope))
  assert.deepEqual([empty.code, empty.verdict], ['AADSTS7000216', 'permanent'])
  const nobody = await failure(tokens({ loginBaseUrl, now, tenantId, clientSecret: async () => secret }).token(graphScope))
  assert.deepEqual([nobody.code, nobody.verdict], ['unauthorized_client', 'permanent'])
  const app = service.apps[0]
  assert.ok(app)
  app.secretExpired = true
  const expired = await failure(clients(service, now).tokens.token(graphScope))
  assert.deepEqual([expired.code, expired.verdict], ['AADSTS7000222', 'permanent'])
  const scope = await failure(clients(service, now).tokens.token('https://vault.azure.net/.default'))
  assert.equal(scope.verdict, 'permanent')
})

test('a busy or absent authority is weather, with its Retry-After, and a new try succeeds', async t => {
  const { service, tokens } = await tenant(t)
  service.refuse({ times: 1, status: 429, retryAfter: 9, only: /\/token$/ })
  const busy = await failure(tokens.token(graphScope))
  assert.deepEqual([busy.verdict, busy.retryAfterMs, busy.code], ['transient', 9_000, 'HTTP 429'])
  service.refuse({ times: 1, status: 503, html: '<html>down</html>' })
  assert.deepEqual((await failure(tokens.token(graphScope))).verdict, 'transient')
  assert.ok(await tokens.token(graphScope))
  await service.stop()
  tokens.forget(graphScope)
  assert.deepEqual((await failure(tokens.token(graphScope))).verdict, 'transient')
})

test('without a secret the identity is asked, and its absence is told', async t => {
  const { clock } = await tenant(t)
  const now = () => clock.now
  const identity = () => ({ getToken: async () => ({ token: 'of the identity', expiresOnTimestamp: clock.now + 86_400_000 }) })
  assert.equal(await tokens({ tenantId, clientId, identity, now }).token(graphScope), 'of the identity')
  const none = () => ({ getToken: async () => Promise.reject(new Error('no managed identity endpoint')) })
  const error = await failure(tokens({ tenantId, clientId, identity: none, now }).token(graphScope))
  assert.match(error.hint, /managed identity/)
})

test('plain http to an authority is refused for any host but this machine', () => {
  assert.throws(() => tokens({ tenantId, clientId, loginBaseUrl: 'http://login.example', now: Date.now }), /LOGIN_BASE_URL/)
})
