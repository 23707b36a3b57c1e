import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { rrset } from '../../shared/dns/records.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { dnsWeather } from '../fakes/dns-weather.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const [dora, carl] = ['dora@town.example', 'carl@port.example']
const oldMx = (domain: string) => rrset(domain, 'MX', 90, ['10 mx.old.example'])
const mx = ({ zone }: World, domain = 'town.example') => zone.read(domain, 'MX')?.data[0]
const order = (world: World, wave: string, action: 'rollback' | 'cancel') =>
  act(world.app(), wave, action, { why: 'the new side is down' }, 'Odile')
const stateOf = async ({ store }: World, wave: string) => (await store.waves.get('wave', keyPart(wave)))?.row.state
const until = (world: World, wave: string, state: string) =>
  world.run({ until: async () => (await stateOf(world, wave)) === state && world.queues.visible().length === 0 })
const told = ({ readers }: World) =>
  readers.letters.flatMap(({ to, mime }) => (/Back to the old mailbox/.test(mime.toString()) ? [to] : [])).sort()

/** A town that is moved and closed; whoever is put back hears of it. Then wave “later” comes, in the same domain. */
async function afterTown(mailboxes: string[]): Promise<World> {
  const says = town()
    .playbook.replace('calendar:\n', 'calendar:\n  - { on: rolled-back, notice: back }\n')
    .replace(
      'notices:\n',
      'notices:\n  - { notice: back, template: moved-back, audience: owner, issuer: ict, languages: [en], channel: auto }\n',
    )
  const records = [oldMx('town.example'), oldMx('port.example')]
  const world = new World(town({}, { playbook: says, zone: { name: 'example', records }, happens: [] }))
  await world.run()
  for (const address of mailboxes) {
    world.sources.set(address, new MemoryMailbox())
    world.targets.set(address, new MemoryMailbox())
  }
  const later = { wave: 'later', playbook: 'town', mailboxes: mailboxes.map(address => ({ address })) }
  await enqueueWave(world.app(), await parseWave(JSON.stringify(later), 'application/json'), 'Odile')
  return world
}

describe('a wave whose domain an earlier one has switched', () => {
  test('has nothing to put back, and says which wave has: nobody is told to read at the old server', async () => {
    const world = await afterTown([dora])
    await until(world, 'later', 'closed')
    await assert.rejects(order(world, 'later', 'rollback'), {
      status: 409,
      message: /led to the new side before this wave.*town\.example \(wave “town”\); put it back there/,
    })
    assert.deepEqual([await stateOf(world, 'later'), mx(world), told(world)], ['closed', '0 mx.new.example', []])
  })

  test('is cancelled at any time, also while its switch is proved', async () => {
    const world = await afterTown([dora])
    const domain = async () => (await world.store.domains.get('later', 'town.example'))?.row.state
    let isSick = false
    dnsWeather(world, n => (n === 1 && isSick ? 'SERVFAIL' : undefined))
    await world.run({ until: async () => (await domain()) === 'ready' })
    isSick = true
    await world.run({ until: async () => (await domain()) === 'proving' })
    await assert.rejects(order(world, 'later', 'rollback'), { status: 409, message: /or cancel this one/ })
    await order(world, 'later', 'cancel')
    const later = world.clock.now() + 600_000
    isSick = false
    await world.run({ until: () => world.clock.now() > later }).catch(() => {})
    assert.deepEqual((await waveStatus(world.app(), 'later')).toDo, undefined)
    assert.deepEqual([await stateOf(world, 'later'), mx(world)], ['cancelled', '0 mx.new.example'])
  })

  test('puts back the domains that are its own, and tells the people of these', async () => {
    const world = await afterTown([dora, carl])
    await until(world, 'later', 'closed')
    await order(world, 'later', 'rollback')
    await until(world, 'later', 'rolled-back')
    assert.deepEqual([mx(world), mx(world, 'port.example')], ['0 mx.new.example', '10 mx.old.example'])
    assert.deepEqual(told(world), [carl])
    assert.equal(
      (await waveStatus(world.app(), 'town')).toDo?.some(one => /was put back/.test(one)),
      false,
    )
  })

  for (const state of ['finishing', 'closed'])
    test(`hears that the earlier one was put back while it is ${state}, and can tell its people`, async () => {
      const world = await afterTown([dora])
      await until(world, 'later', state)
      await order(world, 'town', 'rollback')
      await until(world, 'town', 'rolled-back')
      const { warnings = [], toDo = [] } = await waveStatus(world.app(), 'later')
      const said = [...warnings, ...toDo].filter(one => /town\.example was put back with wave “town”.*POST …\/rollback/.test(one))
      assert.equal(said.length, 1)
      assert.deepEqual(told(world), ['anna@town.example', 'bob@town.example'])
      await order(world, 'later', 'rollback')
      await until(world, 'later', 'rolled-back')
      assert.deepEqual(told(world), ['anna@town.example', 'bob@town.example', dora])
      assert.equal(mx(world), '10 mx.old.example')
    })
})
