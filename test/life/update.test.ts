import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { updateWave } from '../../shared/commands/update.ts'
import { Failure, Refusal } from '../../shared/errors.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { readPlaybook } from '../fakes/app.ts'
import { endingOf } from '../fakes/ending.ts'
import { memorySource } from '../fakes/imap.ts'
import { town } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'

const why = 'the playbook was wrong'
const partition = keyPart('town')

/** Sends a playbook that says something otherwise. */
async function correct(world: World, ...turns: [from: string, to: string][]): Promise<void> {
  const { scene } = world
  for (const [from, to] of turns) {
    assert.ok(scene.playbook.includes(from), from)
    scene.playbook = scene.playbook.replace(from, to)
  }
  await storePlaybook(world.app(), 'town', scene.playbook, 'application/yaml', 'Odile Nuit')
}

const update = (world: World) => updateWave(world.app(), 'town', { why }, 'Odile Nuit')

async function faultsOf(world: World): Promise<string[]> {
  const error = await update(world).then(
    () => assert.fail('was taken'),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Refusal, String(error))
  return (error.details ?? []).map(({ path, message }) => `${path}: ${message}`)
}

async function versions({ store }: World): Promise<Record<string, number>> {
  const rows = [
    ...(await all(store.waves.list({}))).map(row => [row.wave, row.playbookVersion]),
    ...(await all(store.mailboxes.list({ partition }))).map(row => [row.address, row.playbookVersion]),
    ...(await all(store.domains.list({ partition }))).map(row => [row.domain, row.playbookVersion]),
  ]
  return Object.fromEntries(rows)
}

const everywhere = (version: number) => ({
  town: version,
  'anna@town.example': version,
  'bob@town.example': version,
  'town.example': version,
})

async function begun(more: Partial<Scene> = {}): Promise<World> {
  const world = new World(town({}, more))
  await world.run({ until: async () => (await world.wave())?.state === 'ready' })
  return world
}

/** A wave that is posted weeks before its day. */
async function posted(): Promise<World> {
  const scene = town()
  const playbook = scene.playbook.replace(
    'calendar:\n',
    'calendar:\n  - { at: "D-1 18:00", step: prestage }\n  - { at: "D-5 09:00", step: confirm }\n',
  )
  const start = Date.UTC(2026, 1, 1)
  const world = new World({ ...scene, playbook, start, wave: { ...scene.wave, day: '2026-03-10' } })
  await world.enqueue()
  return world
}

async function rowsOf({ store }: World): Promise<string> {
  const tables = [store.waves, store.mailboxes, store.domains, store.steps, store.notices, store.audit, store.folders]
  return JSON.stringify(await Promise.all(tables.map(table => all<unknown>(table.list({})))))
}

describe('a wave that takes the newest version of its playbook', { timeout: 60_000 }, () => {
  test('goes on with its copy: a wrong port parked it, the playbook is corrected, the order is given', async () => {
    const scene = town()
    scene.playbook = scene.playbook.replace('port: 11143', 'port: 11999')
    scene.openSource = row => {
      const source = memorySource(scene.sources.get(row.address) ?? assert.fail())
      const { port } = readPlaybook(texts[row.playbookVersion - 1] ?? assert.fail(), 'town').source.imap
      if (port === 11143) return source
      const failure = { verdict: 'transient', during: 'signing in', code: 'ECONNREFUSED', text: 'refused', hint: 'wait' } as const
      const folders = async () => {
        throw new Failure(failure)
      }
      return { ...source, folders }
    }
    const texts = [scene.playbook]
    const world = new World(scene)
    const parked = async () => (await all(world.store.mailboxes.list({ partition }))).every(({ tries }) => tries > 8)
    await world.run({ until: parked })
    await correct(world, ['port: 11999', 'port: 11143'])
    texts.push(scene.playbook)
    const answer = await update(world)
    assert.deepEqual([answer.from, answer.to], [1, 2])
    assert.deepEqual(answer.differences, [{ path: 'source.imap.port', was: 11999, is: 11143 }])
    assert.deepEqual(await versions(world), everywhere(2))
    // Without waiting for the hour of the next try.
    const before = world.clock.now()
    await world.run({ until: async () => (await world.wave())?.state !== 'preparing' })
    assert.ok(world.clock.now() - before < 60_000, `${world.clock.now() - before} ms`)
    assert.equal((await world.run()).verdict, 'complete')
    const [entry] = (await all(world.store.audit.list({ partition }))).filter(({ action }) => action === 'update')
    assert.deepEqual(
      [entry?.who, entry?.why, entry?.details],
      ['Odile Nuit', why, { from: 1, to: 2, changed: ['source.imap.port'] }],
    )
  })

  test('shows with dryRun what would differ, and keeps nothing', async () => {
    const world = await begun()
    await correct(world, ['for: PT2M', 'for: PT3M'])
    const before = await rowsOf(world)
    const { result } = await carryOut(world.app(), 'true', app => updateWave(app, 'town', { why }, 'Odile Nuit'))
    assert.deepEqual(result.differences, [{ path: 'lateMail.for', was: 'PT2M', is: 'PT3M' }])
    assert.equal(await rowsOf(world), before)
  })

  test('once it has begun refuses all that contradicts what was done, at once, and nothing is changed', async () => {
    const world = await begun()
    await correct(
      world,
      ['kind: rfc2136', 'kind: manual'],
      ['  server: 127.0.0.1:53\n  key: { name: releve.town.example., secret: TSIG }\n', ''],
      ['kind: exchange-server', 'kind: exchange-online'],
      ['on: copied, notice: done', 'on: switched, notice: done'],
      ['copy: { chunkMessages: 4 }', 'copy: { chunkMessages: 4, folders: { map: { Projets/2024: Old, New: Newer } } }'],
      ['for: PT2M', 'for: PT3M'],
    )
    const before = await rowsOf(world)
    const faults = await faultsOf(world)
    const paths = faults.map(one => one.split(':')[0])
    for (const path of [
      'routing.kind',
      'target.kind',
      'calendar["notice:done"].on',
      'routing.key',
      'copy.folders.map.Projets/2024',
    ])
      assert.ok(
        faults.some(one => one.startsWith(path)),
        `${path} in ${faults.join('\n')}`,
      )
    assert.ok(!paths.some(path => path === 'lateMail.for' || path?.endsWith('New')), paths.join())
    assert.match(faults.find(one => one.startsWith('routing.kind')) ?? '', /was “rfc2136”, is “manual”.*give the order again/)
    assert.match(faults.find(one => one.startsWith('routing.key')) ?? '', /was .*releve\.town\.example.*, is nothing/)
    assert.match(faults.find(one => one.includes('Projets/2024')) ?? '', /anna@town\.example has it at “Projets\/2024” already/)
    assert.equal(await rowsOf(world), before)
  })

  test('takes a folder’s other name where the target refused to make the first', async () => {
    const world = await begun()
    const [row] = (await all(world.store.folders.list({}))).filter(({ path }) => path === 'Vide')
    assert.ok(row)
    await world.store.folders.put([{ ...row, odd: 'refused', targetUidValidity: undefined }])
    await correct(world, ['copy: { chunkMessages: 4 }', 'copy: { chunkMessages: 4, folders: { map: { Vide: Leer } } }'])
    await update(world)
    assert.equal((await world.run()).verdict, 'complete')
    const paths = (await all(world.store.folders.list({}))).map(({ path, targetPath }) => [path, targetPath])
    assert.deepEqual(
      paths.find(([path]) => path === 'Vide'),
      ['Vide', 'Leer'],
    )
  })

  test('before it has begun moves its hours along, and leaves what its playbook has no more', async () => {
    const world = await posted()
    await correct(
      world,
      ['{ at: "D-1 18:00", step: prestage }', '{ at: "D-3 18:00", step: prestage }\n  - { at: "D-2 09:00", step: freeze }'],
      ['  - { at: "D-5 09:00", step: confirm }\n', ''],
      ['chunkMessages: 4', 'chunkMessages: 5'],
    )
    await update(world)
    assert.deepEqual(await versions(world), everywhere(2))
    const { gates, waitsFor, dueAt } = (await world.wave()) ?? assert.fail()
    assert.equal(gates?.prestage, Date.UTC(2026, 2, 7, 17))
    assert.deepEqual([waitsFor, typeof dueAt], [undefined, 'number'])
    const steps = await all(world.store.steps.list({ partition }))
    assert.deepEqual(steps.map(({ step, state }) => `${step} ${state}`).sort(), ['confirm cancelled', 'freeze planned'])
  })

  test('before it has begun refuses what its rows were made from', async () => {
    const world = await posted()
    await correct(
      world,
      ['kind: rfc2136', 'kind: none'],
      [
        '  server: 127.0.0.1:53\n  key: { name: releve.town.example., secret: TSIG }\n  mx: [{ preference: 0, exchange: mx.new.example }]\n',
        '',
      ],
      ['  ttl: 60\n', ''],
      ['lateMail:', 'blackouts: [{ from: 2026-03-09, to: 2026-03-12, why: closed }]\nlateMail:'],
    )
    const before = await rowsOf(world)
    const faults = await faultsOf(world)
    assert.equal(faults.length, 2, faults.join('\n'))
    assert.match(faults[0] ?? '', /^routing\.kind: was “rfc2136”, is “none”: the wave was posted with domains/)
    assert.match(faults[1] ?? '', /^day: .*reschedule/)
    assert.equal(await rowsOf(world), before)
  })

  test('that has it already changes nothing, and says so in no audit', async () => {
    const world = await begun()
    assert.equal((await update(world)).changed, 0)
    assert.deepEqual(
      (await all(world.store.audit.list({ partition }))).filter(({ action }) => action === 'update'),
      [],
    )
  })

  test('leaves finished mailboxes with theirs, and is refused once it is over', async () => {
    const world = await begun()
    await act(world.app(), 'town', 'cancel', { why, mailboxes: ['bob@town.example'] }, 'Odile Nuit')
    await correct(world, ['for: PT2M', 'for: PT3M'])
    await update(world)
    assert.deepEqual(await versions(world), { ...everywhere(2), 'bob@town.example': 1 })
    assert.equal((await world.run()).verdict, 'complete')
    await correct(world, ['for: PT3M', 'for: PT4M'])
    await assert.rejects(update(world), /the wave is closed/)
    assert.deepEqual((await endingOf(world)).lost, [])
  })
})
