import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { graphScope } from '../../shared/identity/tokens.ts'
import { e1 } from '../sandbox/graph/skus.ts'
import { permissions, type Tenant, tenant } from './tenant.ts'

type Said = { status: number; code: string | undefined; message: string; body: unknown }

/** One raw request with the tenant's token, and what came back. */
async function say(
  { service, tokens }: Tenant,
  asked: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Said> {
  const [method = 'GET', path = ''] = asked.split(' ')
  const response = await fetch(`${service.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${await tokens.token(graphScope)}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const read = text ? JSON.parse(text) : undefined
  return { status: response.status, code: read?.error?.code, message: read?.error?.message ?? '', body: read }
}

const anna = {
  accountEnabled: true,
  displayName: 'Anna',
  mailNickname: 'anna',
  userPrincipalName: 'anna@spf75.example',
  passwordProfile: { password: 'xWwvJ]6NMw+bWH-d', forceChangePasswordNextSignIn: true },
}

async function withDomains(t: TestContext, more: Parameters<typeof tenant>[1] = {}) {
  return tenant(t, {
    apps: [
      {
        clientId: 'c0ffee00-1111-4222-8333-444455556666',
        secret: 'S3cr3t~of-the-app.value',
        permissions: [...permissions, 'Domain.ReadWrite.All'],
      },
    ],
    ...more,
  })
}

test('a new user is checked as the directory checks it', async t => {
  const here = await tenant(t)
  const rows: { body: unknown; says: RegExp }[] = [
    { body: { ...anna, displayName: undefined }, says: /required for property 'displayName'/ },
    { body: { ...anna, passwordProfile: undefined }, says: /required for property 'passwordProfile'/ },
    { body: { ...anna, displayName: 987654 }, says: /Cannot convert the literal '987654' to the expected type 'Edm.String'/ },
    { body: { ...anna, accountEnabled: 'yes' }, says: /Edm.Boolean/ },
    { body: { ...anna, favouriteColour: 'red' }, says: /'favouriteColour' does not exist on type 'microsoft.graph.user'/ },
    { body: { ...anna, proxyAddresses: [] }, says: /read-only/ },
    { body: { ...anna, passwordProfile: { password: 'alllowercase' } }, says: /password complexity/ },
    { body: { ...anna, passwordProfile: { password: 'Ab1!' } }, says: /password complexity/ },
    { body: { ...anna, userPrincipalName: 'anna@unproven.example' }, says: /verified domain/ },
    { body: { ...anna, userPrincipalName: 'anaïs@spf75.example' }, says: /userPrincipalName/ },
    { body: { ...anna, mailNickname: 'an na' }, says: /mailNickname/ },
    { body: { ...anna, usageLocation: 'France' }, says: /usageLocation/ },
    { body: 'not json', says: /JSON/ },
  ]
  for (const { body, says } of rows) {
    const { status, code, message } = await say(here, 'POST /v1.0/users', body)
    assert.deepEqual([status, code], [400, 'Request_BadRequest'], JSON.stringify(body))
    assert.match(message, says)
  }
  assert.equal((await say(here, 'POST /v1.0/users', anna)).status, 201)
  const again = await say(here, 'POST /v1.0/users', { ...anna, userPrincipalName: 'ANNA@spf75.example' })
  assert.deepEqual(
    [again.status, (again.body as { error: { details: { code: string }[] } }).error.details[0]?.code],
    [400, 'ObjectConflict'],
  )
  assert.ok(!JSON.stringify(here.service.tenant.users).includes(anna.passwordProfile.password), 'a password is not kept')
})

test('a request without a good token is refused with 401', async t => {
  const here = await tenant(t)
  const old = await here.tokens.token(graphScope)
  const exchange = await here.tokens.token('https://outlook.office365.com/.default')
  here.clock.now += 3_700_000
  for (const authorization of [
    '',
    'Bearer',
    'Bearer nonsense',
    `Bearer ${old}`,
    `Bearer ${exchange}`,
    `Bearer ${old.slice(0, -2)}xx`,
  ]) {
    const { status, code } = await say(here, 'GET /v1.0/users', undefined, { authorization })
    assert.deepEqual([status, code], [401, 'InvalidAuthenticationToken'], authorization)
  }
})

test('a token without the permission is refused, by the directory and by Exchange in their own words', async t => {
  const here = await tenant(t, {
    apps: [{ clientId: 'c0ffee00-1111-4222-8333-444455556666', secret: 'S3cr3t~of-the-app.value', permissions: [] }],
  })
  const rows: [string, string][] = [
    ['POST /v1.0/users', 'Authorization_RequestDenied'],
    ['GET /v1.0/users/x', 'Authorization_RequestDenied'],
    ['PATCH /v1.0/users/x', 'Authorization_RequestDenied'],
    ['GET /v1.0/subscribedSkus', 'Authorization_RequestDenied'],
    ['POST /v1.0/users/x/assignLicense', 'Authorization_RequestDenied'],
    ['GET /v1.0/users/x/licenseDetails', 'Authorization_RequestDenied'],
    ['GET /v1.0/domains', 'Authorization_RequestDenied'],
    ['POST /v1.0/domains/spf75.example/verify', 'Authorization_RequestDenied'],
    ['GET /v1.0/users/x/mailboxSettings', 'ErrorAccessDenied'],
    ['GET /v1.0/users/x/mailFolders/inbox', 'ErrorAccessDenied'],
    ['POST /v1.0/users/x/sendMail', 'ErrorAccessDenied'],
  ]
  for (const [asked, expected] of rows) {
    const { status, code } = await say(here, asked, asked.startsWith('GET') ? undefined : {})
    assert.deepEqual([status, code], [403, expected], asked)
  }
})

test('what the service does not know is refused', async t => {
  const here = await tenant(t)
  const rows: [string, number, string, RegExp][] = [
    ['GET /v1.0/uzers', 400, 'BadRequest', /segment 'uzers'/],
    ['GET /v1.0/users/x/mailboxsettingz', 400, 'BadRequest', /segment 'mailboxsettingz'/],
    ['GET /v2.0/users', 400, 'BadRequest', /Invalid version/],
    ['POST /v1.0/subscribedSkus', 405, 'Request_BadRequest', /method/],
    ['GET /v1.0/users/nobody@spf75.example', 404, 'Request_ResourceNotFound', /nobody/],
    ["GET /v1.0/users?$filter=startswith(mail,'a')", 400, 'Request_UnsupportedQuery', /filter/],
  ]
  for (const [asked, status, code, says] of rows) {
    const said = await say(here, asked, asked.startsWith('POST') ? {} : undefined)
    assert.deepEqual([said.status, said.code], [status, code], asked)
    assert.match(said.message, says)
  }
})

test('a licence needs both lists, a place, a product and a seat', async t => {
  const here = await tenant(t, { skus: [e1(1)] })
  const { skuId } = e1(1)
  const { tenant: directory } = here.service
  directory.addUser({ userPrincipalName: 'anna@spf75.example' })
  const rows: [unknown, RegExp][] = [
    [{ addLicenses: [{ skuId }] }, /missing parameters are: removeLicenses/],
    [{ addLicenses: [{ skuId: 'E1' }], removeLicenses: [] }, /Edm.Guid/],
    [
      { addLicenses: [{ skuId: '11111111-1111-4111-8111-111111111111' }], removeLicenses: [] },
      /does not correspond to a valid company License/,
    ],
    [{ addLicenses: [{ skuId }], removeLicenses: [] }, /invalid usage location/],
  ]
  for (const [body, says] of rows) {
    const { status, message } = await say(here, 'POST /v1.0/users/anna@spf75.example/assignLicense', body)
    assert.equal(status, 400)
    assert.match(message, says)
  }
  directory.user('anna@spf75.example').fields.usageLocation = 'FR'
  const good = { addLicenses: [{ skuId, disabledPlans: [] }], removeLicenses: [] }
  for (const _ of [1, 2]) assert.equal((await say(here, 'POST /v1.0/users/anna@spf75.example/assignLicense', good)).status, 200)
  directory.addUser({ userPrincipalName: 'paul@spf75.example', usageLocation: 'FR' })
  assert.match(
    (await say(here, 'POST /v1.0/users/paul@spf75.example/assignLicense', good)).message,
    /does not have any available licenses/,
  )
})

test('a domain is verified when DNS shows its record, and not before', async t => {
  const dns = new Map<string, string[]>()
  const here = await withDomains(t, { txt: async name => dns.get(name) ?? [] })
  const proofs = await say(here, 'GET /v1.0/domains/unproven.example/verificationDnsRecords')
  const [{ text }] = (proofs.body as { value: [{ text: string }] }).value
  assert.match(text, /^MS=ms\d+$/)
  assert.equal((await say(here, 'POST /v1.0/domains/unproven.example/verify')).status, 400)
  dns.set('unproven.example', ['v=spf1 -all', text])
  assert.equal((await say(here, 'POST /v1.0/domains/unproven.example/verify')).status, 200)
  assert.equal((await say(here, 'POST /v1.0/users', { ...anna, userPrincipalName: 'anna@unproven.example' })).status, 201)
})

test('a killed tenant keeps its users, licences and domains, and its tokens stay good', async t => {
  const dir = mkdtempSync(join(tmpdir(), 'releve-graph-'))
  t.after(() => rmSync(dir, { recursive: true, force: true }))
  const stateFile = join(dir, 'state.json')
  const opened: string[] = []
  const options = { stateFile, mailboxDelayMs: 60_000, onMailboxCreated: async (address: string) => void opened.push(address) }
  const before = await tenant(t, options)
  const token = await before.tokens.token(graphScope)
  await say(before, 'POST /v1.0/users', { ...anna, usageLocation: 'FR' })
  await say(before, 'POST /v1.0/users/anna@spf75.example/assignLicense', {
    addLicenses: [{ skuId: e1(1).skuId }],
    removeLicenses: [],
  })
  await before.service.stop()
  const later = await tenant(t, options)
  assert.ok(later.service.checkToken(token, 'https://graph.microsoft.com').ok)
  assert.equal(later.service.tenant.consumed(e1(1).skuId), 1)
  assert.equal((await say(later, 'GET /v1.0/users/anna@spf75.example/mailboxSettings')).status, 404)
  later.clock.now += 61_000
  assert.equal((await say(later, 'GET /v1.0/users/anna@spf75.example/mailboxSettings')).status, 200)
  assert.deepEqual(opened, ['anna@spf75.example'])
})

test('a batch answers each step by itself, twenty at most', async t => {
  const here = await tenant(t)
  const step = (id: number, url: string) => ({ id: String(id), method: 'GET', url })
  const { body } = await say(here, 'POST /v1.0/$batch', { requests: [step(1, '/users'), step(2, '/users/nobody@spf75.example')] })
  const { responses } = body as { responses: { id: string; status: number }[] }
  assert.deepEqual(
    responses.map(one => [one.id, one.status]),
    [
      ['1', 200],
      ['2', 404],
    ],
  )
  const many = Array.from({ length: 21 }, (_, id) => step(id, '/users'))
  assert.equal((await say(here, 'POST /v1.0/$batch', { requests: many })).status, 400)
})

test('the JSON form of sendMail is delivered too', async t => {
  const got: [string, string][] = []
  const here = await tenant(t, { deliver: async (to, mime) => void got.push([to, mime.toString()]) })
  await here.service.addMailbox('avis@spf75.example')
  const message = {
    subject: 'Demain',
    body: { contentType: 'Text', content: 'à 16 h' },
    toRecipients: [{ emailAddress: { address: 'anna@spf75.example' } }],
    bccRecipients: [{ emailAddress: { address: 'archive@spf75.example' } }],
  }
  assert.equal((await say(here, 'POST /v1.0/users/avis@spf75.example/sendMail', { message, saveToSentItems: false })).status, 202)
  assert.deepEqual(
    got.map(([to]) => to),
    ['anna@spf75.example', 'archive@spf75.example'],
  )
  assert.match(got[0]?.[1] ?? '', /^Subject: Demain$/m)
  assert.doesNotMatch(got[0]?.[1] ?? '', /^Bcc:/im)
  assert.equal(
    (await say(here, 'POST /v1.0/users/avis@spf75.example/sendMail', '!!!', { 'content-type': 'text/plain' })).code,
    'ErrorMimeContentInvalidBase64String',
  )
})
