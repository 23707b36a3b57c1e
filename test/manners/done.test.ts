import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { act } from '../../shared/commands/act.ts'
import { sayDone } from '../../shared/commands/done.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { waveList, waveStatus } from '../../shared/commands/status.ts'
import { Refusal } from '../../shared/errors.ts'
import { all } from '../../shared/store/store.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const ttl = 'raise the TTL of the MX of town.example again: it was 90 s before, and 60 s for the switch'
const calendars =
  'see that calendars, contacts and tasks were brought: only mail is copied here, and counted (copy.calendars: elsewhere)'

/** A wave that has ended and leaves two things to do. */
async function ended(): Promise<World> {
  const scene = town()
  const world = new World({ ...scene, playbook: scene.playbook.replace('copy: { ', 'copy: { calendars: elsewhere, ') })
  await world.run()
  assert.deepEqual(await left(world), [calendars, ttl])
  return world
}
const left = async (world: World) => (await waveStatus(world.app(), 'town')).toDo
const audited = async (world: World) =>
  (await all(world.store.audit.list({ partition: 'town' }))).filter(({ action }) => action === 'done')

describe('what an ended wave leaves to do', () => {
  test('is left no more once somebody says it is done; who, when and why stands in status, report and audit', async () => {
    const world = await ended()
    const app = world.app()
    const said = await sayDone(app, 'town', { why: 'raised at the registrar', toDo: [ttl] }, 'Odile')
    assert.deepEqual(said, { wave: 'town', action: 'done', changed: 1, toDo: [calendars] })
    const { toDo, done } = await waveStatus(app, 'town')
    const at = new Date(world.clock.now()).toISOString()
    assert.deepEqual(toDo, [calendars])
    assert.deepEqual(done, [{ what: ttl, who: 'Odile', why: 'raised at the registrar', at }])
    const { sheets } = await readXlsx((await waveReport(app, 'town', 'xlsx')).body as Uint8Array)
    assert.deepEqual(
      sheets[0]?.rows.filter(([what]) => what === 'to do' || what === 'done'),
      [
        ['to do', calendars],
        ['done', `${ttl} (Odile, ${at}: raised at the registrar)`],
      ],
    )
    assert.deepEqual(
      (await audited(world)).map(({ who, why, details }) => [who, why, details]),
      [['Odile', 'raised at the registrar', { toDo: ttl }]],
    )
  })

  test('is said once: the same again changes nothing, without a line all that is left is meant', async () => {
    const world = await ended()
    const app = world.app()
    await sayDone(app, 'town', { why: 'raised', toDo: [ttl, ttl] }, 'Odile')
    assert.equal((await sayDone(app, 'town', { why: 'again', toDo: [ttl] }, 'Jo')).changed, 0)
    assert.equal((await sayDone(app, 'town', { why: 'all of it' }, 'Jo')).changed, 1)
    assert.equal((await sayDone(app, 'town', { why: 'all of it' }, 'Jo')).changed, 0)
    assert.equal(await left(world), undefined)
    assert.deepEqual(
      (await waveStatus(app, 'town')).done?.map(({ what, who }) => [what, who]),
      [
        [ttl, 'Odile'],
        [calendars, 'Jo'],
      ],
    )
    assert.equal((await audited(world)).length, 2)
  })

  test('is refused before the wave has ended, and for what is no line of it, with all faults at once', async () => {
    const world = new World(town())
    await world.run({ until: async () => (await world.wave())?.switchedAt !== undefined })
    const refusal = async (body: object) => sayDone(world.app(), 'town', body, 'Odile').catch(error => error)
    const early = await refusal({ why: 'raised', toDo: [ttl] })
    assert.ok(early instanceof Refusal && early.status === 409 && /has ended/.test(early.message))
    await world.run()
    const wrong = await refusal({ toDo: [ttl, 'water the plants'] })
    assert.ok(wrong instanceof Refusal)
    assert.deepEqual([wrong.status, wrong.details.map(({ path }) => path)], [400, ['why', 'toDo[1]']])
    assert.deepEqual([await left(world), (await audited(world)).length], [[ttl], 0])
  })
})

describe('the list of waves', () => {
  test('counts what is left to do of a wave that has ended', async () => {
    const world = await ended()
    const needs = async () => (await waveList(world.app())).waves[0]?.needs
    assert.deepEqual(await needs(), { toDo: 2 })
    await sayDone(world.app(), 'town', { why: 'all of it' }, 'Jo')
    assert.equal(await needs(), undefined)
  })

  test('counts the warnings, words and domains that stand on the page of a wave that goes on', async () => {
    const { playbook, wave } = town()
    const calendar = 'calendar:\n  - { at: "D-1 08:00", step: confirm }\n  - { at: "D 08:00", step: cutover }\n'
    const scene = town({}, { playbook: playbook.replace('calendar:\n', calendar), wave: { ...wave, day: '2026-03-01' } })
    const world = new World({ ...scene, start: Date.UTC(2026, 1, 20) })
    const app = world.app()
    await world.run({ until: async () => /approval of its cutover/.test((await world.wave())?.waitsFor ?? '') })
    await act(app, 'town', 'postpone', { why: 'an election', day: '2026-03-15' }, 'jo@town.example')
    const { warnings = [], awaits } = await waveStatus(app, 'town')
    assert.deepEqual(awaits, [
      { step: 'confirm', by: ['anybody'] },
      { step: 'postpone', by: ['anybody'] },
    ])
    const of = async () => (await waveList(app)).waves[0]?.needs
    assert.deepEqual(await of(), { words: 2, warnings: warnings.length })
    const [domain] = await all(world.store.domains.list({}))
    if (domain) await world.store.domains.put([{ ...domain, state: 'held', heldFrom: 'ready' }])
    assert.deepEqual(await of(), { words: 2, domains: 1, warnings: warnings.length })
  })
})
