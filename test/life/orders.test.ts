import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { rrset } from '../../shared/dns/records.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const [anna, bob, carl] = ['anna@town.example', 'bob@town.example', 'carl@port.example']

const order = (world: World, action: Parameters<typeof act>[2], more: object = {}) =>
  act(world.app(), 'town', action, { why: 'a long evening', ...more }, 'Odile')
const mailbox = async ({ store }: World, address: string) => (await store.mailboxes.get(keyPart('town'), keyPart(address)))?.row
const oldMx = (domain: string) => rrset(domain, 'MX', 90, ['10 mx.old.example'])
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

describe('a domain of a wave', () => {
  /** As the town’s, with a third mailbox in a domain of its own. */
  const twoDomains = () => {
    const scene = town({}, { zone: { name: 'example', records: [oldMx('town.example'), oldMx('port.example')] }, happens: [] })
    scene.wave.mailboxes.push({ address: carl })
    scene.sources.set(carl, new MemoryMailbox())
    scene.targets.set(carl, new MemoryMailbox())
    return new World(scene)
  }
  const mxOf = ({ zone }: World, domain: string) => zone.read(domain, 'MX')?.data

  test('in which every mailbox was cancelled keeps its MX; the others are switched', async () => {
    const world = twoDomains()
    await world.run({ until: async () => (await world.wave())?.state === 'preparing' })
    await order(world, 'cancel', { mailboxes: [carl] })
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(mxOf(world, 'town.example'), ['0 mx.new.example'])
    assert.deepEqual(mxOf(world, 'port.example'), ['10 mx.old.example'])
    assert.equal((await world.store.domains.get('town', 'port.example'))?.row.state, 'cancelled')
  })

  test('is not waited for where nobody moves in it', async () => {
    const world = twoDomains()
    world.zone.put('port.example', 'MX', { ...oldMx('port.example'), ttl: 86_400 })
    await world.run({
      until: async () => (await world.store.domains.get('town', 'port.example'))?.row.ttlSettledAt !== undefined,
    })
    await order(world, 'cancel', { mailboxes: [carl] })
    const begun = world.clock.now()
    assert.equal((await world.run()).verdict, 'complete')
    assert.ok(world.clock.now() < begun + 86_400_000 / 2)
  })

  test('keeps its MX where every mailbox of the wave was cancelled one by one', async () => {
    const world = new World(town({}, { happens: [] }))
    await world.run({ until: async () => (await world.wave())?.state === 'preparing' })
    await order(world, 'cancel', { mailboxes: [anna, bob] })
    const { verdict, reasons } = await world.run()
    assert.deepEqual([verdict, reasons], ['incomplete', ['every mailbox was cancelled']])
    assert.deepEqual(mx(world), ['10 mx.old.example'])
  })
})
