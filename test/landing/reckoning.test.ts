import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { act } from '../../shared/commands/act.ts'
import { waveLanding } from '../../shared/commands/landing.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Failure } from '../../shared/errors.ts'
import type { WantedMailbox } from '../../shared/intake/mailbox.ts'
import { askForScan } from '../../shared/landing/ask.ts'
import { added, estimated } from '../../shared/landing/estimate.ts'
import type { Kind } from '../../shared/landing/finding.ts'
import { placed } from '../../shared/landing/folders.ts'
import { quotaOf } from '../../shared/landing/quota.ts'
import { sampled } from '../../shared/landing/sample.ts'
import { kindsOf, scoreLanding } from '../../shared/landing/score.ts'
import { type Counted, packSeen, unpackSeen } from '../../shared/landing/seen.ts'
import { presumed } from '../../shared/landing/takes.ts'
import type { Playbook } from '../../shared/playbooks/playbook.ts'
import type { ListedFolder } from '../../shared/source/source.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { mailboxRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const folder = (path: string, role?: ListedFolder['role']): ListedFolder => ({
  ...{ path, segments: path.split('.'), subscribed: true, container: false, virtual: false },
  ...(role ? { role } : {}),
})

test('where a folder would go, and what is odd about it', () => {
  const source = ['INBOX', 'Été', 'ÉTÉ', 'Calendrier', 'a/b', 'Projets', 'Projets.Notes'].map(path => folder(path))
  const found = placed(
    source,
    [folder('INBOX', '\\Inbox')],
    presumed().traits,
    { map: { Calendrier: 'Ancien calendrier' } },
    true,
  )
  const kinds = Object.fromEntries(found.map(({ path, targetPath, kinds }) => [path, [targetPath, ...kinds]]))
  assert.deepEqual(kinds, {
    INBOX: ['INBOX'],
    Calendrier: ['Ancien calendrier'],
    Projets: ['Projets'],
    'Projets.Notes': ['Projets/Notes'],
    'a/b': ['a-b', 'renamed'],
    ÉTÉ: ['ÉTÉ'],
    Été: ['Été (2)', 'collision'],
  })
  const [own] = placed([folder('Calendrier')], [], presumed().traits, {}, true)
  assert.deepEqual(own?.kinds, ['reserved'])
})

describe('extrapolation', () => {
  const cases: [string, [count: number, looked: number, all: number], [expected: number, least: number, most: number]][] = [
    ['all were looked at', [3, 40, 40], [3, 3, 3]],
    ['none was looked at: anything is possible', [0, 0, 7], [0, 0, 7]],
    ['none of a sample: few, perhaps', [0, 40, 1040], [0, 0, 88]],
    ['a tenth of a sample', [4, 40, 440], [44, 19, 97]],
  ]
  for (const [what, [count, looked, all], [expected, least, most]] of cases)
    test(what, () => assert.deepEqual(estimated(count, looked, all), { expected, least, most }))

  test('the truth lies within nineteen times of twenty', () => {
    let within = 0
    for (let n = 0; n < 400; n++) {
      const uids = Array.from({ length: 1000 }, (_, i) => i + 1)
      const bad = new Set(sampled(uids, 120, `bad ${n}`))
      const looked = sampled(uids, 40, `look ${n}`)
      const { least, most } = estimated(looked.filter(uid => bad.has(uid)).length, looked.length, uids.length)
      if (least <= 120 && 120 <= most) within++
    }
    assert.ok(within >= 370 && within < 400, `${within} of 400`)
  })

  test('parts add up, their doubt less than in proportion', () => {
    const parts = [1, 2, 3, 4].map(() => ({ expected: 10, least: 6, most: 16 }))
    assert.deepEqual(added(parts), { expected: 40, least: 32, most: 52 })
  })
})

test('what was seen fits its column, for whoever has a thousand folders too', () => {
  const seen = (i: number): Counted => {
    const uids = sampled(
      Array.from({ length: 100_000 }, (_, n) => n + 1),
      500,
      `${i}`,
    )
    const common = { path: `Folder ${i}`, uidValidity: '7', target: `Folder ${i}`, messages: 100_000, bytes: 1e9, kinds: [] }
    return { ...common, looked: uids.slice(0, 40), read: 40, uids: { keywords: uids }, counts: { keywords: 500 }, examples: {} }
  }
  const few = [seen(1), seen(2)]
  assert.deepEqual(unpackSeen(packSeen(few)), few)
  const many = packSeen(Array.from({ length: 1_000 }, (_, i) => seen(i)))
  assert.ok(many.length < 65_536, `${many.length}`)
  assert.deepEqual(unpackSeen(many)[999]?.counts, { keywords: 500 })
})

test('what an outcome speaks of', () => {
  const sizeBytes = 1
  assert.deepEqual(kindsOf({ outcome: 'too-large', sizeBytes }), ['too-large'])
  assert.deepEqual(kindsOf({ outcome: 'copied', sizeBytes }), [])
  assert.deepEqual(kindsOf({ outcome: 'altered', note: 'separator: put in', sizeBytes: 0 }), ['empty'])
  const note = 'the target cannot hold Projet; long-lines: body encoded'
  assert.deepEqual(kindsOf({ outcome: 'altered', note, sizeBytes }), ['keywords', 'long-line'])
})

describe('the room of a mailbox', () => {
  const gb = 2 ** 30
  const licences = { E1: { sku: 'STANDARDPACK', quota: '50 GB' }, E3: { quota: '100 GB' }, F: {} }
  const online = { kind: 'exchange-online', licence: 'E1' }
  const cases: [what: string, target: object, wanted: object, room: [number, string] | undefined][] = [
    ['its own licence', online, { kind: 'user', licence: 'E3' }, [100 * gb, 'E3']],
    ['by part number', online, { kind: 'user', licence: 'standardpack' }, [50 * gb, 'E1']],
    ['that of all users', online, { kind: 'user' }, [50 * gb, 'E1']],
    ['a shared one has no licence', online, { kind: 'shared' }, [50 * gb, 'Exchange Online without more']],
    ['a licence whose quota nobody told', online, { kind: 'user', licence: 'F' }, [50 * gb, 'Exchange Online without more']],
    ['a server of one’s own', { kind: 'exchange-server' }, { kind: 'user', licence: 'E3' }, undefined],
    ['one whose room is told', { kind: 'exchange-server', quota: '2 GB' }, { kind: 'user' }, [2 * gb, 'target.quota']],
  ]
  for (const [what, target, wanted, room] of cases)
    test(what, () => {
      const found = quotaOf({ target, licences } as unknown as Playbook, wanted as WantedMailbox)
      assert.deepEqual(found && [found.bytes, found.of], room)
    })
})

test('a mailbox that is not there yet at the target is measured by what its kind is known for; one that cannot be read is held and says why', async () => {
  const scene = town()
  scene.targets.delete('anna@town.example')
  scene.sources.delete('bob@town.example')
  const world = new World(scene)
  await world.enqueue()
  const row = await world.wave()
  assert.ok(row)
  assert.equal(await askForScan(world.app(), row), 2)
  const settled = async () => {
    const { scans } = await waveLanding(world.app(), 'town')
    return (scans.scanned ?? 0) + (scans.held ?? 0) === 2
  }
  await world.run({ until: settled })
  const { mailboxes, findings } = await waveLanding(world.app(), 'town')
  const [anna, bob] = mailboxes
  assert.deepEqual([anna?.state, bob?.state], ['scanned', 'held'])
  assert.match(anna?.presumed ?? '', /not there yet/)
  assert.ok(bob?.error?.hint)
  assert.ok(findings.some(({ kind }) => kind === 'keywords'))
  assert.equal(await askForScan(world.app(), row), 2, 'it may be asked for again')
})

describe('folders that became other than was said', () => {
  const score = (hits: number, misses: number, surprises: number) => ({
    ...{ hits, misses, surprises },
    ...(hits + misses > 0 ? { precision: hits / (hits + misses) } : {}),
    ...(hits + surprises > 0 ? { recall: hits / (hits + surprises) } : {}),
  })

  test('count against it, in the report too', async () => {
    const scene = town({}, { happens: [], start: Date.UTC(2026, 0, 5) })
    const [anna, bob] = ['anna@town.example', 'bob@town.example'] as const
    const source = (...folders: string[]) =>
      folders.reduce((mailbox, path) => mailbox.make(path), new MemoryMailbox({ delimiter: '.' }))
    const old = source('a/b', 'Été', 'ÉTÉ', 'Projets', 'Calendrier')
    scene.sources.set(anna, old).set(bob, source('Notes', 'Taxes'))
    scene.targets.set(anna, new MemoryMailbox({ rebuilds: true }))
    scene.targets.set(bob, new MemoryMailbox({ rebuilds: true, refusesFolder: path => path !== 'INBOX' }))
    scene.playbook = scene.playbook.replace('calendar:\n', 'calendar:\n  - { at: "D 00:00", step: prestage }\n')
    scene.wave.day = '2026-02-02'
    const world = new World(scene)
    await world.enqueue()
    const wave = await world.wave()
    assert.ok(wave)
    await askForScan(world.app(), wave)
    await world.run({ until: async () => (await waveLanding(world.app(), 'town')).scans.scanned === 2 })
    assert.equal((await waveLanding(world.app(), 'town')).scores, undefined)
    old.make('PROJETS')
    await world.run()

    const expected = {
      renamed: score(1, 0, 0),
      // PROJETS came after the look.
      collision: score(1, 0, 1),
      // Calendrier was made after all; Notes was refused as foreseen, and Taxes, which nobody foresaw.
      reserved: score(1, 1, 1),
    }
    const { scores } = await waveLanding(world.app(), 'town')
    const { landing } = await waveStatus(world.app(), 'town')
    const report = async (format: string) => (await waveReport(world.app(), 'town', format)).body
    const json = JSON.parse(String(await report('json'))).report
    for (const said of [scores, landing, json.landing])
      assert.deepEqual(
        Object.keys(expected).map(kind => [kind, said?.[kind as keyof typeof expected]]),
        Object.entries(expected),
      )
    assert.ok(Object.values(scores ?? {}).some(({ recall = 1 }) => recall < 1))
    const lines = String(await report('csv')).split('\r\n')
    assert.match(lines[0] ?? '', /,why,predicted,came true,unforeseen$/)
    assert.match(lines.find(line => line.startsWith(bob)) ?? '', /,1,1,1$/)
    const { sheets } = await readXlsx((await report('xlsx')) as Uint8Array)
    const [, ...rows] = sheets.find(({ name }) => name === 'Look ahead')?.rows ?? []
    assert.deepEqual(
      rows.filter(([kind]) => kind === 'reserved'),
      [['reserved', 2, 1, 1, 0.5, 0.5, 0, '']],
    )
  })
})

describe('what is said of a whole mailbox, and what it was stopped by', () => {
  const gb = 2 ** 30
  const playbook = { target: { kind: 'exchange-online', licence: 'E1' }, licences: { E1: { quota: '50 GB' } }, entities: {} }
  type Case = [what: string, said: Kind[], mailbox: Partial<MailboxRow>, scores: Partial<Record<Kind, [number, number, number]>>]
  const there = { state: 'completed', targetReadyAt: 1, verifiedAt: 2 } as const
  const full = { ...there, heldBy: ['OVERQUOTA'], foundBytes: 60 * gb }
  const unavailable: Partial<MailboxRow> = { state: 'held', heldBy: ['UNAVAILABLE'] }
  const taken: Partial<MailboxRow> = { state: 'held', heldBy: ['ObjectConflict'] }
  const cases: Case[] = [
    ['it was full, as was said, and has more room since', ['over-quota'], full, { 'over-quota': [1, 0, 0] }],
    ['it is full, which nobody said', [], { ...full, state: 'held', verifiedAt: undefined }, { 'over-quota': [0, 0, 1] }],
    ['it was full, and Exchange says only that it is unavailable', ['over-quota'], unavailable, { 'over-quota': [1, 0, 0] }],
    ['it was unavailable, which nobody said', [], unavailable, { 'over-quota': [0, 0, 0] }],
    ['all of it had room', ['over-quota'], { ...there, foundBytes: 60 * gb }, { 'over-quota': [0, 1, 0] }],
    ['mail was deleted, as was advised', ['over-quota'], { ...there, foundBytes: 40 * gb }, { 'over-quota': [0, 0, 0] }],
    ['its address was taken, as was said', ['group-address'], taken, { 'group-address': [1, 0, 0] }],
    ['its address was taken, by whom is not told', [], taken, { 'group-address': [0, 0, 0] }],
    ['its account was made all the same', ['group-address'], there, { 'group-address': [0, 0, 0] }],
    ['more messages than are supported', ['too-many'], { ...there, found: 600_000 }, { 'too-many': [0, 0, 0] }],
    ['nothing was said, and nothing was', [], there, {}],
  ]
  for (const [what, said, mailbox, expected] of cases)
    test(what, async () => {
      const store = memoryStore()
      const findings = said.map(kind => ({
        kind,
        effect: 'stops' as const,
        count: 1,
        expected: 1,
        least: 1,
        most: 1,
        examples: [],
      }))
      const { address, wave, playbook: of, playbookVersion } = mailboxRow(mailbox)
      const life = { state: 'scanned' as const, pass: 0, fence: 0, tries: 0, since: 0 }
      await store.mailboxes.insert(mailboxRow(mailbox))
      await store.landings.insert({ ...life, wave, address, playbook: of, playbookVersion, findings, seen: packSeen([]) })
      const app = { store, playbook: async () => playbook as unknown as Playbook }
      const { scores = {} } = (await scoreLanding(app, wave)) ?? {}
      const found = Object.entries(scores).map(([kind, { hits, misses, surprises, unscored }]) => {
        assert.equal(unscored === undefined, hits + misses + surprises > 0, 'what is not scored says why')
        return [kind, [hits, misses, surprises]]
      })
      assert.deepEqual(Object.fromEntries(found), expected)
    })

  test('a full mailbox is remembered when it has room again', async () => {
    const scene = town({}, { happens: [] })
    let isFull = true
    const full = { verdict: 'permanent', during: 'copying', code: 'OVERQUOTA', hint: 'Raise its quota.' } as const
    const refuses = () => {
      if (isFull) throw new Failure(full)
      return undefined
    }
    scene.targets.set('bob@town.example', new MemoryMailbox({ refuses }))
    const world = new World(scene)
    await world.enqueue()
    await askForScan(world.app(), (await world.wave()) ?? assert.fail())
    const bob = async () => (await world.store.mailboxes.get('town', 'bob@town.example'))?.row
    await world.run({ until: async () => (await bob())?.state === 'held' })
    isFull = false
    await act(world.app(), 'town', 'retry', { why: 'it has another licence' }, 'Odile')
    await world.run()
    const { scores } = await waveLanding(world.app(), 'town')
    assert.deepEqual([(await bob())?.error, scores?.['over-quota']], [undefined, { hits: 0, misses: 0, surprises: 1, recall: 0 }])
  })
})
