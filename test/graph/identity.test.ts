import assert from 'node:assert/strict'
import { test } from 'node:test'
import { graphIdentity } from '../../shared/accounts/identity.ts'
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
