import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { waveRouting } from '../../shared/commands/routing.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Refusal } from '../../shared/errors.ts'
import { all } from '../../shared/store/store.ts'
import { isEffect } from '../crash/stopping.ts'
import { endingOf } from '../fakes/ending.ts'
import { MortalGate } from '../fakes/gate.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { splitTown } from '../fakes/split-town.ts'
import { World } from '../fakes/world.ts'

const [anna, bob] = ['anna@town.example', 'bob@town.example']
const minute = 60_000

const rows = ({ store }: World) => all(store.mailboxes.list({}))
const row = async (world: World, address = anna) => (await rows(world)).find(one => one.address === address) ?? assert.fail()
const retry = (world: World, more: object = {}) =>
  act(world.app(), 'town', 'retry', { why: 'they are led over', ...more }, 'Odile')
/** Probes in a mailbox. */
const probes = (mailbox: MemoryMailbox | undefined, path = 'INBOX') =>
  mailbox?.folder(path).messages.filter(({ raw }) => raw.includes('X-Releve-Notice: probe')).length
const sent = ({ post }: World, to: string) => post.letters.filter(one => one.to === to)
const isClosed = async (world: World) => (await world.wave())?.state === 'closed'
const untilSent =
  (n: number, to = anna) =>
  (world: World) =>
    sent(world, to).length >= n

describe('a mailbox of a split domain is led over by itself', { timeout: 120_000 }, () => {
  test('and counts as switched when a letter of ours is found in the new one; none stays there, none is copied', async () => {
    const world = new World(splitTown())
    world.post.led.add(anna)
    await world.run({ until: async () => (await row(world)).state === 'completed' })
    assert.equal((await world.wave())?.state, 'cutting-over', 'the wave waits for the other')
    assert.match((await world.wave())?.waitsFor ?? '', /led to the new side .*bob@town\.example/)
    assert.match((await row(world, bob)).waitsFor ?? '', /arrived at the old server; retry asks at once/)
    world.post.led.add(bob)
    const wave = await world.run({ until: isClosed })
    assert.deepEqual([wave.verdict, wave.reasons ?? []], ['complete', []])
    for (const address of [anna, bob]) assert.equal(probes(world.targets.get(address)), 0, address)
    assert.ok((probes(world.sources.get(bob)) ?? 0) > 0, 'one that came too early is left at the old side')
    assert.deepEqual([(await endingOf(world)).twice, sent(world, anna).length], [[], 1])
    assert.ok(((await row(world)).switchedAt ?? 0) < ((await row(world, bob)).switchedAt ?? 0))
    assert.equal(wave.switchedAt !== undefined && wave.switchedAt >= ((await row(world, bob)).switchedAt ?? 0), true)
  })

  test('found among the junk it counts as well', async () => {
    const scene = splitTown({ postFolder: 'Junk' })
    for (const mailbox of [...scene.sources.values(), ...scene.targets.values()]) mailbox.make('Junk', { role: '\\Junk' })
    const world = new World(scene)
    for (const address of [anna, bob]) world.post.led.add(address)
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(probes(world.targets.get(anna), 'Junk'), 0)
  })

  test('before that nobody is asked, and nothing is sent before its hour', async () => {
    const world = new World(splitTown({ calendar: '  - { at: "D 08:00", step: cutover }' }))
    const hour = Date.UTC(2026, 2, 2, 7)
    world.post.led.add(anna)
    await world.run({ until: untilSent(1) })
    assert.ok(world.clock.now() >= hour)
    assert.ok(world.clock.now() < hour + 10 * minute)
  })

  test('is asked ever more rarely, some times a day; `retry` asks at once', async () => {
    const world = new World(splitTown())
    await world.run({ until: untilSent(1) })
    const begun = world.clock.now()
    await world.run({ until: () => world.clock.now() > begun + 72 * 60 * minute })
    const at = sent(world, anna).map(one => one.at - begun)
    assert.deepEqual(
      at.slice(0, 4).map(ms => Math.round(ms / minute)),
      [0, 15, 45, 105],
    )
    for (const from of at) assert.ok(at.filter(ms => ms >= from && ms < from + 24 * 60 * minute).length <= 12)
    assert.ok(at.length < 20, `${at.length} letters`)
    world.post.led.add(anna)
    assert.equal((await retry(world, { mailboxes: [anna] })).changed, 1)
    const asked = world.clock.now()
    await world.run({ until: async () => (await row(world)).switchedAt !== undefined })
    assert.ok(world.clock.now() < asked + 2 * minute)
    // However often somebody asks.
    const before = sent(world, bob).length
    for (let n = 0; n < 40; n++) {
      await retry(world, { mailboxes: [bob] })
      const now = world.clock.now()
      await world.run({ until: () => world.clock.now() > now + 2 * minute })
    }
    assert.ok(sent(world, bob).length - before <= 12, `${sent(world, bob).length - before} letters`)
  })

  test('has one letter on its way, whoever asks again meanwhile', async () => {
    const world = new World(splitTown())
    world.post.odd = () => 'kept'
    await world.run({ until: untilSent(1) })
    const begun = sent(world, anna)[0]?.at ?? 0
    for (const [after, letters] of [
      [3, 1],
      [6, 1],
      [9, 1],
      [12, 2],
    ] as const) {
      await world.run({ until: () => world.clock.now() >= begun + after * minute })
      await retry(world, { mailboxes: [anna] })
      await world.run({ until: () => world.clock.now() >= begun + (after + 1) * minute })
      assert.equal(sent(world, anna).length, letters, `after ${after} minutes`)
    }
  })

  const odd = {
    'whose answer was lost': 'unanswered',
    'that came twice': 'twice',
  } as const
  for (const [what, how] of Object.entries(odd))
    test(`a letter ${what} proves it, and none is left at the new side`, async () => {
      const world = new World(splitTown())
      world.post.odd = () => how
      for (const address of [anna, bob]) world.post.led.add(address)
      assert.equal((await world.run()).verdict, 'complete')
      assert.equal(sent(world, anna).length, 1)
      assert.equal(probes(world.targets.get(anna)), 0)
    })

  test('a letter that is kept back proves nothing; one that comes later, after another was found, is removed', async () => {
    const world = new World(splitTown())
    world.post.odd = (to, n) => (to === anna && n < 2 ? 'kept' : undefined)
    for (const address of [anna, bob]) world.post.led.add(address)
    await world.run({ until: async () => (await row(world)).state === 'draining' })
    assert.equal(sent(world, anna).length, 2)
    const late = (await row(world)).probes?.sent[0]?.messageId
    world.targets.get(anna)?.deliver('INBOX', Buffer.from(`X-Releve-Notice: probe\r\nMessage-ID: ${late}\r\n\r\n`))
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(probes(world.targets.get(anna)), 0)
  })

  test('a letter that is refused holds nothing: what was said is shown, and it is asked again', async () => {
    const world = new World(splitTown())
    world.post.odd = (to, n) => (to === anna && n < 3 ? 'refused' : undefined)
    for (const address of [anna, bob]) world.post.led.add(address)
    await world.run({ until: async () => /no such user/.test((await row(world)).waitsFor ?? '') })
    world.post.odd = () => undefined
    assert.equal((await world.run()).verdict, 'complete')
  })

  test('a letter from somebody else, even one that answers ours, is neither proof nor removed', async () => {
    const world = new World(splitTown())
    await world.run({ until: untilSent(1) })
    const { messageId } = (await row(world)).probes?.sent[0] ?? assert.fail()
    const reply = Buffer.from(`Message-ID: <reply@other.example>\r\nIn-Reply-To: ${messageId}\r\nSubject: Re\r\n\r\nWhat?\r\n`)
    const uid = world.targets.get(anna)?.deliver('INBOX', reply)
    const now = world.clock.now()
    await world.run({ until: () => world.clock.now() > now + 60 * minute })
    assert.equal((await row(world)).switchedAt, undefined)
    for (const address of [anna, bob]) world.post.led.add(address)
    await world.run()
    assert.ok(
      world.targets
        .get(anna)
        ?.folder('INBOX')
        .messages.some(one => one.uid === uid),
    )
  })

  test('so are an alias, found in the mailbox of its owner, and a shared mailbox', async () => {
    const scene = splitTown()
    const desk = 'desk@town.example'
    const alias = 'a.n@town.example'
    scene.sources.set(desk, new MemoryMailbox())
    scene.targets.set(desk, new MemoryMailbox())
    scene.wave.mailboxes.push({ address: desk, kind: 'shared' }, { address: alias, kind: 'alias', aliasOf: anna })
    const world = new World(scene)
    world.post.aliases.set(alias, anna)
    for (const address of [anna, bob, desk]) world.post.led.add(address)
    await world.run({ until: async () => (await row(world, desk)).state === 'completed' })
    assert.equal((await row(world, alias)).switchedAt, undefined)
    world.post.led.add(alias)
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(probes(world.targets.get(anna)), 0)
  })

  test('a list is sent no letter, which everybody on it would get', async () => {
    const scene = splitTown()
    const list = 'all@town.example'
    scene.wave.mailboxes.push({ address: list, kind: 'list', members: [anna, bob] })
    const world = new World(scene)
    for (const address of [anna, bob]) world.post.led.add(address)
    await world.run({
      until: async () => (await row(world)).switchedAt !== undefined && (await row(world, list)).switchedAt !== undefined,
    })
    assert.equal(sent(world, list).length, 0)
  })

  test('where new mail comes first, its copy waits for that', async () => {
    const calendar =
      '  - { at: "D-1 08:00", step: provision }\n  - { at: "D 08:00", step: cutover }\n  - { at: "D 09:00", step: prestage }'
    const world = new World(splitTown({ calendar }))
    world.post.led.add(anna)
    await world.run({ until: async () => (await row(world)).copied > 0 })
    assert.deepEqual([(await row(world, bob)).copied, (await row(world, bob)).state], [0, 'pre-staging'])
    assert.match((await row(world, bob)).waitsFor ?? '', /led to the new side/)
    world.post.led.add(bob)
    assert.equal((await world.run()).verdict, 'complete')
  })

  test('one that was held when the others were asked is asked once it is released', async () => {
    const world = new World(splitTown())
    for (const address of [anna, bob]) world.post.led.add(address)
    await world.run({ until: async () => (await row(world, bob)).state === 'synced' })
    await act(world.app(), 'town', 'hold', { why: 'not yet', mailboxes: [bob] }, 'Odile')
    await world.run({ until: isClosed })
    assert.deepEqual([(await row(world, bob)).switchedAt, sent(world, bob).length], [undefined, 0])
    await act(world.app(), 'town', 'release', { why: 'now', mailboxes: [bob] }, 'Odile')
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(sent(world, bob).length, 1)
  })
})

describe('the list of who is to be led where', () => {
  const list = async (world: World, format: string) => String((await waveRouting(world.app(), 'town', format)).body)

  test('names those that move and exist, since when and where to', async () => {
    const world = new World(splitTown({ calendar: '  - { at: "D 08:00", step: cutover }' }))
    await world.run({ until: async () => (await world.wave())?.state === 'ready' })
    const csv = 'Address,DeliverTo,NextHop,DueAt,SwitchedAt\r\n'
    const line = (name: string) => `${name}@town.example,${name}@tenant.mail.example,,2026-03-02T07:00:00.000Z,\r\n`
    assert.equal(await list(world, 'csv'), csv + line('anna') + line('bob'))
    await act(world.app(), 'town', 'cancel', { why: 'stays', mailboxes: [bob] }, 'Odile')
    assert.equal(
      await list(world, 'map'),
      '# virtual_alias_maps of wave town, from 2026-03-02T07:00:00.000Z on\nanna@town.example anna@tenant.mail.example\n',
    )
    const { dueAt, mailboxes } = JSON.parse(await list(world, 'json'))
    assert.equal(dueAt, '2026-03-02T07:00:00.000Z')
    assert.deepEqual(
      mailboxes.map((one: object) => ({ ...one, waitsFor: undefined })),
      [{ address: anna, lead: 'new', deliverTo: 'anna@tenant.mail.example', ready: true, waitsFor: undefined }],
    )
  })

  test('is a transport map where only the host is another', async () => {
    const world = new World(splitTown({ where: 'nextHop: mail.new.example' }))
    await world.run({ until: async () => (await world.wave())?.state === 'cutting-over' })
    assert.match(await list(world, 'map'), /^# transport_maps of wave town\nanna@town\.example smtp:\[mail\.new\.example\]\n/)
  })

  test('is refused where nobody is led by himself, and of a form there is none of', async () => {
    const world = new World({
      ...splitTown(),
      playbook: splitTown().playbook.replace(/routing: .*\n/, 'routing: { kind: none }\n'),
    })
    await world.enqueue()
    const code = (wanted: string) => (error: unknown) => error instanceof Refusal && error.code === wanted
    await assert.rejects(list(world, 'json'), code('no-routing'))
    const other = new World(splitTown({ where: '' }))
    await other.enqueue()
    await assert.rejects(list(other, 'xml'), code('unknown-format'))
    await assert.rejects(list(other, 'map'), code('not-now'))
  })

  test('after a roll-back says whose mail is to be led back, and the map is empty', async () => {
    const world = new World(splitTown())
    world.post.led.add(anna)
    await world.run({ until: async () => (await row(world)).switchedAt !== undefined })
    await act(world.app(), 'town', 'rollback', { why: 'the new side is down' }, 'Odile')
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.match(await list(world, 'map'), /^# [^\n]*\n$/)
    const { mailboxes } = JSON.parse(await list(world, 'json'))
    assert.deepEqual(
      mailboxes.map(({ address, lead, deliverTo, proved }: Record<string, unknown>) => [address, lead, deliverTo, proved]),
      [[anna, 'old', anna, false]],
    )
    const { toDo = [] } = await waveStatus(world.app(), 'town')
    assert.match(toDo.join(), /lead the mail of anna@town\.example back to the old server, where no letter of ours was seen/)
    assert.equal((await row(world, bob)).switchedAt, undefined)
  })
})

describe('a wave of a split domain whose process dies at any effect', { timeout: 300_000 }, () => {
  /** One small mailbox; mail to it is taken though the answer is lost, and comes twice. */
  const scene = (how: 'unanswered' | 'twice') => {
    const { wave, ...rest } = splitTown()
    const world = new World({ ...rest, wave: { ...wave, mailboxes: [{ address: bob }] } })
    world.post.led.add(bob)
    world.post.odd = () => how
    return world
  }

  for (const [when, how] of [
    ['before', 'twice'],
    ['after', 'unanswered'],
  ] as const)
    test(`${when} it ends the same, and leaves no letter of ours at the new side`, async () => {
      const calm = scene(how)
      let calls: string[] = []
      await calm.run({
        process: (_, pass) => {
          const gate = new MortalGate(undefined, pass)
          calls = gate.names
          return gate
        },
      })
      const ending = JSON.stringify(await endingOf(calm))
      const wrong: string[] = []
      let tried = 0
      // What comes before and after is stopped in test/crash.
      const [from, to] = [calls.indexOf('post.send') - 20, calls.indexOf('target.withdraw') + 40]
      for (const [i, name] of calls.entries()) {
        if (!isEffect(name) || i < from || i > to) continue
        tried++
        const world = scene(how)
        await world.run({ process: (n, pass) => new MortalGate(n === 0 ? { at: i + 1, when } : undefined, pass) })
        if (JSON.stringify(await endingOf(world)) !== ending) wrong.push(`${i + 1} ${name}: ends otherwise`)
        if (probes(world.targets.get(bob)) !== 0) wrong.push(`${i + 1} ${name}: a letter of ours is left`)
        if (sent(world, bob).length !== 1) wrong.push(`${i + 1} ${name}: ${sent(world, bob).length} letters`)
      }
      assert.deepEqual(wrong, [])
      assert.ok(tried > 12, `${tried} effects`)
      assert.ok(calls.includes('post.send') && calls.includes('target.withdraw'))
    })
})
