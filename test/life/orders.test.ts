import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { type AskZone, manual } from '../../shared/dns/manual.ts'
import { rrset } from '../../shared/dns/records.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { lives } from '../../shared/lives.ts'
import { tell } from '../../shared/run.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { MortalGate } from '../fakes/gate.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const [anna, bob, carl] = ['anna@town.example', 'bob@town.example', 'carl@port.example']

const order = (world: World, action: Parameters<typeof act>[2], more: object = {}) =>
  act(world.app(), 'town', action, { why: 'a long evening', ...more }, 'Odile')
const waveOf = async (world: World) => {
  const wave = await world.wave()
  assert.ok(wave)
  return wave
}
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

describe('a switch that is called off', () => {
  /** A town whose records somebody changes by hand. */
  const byHand = () => {
    const world = new World(town({}, { happens: [] }))
    const ask: AskZone = async (zone, name, type) => world.dns.askAll(await world.dns.authorities(zone), name, type)
    Object.assign(world.zone.host, manual(ask))
    return world
  }
  const domain = async ({ store }: World) => (await store.domains.get('town', 'town.example'))?.row
  const write = (world: World, data: string) => world.zone.put('town.example', 'MX', rrset('town.example', 'MX', 60, [data]))
  /** Somebody has lowered the TTL, and is asked for the new MX now. */
  const untilAsked = async () => {
    const world = byHand()
    write(world, '10 mx.old.example')
    await world.run({
      until: async () =>
        /Please change/.test((await domain(world))?.waitsFor ?? '') && (await domain(world))?.state === 'switching',
    })
    return world
  }
  const untilState = (world: World, state: string) => world.run({ until: async () => (await world.wave())?.state === state })

  test('before somebody wrote the new MX asks nobody to write it', async () => {
    const world = await untilAsked()
    await order(world, 'rollback')
    const ordered = world.clock.now()
    await world.run({ until: async () => (await domain(world))?.state !== 'switching' })
    assert.ok(world.clock.now() < ordered + 10_000, 'it asked on')
    await untilState(world, 'rolled-back')
    assert.equal((await domain(world))?.state, 'rolled-back')
    assert.deepEqual(mx(world), ['10 mx.old.example'])
  })

  test('after somebody wrote the new MX, unseen, asks for the old one', async () => {
    const world = await untilAsked()
    await order(world, 'rollback')
    write(world, '0 mx.new.example')
    await world.run({
      until: async () =>
        (await domain(world))?.state === 'rolling-back' &&
        /to be:\s+\S+ 60 IN MX 10 mx.old/.test((await domain(world))?.waitsFor ?? ''),
    })
    write(world, '10 mx.old.example')
    await untilState(world, 'rolled-back')
  })

  test('is no matter of cancel: that is refused, and says what to do', async () => {
    const world = await untilAsked()
    const refused = { status: 409, message: /MX of town\.example is being switched: roll the wave back/ }
    await assert.rejects(order(world, 'cancel'), refused)
    await order(world, 'hold')
    await assert.rejects(order(world, 'cancel'), refused)
    assert.equal((await world.wave())?.state, 'held')
    await order(world, 'rollback')
    await untilState(world, 'rolled-back')
  })

  test('by a cancel at the very moment that it begins writes nothing', async () => {
    const world = new World(town({}, { happens: [] }))
    await world.run({ until: async () => (await domain(world))?.state === 'switching' })
    await tell(world.app(), lives.wave, lives.wave.at(await waveOf(world)), { fact: 'cancel' })
    await world.run({ until: async () => (await domain(world))?.state === 'rolled-back' })
    assert.deepEqual(mx(world), ['10 mx.old.example'])
  })
})

describe('a cancelled wave', () => {
  test('that was switched says so, and can still be put back', async () => {
    const world = new World(town({}, { happens: [] }))
    await world.run({ until: async () => (await world.wave())?.state === 'finishing' })
    await order(world, 'cancel')
    const { toDo = [] } = await waveStatus(world.app(), 'town')
    assert.match(toDo.join('\n'), /MX of town\.example leads to the new side although the wave is cancelled: POST …\/rollback/)
    await order(world, 'rollback')
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.deepEqual(mx(world), ['10 mx.old.example'])
    const { domains } = await waveStatus(world.app(), 'town')
    assert.match(domains[0]?.answers.join('\n') ?? '', /MX 10 mx\.old\.example/)
  })

  test('waits for nothing any more, and neither does a held one', async () => {
    const world = new World(town({}, { happens: [] }))
    await world.run({ until: async () => (await world.wave())?.waitsFor !== undefined })
    await order(world, 'hold')
    assert.equal((await waveStatus(world.app(), 'town')).waitsFor, undefined)
    await order(world, 'cancel')
    const { waitsFor, domains } = await waveStatus(world.app(), 'town')
    assert.deepEqual([waitsFor, domains[0]?.waitsFor], [undefined, undefined])
  })

  test('that was not switched has nothing to put back', async () => {
    const world = new World(town({}, { happens: [] }))
    await world.run({ until: async () => (await world.wave())?.state === 'preparing' })
    await order(world, 'cancel')
    await assert.rejects(order(world, 'rollback'), { status: 409, message: /nothing of it is switched/ })
  })
})

test('a retry releases what failed, and nothing that a person holds', async () => {
  const world = new World(town({}, { happens: [] }))
  await world.run({ until: async () => (await world.wave())?.state === 'ready' })
  await order(world, 'hold', { mailboxes: [bob] })
  await order(world, 'hold')
  assert.equal((await order(world, 'retry')).changed, 0)
  const domain = await world.store.domains.get('town', 'town.example')
  const states = [await waveOf(world), domain?.row, await mailbox(world, anna), await mailbox(world, bob)].map(row => row?.state)
  assert.deepEqual(states, ['held', 'held', 'held', 'held'])
  assert.equal((await order(world, 'release')).changed, 4)
})

test('a wave that is held after its cutover has begun keeps its day', async () => {
  const playbook = town().playbook.replace('calendar:\n', 'calendar:\n  - { at: "D 08:00", step: cutover }\n')
  const scene = town({}, { playbook, wave: { ...town().wave, day: '2026-03-02' }, happens: [] })
  const world = new World({ ...scene, start: Date.UTC(2026, 2, 1) })
  await world.run({ until: async () => (await world.wave())?.state === 'cutting-over' })
  await order(world, 'hold')
  await assert.rejects(order(world, 'reschedule', { day: '2026-04-01' }), { status: 409, message: /only before its cutover/ })
  assert.deepEqual((await waveStatus(world.app(), 'town')).warnings, undefined)
})

test('a release that is cut off anywhere switches no MX while a mailbox is still held', async () => {
  for (let at = 1; at <= 24; at++) {
    const world = new World(town({}, { happens: [] }))
    await world.run({ until: async () => (await mailbox(world, bob))?.state === 'pre-staging' })
    await order(world, 'hold')
    const dies = world.app(new MortalGate({ at, when: 'after' }))
    await act(dies, 'town', 'release', { why: 'it is over' }, 'Odile').catch(() => {})
    const soon = world.clock.now() + 600_000
    // Where everything is held still, nothing is due.
    await world.run({ until: () => world.clock.now() > soon }).catch(() => {})
    const held = (await all(world.store.mailboxes.list({ states: ['held'] }))).length
    assert.ok(held === 0 || mx(world)?.[0] === '10 mx.old.example', `cut off after call ${at}`)
    await order(world, 'release')
    assert.equal((await world.run()).verdict, 'complete', `cut off after call ${at}`)
  }
})

test('a domain that is another wave’s as well is warned of, before its switch and before it is put back', async () => {
  const world = new World(town({}, { happens: [] }))
  await world.run({ until: async () => (await world.wave())?.state === 'preparing' })
  const later = { wave: 'later', playbook: 'town', mailboxes: [{ address: 'dora@town.example' }] }
  await enqueueWave(world.app(), await parseWave(JSON.stringify(later), 'application/json'), 'Odile')
  const both = 'town.example is in wave “later” (planned), too: its MX is switched, and put back, for both'
  const bounces = 'mailboxes of that wave that do not exist at the target yet, and whose mail would bounce: 1'
  assert.deepEqual((await waveStatus(world.app(), 'town')).warnings, [`${both}; ${bounces}`])
  await order(world, 'cancel', { mailboxes: [bob] })
  await act(world.app(), 'later', 'cancel', { why: 'another time' }, 'Odile')
  assert.equal((await waveStatus(world.app(), 'town')).warnings, undefined)
})
