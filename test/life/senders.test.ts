import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { txt } from '../../shared/dns/presentation.ts'
import { rrset } from '../../shared/dns/records.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { dnsWeather } from '../fakes/dns-weather.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

/** A month before its first step, a town whose notices go through a mail server. */
function planned(host = 'smtp.town.example', way = 'smtp'): World {
  const { playbook, wave } = town()
  const says = playbook
    .replace('calendar:\n', 'calendar:\n  - { at: "D-7 08:00", notice: soon }\n  - { at: "D 08:00", step: prestage }\n')
    .replace(
      'notices:\n',
      `notices:\n  - { notice: soon, template: day-before, audience: owner, issuer: ict, channel: ${way} }\n`,
    )
    .concat(`channels: { smtp: { host: ${host} } }\n`)
  return new World(town({}, { playbook: says, wave: { ...wave, day: '2026-03-02' }, happens: [], start: Date.UTC(2026, 1, 1) }))
}

const warned = async (world: World) =>
  ((await waveStatus(world.app(), 'town')).warnings ?? []).filter(one => one.includes('from which notices come'))
const untilLooked = (world: World) =>
  world.run({ until: async () => (await world.wave())?.waitsFor === 'the first step of its calendar' })
const publish = ({ zone }: World, name: string, text: string) => zone.put(name, 'TXT', rrset(name, 'TXT', 300, [txt(text)]))

describe('whether notices would look genuine', () => {
  test('is said before the first one goes, and no more once it is mended', async () => {
    const world = planned()
    await untilLooked(world)
    const [spf, dmarc, ...more] = await warned(world)
    assert.match(spf ?? '', /^town\.example, .* no SPF record: publish TXT "v=spf1 a:smtp\.town\.example ~all"/)
    assert.match(dmarc ?? '', /no DMARC record/)
    assert.deepEqual([more, world.readers.letters], [[], []])
    publish(world, 'town.example', 'v=spf1 a:smtp.town.example ~all')
    publish(world, '_dmarc.town.example', 'v=DMARC1; p=none')
    const later = world.clock.now() + 7 * 3_600_000
    await world.run({ until: () => world.clock.now() > later })
    assert.deepEqual(await warned(world), [])
    assert.equal((await world.run()).verdict, 'complete')
  })

  test('is said by the dry run of the wave as well, of which nothing stays', async () => {
    const world = planned('smtp.town.example', 'auto')
    const { wave, playbook } = world.scene
    await storePlaybook(world.app(), wave.playbook, playbook, 'application/yaml', 'operator')
    const request = await parseWave(JSON.stringify(wave), 'application/json')
    const { result } = await carryOut(world.app(), 'true', async (app, isDry) => {
      await enqueueWave(app, request, 'operator')
      return waveStatus(app, 'town', isDry)
    })
    assert.equal((result.warnings ?? []).filter(one => one.includes('from which notices come')).length, 2)
    assert.equal(await world.wave(), undefined)
  })

  test('is not known of name servers that do not answer, and looked at again', async () => {
    const world = planned()
    let sick = true
    dnsWeather(world, () => (sick ? 'ETIMEDOUT' : undefined))
    await untilLooked(world)
    assert.deepEqual(await warned(world), [])
    sick = false
    const later = world.clock.now() + 7 * 3_600_000
    await world.run({ until: () => world.clock.now() > later })
    assert.equal((await warned(world)).length, 2)
  })

  for (const [what, world] of [
    ['a mail server on this machine', planned('127.0.0.1')],
    ['notices that go another way', planned('smtp.town.example', 'source-append')],
  ] as const)
    test(`is not asked of ${what}`, async () => {
      await untilLooked(world)
      assert.deepEqual(await warned(world), [])
    })
})
