import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { placeOf, ranked } from '../../shared/calendar/ranking.ts'
import { act } from '../../shared/commands/act.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { approveOrder, reckonOrder, showOrder } from '../../shared/commands/order.ts'
import { Failure, Refusal } from '../../shared/errors.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { type MailboxRow, playbookAudit } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { Death } from '../fakes/gate.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import type { World } from '../fakes/world.ts'
import { smallest } from '../playbooks/examples.ts'
import { dated, instant } from './world.ts'

const box = (address: string, more: Partial<MailboxRow> = {}, wanted: Partial<MailboxRow['wanted']> = {}) =>
  mailboxRow({ address, wave: 'w', ...more, wanted: { address, kind: 'user', ...wanted } })
const use = (acts: Record<string, number>) => ({ until: '2025-03-01', acts: new Map(Object.entries(acts)) })

describe('a place', () => {
  const many = use({ 'a@x.example': 10, 'b@x.example': 2, 'login@x.example': 6 })
  for (const [what, mailboxes, score, acts, people, unseen] of [
    ['acts a person', [box('a@x.example'), box('b@x.example')], 6, 12, 2, 0],
    ['whom the report does not name', [box('a@x.example'), box('c@x.example')], 5, 10, 2, 1],
    ['who signs in by another name', [box('c@x.example', {}, { target: { user: 'Login@x.example' } })], 6, 6, 1, 0],
    ['shared mailboxes are no people', [box('a@x.example'), box('b@x.example', {}, { kind: 'shared' })], 10, 10, 1, 0],
    ['who is not moved', [box('a@x.example'), box('b@x.example', { state: 'cancelled' })], 10, 10, 1, 0],
    ['nobody at all', [], 0, 0, 0, 0],
  ] as const)
    test(what, () => assert.deepEqual(placeOf({ wave: 'w' }, mailboxes, many), { wave: 'w', score, acts, people, unseen }))

  test('most use first; of two alike more in all, then the name', () => {
    const at = (wave: string, score: number, acts: number) => ({ wave, score, acts, people: 1, unseen: 0 })
    const places = [at('d', 1, 5), at('b', 2, 2), at('c', 1, 9), at('a', 1, 5)]
    for (const given of [places, [...places].reverse()])
      assert.deepEqual(
        ranked(given).map(({ wave }) => wave),
        ['b', 'c', 'a', 'd'],
      )
  })
})

const online = (text: string) => text.replace(/kind: exchange-server\n.*\n/, 'kind: exchange-online\n')
const ordered = 'sequence: { order: teams-use, until: switched }\n'
const calendar = '  - { at: "D-1 16:00", step: cutover }'
const start = '2025-03-10T08:00:00Z'
const by = (at: string) => async (here: World) => here.clock.now() >= instant(at)

/** The town’s wave beside another one of its playbook, with a use for each of their people. */
async function two(other: number, town: number, day = '2025-04-07'): Promise<World> {
  const here = dated(start, calendar, ordered, online)
  const row = waveRow({ wave: 'north', playbook: 'town', state: 'planned', day, beganAt: undefined, dueAt: undefined })
  await here.store.waves.insert(row)
  await here.store.mailboxes.insert(box('jan@north.example', { wave: 'north' }))
  here.teamsUse = () =>
    use({ 'jan@north.example': other, ...Object.fromEntries([...here.sources.keys()].map(one => [one, town])) })
  return here
}
const refused = (status: number) => (error: unknown) => error instanceof Refusal && error.status === status

describe('waves ordered by the use of Teams', () => {
  test('wait until the order that was shown is in force, then for the one before', async () => {
    const here = await two(9, 4)
    await here.run({ until: by('2025-03-12T00:00:00Z') })
    assert.match((await here.wave())?.waitsFor ?? '', /order by the use of Teams to be put into force/)
    const app = here.app()
    const { proposed, inForce } = await showOrder(app, 'town')
    assert.equal(inForce, null)
    assert.deepEqual(
      proposed?.waves.map(({ place, wave }) => [place, wave]),
      [
        [1, 'north'],
        [2, 'town'],
      ],
    )
    assert.match(proposed?.waves[0]?.why ?? '', /^9 acts a person in thirty days: 9 by 1$/)
    await assert.rejects(approveOrder(app, 'town', { why: 'as shown', seal: 'another' }, 'Odile'), refused(409))
    await assert.rejects(approveOrder(app, 'town', { seal: proposed?.seal }, 'Odile'), refused(400))
    const approvals = async () =>
      (await all(here.store.audit.list({ partition: playbookAudit('town') }))).filter(({ action }) => action === 'order')
    // Cut off before the order is in force, it is in the audit already; to say it again writes it down again.
    const dies = here.app({
      dead: false,
      call: (name, work) => (name === 'orders.save' ? Promise.reject(new Death()) : work()),
    })
    await assert.rejects(approveOrder(dies, 'town', { why: 'a first try', seal: proposed?.seal }, 'Odile'))
    assert.deepEqual([(await showOrder(app, 'town')).inForce, (await approvals()).length], [null, 1])
    for (let twice = 0; twice < 2; twice++) {
      const after = await approveOrder(app, 'town', { why: 'as shown', seal: proposed?.seal }, 'Odile')
      assert.deepEqual([after.inForce?.seal, after.proposed], [proposed?.seal, null])
    }
    assert.deepEqual((await approvals()).map(({ who, why }) => [who, why]).sort(), [
      ['Odile', 'a first try'],
      ['Odile', 'as shown'],
    ])
    await here.run({ until: by('2025-03-13T00:00:00Z') })
    assert.match((await here.wave())?.waitsFor ?? '', /wave north before it, which is planned, to be switched/)
    const north = await here.store.waves.get('wave', 'north')
    assert.ok(north)
    await here.store.waves.save({ ...north.row, state: 'finishing', switchedAt: 1, beganAt: 1 }, north.etag)
    await here.run({ until: async () => (await here.wave())?.state === 'ready' })
  })

  test('of which there are more than an order holds: whoever asks is told what to do', async () => {
    const here = await two(9, 4)
    await here.enqueue()
    for (let i = 0; i < 400; i++) {
      const wave = `north-${i}`.padEnd(40, 'n')
      await here.store.waves.insert(waveRow({ wave, playbook: 'town', state: 'planned', beganAt: undefined, dueAt: undefined }))
      await here.store.mailboxes.insert(box('jan@north.example', { wave }))
    }
    const told = (error: unknown) =>
      error instanceof Failure && error.code === 'TOO-MANY-WAVES' && /sequence\.waves/.test(error.hint)
    await assert.rejects(reckonOrder(here.app(), 'town'), told)
    await here.run({ until: async () => (await here.wave())?.state === 'held' })
  })

  test('keep the places they began with when it is reckoned anew, and what is in force stays so until then', async () => {
    const here = await two(9, 4)
    await here.enqueue()
    const app = here.app()
    const first = (await reckonOrder(app, 'town')).proposed
    await approveOrder(app, 'town', { why: 'as shown', seal: first?.seal }, 'Odile')
    const north = await here.store.waves.get('wave', 'north')
    assert.ok(north)
    await here.store.waves.save({ ...north.row, state: 'preparing', beganAt: 1 }, north.etag)
    const now = use({ 'jan@north.example': 0, [[...here.sources.keys()][0] ?? '']: 50 })
    here.teamsUse = () => now
    const { proposed, inForce } = await reckonOrder(app, 'town')
    assert.equal(inForce?.seal, first?.seal)
    assert.deepEqual(
      proposed?.waves.map(({ wave }) => wave),
      ['north', 'town'],
    )
    assert.match(proposed?.waves[0]?.why ?? '', /^has begun already/)
  })

  test('an order against the days is said', async () => {
    const here = await two(9, 4, '2025-05-05')
    await here.enqueue()
    const { proposed } = await reckonOrder(here.app(), 'town')
    assert.deepEqual(proposed?.warnings, [
      'town (2025-04-07) comes after north, whose day is later (2025-05-05): reschedule one of them',
    ])
  })

  test('a dry run keeps nothing', async () => {
    const here = await two(9, 4)
    await here.enqueue()
    const { proposed } = await reckonOrder(here.app(), 'town')
    await carryOut(here.app(), 'true', app => approveOrder(app, 'town', { why: 'as shown', seal: proposed?.seal }, 'Odile'))
    assert.equal((await showOrder(here.app(), 'town')).inForce, null)
  })

  test('a report that hides names holds the wave with what to do; released, it goes on', async () => {
    const here = await two(9, 4)
    const { teamsUse } = here
    const hint = 'Uncheck it.'
    here.teamsUse = () => {
      throw new Failure({ verdict: 'permanent', during: 'reading', code: 'CONCEALED-NAMES', hint })
    }
    await here.run({ until: async () => (await here.wave())?.state === 'held' })
    const held = await here.store.waves.get('wave', keyPart('town'))
    assert.deepEqual([held?.row.error?.code, held?.row.error?.hint], ['CONCEALED-NAMES', hint])
    here.teamsUse = teamsUse
    await act(here.app(), 'town', 'release', { why: 'unchecked' }, 'Odile')
    await here.run({ until: async () => ((await here.wave())?.waitsFor ?? '').includes('put into force') })
  })

  test('a report that names nobody of them says so', async () => {
    const here = await two(9, 4)
    await here.enqueue()
    here.teamsUse = () => use({ 'somebody@else.example': 3 })
    await assert.rejects(reckonOrder(here.app(), 'town'), { code: 'NOBODY-IN-REPORT' })
  })

  test('a playbook that asks for none has none', async () => {
    const here = dated(start, calendar)
    await here.enqueue()
    await assert.rejects(showOrder(here.app(), 'town'), refused(409))
    await assert.rejects(showOrder(here.app(), 'nowhere'), refused(404))
  })

  for (const [what, text, path] of [
    ['with a list too', 'sequence: { order: teams-use, waves: [a] }', 'sequence.waves'],
    ['where no tenant reports', 'sequence: { order: teams-use }', 'sequence.order'],
    ['by something else', 'sequence: { order: size }', 'sequence.order'],
  ])
    test(`${what}: refused by path`, () =>
      assert.throws(
        () => parsePlaybook(`${smallest}${text}\n`, undefined, 'lift'),
        (error: unknown) => error instanceof Refusal && error.details.some(one => one.path === path),
      ))
})
