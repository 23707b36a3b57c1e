import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { waveRouting } from '../../shared/commands/routing.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Failure } from '../../shared/errors.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { isEffect } from '../crash/stopping.ts'
import { MortalGate } from '../fakes/gate.ts'
import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { heardTown, splitTown } from '../fakes/split-town.ts'
import { World } from '../fakes/world.ts'

const [anna, bob] = ['anna@town.example', 'bob@town.example']
const odile = 'odile@help.example'
const minute = 60_000
const hours = 60 * minute

const box = async ({ store }: World, address = anna) =>
  (await all(store.mailboxes.list({ partition: keyPart('town') }))).find(one => one.address === address)
const asked = async ({ store }: World, address = anna) => (await store.ledBacks.get(keyPart('town'), keyPart(address)))?.row
const order = (world: World, action: 'rollback' | 'cancel' | 'retry', more: object = {}) =>
  act(world.app(), 'town', action, { why: 'the new side is down', ...more }, 'Odile')
const letters = (mailbox: MemoryMailbox | undefined) =>
  mailbox?.folder('INBOX').messages.filter(({ raw }) => raw.includes('X-Releve-Notice: probe')) ?? []
const sent = ({ post }: World, to = anna) => post.letters.filter(one => one.to === to).length
const toDo = async (world: World) => ((await waveStatus(world.app(), 'town')).toDo ?? []).join('\n')
const proved = async (world: World) => {
  const { mailboxes } = JSON.parse(String((await waveRouting(world.app(), 'town', 'json')).body))
  return mailboxes.map((one: { address: string; proved: boolean }) => [one.address, one.proved])
}
const later = (world: World, ms: number) => {
  const at = world.clock.now() + ms
  return world.run({ until: () => world.clock.now() >= at })
}

/** A town of which anna’s mail was led over, and which has been put back since. */
async function putBack(world = new World(splitTown()), how: 'rollback' | 'cancel' = 'rollback'): Promise<World> {
  world.post.led.add(anna)
  await world.run({ until: async () => (await box(world))?.state === 'completed' })
  await order(world, how)
  const end = how === 'cancel' ? 'cancelled' : 'rolled-back'
  await world.run({ until: async () => (await world.wave())?.state === end && (await asked(world)) !== undefined })
  return world
}

describe('of a mailbox that was led over it is asked after a roll-back whether its mail is led back', {
  timeout: 120_000,
}, () => {
  for (const how of ['rollback', 'cancel'] as const)
    test(`until a letter of ours is found at the old server; one that comes to the new side is removed there and proves nothing (${how})`, async () => {
      const world = await putBack(undefined, how)
      const before = sent(world)
      assert.deepEqual(await proved(world), [[anna, false]])
      await world.run({ until: async () => /arrived at the new side/.test((await asked(world))?.waitsFor ?? '') })
      await later(world, 3 * hours)
      assert.ok(sent(world) - before >= 3, `${sent(world) - before} letters`)
      assert.deepEqual([await proved(world), letters(world.targets.get(anna)).length], [[[anna, false]], 0])
      assert.match(await toDo(world), /lead the mail of anna@town\.example back .*stays there/)
      assert.match(String((await waveRouting(world.app(), 'town', 'json')).body), /arrived at the new side; retry asks at once/)

      world.post.led.delete(anna)
      assert.equal((await order(world, 'retry', { mailboxes: [anna] })).changed, 1)
      const at = world.clock.now()
      await world.run({ until: async () => (await proved(world))[0][1] })
      assert.ok(world.clock.now() < at + 2 * minute)
      assert.doesNotMatch(await toDo(world), /lead the mail/)
      await world.run({ until: async () => (await asked(world))?.state === 'settled' })
      assert.equal(letters(world.targets.get(anna)).length, 0)
      const [stays, ...others] = letters(world.sources.get(anna))
      assert.match(String(stays?.raw), /led back to this mailbox|led back to =/)
      assert.equal(others.length, 0, 'the old server is only read')
      assert.equal((await asked(world))?.dueAt, undefined, 'nobody asks any more')
      assert.deepEqual(
        [await asked(world, bob), (await box(world))?.state],
        [undefined, 'completed'],
        'whose mail was never led over',
      )
    })

  test('ever more rarely, and no longer than two weeks; `retry` asks for as long again', async () => {
    const world = await putBack(new World({ ...splitTown(), turns: 60_000 }))
    const before = sent(world)
    await world.run({ until: async () => (await asked(world))?.state === 'unproved' })
    const count = sent(world) - before
    assert.ok(count > 20 && count < 60, `${count} letters`)
    await world.run({ until: async () => (await world.wave())?.dueAt === undefined })
    assert.equal((await asked(world))?.dueAt, undefined, 'nobody asks any more')
    assert.match(await toDo(world), /lead the mail of anna/)
    world.post.led.delete(anna)
    await order(world, 'retry')
    await world.run({ until: async () => (await proved(world))[0][1] })
  })

  test('also where the new side is down', async () => {
    let isDown = false
    const scene = splitTown()
    const openTarget: World['openTarget'] = row => {
      const target = memoryTarget(scene.targets.get(row.address) ?? assert.fail())
      const fails = async () => {
        throw new Failure({ verdict: 'transient', during: 'listing', code: 'ECONNREFUSED', hint: 'It is tried again.' })
      }
      return isDown ? { ...target, folders: fails } : target
    }
    const world = await putBack(new World({ ...scene, openTarget }))
    isDown = true
    world.post.led.delete(anna)
    await world.run({ until: async () => (await proved(world))[0][1] })
    isDown = false
    await world.run({ until: async () => (await asked(world))?.state === 'settled' })
  })

  test('what could not be read for hours is held, and `retry` goes on', async () => {
    let isDown = false
    const scene = splitTown()
    const openSource: World['openSource'] = row => {
      const source = memorySource(scene.sources.get(row.address) ?? assert.fail())
      const fails = async () => {
        throw new Failure({ verdict: 'permanent', during: 'listing', code: 'AUTHENTICATIONFAILED', hint: 'Open it again.' })
      }
      return isDown ? { ...source, folders: fails } : source
    }
    const world = await putBack(new World({ ...scene, openSource }))
    isDown = true
    world.post.led.delete(anna)
    await world.run({ until: async () => (await asked(world))?.state === 'held' })
    assert.match(String((await waveRouting(world.app(), 'town', 'json')).body), /AUTHENTICATIONFAILED/)
    isDown = false
    assert.equal((await order(world, 'retry')).changed, 1)
    await world.run({ until: async () => (await asked(world))?.state === 'settled' })
    assert.equal(sent(world), 2, 'one each way')
  })

  test('and a letter that comes to the new side after the proof is removed, also one from when it was led over', async () => {
    const world = await putBack()
    world.post.odd = () => 'kept'
    await world.run({ until: async () => (await asked(world))?.probes !== undefined })
    world.post.odd = () => undefined
    world.post.led.delete(anna)
    await world.run({ until: async () => (await asked(world))?.state === 'led-back' })
    const [over, kept] = [(await box(world))?.probes?.sent[0], (await asked(world))?.probes?.sent[0]]
    for (const one of [over, kept])
      world.targets.get(anna)?.deliver('INBOX', Buffer.from(`X-Releve-Notice: probe\r\nMessage-ID: ${one?.messageId}\r\n\r\n`))
    await world.run({ until: async () => (await asked(world))?.state === 'settled' })
    assert.equal(letters(world.targets.get(anna)).length, 0)
  })

  test('of an alias in the mailbox of its owner; of a list and of what is new nobody can, and `toDo` says so', async () => {
    const scene = splitTown()
    const [alias, list, desk] = ['a.n@town.example', 'all@town.example', 'desk@town.example']
    for (const side of [scene.sources, scene.targets]) side.set(desk, new MemoryMailbox())
    scene.wave.mailboxes.push(
      { address: alias, kind: 'alias', aliasOf: anna },
      { address: list, kind: 'list', members: [anna, bob] },
      { address: desk, kind: 'shared', fresh: true },
    )
    const world = new World(scene)
    world.post.aliases.set(alias, anna)
    for (const address of [alias, desk]) world.post.led.add(address)
    await world.run({
      until: async () =>
        (await box(world, alias))?.switchedAt !== undefined && (await box(world, desk))?.switchedAt !== undefined,
    })
    await putBack(world)
    const before = [sent(world, list), sent(world, desk)]
    assert.match(await toDo(world), /lead the mail of .*a\.n@town\.example.* back to the old server, where no letter/)
    for (const address of [anna, alias]) world.post.led.delete(address)
    await world.run({
      until: async () => (await asked(world))?.provedAt !== undefined && (await asked(world, alias))?.provedAt !== undefined,
    })
    assert.match(await toDo(world), /lead the mail of all@town\.example, desk@town\.example back .*no letter can prove/)
    assert.doesNotMatch(await toDo(world), /no letter of ours was seen/)
    assert.deepEqual([sent(world, list), sent(world, desk)], before)
  })

  test('not any more once a younger wave leads it over', async () => {
    const world = await putBack()
    const app = world.app()
    const again = { wave: 'again', playbook: 'town', mailboxes: [{ address: anna }] }
    await enqueueWave(app, await parseWave(JSON.stringify(again), 'application/json'), 'operator')
    await world.run({ until: async () => (await asked(world))?.leftTo === 'again' })
    assert.equal((await asked(world))?.state, 'unproved')
    assert.doesNotMatch(await toDo(world), /lead the mail/)
  })
})

test('operators are told whose mail is not seen to be led back after an hour, once, and when it is', async () => {
  const world = await putBack(new World(heardTown(odile)))
  const told = () => world.readers.letters.flatMap(({ to, mime }) => (to === odile ? [String(mime).replaceAll('=\r\n', '')] : []))
  const ofIt = () => told().filter(letter => letter.includes('not seen at the old server again'))
  await later(world, 50 * minute)
  assert.deepEqual(ofIt(), [])
  await later(world, 60 * hours)
  assert.equal(ofIt().length, 1)
  assert.match(ofIt()[0] ?? '', /Subject: .*an operator is needed/)
  assert.match(ofIt()[0] ?? '', /anna@town\.example/)
  const before = told().length
  world.post.led.delete(anna)
  await order(world, 'retry')
  await later(world, 2 * hours)
  assert.equal(told().length, before + 1)
  assert.match(told().at(-1) ?? '', /Subject: .*nothing waits for an operator any more/)
})

describe('a wave of a split domain that is put back, whose process dies at any effect', { timeout: 300_000 }, () => {
  for (const when of ['before', 'after'] as const)
    test(`${when} it: each letter is sent once, none is left at the new side, and it is proved`, async () => {
      const play = async (at?: number) => {
        const { wave, ...rest } = splitTown()
        const world = new World({ ...rest, wave: { ...wave, mailboxes: [{ address: bob }] } })
        world.post.led.add(bob)
        world.post.odd = () => 'twice'
        await world.run({ until: async () => (await box(world, bob))?.state === 'completed' })
        const before = sent(world, bob)
        await order(world, 'rollback')
        let calls: string[] = []
        const { deaths } = world
        // The first letter that is sent still comes to the new side, the second to the old.
        await world.run({
          until: async () => {
            if ((await asked(world, bob))?.probes?.sent.some(({ end }) => end)) world.post.led.delete(bob)
            return (await asked(world, bob))?.state === 'settled' && (await world.wave())?.dueAt === undefined
          },
          process: (n, pass) => {
            const gate = new MortalGate(n === deaths && at !== undefined ? { at, when } : undefined, pass)
            if (n === deaths) calls = gate.names
            return gate
          },
        })
        const left = letters(world.targets.get(bob)).length
        const ends = [
          (await world.wave())?.state,
          (await box(world, bob))?.state,
          sent(world, bob) - before,
          left,
          await proved(world),
        ]
        return { calls, ends, died: world.deaths - deaths }
      }
      const calm = await play()
      assert.deepEqual(calm.ends, ['rolled-back', 'completed', 2, 0, [[bob, true]]])
      const wrong: string[] = []
      let tried = 0
      for (const [i, name] of calm.calls.entries()) {
        if (!isEffect(name)) continue
        tried++
        const { ends, died } = await play(i + 1)
        if (JSON.stringify(ends) !== JSON.stringify(calm.ends) || died !== 1)
          wrong.push(`${i + 1} ${name}: ${JSON.stringify(ends)}`)
      }
      assert.deepEqual(wrong, [])
      assert.ok(tried > 25, `${tried} effects`)
      for (const name of ['post.send', 'target.withdraw']) assert.ok(calm.calls.includes(name), name)
    })
})
