import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { all } from '../../shared/store/store.ts'
import { dnsWeather } from '../fakes/dns-weather.ts'
import type { World } from '../fakes/world.ts'
import { at, both, carl, domain, dora, eight, fresh, go, hours, old, order, soon, twoDomains } from './two-domains.ts'

const [anna, bob] = ['anna@town.example', 'bob@town.example']
const atHour = (hour: string) => `  - { at: "D ${hour}", notice: in }\n  - { at: "D ${hour}", step: open }\n`
const calendar = (hour: string) => `  - { at: "D 08:00", step: cutover }\n${atHour(hour)}`
const told = ({ readers }: World) =>
  readers.letters
    .filter(({ mime }) => mime.toString().includes('Subject: Today is the day'))
    .map(one => one.to)
    .sort()
const opened = async ({ store }: World) => (await all(store.steps.list({}))).find(({ step }) => step === 'open')

describe('what tells people, or lets them in, at the very hour of the cutover', { timeout: 120_000 }, () => {
  test('goes to each as soon as his domain is switched, within a minute', async () => {
    const [world, sick] = twoDomains(calendar('08:00'))
    sick.now = false
    await at(world, eight + 60_000)
    assert.deepEqual(both(world), [fresh, fresh])
    assert.deepEqual([told(world), (await opened(world))?.state], [[anna, bob, carl, dora], 'done'])
  })

  test('reaches nobody while a late domain keeps all others; at a word the others, and the late one at its own', async () => {
    const [world, sick] = twoDomains(calendar('08:00'))
    await at(world, eight + 0.5 * hours)
    assert.deepEqual([both(world), told(world), (await opened(world))?.state], [[old, old], [], 'planned'])
    await go(world)
    await soon(world)
    assert.deepEqual(
      [both(world), told(world), (await opened(world))?.open],
      [
        [fresh, old],
        [anna, bob],
        [carl, dora],
      ],
    )
    sick.now = false
    await order(world, 'retry')
    await at(world, eight + 2 * hours)
    assert.deepEqual(told(world), [anna, bob])
    await order(world, 'approve', { step: 'cutover' })
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual([told(world), (await opened(world))?.state], [[anna, bob, carl, dora], 'done'])
  })

  test('does not wait for a domain whose switch has failed, but where that one is concerned', async () => {
    const [world, sick] = twoDomains(calendar('08:00'))
    sick.now = false
    await at(world, eight - 0.1 * hours)
    sick.now = true
    await at(world, eight + 0.1 * hours)
    assert.equal((await domain(world))?.heldFrom, 'switching')
    assert.deepEqual(
      [both(world), told(world), (await opened(world))?.open],
      [
        [fresh, old],
        [anna, bob],
        [carl, dora],
      ],
    )
  })

  for (const [hour, when] of [
    ['08:00', 'at its very hour'],
    ['08:30', 'half an hour later, with a word to go without one'],
  ] as const)
    test(`reaches nobody where the cutover begins and no MX can be written for an hour: ${when}`, async () => {
      const [world, sick] = twoDomains(calendar(hour))
      sick.now = false
      const from = eight - 0.1 * hours
      const isDead = { now: true }
      dnsWeather(world, () => (isDead.now && world.clock.now() > from ? 'SERVFAIL' : undefined))
      await at(world, eight - 3 * hours)
      if (hour !== '08:00') await go(world)
      await at(world, eight + 0.6 * hours)
      assert.equal((await world.wave())?.state, 'cutting-over')
      await at(world, eight + 3 * hours)
      assert.deepEqual([(await world.wave())?.state, both(world), told(world)], ['ready', [old, old], []])
      isDead.now = false
      await order(world, 'approve', { step: 'cutover' })
      assert.equal((await world.run()).verdict, 'complete')
      assert.deepEqual([told(world), (await opened(world))?.state], [[anna, bob, carl, dora], 'done'])
    })
})
