import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { rrset } from '../../shared/dns/records.ts'
import { Failure } from '../../shared/errors.ts'
import { all } from '../../shared/store/store.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const [old, fresh] = ['10 mx.old.example', '0 mx.new.example']
const hours = 3_600_000

test('of twenty domains seventeen are switched in their hour; of three that fail each in its way, each gets what it needs', async () => {
  const names = Array.from({ length: 20 }, (_, n) => `d${n}.example`)
  const [refused = '', silent = '', changed = ''] = names
  const addresses = names.map(name => `anna@${name}`)
  const { playbook } = town()
  const boxes = addresses.map((address): [string, MemoryMailbox] => [address, new MemoryMailbox({ delimiter: '.' })])
  for (const [address, box] of boxes) box.deliver('INBOX', letter(address), [], Date.UTC(2024, 0, 1))
  const world = new World({
    playbook: playbook.replace('calendar:\n', 'calendar:\n  - { at: "D 08:00", step: cutover }\n'),
    wave: { wave: 'town', playbook: 'town', day: '2026-03-02', mailboxes: addresses.map(address => ({ address })) },
    sources: new Map(boxes),
    targets: new Map(addresses.map(address => [address, new MemoryMailbox()])),
    // Several exchangers, and one domain that takes no mail at all (RFC 7505).
    zone: {
      name: 'example',
      records: names.map((name, n) => rrset(name, 'MX', 90, n === 3 ? ['0 .'] : [old, '20 MX2.old.example.'])),
    },
    start: Date.UTC(2026, 2, 1),
    turns: 60_000,
  })
  const eight = Date.UTC(2026, 2, 2, 7)
  const { replace } = world.zone.host
  world.zone.host.replace = async (zone, changes) => {
    const isSwitch = (name: string) => changes.some(({ after }) => after?.name === name && after.data[0] === fresh)
    const fail = (verdict: 'permanent' | 'transient', code: string) =>
      new Failure({ verdict, during: 'changing', code, hint: 'See its log.' })
    if (isSwitch(refused) && world.clock.now() < eight + 0.4 * hours) throw fail('permanent', 'REFUSED')
    if (isSwitch(silent) && world.clock.now() < eight + 3 * hours) throw fail('transient', 'ETIMEDOUT')
    return replace(zone, changes)
  }
  const at = (when: number) => world.run({ until: () => world.clock.now() >= when })
  const order = (action: 'retry' | 'approve') => act(world.app(), 'town', action, { why: 'mended' }, 'Odile')
  const states = async () => Object.fromEntries((await all(world.store.domains.list({}))).map(one => [one.domain, one.state]))
  await world.run({ until: async () => Object.values(await states()).filter(state => state === 'ready').length === 20 })
  const other = rrset(changed, 'MX', 60, ['5 filter.example'])
  world.zone.put(changed, 'MX', other)
  await at(eight + 0.5 * hours)
  const now = await states()
  assert.deepEqual([now[refused], now[silent], now[changed]], ['held', 'switching', 'held'])
  assert.equal(Object.values(now).filter(state => state === 'switched').length, 17)
  await order('retry')
  await at(eight + 4 * hours)
  const later = await states()
  assert.deepEqual([later[refused], later[silent], later[changed]], ['switched', 'ready', 'held'])
  assert.deepEqual(world.zone.read(changed, 'MX'), other)
  world.zone.put(changed, 'MX', rrset(changed, 'MX', 60, [old, '20 mx2.old.example']))
  await order('retry')
  await order('approve')
  assert.equal((await world.run()).verdict, 'complete')
  for (const name of names) assert.deepEqual(world.zone.read(name, 'MX')?.data, [fresh], name)
})
