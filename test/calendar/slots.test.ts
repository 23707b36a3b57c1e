import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { waveDiary } from '../../shared/commands/diary.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { bookSlot, proposeSlots, slotList } from '../../shared/commands/slots.ts'
import type { Refusal } from '../../shared/errors.ts'
import { playbookAudit } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { MortalGate } from '../fakes/gate.ts'
import type { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { dated } from './world.ts'

const dates = ['2025-03-17', '2025-04-07', '2025-05-19']
const slots = (capacity: string) => `slots: { dates: [${dates.join(', ')}], ${capacity} }\n`
const calendar = '  - { at: "D-14 09:00", step: inventory }\n  - { at: "D-1 16:00", step: cutover }'

async function world(capacity = 'entities: 2', start = '2025-02-01T08:00:00Z'): Promise<World> {
  const here = dated(start, calendar, slots(capacity))
  await storePlaybook(here.app(), 'town', here.scene.playbook, 'application/yaml', 'operator')
  return here
}
const book = (here: World, name: string, wishes: string[], more: object = {}) =>
  bookSlot(here.app(), 'town', { for: name, wishes, ...more }, `coordinator of ${name}`)
const taken = async (here: World) =>
  Object.fromEntries(
    (await slotList(here.app(), 'town')).slots.map(({ day, bookings }) => [
      day,
      bookings
        .map(one => one.for)
        .sort()
        .join(' '),
    ]),
  )

test('a date whose row has no room for one more is full, whatever its capacity', async () => {
  const here = await world('entities: 10000')
  const wishes = [...Array<string>(20).fill('2025-04-07'), '2025-05-19']
  const days: string[] = []
  while (days.at(-1) !== '2025-05-19' && days.length < 200)
    days.push((await book(here, `${days.length}-`.padEnd(60, 'w'), wishes)).day ?? '')
  assert.equal(days.at(-1), '2025-05-19')
  const [, first] = (await slotList(here.app(), 'town')).slots
  assert.equal(first?.bookings.length, days.length - 1)
})

test('who booked what stands with the playbook, not in the diary of a wave that has its name', async () => {
  const here = await world()
  here.scene.wave.day = '2025-04-07'
  await here.enqueue()
  await book(here, 'another', ['2025-05-19'])
  await book(here, 'another', [], { cancel: true })
  const actions = (await waveDiary(here.app(), 'town')).diary.filter(({ kind }) => kind === 'action')
  assert.deepEqual(
    actions.map(({ what }) => what),
    ['enqueue'],
  )
  const audit = await all(here.store.audit.list({ partition: playbookAudit('town') }))
  assert.deepEqual(audit.map(({ action }) => action).sort(), ['book', 'playbook', 'unbook'])
})

describe('a date', () => {
  test('is taken by whoever comes first; a full one sends to the next wish, then refuses with the open ones', async () => {
    const here = await world()
    assert.equal((await book(here, 'a', [dates[1] as string])).day, '2025-04-07')
    assert.equal((await book(here, 'b', ['2025-04-07', '2025-05-19'])).day, '2025-04-07')
    assert.equal((await book(here, 'c', ['2025-04-07', '2025-05-19'])).day, '2025-05-19')
    const error = await book(here, 'd', ['2025-04-07']).then(
      () => assert.fail('it was booked'),
      (error: unknown) => error as Refusal,
    )
    assert.deepEqual(
      [error.status, error.code, error.details.map(({ message }) => message)],
      [409, 'full', ['2025-03-17', '2025-05-19']],
    )
    assert.deepEqual(await taken(here), { '2025-03-17': '', '2025-04-07': 'a b', '2025-05-19': 'c' })
  })

  test('has one last place, however many ask for it at once', async () => {
    const here = await world('entities: 3')
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, i) => book(here, `f${i}`, ['2025-04-07'])))
    assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 3)
    assert.equal((await taken(here))['2025-04-07']?.split(' ').length, 3)
  })

  test('in a black-out is a fault of its playbook', async () => {
    const black = 'blackouts: [{ from: 2025-04-01, to: 2025-04-07, why: comptage }]\n'
    const here = dated('2025-02-01T08:00:00Z', calendar, slots('entities: 2') + black)
    const { details } = await refusal(() => here.enqueue())
    assert.deepEqual(
      details.map(({ path, message }) => `${path} ${message}`),
      ['slots.dates[1] lies in a black-out, 2025-04-01 to 2025-04-07: comptage'],
    )
  })

  test('is free again when the wave on it is cancelled', async () => {
    const here = await world('entities: 1')
    await book(here, 'town', ['2025-04-07'])
    Object.assign(here.scene.wave, { day: '2025-04-07' })
    await here.enqueue()
    await assert.rejects(book(here, 'b', ['2025-04-07']), { code: 'full' })
    await act(here.app(), 'town', 'cancel', { why: 'not this year' }, 'Odile')
    assert.equal((await book(here, 'b', ['2025-04-07'])).day, '2025-04-07')
  })

  test('counts mailboxes where the playbook does', async () => {
    const here = await world('mailboxes: 100')
    await book(here, 'a', ['2025-04-07'], { mailboxes: 60 })
    await assert.rejects(book(here, 'b', ['2025-04-07'], { mailboxes: 41 }), { status: 409 })
    await book(here, 'b', ['2025-04-07'], { mailboxes: 40 })
  })

  test('can be joined until its calendar begins', async () => {
    const here = await world('entities: 2', '2025-03-04T08:00:00Z')
    await assert.rejects(book(here, 'a', ['2025-03-17']), { status: 409 })
    await book(here, 'a', ['2025-04-07'])
  })

  test('is changed for another: the old place is free again, also where the change was cut short anywhere', async () => {
    for (let at = 1; at < 12; at++) {
      const here = await world()
      await book(here, 'a', ['2025-04-07'])
      here.clock.move(1_000)
      const asked = { for: 'a', wishes: ['2025-05-19'] }
      await bookSlot(here.app(new MortalGate({ at, when: 'after' })), 'town', asked, 'c').catch(() => {})
      const places = Object.values(await taken(here)).join('')
      assert.equal(places, 'a', `dead after call ${at}`)
      await bookSlot(here.app(), 'town', asked, 'c')
      assert.deepEqual(await taken(here), { '2025-03-17': '', '2025-04-07': '', '2025-05-19': 'a' })
    }
  })

  test('that is none of the playbook’s, or a wish that is none, is a fault by path', async () => {
    const here = await world()
    await assert.rejects(book(here, 'a', ['2025-04-08']), { status: 400 })
    await assert.rejects(book(here, 'a', []), { status: 400 })
    await assert.rejects(bookSlot(here.app(), 'none', { for: 'a', wishes: dates }, 'x'), { status: 404 })
  })

  test('is shown, not taken, by a dry run', async () => {
    const here = await world()
    const { result } = await carryOut(here.app(), 'true', app => bookSlot(app, 'town', { for: 'a', wishes: dates }, 'x'))
    assert.deepEqual([result.day, (await taken(here))['2025-03-17']], ['2025-03-17', ''])
  })
})

describe('a wave', () => {
  test('takes its day from its booking, and moves with it', async () => {
    const here = await world()
    await book(here, 'town', ['2025-05-19'])
    const { day: _, ...wave } = here.scene.wave
    Object.assign(here.scene, { wave })
    await here.enqueue()
    assert.equal((await here.wave())?.day, '2025-05-19')
    await book(here, 'town', ['2025-04-07'])
    assert.equal((await here.wave())?.day, '2025-04-07')
    await act(here.app(), 'town', 'reschedule', { why: 'the hall is full', day: '2025-05-19' }, 'operator')
    assert.deepEqual(await taken(here), { '2025-03-17': '', '2025-04-07': '', '2025-05-19': 'town' })
  })

  test('on a full date is refused, and nothing of it is stored', async () => {
    const here = await world()
    await book(here, 'a', ['2025-04-07'])
    await book(here, 'b', ['2025-04-07'])
    await assert.rejects(here.enqueue(), { status: 409 })
    assert.equal(await here.wave(), undefined)
  })
})

test('a proposal loads dates evenly, wishes first, the largest first', async () => {
  const here = await world('entities: 30')
  const sizes = [90, 10, 20, 80, 30, 70, 60, 40, 50]
  const waves = sizes.map((mailboxes, i) => ({ for: `w${i}`, mailboxes }))
  const { proposal } = await proposeSlots(here.app(), 'town', {
    waves: [...waves, { for: 'x', mailboxes: 5, wishes: ['2025-05-19'] }],
  })
  const loads = new Map<string, number>()
  for (const [i, { day = '' }] of proposal.entries()) loads.set(day, (loads.get(day) ?? 0) + (sizes[i] ?? 5))
  assert.equal(loads.size, 3)
  assert.ok(Math.max(...loads.values()) - Math.min(...loads.values()) <= 20, JSON.stringify([...loads]))
  assert.equal(proposal.at(-1)?.day, '2025-05-19')
})
