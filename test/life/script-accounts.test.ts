import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { endingOf } from '../fakes/ending.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const bob = 'bob@town.example'
const mailbox = async ({ store }: World) => (await store.mailboxes.get('town', bob))?.row
const hour = 3_600_000

/** A town whose accounts an operator makes by a script, who has left one out. */
function unmade(accounts: 'script' | 'existing') {
  const scene = town({}, { happens: [] })
  const world = new World({
    ...scene,
    playbook: scene.playbook.replace('exchange-server', `exchange-server\n  accounts: ${accounts}`),
  })
  const target = world.targets.get(bob) ?? assert.fail('there is no such mailbox')
  world.targets.delete(bob)
  return { world, make: () => world.targets.set(bob, target) }
}

test('an account that an operator’s script is to make is waited for, with what to run; once it is there its mailbox goes on by itself', async () => {
  const { world, make } = unmade('script')
  await world.run({ until: async () => (await mailbox(world))?.waitsFor !== undefined })
  const { state, waitsFor } = (await mailbox(world)) ?? {}
  assert.deepEqual([state, waitsFor?.includes('GET /api/waves/town/exchange.ps1')], ['provisioning', true])
  make()
  assert.equal((await world.run()).verdict, 'complete')
  const { lost, twice } = await endingOf(world)
  assert.deepEqual([lost, twice], [[], []])
})

test('one that is not there after a day is held, and goes on when it is released', async () => {
  const { world, make } = unmade('script')
  const began = world.clock.now()
  await world.run({ until: async () => (await mailbox(world))?.state === 'held' })
  const { error } = (await mailbox(world)) ?? {}
  assert.deepEqual([error?.code, world.clock.now() - began >= 24 * hour], ['AUTHENTICATIONFAILED', true])
  make()
  await act(world.app(), 'town', 'release', { why: 'the script was run' }, 'Odile')
  assert.equal((await world.run()).verdict, 'complete')
})

test('an account that is said to exist and does not is held at once', async () => {
  const { world } = unmade('existing')
  const began = world.clock.now()
  await world.run({ until: async () => (await mailbox(world))?.state === 'held' })
  assert.ok(world.clock.now() - began < hour)
})

test('a licence that the wave asks for by its name in the playbook is given by its SKU', async () => {
  const scene = town({}, { happens: [] })
  const world = new World({ ...scene, playbook: `${scene.playbook}licences: { E1: { sku: STANDARDPACK, price: 2.76 } }\n` })
  const asked: (string | undefined)[] = []
  const { ensure } = world.accounts
  world.accounts.ensure = (wanted, soFar) => {
    asked.push(wanted.licence)
    return ensure(wanted, soFar)
  }
  await world.run({ until: async () => (await mailbox(world))?.state === 'planned' })
  const stored = (await world.store.mailboxes.get('town', bob)) ?? assert.fail('there is no such mailbox')
  await world.store.mailboxes.put([{ ...stored.row, wanted: { ...stored.row.wanted, licence: 'e1' } }])
  await world.run({ until: async () => (await mailbox(world))?.state === 'synced' })
  assert.deepEqual([...new Set(asked)].sort(), ['STANDARDPACK', undefined])
})
