import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { rrset } from '../../shared/dns/records.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const hours = 3_600_000
const eight = Date.UTC(2026, 2, 2, 7) // 08:00 in Brussels
const odile = 'odile@help.example'
const [old, fresh] = ['10 mx.old.example', '0 mx.new.example']
const [carl, dora, emil] = ['carl@port.example', 'dora@town.example', 'emil@town.example']
const byMailbox = 'unit'

/** A pilot of two mailboxes of a town, on 2 March at 08:00, whose other mailboxes come with wave “later” a month after; and some in port.example. */
async function pilot(more: { later?: string[]; playbook?: string; own?: string[] } = {}): Promise<World> {
  const { playbook, wave, sources, targets } = town()
  const text = playbook
    .replace(
      'calendar:\n',
      'calendar:\n  - { on: held, notice: trouble }\n  - { at: "D-9 08:00", step: prestage }\n  - { at: "D 08:00", step: cutover }\n',
    )
    .replace(
      'notices:\n',
      'notices:\n  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: smtp }\n',
    )
    .concat(`people: { operator: [${odile}] }\nchannels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }\n`)
  const { later = [dora, emil], own = [] } = more
  const others = [...own, ...later]
  const world = new World({
    ...town(),
    playbook: text,
    wave: { ...wave, day: '2026-03-02', mailboxes: [...wave.mailboxes, ...own.map(address => ({ address }))] },
    sources: new Map([...sources, ...others.map(one => [one, new MemoryMailbox()] as const)]),
    targets: new Map([...targets, ...others.map(one => [one, new MemoryMailbox()] as const)]),
    zone: { name: 'example', records: ['town.example', 'port.example'].map(name => rrset(name, 'MX', 90, [old])) },
    happens: [],
    start: Date.UTC(2026, 1, 20),
    turns: 60_000,
  })
  const units = text
    .replace('playbook: town', `playbook: ${byMailbox}`)
    .replace(/routing:\n(?: {2}.*\n)+/, 'routing: { kind: none }\n')
  for (const [name, body] of [
    ['town', text],
    [byMailbox, units],
  ] as const)
    await world.store.playbooks.put(['current', '000001'].map(version => ({ playbook: name, version, number: 1, body, at: 0 })))
  await at(world, Date.UTC(2026, 1, 20) + 120_000)
  const mailboxes = later.map(address => ({ address }))
  const request = { wave: 'later', playbook: more.playbook ?? 'town', day: '2026-04-02', mailboxes }
  await enqueueWave(world.app(), await parseWave(JSON.stringify(request), 'application/json'), 'Odile')
  return world
}

const order = (world: World, action: Parameters<typeof act>[2], more: object = {}, wave = 'town') =>
  act(world.app(), wave, action, { why: 'a long evening', ...more }, 'Odile')
const at = (world: World, when: number) => world.run({ until: () => world.clock.now() >= when })
const mx = ({ zone }: World, name = 'town.example') => zone.read(name, 'MX')?.data[0]
const waitsFor = async (world: World) => (await world.wave())?.waitsFor ?? ''
const told = ({ readers }: World) =>
  readers.letters.filter(({ to }) => to === odile).map(({ mime }) => mime.toString().replaceAll('=\r\n', ''))

describe('a domain of which other waves have mailboxes that do not exist at the target', { timeout: 120_000 }, () => {
  test('keeps its MX at the hour, says whose mail would bounce and what to do, tells operators once, and goes at a word', async () => {
    const world = await pilot()
    await at(world, eight + 0.8 * hours)
    assert.deepEqual([(await world.wave())?.state, mx(world)], ['ready', old])
    assert.match(
      await waitsFor(world),
      /^mailboxes of other waves .* would bounce: town\.example \(2 of wave “later”\); .*approve with "step": "cutover"/,
    )
    assert.doesNotMatch(await waitsFor(world), /without/)
    assert.equal(told(world).length, 1)
    assert.match(told(world)[0] ?? '', /an operator is needed.*town\.example \(later: 2\)/s)
    await order(world, 'approve', { step: 'cutover' })
    await at(world, eight + 0.9 * hours)
    assert.equal(mx(world), fresh)
    assert.equal(told(world).length, 1)
  })

  test('is not moved by an approval from before its hour, which is one of the date', async () => {
    const world = await pilot()
    await order(world, 'approve')
    await at(world, eight + 0.5 * hours)
    assert.equal(mx(world), old)
    await order(world, 'approve')
    await at(world, eight + 0.6 * hours)
    assert.equal(mx(world), fresh)
  })

  test('is left behind where the word names it, and the others go', async () => {
    const world = await pilot({ own: [carl] })
    await at(world, eight + 0.5 * hours)
    assert.deepEqual([mx(world), mx(world, 'port.example')], [old, old])
    assert.match(await waitsFor(world), /"without": \["town\.example"\] lets the others go$/)
    await order(world, 'approve', { step: 'cutover', without: ['town.example'] })
    await at(world, eight + 0.7 * hours)
    assert.deepEqual([mx(world), mx(world, 'port.example')], [old, fresh])
  })

  test('is seen, too, where the other wave’s mail is led mailbox by mailbox', async () => {
    const world = await pilot({ playbook: byMailbox })
    await at(world, eight + 0.5 * hours)
    assert.equal(mx(world), old)
    assert.match(await waitsFor(world), /town\.example \(2 of wave “later”\)/)
  })

  for (const [what, does] of [
    ['that exist at the target by then', (world: World) => order(world, 'reschedule', { day: '2026-03-09' }, 'later')],
    ['in a wave that was called off', (world: World) => order(world, 'cancel', {}, 'later')],
    ['whose mailboxes were cancelled', (world: World) => order(world, 'cancel', { mailboxes: [dora, emil] }, 'later')],
  ] as const)
    test(`goes by itself with others ${what}`, async () => {
      const world = await pilot()
      await does(world)
      await at(world, eight + 0.3 * hours)
      assert.equal(mx(world), fresh)
      assert.deepEqual(told(world), [])
    })

  test('goes by itself where its MX leads to the new side already, until it is put back', async () => {
    for (const [isBack, leads] of [
      [false, fresh],
      [true, old],
    ] as const) {
      const world = await pilot()
      const before = { name: 'town.example', type: 'MX' as const, at: 0, rrset: rrset('town.example', 'MX', 90, [old]) }
      const { store } = world
      const stored = (await store.domains.get('later', 'town.example')) ?? assert.fail()
      const row = { ...stored.row, before, wantedMx: [fresh], writtenAt: 1, playbook: 'town' }
      await store.domains.save({ ...row, wave: 'later', state: 'switched', switchedAt: 2 }, stored.etag)
      if (isBack) await store.domains.insert({ ...row, wave: 'back', state: 'rolled-back', since: 3 })
      await at(world, eight + 0.5 * hours)
      assert.equal(mx(world), leads)
    }
  })
})
