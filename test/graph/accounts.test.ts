import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountState, AccountWanted, SoFar } from '../../shared/accounts/accounts.ts'
import { existingAccounts } from '../../shared/accounts/existing.ts'
import { graphAccounts } from '../../shared/accounts/graph.ts'
import { throwawayPassword } from '../../shared/accounts/person.ts'
import { againInMs } from '../../shared/accounts/waits.ts'
import { graphClient } from '../../shared/graph/client.ts'
import { graphScope } from '../../shared/identity/tokens.ts'
import { e1, e3 } from '../sandbox/graph/skus.ts'
import { clients, failure, type Tenant, tenant } from './tenant.ts'

const anna: AccountWanted = {
  address: "anna.d'hondt@spf75.example",
  kind: 'user',
  givenName: 'Anna',
  surname: "D'Hondt",
  jobTitle: 'Trésorière',
  phone: '+33 1 23 45 67 89',
  usageLocation: 'fr',
  licence: 'STANDARDPACK',
  language: 'fr-FR',
}

/** Asks until the account is ready, moving the clock by what each answer says. */
async function untilReady({ graph, clock }: Tenant, wanted: AccountWanted): Promise<{ state: AccountState; waits: number[] }> {
  const accounts = graphAccounts({ graph })
  const waits: number[] = []
  const from = clock.now
  let soFar: SoFar | undefined
  for (;;) {
    const state = await accounts.ensure(wanted, soFar)
    if (state.ready) return { state, waits }
    waits.push(state.againInMs / 60_000)
    clock.now += state.againInMs
    soFar = { tries: waits.length, elapsedMs: clock.now - from, made: state.made }
  }
}

test('an account is created, licensed and waited for, in growing steps; its mailbox opens once', async t => {
  const opened: string[] = []
  const here = await tenant(t, { onMailboxCreated: async address => void opened.push(address) })
  const { state, waits } = await untilReady(here, anna)
  assert.deepEqual(state, { ready: true, made: 'created' })
  assert.deepEqual(waits, [1, 2, 5, 10, 15])
  assert.deepEqual(opened, [anna.address])
  const user = here.service.tenant.user(anna.address)
  assert.equal(user.fields.displayName, "Anna D'Hondt")
  assert.equal(user.fields.usageLocation, 'FR')
  // Signatures ask for PhoneNumber, which is the business telephone.
  assert.deepEqual(user.fields.businessPhones, ['+33 1 23 45 67 89'])
  assert.equal(user.fields.preferredLanguage, 'fr-FR')
  assert.deepEqual(user.licences, [{ skuId: e1(1).skuId, disabledPlans: [] }])
})

test('twice equals once: a second and a third ensure change nothing', async t => {
  const here = await tenant(t)
  await untilReady(here, anna)
  const writes = () => here.service.requests.filter(one => /^(POST|PATCH) \/v1/.test(one)).length
  const before = writes()
  assert.deepEqual((await untilReady(here, anna)).state, { ready: true, made: 'already' })
  assert.deepEqual((await untilReady(here, { ...anna, address: anna.address.toUpperCase() })).state, {
    ready: true,
    made: 'already',
  })
  assert.equal(writes(), before)
  assert.equal(here.service.tenant.users.length, 1)
})

test('a stop after any request is made good by the next ensure', async t => {
  for (let allowed = 0; allowed < 5; allowed += 1) {
    const here = await tenant(t)
    let left = allowed
    const dying = graphClient({
      baseUrl: here.service.url,
      token: () => here.tokens.token(graphScope),
      fetch: async (input, init) => {
        const answer = await fetch(input, init) // the service has done it, and we never hear of it
        left -= 1
        if (left < 0) throw new TypeError('terminated', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) })
        return answer
      },
    })
    const error = await failure(graphAccounts({ graph: dying }).ensure(anna))
    assert.deepEqual([error.verdict, error.code], ['transient', 'ECONNRESET'], `after ${allowed}`)
    assert.equal((await untilReady(here, anna)).state.ready, true)
    assert.equal(here.service.tenant.users.length, 1)
    assert.equal(here.service.tenant.consumed(e1(1).skuId), 1)
  }
})

test('a new account that cannot be licensed yet is waited for', async t => {
  const here = await tenant(t)
  here.service.refuse({ times: 2, status: 404, code: 'Request_ResourceNotFound', only: /assignLicense/ })
  const { state, waits } = await untilReady(here, anna)
  assert.deepEqual(state, { ready: true, made: 'created' })
  assert.deepEqual(waits.slice(0, 3), [1, 2, 5])
})

test('two at once make one account', async t => {
  const { graph, service } = await tenant(t)
  const accounts = graphAccounts({ graph })
  const states = await Promise.all([accounts.ensure(anna), accounts.ensure(anna), accounts.ensure(anna)])
  assert.ok(states.every(one => !one.ready))
  assert.equal(service.tenant.users.length, 1)
  assert.equal(service.tenant.consumed(e1(1).skuId), 1)
})

test('an account somebody made is licensed, given a place if it has none, and otherwise left alone', async t => {
  const { graph, service } = await tenant(t)
  service.tenant.addUser({ userPrincipalName: 'paul@spf75.example', displayName: 'Paul', jobTitle: 'Comptable' })
  service.tenant.addUser({ userPrincipalName: 'lena@spf75.example', usageLocation: 'BE' })
  for (const address of ['paul@spf75.example', 'lena@spf75.example']) {
    await graphAccounts({ graph }).ensure({ ...anna, address, jobTitle: 'Autre' })
  }
  const paul = service.tenant.user('paul@spf75.example').fields
  assert.deepEqual([paul.displayName, paul.jobTitle, paul.usageLocation], ['Paul', 'Comptable', 'FR'])
  assert.equal(service.tenant.user('lena@spf75.example').fields.usageLocation, 'BE')
})

test('an account whose sign-in name is another than its address is found by its address', async t => {
  const { graph, service } = await tenant(t)
  const user = service.tenant.addUser(
    { userPrincipalName: 'a.dhondt@spf75.example', mail: anna.address, usageLocation: 'FR' },
    { proxyAddresses: [`SMTP:${anna.address}`] },
  )
  const state = await graphAccounts({ graph }).ensure(anna)
  assert.deepEqual([state.ready, state.made], [false, 'already'])
  assert.equal(user.licences.length, 1)
})

test('an account without a licence of ours is waited for when a group gives it a mailbox', async t => {
  const { graph, service } = await tenant(t)
  const { licence: _, ...byGroup } = anna
  service.tenant.addUser({ userPrincipalName: anna.address }, { licences: [{ skuId: e3(1).skuId, disabledPlans: [] }] })
  assert.equal((await graphAccounts({ graph }).ensure(byGroup)).ready, false)
})

test('a warning seat still counts as free', async t => {
  const { graph } = await tenant(t, { skus: [e1(0, { warning: 1 })] })
  assert.equal((await graphAccounts({ graph }).ensure(anna)).ready, false)
})

test('a throttled service leaves a transient Failure with its wait, and the next ensure goes on', async t => {
  const { graph, service } = await tenant(t)
  service.refuse({ times: 1, retryAfter: 17, only: /assignLicense/ })
  const error = await failure(graphAccounts({ graph }).ensure(anna))
  assert.deepEqual([error.verdict, error.retryAfterMs], ['transient', 17_000])
  assert.equal((await graphAccounts({ graph }).ensure(anna)).ready, false)
  assert.equal(service.tenant.consumed(e1(1).skuId), 1)
})

test('shared mailboxes and aliases are looked for; absent ones are told with the script that makes them', async t => {
  const { graph, service } = await tenant(t)
  const accounts = graphAccounts({ graph })
  const shared: AccountWanted = { address: 'info@spf75.example', kind: 'shared', displayName: "L'accueil" }
  const alias: AccountWanted = { address: "l'autre@spf75.example", kind: 'alias', aliasOf: 'info@spf75.example' }
  for (const [wanted, code] of [
    [shared, 'SharedMailboxMissing'],
    [alias, 'AliasMissing'],
  ] as const) {
    const error = await failure(accounts.ensure(wanted))
    assert.deepEqual([error.verdict, error.code], ['permanent', code])
    assert.match(error.hint, /exchange\.ps1.*then retry/)
  }
  // Exchange gives a shared mailbox a sign-in name of its alias in the tenant’s own domain.
  const info = await service.addMailbox('info_spf75.example@spf.onmicrosoft.example', { mail: 'info@spf75.example' })
  info.proxyAddresses.push("smtp:l'autre@spf75.example")
  assert.equal((await failure(accounts.ensure(shared))).code, 'NotShared')
  info.settings.userPurpose = 'shared'
  assert.deepEqual(await accounts.ensure(shared), { ready: true, made: 'already' })
  assert.deepEqual(await accounts.ensure(alias), { ready: true, made: 'already' })
})

test('an alias that leads to somebody else is none', async t => {
  const { graph, service } = await tenant(t)
  const before = await service.addMailbox('former@spf75.example')
  await service.addMailbox('anna@spf75.example')
  before.proxyAddresses.push('smtp:president@spf75.example')
  const alias = (aliasOf: string): AccountWanted => ({ address: 'president@spf75.example', kind: 'alias', aliasOf })
  const error = await failure(graphAccounts({ graph }).ensure(alias('anna@spf75.example')))
  assert.deepEqual([error.verdict, error.code], ['permanent', 'AliasElsewhere'])
  assert.match(error.message, /former@spf75\.example, not to anna@spf75\.example/)
  assert.deepEqual(await graphAccounts({ graph }).ensure(alias('Former@spf75.example')), { ready: true, made: 'already' })
})

test('passwords are of 80 bits and more, of every class, and never the same', () => {
  const made = new Set(Array.from({ length: 200 }, throwawayPassword))
  assert.equal(made.size, 200)
  for (const one of made) {
    assert.ok(one.length >= 32)
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) assert.match(one, kind)
  }
})

test('existing accounts are ready at once', async () => {
  assert.deepEqual(await existingAccounts.ensure(anna), { ready: true, made: 'already' })
})

test('waits grow from one minute to fifteen, and scale for a sandbox', () => {
  assert.deepEqual(
    [0, 1, 2, 3, 4, 5, 100].map(tries => againInMs(tries) / 60_000),
    [1, 2, 5, 10, 15, 15, 15],
  )
  assert.equal(againInMs(0, 0.001), 60)
})

test('a new process goes on where the killed one stopped', async t => {
  const here = await tenant(t)
  await graphAccounts({ graph: here.graph }).ensure(anna)
  const later = clients(here.service, () => here.clock.now)
  here.clock.now += 21 * 60_000
  assert.deepEqual(await graphAccounts({ graph: later.graph }).ensure(anna), { ready: true, made: 'already' })
})
