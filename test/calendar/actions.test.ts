import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { carryOut, type Effect } from '../../shared/commands/dry-run.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Refusal } from '../../shared/errors.ts'
import { all } from '../../shared/store/store.ts'
import type { World } from '../fakes/world.ts'
import { dated, instant } from './world.ts'

const calendar = `  - { at: "D-14 09:00", notice: soon }
  - { at: "D-5b 09:00", step: confirm }
  - { at: "D-1 16:00", step: cutover }`
const soon = (text: string) =>
  text.replace(
    'notices:\n',
    'notices:\n  - { notice: soon, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }\n',
  )
const people = `approvals: { confirm: [operator, coordinator] }
people: { coordinator: [jo@town.example] }
`
const world = (start = '2025-03-10T08:00:00Z', more = '') => dated(start, calendar, more, soon)
const step = async ({ store }: World, name: string) => (await store.steps.get('town', name))?.row
const order = (world: World, action: Parameters<typeof act>[2], body: object, who = 'Odile') =>
  act(world.app(), 'town', action, { why: 'for a reason', ...body }, who)
const everything = async ({ store }: World) =>
  JSON.stringify(await Promise.all(Object.values(store).map(table => all(table.list({}) as AsyncIterable<never>))))

describe('a missed hour', () => {
  test('is told in the status and done when a person says so, once', async () => {
    const here = world('2025-03-25T08:00:00Z')
    await here.enqueue()
    const { warnings = [] } = await waveStatus(here.app(), 'town')
    assert.match(warnings.join('\n'), /notice:soon \(D-14 09:00, 2025-03-24T09:00\+01:00\[Europe\/Paris\]\) was past/)
    await order(here, 'send-now', {})
    await order(here, 'send-now', {})
    await here.run({
      until: async () => here.readers.letters.length === 2 && (await step(here, 'notice:soon'))?.state === 'done',
    })
    assert.equal((await step(here, 'notice:soon'))?.by, 'Odile')
  })

  test('is left when a person says so', async () => {
    const here = world('2025-03-25T08:00:00Z')
    await here.enqueue()
    assert.equal((await order(here, 'skip', { steps: ['notice:soon'] })).changed, 1)
    assert.equal((await step(here, 'notice:soon'))?.state, 'skipped')
    assert.equal((await order(here, 'send-now', {})).changed, 0)
  })

  test('must be one of the calendar', async () => {
    const here = world()
    await here.enqueue()
    await assert.rejects(order(here, 'skip', { steps: ['notice:none'] }), { status: 400 })
  })
})

test('what is held or called off waits for its calendar no more', async () => {
  const here = world()
  await here.enqueue()
  await here.run({ until: async () => (await here.wave())?.waitsFor !== undefined })
  for (const [action, state] of [
    ['hold', 'held'],
    ['cancel', 'cancelled'],
  ] as const) {
    await order(here, action, {})
    const { state: now, waitsFor } = await waveStatus(here.app(), 'town')
    assert.deepEqual([now, waitsFor], [state, undefined])
  }
})

test('an action is told all that is wrong with it at once', async () => {
  const here = world()
  await here.enqueue()
  const body = { why: '', step: 'dance', mailboxes: ['anna@town.example', 'nobody@town.example', 7] }
  await assert.rejects(act(here.app(), 'town', 'reschedule', body, 'Odile'), (error: Refusal) => {
    const paths = error.details.map(({ path }) => path)
    assert.deepEqual([error.status, paths], [400, ['why', 'mailboxes[2]', 'step', 'day', 'mailboxes[1]']])
    return true
  })
})

test('what has ended is approved no more, but as a pilot', async () => {
  const here = world()
  await here.enqueue()
  await order(here, 'cancel', {})
  await assert.rejects(order(here, 'approve', { step: 'confirm' }), { status: 409, message: /is cancelled: nothing of it waits/ })
  assert.deepEqual((await here.wave())?.approvals, undefined)
  await order(here, 'approve', { step: 'pilot' })
  assert.equal((await here.wave())?.approvals?.[0]?.step, 'pilot')
})

describe('another day', () => {
  test('moves every hour, across the change of clocks, and is shown first without being done', async () => {
    const here = world()
    await here.enqueue()
    const before = await everything(here)
    const dry = await carryOut(here.app(), 'true', app =>
      act(app, 'town', 'reschedule', { why: 'a strike', day: '2025-03-31' }, 'Odile'),
    )
    assert.equal(await everything(here), before)
    assert.deepEqual(here.queues.waiting.length, here.queues.sent.length)
    const { effect, warnings } = dry.result as { effect: Effect; warnings: string[] }
    assert.deepEqual(effect.dates.map(({ what, from, to }) => [what, from, to]).sort(), [
      ['confirm', '2025-03-31T09:00+02:00[Europe/Paris]', '2025-03-24T09:00+01:00[Europe/Paris]'],
      ['cutover', '2025-04-06T16:00+02:00[Europe/Paris]', '2025-03-30T16:00+02:00[Europe/Paris]'],
      ['notice:soon', '2025-03-24T09:00+01:00[Europe/Paris]', '2025-03-17T09:00+01:00[Europe/Paris]'],
    ])
    assert.match(warnings.join('\n'), /cutover .*2025-03-30T16:00.* falls on a Sunday/)
    await order(here, 'reschedule', { day: '2025-03-31' })
    assert.equal((await step(here, 'notice:soon'))?.plannedAt, instant('2025-03-17T08:00:00Z'))
    assert.equal((await here.wave())?.gates?.cutover, instant('2025-03-30T14:00:00Z'))
  })

  test('does not burst: what its hours have passed is late', async () => {
    const here = world()
    await here.enqueue()
    await order(here, 'reschedule', { day: '2025-03-20' })
    assert.equal((await step(here, 'notice:soon'))?.state, 'late')
    await order(here, 'reschedule', { day: '2025-04-14' })
    assert.equal((await step(here, 'notice:soon'))?.state, 'planned')
  })

  test('said twice is said once, even where the wave has gone on since', async () => {
    const here = world()
    await here.enqueue()
    await order(here, 'reschedule', { day: '2025-03-11' })
    await order(here, 'approve', {})
    await here.run({ until: async () => (await here.wave())?.switchedAt !== undefined })
    assert.equal((await order(here, 'reschedule', { day: '2025-03-11' })).changed, 0)
    await assert.rejects(order(here, 'reschedule', { day: '2025-03-12' }), { status: 409 })
  })

  test('does not repeat what is done', async () => {
    const here = world()
    await here.run({ until: () => here.readers.letters.length === 2 })
    await order(here, 'reschedule', { day: '2025-04-28' })
    assert.equal((await step(here, 'notice:soon'))?.state, 'done')
  })

  test('in a black-out or outside its class’s window is refused, with why', async () => {
    const rules = `blackouts: [{ from: 2025-05-01, to: 2025-05-09, why: comptage }]
windows: { po: { from: 2025-04-01, to: 2025-04-25, addresses: ["anna@*"] } }
`
    const here = world('2025-03-10T08:00:00Z', rules)
    await here.enqueue()
    const refusal = async (day: string) => {
      const error = await order(here, 'reschedule', { day }).then(
        () => assert.fail('it was done'),
        (error: unknown) => error,
      )
      assert.ok(error instanceof Refusal)
      return error.details.map(({ path, message }) => `${path}: ${message}`).join('\n')
    }
    assert.match(await refusal('2025-05-05'), /^day: .*comptage\nmailboxes\[0\]: anna@town.example is of class po/)
    assert.match(await refusal('2025-04-28'), /^mailboxes\[0\]: .*2025-04-01 to 2025-04-25/)
    await order(here, 'reschedule', { day: '2025-04-25' })
  })

  test('may be asked for by a unit, and is granted by another person', async () => {
    const here = world()
    await here.enqueue()
    await assert.rejects(order(here, 'postpone', { day: '2025-04-01' }, 'unit'), { status: 400 })
    await order(here, 'postpone', { day: '2025-04-21' }, 'unit')
    assert.equal((await here.wave())?.day, '2025-04-07')
    await assert.rejects(order(here, 'approve', { step: 'postpone' }, 'unit'), { status: 409 })
    await order(here, 'approve', { step: 'postpone' })
    const wave = await here.wave()
    assert.deepEqual([wave?.day, wave?.asked], ['2025-04-21', undefined])
    assert.equal((await step(here, 'confirm'))?.day, '2025-04-21')
  })
})

describe('a confirmation by two parties', () => {
  const open = async (here: World) => {
    await here.run({ until: async () => ['waiting-for-people', 'done'].includes((await step(here, 'confirm'))?.state ?? '') })
    return (await step(here, 'confirm'))?.open
  }

  test('is there when both have said so, one person for one of them', async () => {
    const here = world('2025-03-10T08:00:00Z', people)
    assert.deepEqual(await open(here), ['operator', 'coordinator'])
    await order(here, 'approve', { step: 'confirm', as: 'operator' })
    await assert.rejects(order(here, 'approve', { step: 'confirm', as: 'coordinator' }), { status: 400 })
    await here.run({ until: () => here.queues.visible().length === 0 })
    assert.deepEqual((await step(here, 'confirm'))?.open, ['coordinator'])
    await order(here, 'approve', { step: 'confirm' }, 'jo@town.example')
    await here.run({ until: async () => (await step(here, 'confirm'))?.state === 'done' })
  })

  test('is the same when it is given again, however often', async () => {
    const here = world('2025-03-10T08:00:00Z', people)
    await open(here)
    for (let n = 0; n < 3; n++) await order(here, 'approve', { step: 'confirm', as: 'operator', why: `for reason ${n}` })
    const given = (await here.wave())?.approvals?.map(({ who, as, why }) => [who, as, why])
    assert.deepEqual(given, [['Odile', 'operator', 'for reason 0']])
  })

  test('is looked at once it is there, though a worker died while he looked', async () => {
    const here = world('2025-03-10T08:00:00Z', people)
    await open(here)
    const { row, etag } = (await here.store.steps.get('town', 'confirm')) ?? assert.fail('there is no such step')
    await here.store.steps.save({ ...row, claim: 'dead', dueAt: here.clock.now() + here.quietMs }, etag)
    await order(here, 'approve', { step: 'confirm', as: 'operator' })
    await order(here, 'approve', { step: 'confirm' }, 'jo@town.example')
    const said = here.clock.now()
    await here.run({ until: async () => (await step(here, 'confirm'))?.state === 'done' })
    assert.ok(here.clock.now() < said + here.quietMs, 'it was waited for the dead')
  })

  test('is about one day: moved, it is asked for anew', async () => {
    const here = world('2025-03-10T08:00:00Z', people)
    await open(here)
    await order(here, 'approve', { step: 'confirm', as: 'operator' })
    await order(here, 'approve', { step: 'confirm' }, 'jo@town.example')
    await here.run({ until: async () => (await step(here, 'confirm'))?.state === 'done' })
    const { warnings } = await order(here, 'reschedule', { day: '2025-04-14' })
    assert.match(warnings.join('\n'), /approvals were given for another day/)
    await here.run({
      until: async () => /approval of its cutover by operator and coordinator/.test((await here.wave())?.waitsFor ?? ''),
    })
  })
})
