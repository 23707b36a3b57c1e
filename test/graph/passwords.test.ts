import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphAccounts } from '../../shared/accounts/graph.ts'
import { passwordsOf } from '../sandbox/graph/users.ts'
import { clientId, failure, permissions, secret, tenant } from './tenant.ts'

const anna = { address: 'anna@spf75.example', kind: 'user' as const, usageLocation: 'FR', licence: 'STANDARDPACK' }

test('a new account has the password that it was given; it is asked for only when none was found', async t => {
  const { graph, service } = await tenant(t)
  let asked = 0
  const password = async () => {
    asked++
    return 'kmt4-x7wq-9hpd-r4uv-e3aa'
  }
  const accounts = graphAccounts({ graph })
  await accounts.ensure({ ...anna, password })
  await accounts.ensure({ ...anna, password })
  const { id } = service.tenant.user(anna.address)
  assert.deepEqual([asked, passwordsOf(service.tenant).get(id)], [1, 'kmt4-x7wq-9hpd-r4uv-e3aa'])
})

test('without one nobody knows its password', async t => {
  const { graph, service } = await tenant(t)
  await graphAccounts({ graph }).ensure(anna)
  assert.ok((passwordsOf(service.tenant).get(service.tenant.user(anna.address).id) ?? '').length > 30)
})

test('a password is set anew; without the permission that needs, the failure names it and not the password', async t => {
  const { graph, service } = await tenant(t)
  const accounts = graphAccounts({ graph })
  await accounts.ensure(anna)
  await accounts.setPassword?.(anna.address, 'another-one-77')
  assert.equal(passwordsOf(service.tenant).get(service.tenant.user(anna.address).id), 'another-one-77')
  const poor = await tenant(t, {
    apps: [{ clientId, secret, permissions: permissions.filter(one => !one.includes('PasswordProfile')) }],
  })
  await graphAccounts({ graph: poor.graph }).ensure(anna)
  const error = await failure(
    graphAccounts({ graph: poor.graph }).setPassword?.(anna.address, 'third-one-77') ?? Promise.resolve(),
  )
  assert.match(error.hint, /User-PasswordProfile\.ReadWrite\.All/)
  assert.ok(!`${error.message} ${error.hint}`.includes('third-one-77'))
})

const wanted = (startsAt: number, lifetimeMinutes = 480) => ({ startsAt, lifetimeMinutes, usableOnce: false })

test('a pass is made, and another ends it; its value is told by the first answer only', async t => {
  const { graph, service, clock } = await tenant(t)
  const accounts = graphAccounts({ graph })
  await accounts.ensure(anna)
  const { id } = service.tenant.user(anna.address)
  const first = await accounts.temporaryPass?.(anna.address, wanted(clock.now))
  assert.equal(passwordsOf(service.tenant).get(id), first)
  const second = await accounts.temporaryPass?.(anna.address, wanted(clock.now))
  assert.ok(second && second.length >= 8 && second !== first)
  assert.equal(passwordsOf(service.tenant).get(id), second)
})

for (const [what, minutes, more, message] of [
  ['longer than the policy allows', 481, {}, /maximum of 480 minutes/],
  ['shorter than ten minutes', 9, {}, /lifetimeInMinutes/],
  ['switched off by the policy', 60, { passPolicy: { enabled: false, maximumLifetimeInMinutes: 480 } }, /not enabled by policy/],
] as const) {
  test(`a pass that is ${what} is refused for good, with Microsoft’s own words`, async t => {
    const { graph, clock } = await tenant(t, more)
    const accounts = graphAccounts({ graph })
    await accounts.ensure(anna)
    const error = await failure(accounts.temporaryPass?.(anna.address, wanted(clock.now, minutes)) ?? Promise.resolve())
    assert.equal(error.verdict, 'permanent')
    assert.match(error.message, message)
  })
}

test('a policy that was raised allows three days', async t => {
  const { graph, clock } = await tenant(t, { passPolicy: { enabled: true, maximumLifetimeInMinutes: 4_320 } })
  const accounts = graphAccounts({ graph })
  await accounts.ensure(anna)
  assert.ok(await accounts.temporaryPass?.(anna.address, wanted(clock.now, 4_320)))
})
