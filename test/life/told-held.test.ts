import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { rrset } from '../../shared/dns/records.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const odile = 'odile@help.example'
const mx = (data: string) => rrset('town.example', 'MX', 90, [data])

/** A month before its cutover, a town whose operator hears of what is held. */
function heard(): World {
  const { playbook, wave } = town()
  const says = playbook
    .replace('calendar:\n', 'calendar:\n  - { on: held, notice: trouble }\n  - { at: "D 08:00", step: cutover }\n')
    .replace(
      'notices:\n',
      'notices:\n  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: smtp }\n',
    )
    .concat(`people: { operator: [${odile}] }\nchannels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }\n`)
  return new World(town({}, { playbook: says, wave: { ...wave, day: '2026-03-02' }, happens: [], start: Date.UTC(2026, 1, 1) }))
}

const told = ({ readers }: World) => readers.letters.filter(({ to }) => to === odile).map(({ mime }) => mime.toString())
const domain = async ({ store }: World) => (await store.domains.get('town', 'town.example'))?.row
const order = (world: World, action: 'retry' | 'hold' | 'release' | 'rollback') =>
  act(world.app(), 'town', action, { why: 'a long evening' }, 'Odile')

describe('the operator is told', () => {
  test('of a domain whose records somebody else changed: once, which it is and what to do, and again where a retry fails', async () => {
    const world = heard()
    await world.run({ until: async () => (await domain(world))?.state === 'ready' })
    world.zone.put('town.example', 'MX', mx('5 other.example'))
    await world.run({ until: async () => told(world).length > 0 })
    assert.equal((await world.wave())?.state, 'cutting-over')
    const [letter = ''] = told(world)
    assert.match(letter, /town\.example/)
    assert.match(letter, /Correct the records of each domain that waits/)
    const later = world.clock.now() + 600_000
    await world.run({ until: () => world.clock.now() > later })
    assert.equal(told(world).length, 1)
    await order(world, 'retry')
    await world.run({ until: async () => told(world).length === 2 })
    world.zone.put('town.example', 'MX', mx('10 mx.old.example'))
    await order(world, 'retry')
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(told(world).length, 2)
  })

  test('of a domain that is held days before the hour of its cutover', async () => {
    const world = heard()
    await world.run({ until: async () => (await domain(world))?.state === 'lowering' })
    world.zone.put('town.example', 'MX', mx('5 other.example'))
    await world.run({ until: async () => told(world).length > 0 })
    assert.ok(world.clock.now() < Date.UTC(2026, 1, 3))
  })

  test('of a mailbox that could not be made, as soon as all others are copied, and not again when the wave ends', async () => {
    const world = heard()
    const bob = world.targets.get('bob@town.example')
    assert.ok(bob)
    world.targets.delete('bob@town.example')
    await world.run({ until: async () => told(world).length > 0 })
    assert.ok(world.clock.now() < Date.UTC(2026, 1, 3))
    world.targets.set('bob@town.example', bob)
    await order(world, 'retry')
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(told(world).length, 1)
  })

  test('of a domain that cannot be put back, once, although all else that is owed of the wave is dropped', async () => {
    const world = heard()
    await world.run({ until: async () => (await world.wave())?.state === 'finishing' })
    const switched = (await domain(world))?.wantedMx?.[0] ?? assert.fail('no MX was wanted')
    world.zone.put('town.example', 'MX', mx('5 other.example'))
    await order(world, 'rollback')
    await world.run({ until: async () => told(world).length > 0 })
    assert.deepEqual([(await world.wave())?.state, (await domain(world))?.state], ['rolling-back', 'held'])
    assert.match(told(world)[0] ?? '', /Correct the records of each domain that waits/)
    const later = world.clock.now() + 600_000
    await world.run({ until: () => world.clock.now() > later })
    world.zone.put('town.example', 'MX', mx(switched))
    await order(world, 'retry')
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.equal(told(world).length, 1)
  })

  test('nothing of what he holds and releases himself', async () => {
    const world = heard()
    await world.run({ until: async () => (await domain(world))?.state === 'ready' })
    await order(world, 'hold')
    await order(world, 'release')
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(told(world), [])
  })
})
