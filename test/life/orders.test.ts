import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const [anna, bob] = ['anna@town.example', 'bob@town.example']

const order = (world: World, action: Parameters<typeof act>[2], more: object = {}) =>
  act(world.app(), 'town', action, { why: 'a long evening', ...more }, 'Odile')
const mailbox = async ({ store }: World, address: string) => (await store.mailboxes.get(keyPart('town'), keyPart(address)))?.row
const mx = ({ zone }: World) => zone.read('town.example', 'MX')?.data

/** A mailbox is held before its wave begins, as soon as it is stored. */
const heldAtFirst = {
  when: async (world: World) => (await mailbox(world, bob))?.state === 'planned',
  does: async (world: World) => void (await order(world, 'hold', { mailboxes: [bob] })),
}

describe('a mailbox that was held when its wave began', () => {
  test('begins when it is released, and the MX waits until it exists', async () => {
    const world = new World(town({}, { happens: [heldAtFirst] }))
    await world.run({ until: async () => /do not exist at the target/.test((await world.wave())?.waitsFor ?? '') })
    assert.equal((await world.wave())?.state, 'ready')
    await order(world, 'release', { mailboxes: [bob] })
    let early = false
    const { verdict } = await world.run({
      until: async () => {
        early ||= mx(world)?.[0] !== '10 mx.old.example' && (await mailbox(world, bob))?.targetReadyAt === undefined
        return (await world.wave())?.state === 'closed'
      },
    })
    assert.equal(early, false, 'the MX was switched before the mailbox existed')
    assert.equal(verdict, 'complete')
    assert.equal((await mailbox(world, bob))?.state, 'completed')
  })

  test('begins as soon as it is released, though the wave waits for a later hour', async () => {
    const later = (text: string) => text.replace('calendar:\n', 'calendar:\n  - { at: "D 08:00", step: cutover }\n')
    const { playbook, wave } = town()
    const scene = town({}, { playbook: later(playbook), wave: { ...wave, day: '2026-03-02' }, happens: [heldAtFirst] })
    const world = new World({ ...scene, start: Date.UTC(2026, 1, 1) })
    await world.run({
      until: async () => (await mailbox(world, anna))?.state === 'synced' && (await world.wave())?.state === 'ready',
    })
    await order(world, 'release', { mailboxes: [bob] })
    await world.run({ until: async () => (await mailbox(world, bob))?.state === 'synced' })
    assert.ok(world.clock.now() < Date.UTC(2026, 1, 2))
  })

  test('ends like the others where it is released once the wave is closed', async () => {
    const playbook = town().playbook.replace(/routing:\n(?: .*\n)*/, 'routing: { kind: none }\n')
    const world = new World(town({}, { playbook, happens: [heldAtFirst] }))
    assert.equal((await world.run()).verdict, 'incomplete')
    await order(world, 'release', { mailboxes: [bob] })
    assert.equal((await world.run()).verdict, 'complete')
  })
})
