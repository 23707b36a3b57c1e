import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { rrset } from '../../shared/dns/records.ts'
import { Failure } from '../../shared/errors.ts'
import { dnsWeather, type Sick } from '../fakes/dns-weather.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'

const hours = 3_600_000
const eight = Date.UTC(2026, 2, 2, 7) // 08:00 in Brussels
const odile = 'odile@help.example'

/** A town whose cutover is on 2 March at 08:00, and whose operator hears of what is held. */
function dated(change: (playbook: string) => string = text => text, more: Partial<Scene> = {}): World {
  const { playbook, wave } = town()
  const text = playbook
    .replace('calendar:\n', 'calendar:\n  - { on: held, notice: trouble }\n  - { at: "D 08:00", step: cutover }\n')
    .replace(
      'notices:\n',
      'notices:\n  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: smtp }\n',
    )
    .concat(`people: { operator: [${odile}] }\nchannels: { smtp: { host: 127.0.0.1, port: 25, tls: none } }\n`)
  const scene = { wave: { ...wave, day: '2026-03-02' }, happens: [], start: Date.UTC(2026, 2, 1), turns: 60_000, ...more }
  return new World(town({}, { ...scene, playbook: change(text) }))
}

const order = (world: World, action: Parameters<typeof act>[2], more: object = {}) =>
  act(world.app(), 'town', action, { why: 'a long evening', ...more }, 'Odile')
const told = ({ readers }: World) => readers.letters.filter(({ to }) => to === odile).map(({ mime }) => mime.toString())
const domain = async ({ store }: World, name = 'town.example') => (await store.domains.get('town', name))?.row
const waitsFor = async (world: World) => (await world.wave())?.waitsFor ?? ''
const mx = ({ zone }: World, name = 'town.example') => zone.read(name, 'MX')?.data[0]
const at = (world: World, when: number) => world.run({ until: () => world.clock.now() >= when })
const isWave = (state: string) => async (world: World) => (await world.wave())?.state === state
const [old, fresh] = ['10 mx.old.example', '0 mx.new.example']

/** Fails as `how` from the hour of the cutover for so many hours: all name servers, or those that `who` numbers. */
function failing(world: World, how: Sick, long: number, written = false, who = '01'): void {
  const until = eight + long * hours
  const isNow = () => world.clock.now() >= eight && world.clock.now() < until
  dnsWeather(
    world,
    n => (isNow() && who.includes(`${n}`) ? how : undefined),
    () => written,
  )
}

describe('a switch that was begun in time', () => {
  for (const how of ['SERVFAIL', 'ETIMEDOUT'] as const) {
    test(`is written by itself while ${how} does not last an hour`, async () => {
      const world = dated()
      failing(world, how, 0.7)
      await at(world, eight + 1.5 * hours)
      assert.equal(mx(world), fresh)
      assert.deepEqual(told(world), [])
    })

    test(`and fails with ${how} for longer is not made up for at another hour; its operator is told once, and his word switches it`, async () => {
      const world = dated()
      failing(world, how, 6)
      await at(world, eight + 3 * hours)
      assert.equal((await world.wave())?.state, 'ready')
      assert.match(await waitsFor(world), /2026-03-02T08:00\+01:00\[Europe\/Brussels\], was missed; .*approve/)
      assert.match((await waveStatus(world.app(), 'town')).warnings?.join('\n') ?? '', /was missed/)
      await at(world, eight + 40 * hours)
      assert.deepEqual([mx(world), (await domain(world))?.state], [old, 'ready'])
      assert.equal(told(world).length, 1)
      assert.match(told(world)[0] ?? '', /did not take place at its hour/)
      await order(world, 'approve', { step: 'cutover' })
      assert.equal((await world.run()).verdict, 'complete')
      assert.equal(mx(world), fresh)
      assert.equal(told(world).length, 1)
    })
  }

  test('can be moved to another day while nobody answers yet, and is switched then by itself', async () => {
    const world = dated()
    failing(world, 'ETIMEDOUT', 5)
    await at(world, eight + 2 * hours)
    await order(world, 'reschedule', { day: '2026-03-09' })
    await at(world, eight + 7 * 24 * hours - 1)
    assert.deepEqual([mx(world), (await domain(world))?.state], [old, 'ready'])
    assert.equal((await world.run()).verdict, 'complete')
    assert.ok(((await domain(world))?.writtenAt ?? 0) >= eight + 7 * 24 * hours)
  })

  test('is tried as long as need be once somebody has said so, also while nobody answers', async () => {
    const world = dated()
    failing(world, 'SERVFAIL', 6)
    await at(world, eight + 2 * hours)
    await order(world, 'approve', { step: 'cutover' })
    await at(world, eight + 7 * hours)
    assert.equal(mx(world), fresh)
  })

  test('and was written without an answer, seen by another server, goes on', async () => {
    const world = dated()
    failing(world, 'ETIMEDOUT', 5, true, '0')
    // The transfer to the second server is quick.
    await at(world, eight + hours / 2)
    await world.dns.askAll(await world.dns.authorities('town.example'), 'town.example', 'MX')
    await at(world, eight + 3 * hours)
    assert.deepEqual([mx(world), (await world.wave())?.state], [fresh, 'cutting-over'])
    assert.equal((await world.run()).verdict, 'complete')
  })

  test('and was written while nobody answers is put back, since it was missed', async () => {
    const world = dated()
    failing(world, 'ETIMEDOUT', 5, true)
    await at(world, eight + 3 * hours)
    assert.deepEqual([mx(world), (await world.wave())?.state, (await domain(world))?.state], [fresh, 'ready', 'putting-off'])
    await at(world, eight + 6 * hours)
    assert.deepEqual([mx(world), (await domain(world))?.state], [old, 'ready'])
  })

  test('can be called off while nobody answers', async () => {
    const world = dated()
    failing(world, 'ETIMEDOUT', 5)
    await at(world, eight + 2 * hours)
    await assert.rejects(order(world, 'cancel'), /rollback/)
    await order(world, 'rollback')
    await world.run({ until: isWave('rolled-back') })
    assert.equal(mx(world), old)
  })

  test('which the primary refuses is held; after an hour its day can be moved, and mended it waits for a word', async () => {
    const world = dated()
    const { replace } = world.zone.host
    let refuses = true
    world.zone.host.replace = async (...given) => {
      const isSwitch = given[1].some(({ after }) => after?.data[0] === fresh)
      if (refuses && isSwitch)
        throw new Failure({ verdict: 'permanent', during: 'changing', code: 'REFUSED', hint: 'Grant it to the key.' })
      return replace(...given)
    }
    await at(world, eight + 2 * hours)
    assert.deepEqual([(await world.wave())?.state, (await domain(world))?.state], ['ready', 'held'])
    const { warnings } = await act(world.app(), 'town', 'postpone', { why: 'no key', day: '2026-03-09' }, 'Otto')
    assert.match(warnings.join('\n'), /Otto asks for 2026-03-09/)
    refuses = false
    await order(world, 'retry')
    await at(world, eight + 3 * hours)
    assert.deepEqual([mx(world), (await domain(world))?.state], [old, 'ready'])
    await order(world, 'approve', { step: 'cutover' })
    assert.equal((await world.run()).verdict, 'complete')
  })

  test('and was released by a person after its hour is tried at once, whatever else of the wave is switched', async () => {
    const [world, sick] = twoDomains()
    sick.code = 'REFUSED'
    await at(world, eight + 2 * hours)
    assert.deepEqual([mx(world), (await domain(world, 'port.example'))?.state], [fresh, 'held'])
    sick.code = undefined
    await order(world, 'retry')
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(mx(world, 'port.example'), fresh)
  })

  test('in one domain of two waits for a word there, and the other goes on', async () => {
    const [world, sick] = twoDomains()
    sick.code = 'SERVFAIL'
    await at(world, eight + 2 * hours)
    sick.code = undefined
    await at(world, eight + 5 * hours)
    assert.deepEqual([mx(world), mx(world, 'port.example')], [fresh, old])
    assert.equal((await world.wave())?.state, 'cutting-over')
    assert.match(await waitsFor(world), /2026-03-02T08:00.* was missed by some \(port\.example is ready\); .*approve/)
    assert.equal(told(world).length, 1)
    assert.match(told(world)[0] ?? '', /port\.example/)
    await assert.rejects(order(world, 'reschedule', { day: '2026-03-09' }), /before its cutover/)
    await order(world, 'approve', { step: 'cutover' })
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(mx(world, 'port.example'), fresh)
    assert.equal(told(world).length, 1)
  })

  test('is a person’s where he writes the records: it is asked for on, and the operator told once, an hour after it began', async () => {
    const world = dated(text => text.replace(/ {2}kind: rfc2136\n {2}server.*\n {2}key.*\n/, '  kind: manual\n'))
    Object.assign(world.zone.host, { replace: async () => ({ outcome: 'waiting', text: 'Please change it.' }) })
    world.zone.put('town.example', 'MX', rrset('town.example', 'MX', 60, [old]))
    await at(world, eight + 4 * hours)
    assert.deepEqual([(await domain(world))?.state, told(world).length], ['switching', 1])
    assert.match(told(world)[0] ?? '', /Domains waiting/)
    assert.doesNotMatch(told(world)[0] ?? '', /did not take place/)
    world.zone.put('town.example', 'MX', rrset('town.example', 'MX', 60, [fresh]))
    Object.assign(world.zone.host, { replace: async () => ({ outcome: 'already' }) })
    assert.equal((await world.run()).verdict, 'complete')
  })
})

/** As the town’s, with a third mailbox in a domain of its own, whose switch fails as `code` says now. */
function twoDomains(): [World, { code: Sick | undefined }] {
  const carl = 'carl@port.example'
  const { wave, sources, targets } = town()
  const records = ['town.example', 'port.example'].map(name => rrset(name, 'MX', 90, [old]))
  const world = dated(undefined, {
    wave: { ...wave, day: '2026-03-02', mailboxes: [...wave.mailboxes, { address: carl }] },
    sources: new Map([...sources, [carl, new MemoryMailbox({ delimiter: '.' })]]),
    targets: new Map([...targets, [carl, new MemoryMailbox()]]),
    zone: { name: 'example', records },
  })
  const sick: { code: Sick | undefined } = { code: undefined }
  const { replace } = world.zone.host
  world.zone.host.replace = async (zone, changes) => {
    const { code } = sick
    const isSwitch = changes.some(({ after }) => after?.name === 'port.example' && after.data[0] === fresh)
    if (!code || !isSwitch) return replace(zone, changes)
    const verdict = code === 'REFUSED' ? 'permanent' : 'transient'
    throw new Failure({ verdict, during: 'changing the records', code, hint: 'See its log.' })
  }
  return [world, sick]
}
