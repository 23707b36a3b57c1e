import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure, Refusal } from '../../shared/errors.ts'
import { all } from '../../shared/store/store.ts'
import {
  at,
  both,
  box,
  carl,
  domain,
  dora,
  eight,
  fresh,
  go,
  hours,
  old,
  order,
  soon,
  told,
  twoDomains,
  waitsFor,
} from './two-domains.ts'

describe('a domain that is late on the evening of the cutover', { timeout: 120_000 }, () => {
  test('is left behind at a word that its wave names; it is switched at a word of its own, and the wave closes with it', async () => {
    const [world, sick] = twoDomains()
    await at(world, eight + 0.2 * hours)
    assert.deepEqual(both(world), [old, old])
    assert.match(await waitsFor(world), /port\.example is held; .*approve with "step": "cutover", "without": \["port\.example"\]/)
    await go(world)
    await at(world, eight + 0.4 * hours)
    assert.deepEqual(both(world), [fresh, old])
    assert.equal((await world.wave())?.state, 'cutting-over')
    assert.match(await waitsFor(world), /port\.example is held/)
    sick.now = false
    await order(world, 'retry')
    await at(world, eight + 30 * hours)
    assert.deepEqual(both(world), [fresh, old])
    assert.deepEqual([(await domain(world))?.state, (await box(world, carl)).state], ['ready', 'synced'])
    assert.equal((await box(world, 'anna@town.example')).state, 'completed')
    assert.match(await waitsFor(world), /somebody’s word: .*port\.example is ready.*approve with "step": "cutover"/)
    assert.equal((await world.wave())?.verdict, undefined)
    await order(world, 'approve', { step: 'cutover' })
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(both(world), [fresh, fresh])
  })

  test('goes by itself as soon as it is ready, where its word was given before', async () => {
    const [world, sick] = twoDomains()
    await at(world, eight + 0.2 * hours)
    await go(world)
    await at(world, eight + 2 * hours)
    await order(world, 'approve', { step: 'cutover' })
    await at(world, eight + 3 * hours)
    sick.now = false
    await order(world, 'retry')
    await soon(world, 0.2 * hours)
    assert.deepEqual(both(world), [fresh, fresh])
  })

  test('named before the hour is left behind at the hour, also where it is ready by then', async () => {
    const [world, sick] = twoDomains()
    sick.now = false
    await at(world, eight - 3 * hours)
    await go(world)
    await at(world, eight + 0.5 * hours)
    assert.deepEqual(both(world), [fresh, old])
  })

  test('is no longer left behind once the last word does not name it, whoever has said it', async () => {
    const [world] = twoDomains()
    await at(world, eight - 3 * hours)
    await go(world)
    await order(world, 'approve', { step: 'cutover' }, 'Otto')
    await at(world, eight + 0.2 * hours)
    assert.deepEqual(both(world), [old, old])
    await go(world)
    await soon(world)
    assert.deepEqual(both(world), [fresh, old])
  })

  test('keeps nobody from being told and let in whose domain is switched, and nobody else is', async () => {
    const [world, sick] = twoDomains(
      '  - { at: "D 08:00", step: cutover }\n  - { at: "D 10:00", notice: in }\n  - { at: "D 10:00", step: open }\n',
    )
    const letters = () =>
      world.readers.letters
        .filter(({ mime }) => mime.toString().includes('Subject: Today is the day'))
        .map(one => one.to)
        .sort()
    await at(world, eight + 0.2 * hours)
    await go(world)
    await at(world, eight + 4 * hours)
    assert.deepEqual(letters(), ['anna@town.example', 'bob@town.example'])
    const steps = await all(world.store.steps.list({}))
    const later = steps.filter(({ plannedAt }) => plannedAt > eight)
    assert.deepEqual(later.map(({ step, state, open }) => [step, state, open]).sort(), [
      ['notice:in', 'waiting-for-people', [carl, dora]],
      ['open', 'waiting-for-people', [carl, dora]],
    ])
    for (const { waitsFor } of later) assert.equal(waitsFor, `the domain of ${carl}, ${dora} to be switched`)
    // Said before it can be: nobody of it is told before it is.
    await order(world, 'approve', { step: 'cutover' })
    await at(world, eight + 5 * hours)
    assert.deepEqual(letters(), ['anna@town.example', 'bob@town.example'])
    sick.now = false
    await order(world, 'retry')
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(letters(), ['anna@town.example', 'bob@town.example', carl, dora])
  })

  test('because a mailbox of it does not exist is left behind, and not switched before it does, whatever is said', async () => {
    const [world, sick] = twoDomains()
    sick.now = false
    const target = world.targets.get(carl) ?? assert.fail()
    world.targets.delete(carl)
    await at(world, eight + 0.2 * hours)
    assert.match(await waitsFor(world), /carl@port\.example.*"without": \["port\.example"\]/)
    await go(world)
    await soon(world)
    await order(world, 'approve', { step: 'cutover' })
    await at(world, eight + 3 * hours)
    assert.deepEqual(both(world), [fresh, old])
    assert.match(await waitsFor(world), /carl@port\.example/)
    world.targets.set(carl, target)
    await order(world, 'retry')
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(both(world), [fresh, fresh])
  })

  test('leaves its wave when all its mailboxes are cancelled, and the wave closes', async () => {
    const [world] = twoDomains()
    await at(world, eight + 0.2 * hours)
    await go(world)
    await soon(world)
    await order(world, 'cancel', { mailboxes: [carl, dora] })
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(both(world), [fresh, old])
  })

  test('can be left behind, too, when its switch has failed in the cutover: the others are told, and it waits for its word', async () => {
    const [world, sick] = twoDomains('  - { at: "D 08:00", step: cutover }\n  - { at: "D 10:00", notice: in }\n')
    sick.now = false
    await at(world, eight - 0.1 * hours)
    assert.equal((await domain(world))?.state, 'ready')
    sick.now = true
    await at(world, eight + 0.5 * hours)
    assert.deepEqual([both(world), (await domain(world))?.heldFrom], [[fresh, old], 'switching'])
    await go(world)
    await at(world, eight + 4 * hours)
    const letters = () => world.readers.letters.filter(({ mime }) => mime.toString().includes('Subject: Today is the day')).length
    assert.equal(letters(), 2)
    sick.now = false
    await order(world, 'retry')
    await at(world, eight + 6 * hours)
    assert.deepEqual([both(world), (await domain(world))?.state, letters()], [[fresh, old], 'ready', 2])
    await order(world, 'approve', { step: 'cutover' })
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual([both(world), letters()], [[fresh, fresh], 4])
  })

  test('is let alone by a roll-back, which need not wait for it', async () => {
    const [world] = twoDomains()
    await at(world, eight + 0.2 * hours)
    await go(world)
    await soon(world)
    assert.deepEqual(both(world), [fresh, old])
    world.dns.askAll = (ask => async (found, name, type) => {
      if (name === 'port.example')
        return [{ server: 'ns', failure: new Failure({ verdict: 'transient', during: 'asking', code: 'ETIMEDOUT', hint: '' }) }]
      return ask(found, name, type)
    })(world.dns.askAll.bind(world.dns))
    await order(world, 'rollback')
    await soon(world, 0.2 * hours)
    assert.equal((await world.wave())?.state, 'rolled-back')
    assert.deepEqual(both(world), [old, old])
    assert.deepEqual([(await domain(world))?.state, (await box(world, carl)).switchedAt], ['cancelled', undefined])
  })

  test('is told of once, and how to let the others go; an hour after they went, how to switch it', async () => {
    const [world, sick] = twoDomains()
    await at(world, eight - 1 * hours)
    assert.equal(told(world).length, 1)
    assert.match(told(world)[0] ?? '', /"without"/)
    await at(world, eight + 0.2 * hours)
    await go(world)
    await at(world, eight + 0.5 * hours)
    sick.now = false
    await order(world, 'retry')
    await at(world, eight + 20 * hours)
    assert.equal(told(world).length, 2)
    assert.match(told(world)[1] ?? '', /port\.example/)
    assert.match(told(world)[1] ?? '', /left behind/)
    assert.doesNotMatch(told(world)[1] ?? '', /"without"/)
  })

  test('is left behind without a calendar, too', async () => {
    const [world] = twoDomains('')
    await world.run({ until: async () => /"without"/.test(await waitsFor(world)) })
    await go(world)
    await soon(world)
    assert.deepEqual(both(world), [fresh, old])
    assert.match(await waitsFor(world), /port\.example is held/)
  })
})

test('an order to go without a domain is refused where it cannot be meant, with all faults at once; twice it is one', async () => {
  const [world] = twoDomains()
  await at(world, eight + 0.2 * hours)
  const faults = async (more: object) => {
    const refusal = await order(world, 'approve', more).then(
      () => assert.fail('it was taken'),
      (error: unknown) => error,
    )
    assert.ok(refusal instanceof Refusal, String(refusal))
    return refusal.details.map(({ path }) => path)
  }
  assert.deepEqual(await faults({ step: 'confirm', without: ['port.example'] }), ['without'])
  assert.deepEqual(await faults({ step: 'cutover', without: ['a.example', 'port.example', 'b.example'] }), [
    'without[0]',
    'without[2]',
  ])
  assert.deepEqual(await faults({ without: ['town.example', 'port.example'] }), ['without'])
  await go(world)
  await soon(world)
  await go(world)
  assert.equal((await world.wave())?.approvals?.length, 1)
  assert.deepEqual(await faults({ without: ['town.example'] }), ['without[0]'])
})
