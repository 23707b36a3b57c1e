import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Accounts, Identity } from '../../shared/accounts/accounts.ts'
import { act } from '../../shared/commands/act.ts'
import { reissue } from '../../shared/commands/passwords.ts'
import { Failure } from '../../shared/errors.ts'
import type { Playbook } from '../../shared/playbooks/playbook.ts'
import { followPasswords } from '../../shared/steps/passwords.ts'
import { mustBeUnchanged } from '../../shared/steps/unchanged.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { mailboxRow } from '../fakes/rows.ts'
import { World } from '../fakes/world.ts'
import { anna, bob, withPasswords } from './town.ts'

type Case = {
  wanted?: Partial<MailboxRow['wanted']>
  found?: Identity | 'nobody'
  kind?: Playbook['target']['kind']
  says?: RegExp
}

/** What a directory says of anna, and whether that is still she. */
const cases: Record<string, Case> = {
  'all as it was': { found: { signIn: anna, primary: anna } },
  'other capitals': { found: { signIn: 'ANNA@town.example', primary: 'Anna@Town.example' } },
  'another primary address': {
    found: { signIn: anna, primary: 'anna@new.example' },
    says: /primary address is anna@new\.example/,
  },
  'no address at all': { found: { signIn: anna }, says: /primary address is none/ },
  'another sign-in name': { found: { signIn: 'a.o@new.example', primary: anna }, says: /signs in as a\.o@new\.example/ },
  'the sign-in name that the wave names': {
    wanted: { target: { user: 'a.o@town.example' } },
    found: { signIn: 'a.o@town.example', primary: anna },
  },
  'a shared mailbox, which nobody signs in to': { wanted: { kind: 'shared' }, found: { signIn: 'x@y.example', primary: anna } },
  'a shared mailbox with another address': {
    wanted: { kind: 'shared' },
    found: { signIn: anna, primary: 'x@y.example' },
    says: /primary address is x@y\.example/,
  },
  'an alias, which has no account': { wanted: { kind: 'alias' }, found: 'nobody' },
  'no account': { found: 'nobody', says: /no account has this address/ },
  'a server that cannot be asked': { kind: 'exchange-server' },
  'a server that cannot be asked, under another login': {
    kind: 'exchange-server',
    wanted: { target: { user: 'a.o' } },
    says: /sign in as a\.o/,
  },
}

const nobody: Accounts = { ensure: async () => ({ ready: true, made: 'already' }) }
const playbook = (kind: Playbook['target']['kind'], addresses: Playbook['addresses'] = 'unchanged') =>
  ({ addresses, target: { kind } }) as Playbook
const failed = (code: string, says: RegExp) => (error: unknown) =>
  error instanceof Failure &&
  error.verdict === 'permanent' &&
  error.code === code &&
  says.test(error.message) &&
  /release/.test(error.hint)

describe('an address that is not to change', () => {
  for (const [what, { wanted = {}, found, kind = 'exchange-online', says }] of Object.entries(cases))
    test(`${what}: ${says ? 'held' : 'goes on'}`, async () => {
      const identity = async () => (found === 'nobody' ? undefined : found)
      const row = mailboxRow({ address: anna, wanted: { address: anna, kind: 'user', ...wanted } })
      const looked = mustBeUnchanged(found === undefined ? nobody : { ...nobody, identity }, playbook(kind), row)
      await (says ? assert.rejects(looked, failed('ADDRESS-CHANGED', says)) : looked)
    })

  test('a directory that cannot be asked is said, not passed over', async () => {
    await assert.rejects(
      mustBeUnchanged(nobody, playbook('exchange-online'), mailboxRow()),
      failed('ADDRESS-UNREAD', /unchanged/),
    )
    await mustBeUnchanged(nobody, playbook('exchange-online', 'free'), mailboxRow())
  })

  const promised = () => new World(withPasswords('{ mode: none }', 'addresses: unchanged\n'))
  const row = async ({ store }: World, address: string) => (await store.mailboxes.get('town', address))?.row

  test('is looked at before anything is copied: only that mailbox is held, and goes on when it is mended', async () => {
    const here = promised()
    here.accounts.names.set(anna, { signIn: anna, primary: 'anna@new.example' })
    await here.run({ until: async () => (await row(here, anna))?.state === 'held' && (await row(here, bob))?.state === 'synced' })
    const held = await row(here, anna)
    assert.deepEqual([held?.error?.code, held?.copied], ['ADDRESS-CHANGED', 0])
    assert.match(held?.error?.message ?? '', /anna@town\.example.*primary address is anna@new\.example/)
    here.accounts.names.clear()
    await act(here.app(), 'town', 'release', { why: 'the address is back' }, 'Odile')
    assert.equal((await here.run()).verdict, 'complete')
  })

  test('is looked at again when all has been copied', async () => {
    const here = promised()
    await here.run({ until: async () => (await row(here, bob))?.state === 'synced' })
    here.accounts.names.set(bob, { signIn: 'b@new.example', primary: bob })
    await here.run({ until: async () => (await row(here, bob))?.state === 'held' })
    assert.deepEqual([(await row(here, bob))?.heldFrom, (await row(here, bob))?.error?.code], ['verifying', 'ADDRESS-CHANGED'])
  })

  test('with passwords in mode none, a whole wave sets none, and nobody can ask for it', async () => {
    const here = promised()
    for (const address of [anna, bob]) {
      here.accounts.there.add(address)
      here.accounts.passwords.set(address, `${address} knows it`)
    }
    assert.equal((await here.run()).verdict, 'complete')
    await followPasswords(here.app())
    await assert.rejects(reissue(here.app(), 'town', { why: 'forgotten', mailboxes: [anna] }, 'Odile'), { status: 400 })
    assert.deepEqual([...here.accounts.passwords.values()], [`${anna} knows it`, `${bob} knows it`])
    assert.deepEqual(await all(here.store.passwords.list({})), [])
  })
})
