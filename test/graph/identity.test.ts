import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphHolder } from '../../shared/accounts/holder.ts'
import { graphIdentity } from '../../shared/accounts/identity.ts'
import { e1 } from '../sandbox/graph/skus.ts'
import { clientId, failure, secret, tenant } from './tenant.ts'

test('what an account is called: by its sign-in name, else by whoever has the address', async t => {
  const { graph, service } = await tenant(t)
  const add = (userPrincipalName: string, proxyAddresses: string[], mail?: string) =>
    service.tenant.addUser({ userPrincipalName, ...(mail ? { mail } : {}) }, { proxyAddresses })
  add('anna@spf75.example', ['smtp:a.old@spf75.example', 'SMTP:Anna@spf75.example'])
  add('b.o@spf75.example', ['SMTP:ben@spf75.example', 'smtp:o@spf75.example'])
  add('new@spf75.example', [], 'new@spf75.example')
  add('bare@spf75.example', [])
  const { identity } = graphIdentity(graph)
  const of = (address: string) => identity(address, address)
  assert.deepEqual(await of('anna@spf75.example'), { signIn: 'anna@spf75.example', primary: 'Anna@spf75.example' })
  assert.deepEqual(await of('ben@spf75.example'), { signIn: 'b.o@spf75.example', primary: 'ben@spf75.example' })
  assert.deepEqual(await of('o@spf75.example'), { signIn: 'b.o@spf75.example', primary: 'ben@spf75.example' })
  assert.deepEqual(await of('new@spf75.example'), { signIn: 'new@spf75.example', primary: 'new@spf75.example' })
  assert.deepEqual(await of('bare@spf75.example'), { signIn: 'bare@spf75.example' })
  assert.equal(await of("o'nobody@spf75.example"), undefined)
  assert.deepEqual(
    service.requests.filter(one => !one.startsWith('GET') && !one.includes('oauth2')),
    [],
    'only read',
  )
})

test('without the permission it is a Failure that names it', async t => {
  const { graph } = await tenant(t, { apps: [{ clientId, secret, permissions: ['Mail.Send'] }] })
  const { identity } = graphIdentity(graph)
  const { verdict, hint } = await failure(identity('a@spf75.example', 'a@spf75.example'))
  assert.equal(verdict, 'permanent')
  assert.match(hint, /User\.Read\.All/)
})

test('whose mailbox an address is: a person’s, a shared one, an account without any, nobody’s', async t => {
  const { graph, service } = await tenant(t)
  const add = (userPrincipalName: string, more = {}) =>
    service.tenant.addUser(
      { userPrincipalName, mail: userPrincipalName },
      { licences: [{ skuId: e1(1).skuId, disabledPlans: [] }], mailboxSince: 0, ...more },
    )
  add('anna@spf75.example')
  add('info@tenant.example', { settings: { userPurpose: 'shared' } }).fields.mail = 'info@spf75.example'
  add('bare@spf75.example', { mailboxSince: undefined })
  const { holder } = graphHolder(graph)
  assert.deepEqual(await holder('anna@spf75.example'), { purpose: 'user' })
  assert.deepEqual(await holder('info@spf75.example'), { purpose: 'shared' })
  assert.deepEqual(await holder('bare@spf75.example'), {})
  assert.equal(await holder('nobody@spf75.example'), undefined)
})
