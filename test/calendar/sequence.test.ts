import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, test } from 'node:test'
import { approved } from '../../shared/calendar/approved.ts'
import { dayFaults } from '../../shared/calendar/windows.ts'
import { act } from '../../shared/commands/act.ts'
import { bookSlot } from '../../shared/commands/slots.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { waveRow } from '../fakes/rows.ts'
import type { World } from '../fakes/world.ts'
import { smallest } from '../playbooks/examples.ts'
import { dated, instant } from './world.ts'

const soon = (text: string) =>
  text.replace(
    'notices:\n',
    'notices:\n  - { notice: soon, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }\n',
  )
const calendar = '  - { at: "D-14 09:00", notice: soon }\n  - { at: "D-1 16:00", step: cutover }'
const other = async (here: World, wave: string) => (await here.store.waves.get('wave', keyPart(wave)))?.row
const by = (at: string) => async (here: World) => here.clock.now() >= instant(at)

describe('a pilot', () => {
  test('keeps every other wave from beginning, and from being announced, until it is judged good', async () => {
    const here = dated('2025-03-10T08:00:00Z', calendar, 'sequence: { pilot: essai }\n', soon)
    await here.store.waves.insert(waveRow({ wave: 'essai', playbook: 'town', state: 'closed', closedAt: 1 }))
    await here.run({ until: by('2025-03-24T12:00:00Z') })
    assert.match((await here.wave())?.waitsFor ?? '', /pilot, wave essai, to be judged good/)
    assert.equal(here.readers.letters.length, 0)
    await act(here.app(), 'essai', 'approve', { why: 'everybody is content', step: 'pilot' }, 'Odile')
    await here.run({ until: async () => (await here.wave())?.state === 'ready' && here.readers.letters.length === 2 })
  })

  test('may have mailboxes of every class, before their windows: it is judged before they open', () => {
    const bma = readFileSync(resolve(import.meta.dirname, '../../shared/playbooks/bma.yaml'), 'utf8')
    const playbook = parsePlaybook(bma, 'application/yaml', 'bma')
    const sample = ['po001234@adm.cfwb.be', 'ec001234@adm.cfwb.be'].map(address => ({ address }))
    assert.deepEqual(dayFaults(playbook, 'pilote', '2024-09-09', sample), [])
    assert.equal(dayFaults(playbook, 'liege', '2024-09-09', sample).length, 2)
    assert.match(
      dayFaults(playbook, 'pilote', '2024-09-09', [{ address: 'a@b.example', class: 'p' }])[0]?.message ?? '',
      /no class “p”/,
    )
  })
})

test('a wave waits for the one before it', async () => {
  const here = dated('2025-03-10T08:00:00Z', calendar, 'sequence: { waves: [bobigny, town], until: switched }\n', soon)
  await here.store.waves.insert(waveRow({ wave: 'bobigny', playbook: 'town', state: 'ready' }))
  await here.run({ until: by('2025-03-11T00:00:00Z') })
  assert.match((await here.wave())?.waitsFor ?? '', /wave bobigny before it, which is ready, to be switched/)
  const stored = await here.store.waves.get('wave', 'bobigny')
  assert.ok(stored)
  await here.store.waves.save({ ...stored.row, state: 'finishing', switchedAt: here.clock.now() }, stored.etag)
  await here.run({ until: async () => (await here.wave())?.state === 'ready' })
  assert.equal((await other(here, 'bobigny'))?.state, 'finishing')
})

test('a wave before it that was cancelled leaves it waiting for the one before that', async () => {
  const here = dated('2025-03-10T08:00:00Z', calendar, 'sequence: { waves: [bobigny, pantin, town], until: switched }\n', soon)
  await here.store.waves.insert(waveRow({ wave: 'bobigny', playbook: 'town', state: 'ready' }))
  await here.store.waves.insert(waveRow({ wave: 'pantin', playbook: 'town', state: 'cancelled' }))
  await here.run({ until: by('2025-03-11T00:00:00Z') })
  assert.match((await here.wave())?.waitsFor ?? '', /wave bobigny before it, which is ready, to be switched/)
})

test('a wave before it that was rolled back is over: what to do is told', async () => {
  for (const until of ['switched', 'closed']) {
    const here = dated('2025-03-10T08:00:00Z', calendar, `sequence: { waves: [bobigny, town], until: ${until} }\n`, soon)
    const switchedAt = here.clock.now()
    await here.store.waves.insert(waveRow({ wave: 'bobigny', playbook: 'town', state: 'rolled-back', switchedAt }))
    await here.run({ until: by('2025-03-11T00:00:00Z') })
    const { state, waitsFor = '' } = (await here.wave()) ?? {}
    assert.equal(state, 'planned')
    assert.match(waitsFor, /wave bobigny before it, which was rolled back and is over: cancel this wave, and send it/)
  }
})

describe('whose answers are late', () => {
  const dates = 'slots: { dates: [2025-03-17, 2025-04-07, 2025-05-19], entities: 2 }\n'
  const steps = `  - { at: "D-14 09:00", step: inventory }
  - { at: "D-7 18:00", step: answers-due }
  - { at: "D-5 09:00", step: confirm }
  - { at: "D-1 16:00", step: cutover }`

  test('slips to the next date with room, with everything that counts from it, once', async () => {
    const here = dated('2025-03-10T08:00:00Z', steps, dates)
    await here.run({ until: async () => (await here.wave())?.day === '2025-05-19' })
    await here.run({ until: by('2025-05-01T00:00:00Z') })
    assert.equal((await here.wave())?.gates?.cutover, instant('2025-05-18T14:00:00Z'))
    const rows = await all(here.store.steps.list({}))
    assert.deepEqual(
      rows.map(({ step, state, day }) => [step, state, day]),
      [
        ['answers-due', 'planned', '2025-05-19'],
        ['confirm', 'planned', '2025-05-19'],
        ['inventory', 'done', '2025-04-07'],
      ],
    )
    const slips = (await all(here.store.audit.list({ partition: 'town' }))).filter(({ action }) => action === 'slip')
    assert.equal(slips.length, 1)
    const slots = await all(here.store.slots.list({}))
    assert.deepEqual(
      slots.map(({ day, bookings }) => [day, bookings.map(one => one.for)]),
      [
        ['2025-04-07', []],
        ['2025-05-19', ['town']],
      ],
    )
  })

  test('waits where no later date has room', async () => {
    const here = dated('2025-03-10T08:00:00Z', steps, dates)
    await here.enqueue()
    for (const name of ['a', 'b']) await bookSlot(here.app(), 'town', { for: name, wishes: ['2025-05-19'] }, 'x')
    await here.run({ until: async () => (await here.store.steps.get('town', 'confirm'))?.row.state === 'waiting-for-people' })
    assert.equal((await here.wave())?.day, '2025-04-07')
  })
})

describe('approvals', () => {
  const playbook = (approvals: string, people = '{}') =>
    parsePlaybook(`${smallest}approvals: ${approvals}\npeople: ${people}\n`, undefined, 'lift')
  const given = (...said: [who: string, as?: string][]) => ({
    day: '2025-04-07',
    approvals: said.map(([who, as]) => ({ step: 'confirm', who, at: 0, day: '2025-04-07', ...(as ? { as } : {}) })),
  })
  const named = '{ confirm: [PG Mons, PG Gand, PG Anvers], quorum: 2 }'
  const roles = '{ confirm: [operator, coordinator] }'
  const both = '{ operator: [a@x.example, b@x.example], coordinator: [b@x.example] }'
  for (const [what, book, wave, enough] of [
    ['nobody named: one word of anybody', playbook('{}'), given(['x']), true],
    ['nobody named, nobody said', playbook('{}'), given(), false],
    ['a quorum reached', playbook(named), given(['PG Mons'], ['pg gand']), true],
    ['a quorum not reached', playbook(named), given(['PG Mons'], ['somebody']), false],
    ['the same person twice', playbook(named), given(['PG Mons'], ['PG Mons']), false],
    ['two roles by one person', playbook(roles), given(['x', 'operator'], ['x', 'coordinator']), false],
    ['two roles by two persons', playbook(roles), given(['x', 'operator'], ['y', 'coordinator']), true],
    ['a role that its holder did not speak for', playbook(roles, both), given(['x', 'operator'], ['b@x.example']), false],
    ['who holds both roles is counted where he is needed', playbook(roles, both), given(['b@x.example'], ['a@x.example']), true],
  ] as const)
    test(`${what}: ${enough ? 'enough' : 'not enough'}`, () => assert.equal(approved(book, wave, 'confirm').enough, enough))

  const two = 'entities: { a: { people: { coordinator: [ann@a.example] } }, b: { people: { coordinator: [bo@b.example] } } }'
  for (const [what, who, enough] of [
    ['by one of its entities', ['ann@a.example'], false],
    ['by each of its entities', ['ann@a.example', 'bo@b.example'], true],
    ['by who holds it for all', ['head@x.example'], true],
  ] as const)
    test(`a role in a wave of two entities, spoken for ${what}: ${enough ? 'enough' : 'not enough'}`, () => {
      const people = `{ operator: [o@x.example], coordinator: [head@x.example] }\n${two}`
      const wave = { ...given(['o@x.example'], ...who.map((one): [string] => [one])), entities: ['a', 'b'] }
      assert.equal(approved(playbook(roles, people), wave, 'confirm').enough, enough)
    })

  test('for another day do not count', () => {
    assert.equal(approved(playbook('{}'), { ...given(['x']), day: '2025-04-14' }, 'confirm').enough, false)
  })
})
