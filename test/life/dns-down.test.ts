import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { rrset } from '../../shared/dns/records.ts'
import { all } from '../../shared/store/store.ts'
import { dnsWeather, type Sick } from '../fakes/dns-weather.ts'
import { town } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'

const minute = 60_000
const order = (world: World, action: 'hold' | 'rollback') => act(world.app(), 'town', action, { why: 'a long evening' }, 'Odile')
const domain = async (world: World) => (await waveStatus(world.app(), 'town')).domains[0] ?? assert.fail('there is no domain')
const stored = async ({ store }: World) => (await store.domains.get('town', 'town.example'))?.row
const mx = ({ zone }: World) => zone.read('town.example', 'MX')?.data

/** A town whose name servers fail as `sick` says now, by number; 0 is the primary. */
function ailing(set: Partial<Scene> = {}): {
  world: World
  sick: (Sick | undefined)[]
  isState: (state: string) => () => Promise<boolean>
} {
  const world = new World(town({}, { happens: [], ...set }))
  const sick: (Sick | undefined)[] = []
  dnsWeather(
    world,
    n => sick[n],
    () => true,
  )
  return { world, sick, isState: state => async () => (await stored(world))?.state === state }
}

const forAnHour = async (world: World) => {
  const later = world.clock.now() + 60 * minute
  await world.run({ until: () => world.clock.now() > later })
}

describe('name servers that fail', () => {
  for (const how of ['SERVFAIL', 'REFUSED', 'ETIMEDOUT'] as const) {
    test(`all with ${how} in the hour of the switch keep it waiting; it goes on when they are back`, async () => {
      const { world, sick, isState } = ailing()
      await world.run({ until: isState('ready') })
      sick.push(how, how)
      await forAnHour(world)
      const { state, error, answers } = await domain(world)
      assert.equal(state, 'switching')
      assert.equal(error?.code, how)
      assert.deepEqual(
        answers.filter(one => /TTL of 90/.test(one)),
        [],
        'what lagged when the TTL was lowered is no news',
      )
      sick.length = 0
      assert.equal((await world.run()).verdict, 'complete')
    })

    test(`one with ${how} after the switch is named until it is back; nobody is told that his mail has moved`, async () => {
      const { world, sick, isState } = ailing()
      await world.run({ until: isState('ready') })
      sick[1] = how
      await forAnHour(world)
      const { state, waitsFor, answers } = await domain(world)
      assert.deepEqual([state, waitsFor], ['proving', 'every name server to answer the new MX'])
      assert.match(answers.join('\n'), new RegExp(`^ns2\\.town\\.example:53: .*${how}.*[.]$`))
      assert.deepEqual(world.readers.letters, [])
      sick.length = 0
      assert.equal((await world.run()).verdict, 'complete')
    })

    test(`one with ${how} while a wave is put back keep it waiting, and no more`, async () => {
      const { world, sick, isState } = ailing()
      await world.run({ until: isState('switched') })
      sick[1] = how
      await order(world, 'rollback')
      await forAnHour(world)
      assert.deepEqual([(await domain(world)).state, mx(world)], ['rolling-back', ['10 mx.old.example']])
      sick.length = 0
      await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    })
  }

  test('before anything was changed: put back, its records are not taken for somebody else’s', async () => {
    const { world, sick, isState } = ailing()
    sick[0] = 'SERVFAIL'
    const { askAll } = world.dns
    // The TTL cannot be lowered, though all is answered.
    Object.assign(world.dns, {
      askAll: async (...given: Parameters<typeof askAll>) => {
        const now = sick[0]
        sick[0] = undefined
        const answers = await askAll(...given)
        sick[0] = now
        return answers
      },
    })
    await world.run({ until: isState('lowering') })
    await order(world, 'hold')
    sick[0] = undefined
    sick[1] = 'SERVFAIL'
    await order(world, 'rollback')
    await forAnHour(world)
    const { state, waitsFor, answers } = await domain(world)
    assert.deepEqual([state, waitsFor], ['rolling-back', 'every name server to answer the old MX'])
    assert.match(answers.join('\n'), /ns2\.town\.example:53: it answers SERVFAIL/)
    sick.length = 0
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.equal(world.zone.read('town.example', 'MX')?.ttl, 90)
  })
})

test('what does not add up about its name servers is said of the domain, and warned of, as it was at the last proof', async () => {
  const { world, isState } = ailing()
  const { authorities } = world.dns
  const notes = ['the delegation of town.example could not be read']
  Object.assign(world.dns, { authorities: async (name: string) => ({ ...(await authorities(name)), notes: [...notes] }) })
  await world.run({ until: isState('lowering') })
  const said = async () => {
    const { domains, warnings = [] } = await waveStatus(world.app(), 'town')
    return [domains[0]?.notes, warnings.filter(one => /delegation/.test(one))]
  }
  assert.deepEqual(await said(), [notes, [`town.example: ${notes[0]}`]])
  await world.run({ until: isState('ready') })
  notes.pop()
  await world.run({ until: isState('switched') })
  assert.deepEqual(await said(), [undefined, []])
})

test('a policy that keeps mail from the new servers is warned of as soon as the domain is known', async () => {
  const { world, isState } = ailing()
  world.zone.put('_mta-sts.town.example', 'TXT', rrset('_mta-sts.town.example', 'TXT', 300, ['"v=STSv1; id=1"']))
  await world.run({ until: isState('lowering') })
  const { warnings = [] } = await waveStatus(world.app(), 'town')
  assert.match(warnings.join('\n'), /^town\.example: it has an MTA-STS policy: .*0 mx\.new\.example/m)
})

describe('what stands after the cutover in the calendar', () => {
  const entries =
    '  - { at: "D 08:00", step: cutover }\n  - { at: "D 09:00", notice: today }\n  - { at: "D 20:00", step: close }\n'
  const today = '  - { notice: today, template: day-j, audience: owner, issuer: ict, languages: [en], channel: auto }\n'
  const { playbook, wave } = town()
  const text = playbook.replace('calendar:\n', `calendar:\n${entries}`).replace('notices:\n', `notices:\n${today}`)
  const dated = () => ailing({ playbook: text, wave: { ...wave, day: '2026-03-02' }, start: Date.UTC(2026, 2, 1), turns: 40_000 })
  const told = async ({ store }: World) =>
    (await all(store.notices.list({ states: ['sent'] }))).filter(({ notice }) => notice === 'today').length
  const ten = Date.UTC(2026, 2, 2, 10)

  test('waits while no name server answers, and for the word that the switch then needs, and is said once all are switched', async () => {
    const { world, sick, isState } = dated()
    await world.run({ until: isState('ready') })
    sick.push('SERVFAIL', 'SERVFAIL')
    await world.run({ until: () => world.clock.now() > ten })
    assert.deepEqual([(await world.wave())?.state, await told(world)], ['ready', 0])
    const step = (await world.store.steps.get('town', 'notice:today'))?.row
    assert.equal(step?.waitsFor, 'the cutover, which is late')
    sick.length = 0
    await act(world.app(), 'town', 'approve', { why: 'they are back' }, 'Odile')
    assert.equal((await world.run()).verdict, 'complete')
    await world.run({ until: async () => (await told(world)) > 1 })
    assert.equal(await told(world), 2)
  })

  test('is not said while a wave is put back, however long that takes', async () => {
    const { world, sick } = dated()
    await world.run({ until: async () => (await world.wave())?.state === 'closing' })
    sick.push('ETIMEDOUT', 'ETIMEDOUT')
    await order(world, 'rollback')
    await world.run({ until: () => world.clock.now() > ten })
    assert.deepEqual([(await world.wave())?.state, await told(world)], ['rolling-back', 0])
    sick.length = 0
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.equal(await told(world), 0)
  })
})
