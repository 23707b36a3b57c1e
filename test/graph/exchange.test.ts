import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccountState, Accounts, AccountWanted } from '../../shared/accounts/accounts.ts'
import { exchangeAccounts } from '../../shared/accounts/exchange.ts'
import { graphAccounts } from '../../shared/accounts/graph.ts'
import { mailboxDeadlineMs } from '../../shared/accounts/waits.ts'
import { type Exchange, exchangeClient } from '../../shared/exchange/client.ts'
import { clientId, failure, permissions, secret, tenant, tenantId } from './tenant.ts'

const scope = 'https://outlook.office365.com/.default'
const needed = [...permissions, 'Group.Read.All', 'OrgContact.Read.All', 'User.Read.All', 'Exchange.ManageAsApp']
const anna = 'anna@spf75.example'
const zoe = 'zoe@spf75.example'
const accueil: AccountWanted = { address: 'accueil@spf75.example', kind: 'shared', displayName: 'Accueil', members: [anna, zoe] }

async function world(t: Parameters<typeof tenant>[0], more: { permissions?: string[]; principal?: boolean } = {}) {
  const apps = [{ clientId, secret, permissions: more.permissions ?? needed }]
  const here = await tenant(t, { apps })
  await here.service.addMailbox(anna)
  await here.service.addMailbox(zoe)
  const { exchange: admin } = here.service
  if (more.principal !== false) admin.principals.set(clientId, 'principal-1')
  const exchange = exchangeClient({
    baseUrl: here.service.url,
    tenantId,
    token: () => here.tokens.token(scope),
    tokenRefused: () => here.tokens.forget(scope),
  })
  const accountsBy = (by: Exchange): Accounts =>
    exchangeAccounts({ accounts: graphAccounts({ graph: here.graph }), exchange: by, clientId })
  return { ...here, admin, exchange, accountsBy, accounts: accountsBy(exchange) }
}

const ready: AccountState = { ready: true, made: 'already' }
const changing = /^(New|Set|Add|Update|Remove)-/

describe('invoke-command', () => {
  test('a shared mailbox is made, opened to its members and to the app, and then nothing is done to it', async t => {
    const { accounts, admin } = await world(t)
    assert.deepEqual(await accounts.ensure(accueil), ready)
    assert.deepEqual([...(admin.rights.FullAccess.get(accueil.address) ?? [])], [anna, zoe, 'principal-1'])
    assert.deepEqual([...(admin.rights.SendAs.get(accueil.address) ?? [])], [anna, zoe])
    const made = admin.ran.find(({ cmdlet }) => cmdlet === 'New-Mailbox')?.given
    assert.deepEqual(made, {
      Shared: true,
      Name: 'accueil_spf75.example',
      Alias: 'accueil_spf75.example',
      DisplayName: 'Accueil',
      PrimarySmtpAddress: accueil.address,
    })
    const before = admin.ran.length
    assert.deepEqual(await accounts.ensure(accueil), ready)
    assert.deepEqual(
      admin.ran.slice(before).filter(({ cmdlet }) => changing.test(cmdlet)),
      [],
    )
  })

  test('what was stopped after any cmdlet is made whole by the next try, nothing twice', async t => {
    for (let stop = 1; stop < 12; stop++) {
      const { accounts, accountsBy, admin, exchange } = await world(t)
      let left = stop
      const stopped: Exchange['run'] = async (...call) => {
        if (left-- === 0) throw new Error('the process ended')
        return exchange.run(...call)
      }
      const find: Exchange['find'] = async (...call) => {
        if (left-- === 0) throw new Error('the process ended')
        return exchange.find(...call)
      }
      await accountsBy({ run: stopped, find }).ensure(accueil).catch(String)
      assert.deepEqual(await accounts.ensure(accueil), ready)
      assert.deepEqual([...(admin.rights.FullAccess.get(accueil.address) ?? [])], [anna, zoe, 'principal-1'], `stop ${stop}`)
      assert.equal(admin.ran.filter(({ cmdlet }) => cmdlet === 'New-Mailbox').length, 1)
    }
  })

  test('the directory is waited for until it shows what Exchange has made', async t => {
    const { accounts, admin } = await world(t)
    admin.lag = true
    const state = await accounts.ensure(accueil)
    assert.match(state.ready ? 'ready' : state.why, /the directory to show accueil@spf75\.example/)
    const error = await failure(accounts.ensure(accueil, { tries: 9, elapsedMs: mailboxDeadlineMs }))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'NotThereYet'])
    admin.show()
    assert.deepEqual(await accounts.ensure(accueil), ready)
  })

  test('a member who is not there yet is waited for and named; the others open it meanwhile', async t => {
    const { accounts, admin, service } = await world(t)
    const wanted = { ...accueil, members: ['bob@spf75.example', zoe] }
    const state = await accounts.ensure(wanted)
    assert.match(state.ready ? 'ready' : state.why, /^bob@spf75\.example to be there/)
    assert.deepEqual([...(admin.rights.FullAccess.get(accueil.address) ?? [])], [zoe])
    await service.addMailbox('bob@spf75.example')
    assert.equal((await accounts.ensure(wanted)).ready, true)
  })

  test('an address that is somebody’s alias is not made a shared mailbox, and is said with what to do', async t => {
    const { accounts, service } = await world(t)
    service.tenant.user(zoe).proxyAddresses.push('smtp:Accueil@spf75.example')
    const error = await failure(accounts.ensure(accueil))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'AddressTaken'])
    assert.match(error.message, /zoe@spf75\.example/)
    assert.match(error.hint, /then retry/)
  })

  test('an alias is given to its owner once', async t => {
    const { accounts, admin, service } = await world(t)
    const wanted: AccountWanted = { address: 'a.martin@spf75.example', kind: 'alias', aliasOf: anna }
    assert.deepEqual(await accounts.ensure(wanted), ready)
    assert.deepEqual(await accounts.ensure(wanted), ready)
    assert.deepEqual(await accounts.ensure({ ...wanted, address: 'A.Martin@spf75.example' }), ready)
    assert.equal(admin.ran.filter(({ cmdlet }) => cmdlet === 'Set-Mailbox').length, 1)
    assert.ok(service.tenant.user(anna).proxyAddresses.includes('smtp:a.martin@spf75.example'))
    const later = await accounts.ensure({ ...wanted, address: 'b@spf75.example', aliasOf: 'bob@spf75.example' })
    assert.match(later.ready ? 'ready' : later.why, /^bob@spf75\.example to be there/)
  })

  test('a list is made with its members, those elsewhere as contacts, and its rules', async t => {
    const { accounts, admin, service } = await world(t)
    const wanted: AccountWanted = {
      address: 'team@spf75.example',
      kind: 'list',
      members: [anna, 'bob@other.example'],
      owners: [zoe],
      senders: 'members',
      opens: true,
    }
    assert.deepEqual(await accounts.ensure(wanted), ready)
    assert.deepEqual([...admin.contacts], ['bob@other.example'])
    const given = (cmdlet: string) => admin.ran.find(one => one.cmdlet === cmdlet)?.given
    assert.equal(given('New-DistributionGroup')?.Type, 'Security')
    assert.deepEqual(given('Set-DistributionGroup'), {
      Identity: wanted.address,
      RequireSenderAuthenticationEnabled: false,
      AcceptMessagesOnlyFromSendersOrMembers: [wanted.address],
      ManagedBy: [zoe],
      BypassSecurityGroupManagerCheck: true,
    })
    // Who is no member any more is taken from a list that is ours, from no other.
    assert.deepEqual(await accounts.ensure({ ...wanted, members: [anna] }), ready)
    service.groups.push({
      displayName: 'Others',
      mail: 'others@spf75.example',
      proxyAddresses: ['SMTP:others@spf75.example'],
      members: [zoe],
    })
    const others = await accounts.ensure({ ...wanted, address: 'others@spf75.example', members: [anna] })
    assert.equal(others.ready, false)
    assert.deepEqual(service.groups.find(({ mail }) => mail === 'others@spf75.example')?.members, [zoe, anna])
  })

  test('a list is waited for as long as a member of the organisation is missing: he becomes no contact', async t => {
    const { accounts, admin } = await world(t)
    const state = await accounts.ensure({ address: 'team@spf75.example', kind: 'list', members: [anna, 'new@spf75.example'] })
    assert.match(state.ready ? 'ready' : state.why, /^new@spf75\.example to be there/)
    assert.equal(admin.contacts.size, 0)
  })

  test('a person’s mailbox is opened to the app once it is there', async t => {
    const { accounts, admin } = await world(t)
    const wanted: AccountWanted = { address: anna, kind: 'user' }
    await accounts.ensure({ ...wanted, licence: 'STANDARDPACK', usageLocation: 'FR' })
    assert.deepEqual([...(admin.rights.FullAccess.get(anna) ?? [])], ['principal-1'])
  })

  test('an app without the permission, or unknown to Exchange, is said with what to do', async t => {
    const without = await world(t, { permissions: needed.filter(one => one !== 'Exchange.ManageAsApp') })
    const error = await failure(without.accounts.ensure(accueil))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'Forbidden'])
    assert.match(error.hint, /Exchange\.ManageAsApp.*Exchange Recipient Administrator/)
    const unknown = await world(t, { principal: false })
    const other = await failure(unknown.accounts.ensure(accueil))
    assert.deepEqual([other.verdict, other.code], ['permanent', 'NoServicePrincipal'])
    assert.match(other.hint, /New-ServicePrincipal/)
  })

  test('patience that Exchange asks for is kept, and a token that it refuses is fetched anew', async t => {
    const { accounts, service, exchange, tokens } = await world(t)
    service.refuse({ times: 1, status: 429, retryAfter: 17, only: /InvokeCommand/ })
    const busy = await failure(accounts.ensure(accueil))
    assert.deepEqual([busy.verdict, busy.retryAfterMs], ['transient', 17_000])
    service.refuse({ times: 1, status: 401, only: /InvokeCommand/ })
    const old = await tokens.token(scope)
    const refused = await failure(exchange.run('Get-Mailbox', { Identity: anna }, 'looking'))
    assert.equal(refused.verdict, 'transient')
    assert.ok(!JSON.stringify(refused).includes(old))
    assert.deepEqual(await accounts.ensure(accueil), ready)
  })
})
