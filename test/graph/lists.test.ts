import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AccountWanted } from '../../shared/accounts/accounts.ts'
import { existingInTenant } from '../../shared/accounts/existing.ts'
import { graphAccounts } from '../../shared/accounts/graph.ts'
import { mailboxDeadlineMs } from '../../shared/accounts/waits.ts'
import type { Group } from '../sandbox/graph/groups.ts'
import { clientId, failure, permissions, secret, tenant } from './tenant.ts'

const may = (...more: string[]) => ({ apps: [{ clientId, secret, permissions: [...permissions, 'Group.Read.All', ...more] }] })
const wanted: AccountWanted = {
  address: 'team@spf75.example',
  kind: 'list',
  members: ['anna@spf75.example', 'bob@other.example', 'all@spf75.example'],
}
const made: Group = {
  displayName: 'L’équipe',
  mail: 'Team@spf75.example',
  proxyAddresses: ['SMTP:Team@spf75.example'],
  members: ['anna@spf75.example', { contact: 'bob@other.example' }, 'all@spf75.example'],
}
const all: Group = { displayName: 'All', mail: 'all@spf75.example', proxyAddresses: ['SMTP:all@spf75.example'] }

async function world(t: Parameters<typeof tenant>[0], groups: Group[], permitted = may('OrgContact.Read.All')) {
  const here = await tenant(t, { ...permitted, groups: [...groups, all] })
  await here.service.addMailbox('anna@spf75.example')
  await here.service.addMailbox('zoe@spf75.example')
  return { ...here, accounts: graphAccounts({ graph: here.graph }) }
}

describe('a list', () => {
  test('is ready when a group has its address and its members: people, contacts, other lists', async t => {
    const { accounts, graph } = await world(t, [made])
    assert.deepEqual(await accounts.ensure(wanted), { ready: true, made: 'already' })
    assert.deepEqual(await existingInTenant(graph).ensure(wanted), { ready: true, made: 'already' })
  })

  test('has a member by any of his addresses', async t => {
    const { accounts, service } = await world(t, [made])
    service.tenant.user('anna@spf75.example').proxyAddresses.push('smtp:a.martin@spf75.example')
    const members = ['A.Martin@spf75.example', 'bob@other.example', 'all@spf75.example']
    assert.equal((await accounts.ensure({ ...wanted, members })).ready, true)
  })

  test('that is not there is waited for a day, and says what to run', async t => {
    const { accounts } = await world(t, [])
    const state = await accounts.ensure(wanted, { tries: 2, elapsedMs: 60_000 })
    assert.ok(!state.ready)
    assert.match(state.why, /team@spf75\.example is not there.*exchange\.ps1/)
    assert.equal(state.againInMs, 5 * 60_000)
    const error = await failure(accounts.ensure(wanted, { tries: 9, elapsedMs: mailboxDeadlineMs }))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'ListMissing'])
    assert.match(error.hint, /exchange\.ps1.*retry/)
  })

  test('with other members is waited for, and says which', async t => {
    const { accounts } = await world(t, [{ ...made, members: ['anna@spf75.example', 'zoe@spf75.example'] }])
    const state = await accounts.ensure(wanted)
    assert.match(
      state.ready ? 'ready' : state.why,
      /lacks bob@other\.example, all@spf75\.example and has zoe@spf75\.example, of whom the wave says nothing: run/,
    )
    const error = await failure(accounts.ensure(wanted, { tries: 9, elapsedMs: mailboxDeadlineMs }))
    assert.equal(error.code, 'ListDiffers')
  })

  test('of more members than Graph names at once has them all', async t => {
    const members = Array.from({ length: 230 }, (_, i) => `m${i}@other.example`)
    const { accounts } = await world(t, [{ ...made, members: members.map(contact => ({ contact })) }])
    assert.equal((await accounts.ensure({ ...wanted, members })).ready, true)
  })

  const others: [string, Group, string, RegExp][] = [
    ['a Microsoft 365 group’s', { ...made, groupTypes: ['Unified'] }, 'GroupHasAddress', /Teams.*“L’équipe”/],
    [
      'a second one of another list',
      { ...made, mail: 'x@spf75.example', proxyAddresses: ['SMTP:x@spf75.example', 'smtp:team@spf75.example'] },
      'ListElsewhere',
      /x@spf75\.example/,
    ],
  ]
  for (const [what, group, code, says] of others)
    test(`whose address is ${what} is none: that is said at once, with what to do`, async t => {
      const { accounts } = await world(t, [group])
      const error = await failure(accounts.ensure(wanted))
      assert.deepEqual([error.verdict, error.code], ['permanent', code])
      assert.match(error.message, says)
      assert.match(error.hint, /then retry/)
    })

  test('whose address is that of a mailbox is none', async t => {
    const { accounts, service } = await world(t, [])
    service.tenant.user('zoe@spf75.example').proxyAddresses.push('smtp:team@spf75.example')
    const error = await failure(accounts.ensure(wanted))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'AddressTaken'])
    assert.match(error.message, /zoe@spf75\.example/)
  })

  test('whose contacts the app may not read is not believed', async t => {
    const { accounts } = await world(t, [made], may())
    const error = await failure(accounts.ensure(wanted))
    assert.deepEqual([error.verdict, error.code], ['permanent', 'MembersUnread'])
    assert.match(error.hint, /OrgContact\.Read\.All/)
  })

  test('cannot be looked for without the permission, which the hint names', async t => {
    const { accounts } = await world(t, [made], { apps: [{ clientId, secret, permissions: [...permissions] }] })
    const error = await failure(accounts.ensure(wanted))
    assert.match(error.hint, /Group\.Read\.All/)
  })
})
