import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import type { AccountWanted } from '../../shared/accounts/accounts.ts'
import { graphAccounts } from '../../shared/accounts/graph.ts'
import { graphClient } from '../../shared/graph/client.ts'
import { graphScope } from '../../shared/identity/tokens.ts'
import { e1, e3 } from '../sandbox/graph/skus.ts'
import { failure, tenant } from './tenant.ts'

const anna: AccountWanted = { address: 'anna@spf75.example', kind: 'user', usageLocation: 'FR', licence: 'STANDARDPACK' }

test('an address that is an alias of somebody else is never taken as the account', async t => {
  const { graph, service } = await tenant(t)
  service.tenant.addUser(
    { userPrincipalName: 'boss@spf75.example', mail: 'boss@spf75.example' },
    { proxyAddresses: [`smtp:${anna.address}`] },
  )
  const accounts = graphAccounts({ graph })
  assert.equal((await accounts.ensure(anna)).ready, false)
  const error = await failure(accounts.ensure(anna, { tries: 4, elapsedMs: 20 * 60_000 }))
  assert.deepEqual([error.code, error.verdict], ['ObjectConflict', 'permanent'])
  assert.match(error.hint, /alias/)
})

test('what waiting cannot cure is a permanent Failure that says what to do', async t => {
  const rows: { wanted: Partial<AccountWanted>; code: string; hint: RegExp }[] = [
    { wanted: { licence: 'ENTERPRISEPACK' }, code: 'OutOfLicences', hint: /Buy seats/ },
    { wanted: { licence: 'SPE_E5' }, code: 'UnknownLicence', hint: /STANDARDPACK, ENTERPRISEPACK/ },
    { wanted: { licence: 'FLOW_FREE' }, code: 'NoExchangePlan', hint: /Exchange Online plan/ },
    { wanted: { usageLocation: 'KP' }, code: 'Request_BadRequest', hint: /usage location/ },
    { wanted: { address: 'anna@unproven.example' }, code: 'InvalidValue', hint: /verify the address's domain/ },
    { wanted: { address: 'anaïs@spf75.example' }, code: 'NotAPrincipalName', hint: /no accents/ },
    { wanted: { address: 'anna.@spf75.example' }, code: 'NotAPrincipalName', hint: /no dot/ },
  ]
  for (const { wanted, code, hint } of rows) {
    const { graph } = await tenant(t)
    const error = await failure(graphAccounts({ graph }).ensure({ ...anna, ...wanted }))
    assert.deepEqual([error.code, error.verdict], [code, 'permanent'])
    assert.match(error.hint, hint)
  }
})

test('a licence whose Exchange part is switched off is told, not changed', async t => {
  const { graph, service } = await tenant(t)
  const off = '9aaf7827-d63c-4b61-89c3-182f06f82e5c'
  service.tenant.addUser(
    { userPrincipalName: anna.address, usageLocation: 'FR' },
    { licences: [{ skuId: e1(1).skuId, disabledPlans: [off] }] },
  )
  const error = await failure(graphAccounts({ graph }).ensure(anna))
  assert.deepEqual([error.code, error.verdict], ['ExchangePlanOff', 'permanent'])
})

test('without a usage location nothing is licensed, and the row is asked for one', async t => {
  const { graph, service } = await tenant(t)
  const { usageLocation: _, ...nowhere } = anna
  const error = await failure(graphAccounts({ graph }).ensure(nowhere))
  assert.deepEqual([error.code, error.verdict], ['NoUsageLocation', 'permanent'])
  assert.equal(service.tenant.consumed(e1(1).skuId), 0)
})

test('the last seat that goes while we ask is told by the service itself', async t => {
  const { graph, service } = await tenant(t, { skus: [e1(1), e3(5)] })
  const other = service.tenant.addUser({ userPrincipalName: 'first@spf75.example' })
  const racing = {
    ...graph,
    post: async (...call: Parameters<typeof graph.post>) => {
      if (call[0].endsWith('assignLicense')) other.licences = [{ skuId: e1(1).skuId, disabledPlans: [] }]
      return graph.post(...call)
    },
  } as typeof graph
  const error = await failure(graphAccounts({ graph: racing }).ensure(anna))
  assert.deepEqual([error.verdict, error.code], ['permanent', 'Request_BadRequest'])
  assert.match(error.hint, /No licence of this kind is free/)
})

test('a suspended product and a second Exchange plan are refused', async t => {
  const { graph, service } = await tenant(t, {
    skus: [
      e1(5, { capabilityStatus: 'Suspended' }),
      e3(5),
      e1(5, { skuId: 'aaaaaaaa-0d4e-45cd-891e-60aabd171b4e', skuPartNumber: 'OTHER_E1' }),
    ],
  })
  assert.equal((await failure(graphAccounts({ graph }).ensure(anna))).code, 'LicenceSuspended')
  service.tenant.user(anna.address).licences.push({ skuId: e3(1).skuId, disabledPlans: [] })
  const error = await failure(graphAccounts({ graph }).ensure({ ...anna, licence: 'other_e1' }))
  assert.match(error.hint, /another Exchange plan/)
})

test('a missing permission names the one to consent', async t => {
  const rows = [
    { without: 'User.ReadWrite.All', named: /User\.ReadWrite\.All/ },
    { without: 'LicenseAssignment.Read.All', named: /LicenseAssignment\.Read\.All/ },
    { without: 'MailboxSettings.Read', named: /MailboxSettings\.Read/ },
  ]
  for (const { without, named } of rows) {
    const { graph, service } = await tenant(t)
    const app = service.apps[0]
    assert.ok(app)
    app.permissions = app.permissions.filter(one => one !== without)
    const error = await failure(graphAccounts({ graph }).ensure(anna))
    assert.equal(error.verdict, 'permanent')
    assert.match(error.hint, named)
  }
})

test('what will never have a mailbox is not waited for', async t => {
  const { graph, service } = await tenant(t)
  const accounts = graphAccounts({ graph })
  const { licence: _, ...unlicensed } = anna
  assert.equal((await failure(accounts.ensure(unlicensed))).code, 'NoExchangePlan')
  service.tenant.addUser({ userPrincipalName: 'guest@spf75.example', userType: 'Guest' })
  assert.equal((await failure(accounts.ensure({ ...unlicensed, address: 'guest@spf75.example' }))).code, 'GuestAccount')
  const day = await failure(accounts.ensure(anna, { tries: 99, elapsedMs: 24 * 3_600_000 }))
  assert.deepEqual([day.code, day.verdict], ['MailboxNotMade', 'permanent'])
})

test('no password of an account is kept or shown, whatever the service echoes', async t => {
  const { service, tokens } = await tenant(t)
  let password = ''
  const echoing = graphClient({
    baseUrl: service.url,
    token: () => tokens.token(graphScope),
    fetch: async (input, init) => {
      if (init?.method !== 'POST') return fetch(input, init)
      password = JSON.parse(String(init.body)).passwordProfile.password
      return Response.json(
        { error: { code: 'Request_BadRequest', message: `the password ${password} is weak` } },
        { status: 400 },
      )
    },
  })
  const error = await failure(graphAccounts({ graph: echoing }).ensure(anna))
  assert.ok(password.length >= 32)
  assert.match(error.message, /\(hidden\)/)
  assert.ok(!inspect(error, { depth: 9, showHidden: true }).includes(password))
})
