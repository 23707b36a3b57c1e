import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import PostalMime from 'postal-mime'
import { act } from '../../shared/commands/act.ts'
import { waveSteps } from '../../shared/commands/diary.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { all } from '../../shared/store/store.ts'
import type { World } from '../fakes/world.ts'
import { dated, instant } from './world.ts'

const calendar = `  - { at: "D-14 09:00", step: inventory }
  - { at: "D-8 09:00", notice: soon }
  - { at: "D-7 09:00", step: answers-due }
  - { at: "D-5b 09:00", step: confirm }
  - { at: "D-1 16:00", step: cutover }
  - { at: "D 08:00", notice: welcome }`
const notices = (text: string) =>
  text.replace(
    'notices:\n',
    `notices:
  - { notice: soon, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }
  - { notice: welcome, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }
`,
  )
const world = (start = '2025-03-10T08:00:00Z') => dated(start, calendar, '', notices)
const steps = async ({ store }: World) =>
  (await all(store.steps.list({}))).map(({ step, state, plannedAt, doneAt }) => ({ step, state, plannedAt, doneAt }))
const states = async (world: World) => Object.fromEntries((await steps(world)).map(({ step, state }) => [step, state]))
const letters = ({ readers, clock }: World) => readers.letters.length && clock.now()

describe('a calendar with a day', { timeout: 60_000 }, () => {
  test('puts each entry at its hour on the wall clock, across the change of clocks', async () => {
    const here = world()
    await here.enqueue()
    const hours = (await steps(here)).map(({ step, state, plannedAt }) => [step, state, new Date(plannedAt).toISOString()])
    assert.deepEqual(hours, [
      ['answers-due', 'planned', '2025-03-31T07:00:00.000Z'],
      ['confirm', 'planned', '2025-03-31T07:00:00.000Z'],
      ['inventory', 'planned', '2025-03-24T08:00:00.000Z'],
      ['notice:soon', 'planned', '2025-03-30T07:00:00.000Z'],
      ['notice:welcome', 'planned', '2025-04-07T06:00:00.000Z'],
    ])
  })

  test('is played to its end: each notice once at its hour, the cutover after its confirmation', async () => {
    const here = world()
    const happens: [string, number][] = []
    await here.run({
      until: async () => {
        if (here.readers.letters.length > happens.length) happens.push(['letter', here.clock.now()])
        if ((await states(here)).confirm === 'waiting-for-people') {
          assert.match((await here.wave())?.waitsFor ?? '', /hour|approval/)
          await act(here.app(), 'town', 'approve', { why: 'all has been agreed', step: 'confirm' }, 'Odile')
        }
        return (await here.wave())?.state === 'closed'
      },
    })
    assert.equal(happens[0] && Math.abs(happens[0][1] - instant('2025-03-30T07:00:00Z')) < 60_000, true)
    assert.deepEqual(await states(here), {
      inventory: 'done',
      'answers-due': 'done',
      confirm: 'done',
      'notice:soon': 'done',
      'notice:welcome': 'planned',
    })
    const wave = await here.wave()
    assert.ok((wave?.switchedAt ?? 0) >= instant('2025-04-06T14:00:00Z'))
    const { doneAt = 0 } = (await steps(here)).find(({ step }) => step === 'answers-due') ?? {}
    assert.ok(Math.abs(doneAt - (wave?.switchedAt ?? 0)) < 60_000, 'an answer is not waited for once mail is on its way')
    const looks = await all(here.store.landings.list({}))
    assert.deepEqual(
      looks.map(({ state, pass }) => [state, pass]),
      Array(looks.length || 1).fill(['scanned', 1]),
      'the inventory had each mailbox looked into, once',
    )
    for (const { scannedAt = 0 } of looks) assert.ok(Math.abs(scannedAt - instant('2025-03-24T08:00:00Z')) < 60_000)
    await here.run({ until: async () => (await states(here))['notice:welcome'] === 'done' && here.readers.letters.length === 4 })
    assert.ok(letters(here) >= instant('2025-04-07T06:00:00Z'))
  })

  test('never makes up by itself for an hour that was past when the wave was made', async () => {
    const here = world('2025-03-31T06:00:00Z')
    await here.enqueue()
    assert.deepEqual(await states(here), {
      inventory: 'late',
      'notice:soon': 'late',
      'answers-due': 'planned',
      confirm: 'planned',
      'notice:welcome': 'planned',
    })
  })
})

describe('a cutover whose hour was missed', { timeout: 60_000 }, () => {
  const people = 'people: { operator: [nuit@town.example] }\nchannels: { graph: { sender: ict@town.example } }\n'
  const told = (text: string) =>
    text.replace(
      'notices:\n',
      `notices:
  - { notice: trouble, template: operator-held, audience: operator, issuer: ict, languages: [en], channel: graph }
  - { notice: welcome, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }
`,
    )
  const missing = `  - { on: held, notice: trouble }
  - { at: "D-1 16:00", step: cutover }
  - { at: "D-1 18:00", notice: welcome }`
  const scene = (start: string) => dated(start, missing, people, told)
  const subjects = ({ readers }: World) => readers.letters.map(({ to }) => to)
  const textOf = async ({ readers }: World) => (await PostalMime.parse(readers.letters[0]?.mime ?? '')).text ?? ''
  /** Copied and ready on the eve; then nobody is there for so long after 16:00. */
  const after = async (hours: number) => {
    const here = scene('2025-04-05T08:00:00Z')
    await here.run({ until: async () => (await here.wave())?.state === 'ready' })
    here.clock.move(instant('2025-04-06T14:00:00Z') + hours * 3_600_000 - here.clock.now())
    return here
  }
  const passes = (here: World, hours: number) => {
    const until = here.clock.now() + hours * 3_600_000
    return here.run({ until: () => here.clock.now() >= until })
  }

  test('begins by itself within the hour', async () => {
    const here = await after(0.9)
    await here.run({ until: async () => (await here.wave())?.switchedAt !== undefined })
    assert.ok(((await here.wave())?.switchedAt ?? 0) < instant('2025-04-06T15:10:00Z'))
  })

  test('waits for a word after an outage, with all that follows it, and its operator is told once', async () => {
    const here = await after(5)
    await passes(here, 3)
    const wave = await here.wave()
    assert.equal(wave?.state, 'ready')
    assert.match(wave?.waitsFor ?? '', /2025-04-06T16:00\+02:00\[Europe\/Paris\], was missed; .*approve/)
    assert.deepEqual(subjects(here), ['nuit@town.example'])
    assert.match(await textOf(here), /6\sApril\s2025.*did not take place at its hour/s)
    assert.match((await waveStatus(here.app(), 'town')).warnings?.join('\n') ?? '', /was missed: it waits for somebody’s word/)
    const rows = (await waveSteps(here.app(), 'town')).steps.map(({ step, state, waitsFor }) => [step, state, waitsFor])
    assert.deepEqual(rows[0], ['notice:welcome', 'planned', 'the cutover, which is late'])
    assert.deepEqual(rows[1]?.slice(0, 2), ['cutover', 'waiting-for-people'])
    await act(here.app(), 'town', 'approve', { why: 'they wait for it' }, 'Odile')
    await here.run({ until: async () => (await states(here))['notice:welcome'] === 'done' && here.readers.letters.length === 3 })
    assert.ok((await here.wave())?.switchedAt)
  })

  test('is not begun by a word that was said before its hour; said again, it counts', async () => {
    const here = scene('2025-04-05T08:00:00Z')
    await here.enqueue()
    await act(here.app(), 'town', 'approve', { why: 'all is agreed' }, 'Odile')
    await here.run({ until: async () => (await here.wave())?.state === 'ready' })
    here.clock.move(instant('2025-04-06T20:00:00Z') - here.clock.now())
    await passes(here, 1)
    assert.equal((await here.wave())?.state, 'ready')
    await act(here.app(), 'town', 'approve', { why: 'all is agreed' }, 'Odile')
    await here.run({ until: async () => (await here.wave())?.switchedAt !== undefined })
  })

  test('is moved to another day, and begins then by itself', async () => {
    const here = await after(5)
    await passes(here, 1)
    await act(here.app(), 'town', 'reschedule', { why: 'a week later', day: '2025-04-14' }, 'Odile')
    await here.run({ until: async () => (await here.wave())?.switchedAt !== undefined })
    assert.ok(((await here.wave())?.switchedAt ?? 0) >= instant('2025-04-13T14:00:00Z'))
  })

  test('begins as soon as all is ready where its day was set later than its hour', async () => {
    const here = scene('2025-04-06T20:00:00Z')
    await here.run({ until: async () => (await here.wave())?.switchedAt !== undefined })
    const again = await after(-24)
    await act(again.app(), 'town', 'reschedule', { why: 'it is today', day: '2025-04-04' }, 'Odile')
    await again.run({ until: async () => (await again.wave())?.switchedAt !== undefined })
    assert.ok(((await again.wave())?.switchedAt ?? 0) < instant('2025-04-05T15:00:00Z'))
  })
})
