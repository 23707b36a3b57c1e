import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { waveReceipt } from '../../shared/receipt/wave.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { type MailboxRow, mailboxKey } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { endingOf } from '../fakes/ending.ts'
import { letter, switched, town } from '../fakes/town.ts'
import { type Running, type Scene, World } from '../fakes/world.ts'
import { assertDiesAlike } from './stopping.ts'

const anna = 'anna@town.example'

/** A wave whose old server counts messages of two folders and does not list them, until its index is rebuilt. */
function damaged(more: Partial<Scene> = {}) {
  let isDamaged = true
  const scene = town({}, more)
  const source = scene.sources.get(anna) ?? assert.fail()
  const target = scene.targets.get(anna) ?? assert.fail()
  source.manners.unlists = ({ raw }) => isDamaged && raw.includes('hidden')
  source.deliver('INBOX', letter('hidden'), ['\\Seen'])
  source.deliver('INBOX', letter('after it'), ['\\Seen'])
  source.deliver('Projets.2024', letter('hidden too'))
  const world = new World(scene)
  const rebuild = () => {
    isDamaged = false
  }
  return { world, source, target, rebuild }
}

async function closed(more: Partial<Scene> = {}, running: Running = {}) {
  const here = damaged(more)
  await here.world.run(running)
  assert.equal((await here.world.wave())?.verdict, 'incomplete')
  return here
}

const retry = (world: World, more: { mailboxes?: string[] } = {}) =>
  act(world.app(), world.scene.wave.wave, 'retry', { why: 'its index was rebuilt', ...more }, 'Odile Nuit')

async function row({ store }: World): Promise<MailboxRow> {
  return (await store.mailboxes.get(keyPart('town'), keyPart(anna)))?.row ?? assert.fail()
}

async function sums(world: World): Promise<string> {
  const { state, found, copied, adopted, excepted } = await row(world)
  return `${state}: ${found} found, ${copied + adopted} arrived, ${excepted} excepted`
}

async function folderOf(world: World, path: string) {
  const folders = await all(world.store.folders.list({ partition: mailboxKey(await row(world)) }))
  return folders.find(one => one.path === path) ?? assert.fail(`there is no ${path}`)
}

const subject = ({ sent }: { sent: Buffer }) => /^Subject: (.*)\r$/m.exec(sent.toString())?.[1]

describe('a retry of a wave whose old server did not list all that it counts', { timeout: 120_000 }, () => {
  test('brings what appears once the index is rebuilt; verdict, sums and seal are given anew', async () => {
    const { world, rebuild } = await closed()
    const before = (await world.wave()) ?? assert.fail()
    assert.match(before.reasons?.join() ?? '', /“INBOX”: the old server counts 18 messages \(EXISTS\) and lists 17: .*retry/)
    assert.equal(await sums(world), 'completed: 20 found, 19 arrived, 1 excepted')
    rebuild()
    assert.equal((await retry(world)).changed, 1)
    const { verdict, reasons, seal, sums: kept } = await world.run()
    assert.deepEqual([verdict, reasons], ['complete', []])
    assert.equal(await sums(world), 'completed: 22 found, 21 arrived, 1 excepted')
    assert.deepEqual(kept?.messages, { found: 27, copied: 26, adopted: 0, excepted: 1 })
    const { lost, twice, letters } = await endingOf(world)
    assert.deepEqual([lost, twice, letters.length], [[], [], 2])
    assert.notEqual(seal, before.seal)
    const receipt = await waveReceipt(world.app(), (await world.wave()) ?? assert.fail())
    assert.deepEqual([receipt.root, receipt.mailboxes.map(({ leaf }) => leaf.verdict)], [seal, ['complete', 'complete']])
    assert.equal((await retry(world)).changed, 0)
  })

  for (const numbered of ['by the order of arrival', 'from where it was'])
    test(`brings it where the rebuilt index numbers all anew, ${numbered}, and nothing twice`, async () => {
      const { world, source, rebuild } = await closed()
      rebuild()
      source.renumber('INBOX', numbered === 'from where it was' ? 40 : 1)
      source.renumber('Projets.2024')
      await retry(world)
      assert.deepEqual((await world.run()).verdict, 'complete')
      assert.equal(await sums(world), 'completed: 22 found, 21 arrived, 1 excepted')
      const { lost, twice } = await endingOf(world)
      assert.deepEqual([lost, twice], [[], []])
    })

  test('before anything is rebuilt ends as before, as often as it is said, and brings it after that', async () => {
    const { world, target, rebuild } = await closed()
    const before = [await sums(world), target.appended, (await world.wave())?.reasons]
    for (let time = 0; time < 2; time++) {
      assert.equal((await retry(world)).changed, 1)
      assert.equal((await world.run()).verdict, 'incomplete')
      assert.deepEqual([await sums(world), target.appended, (await world.wave())?.reasons], before)
    }
    rebuild()
    await retry(world)
    assert.equal((await world.run()).verdict, 'complete')
  })

  test('leaves alone what its owner did at the new side, and folders that were alike', async () => {
    const { world, source, target, rebuild } = await closed()
    const inbox = target.folder('INBOX')
    const [first, second] = inbox.messages
    target.setFlags('INBOX', first?.uid ?? 0, ['\\Flagged'])
    target.expunge('INBOX', second?.uid ?? 0)
    target.folders.delete('Vide')
    target.deliver('Sent Items', letter('sent'), ['\\Seen'])
    source.deliver('Envoyés', letter('far too late'))
    const { length } = inbox.messages
    rebuild()
    await retry(world)
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual(inbox.messages.slice(length).map(subject), ['hidden'])
    assert.deepEqual(inbox.messages[0]?.flags, ['\\Flagged'])
    assert.equal(target.removed.length, 1)
    assert.ok(!target.folders.has('Vide'))
    assert.deepEqual(target.folder('Sent Items').messages.map(subject), ['sent', 'sent'])
  })

  for (const how of ['renamed', 'deleted', 'made anew'])
    test(`brings what appears, and nothing again, of a folder that its owner has ${how}`, async () => {
      const { world, target, rebuild } = await closed()
      const folder = target.folder('Projets/2024')
      target.folders.delete('Projets/2024')
      if (how === 'renamed') target.folders.set('Mine', folder)
      if (how === 'made anew') target.make('Projets/2024')
      rebuild()
      await retry(world)
      const { verdict, reasons } = await world.run()
      assert.deepEqual([verdict, reasons], ['complete', []])
      const { targetPath } = await folderOf(world, 'Projets.2024')
      assert.equal(targetPath, how === 'renamed' ? 'Mine' : 'Projets/2024')
      assert.equal(target.folders.has('Projets/2024'), how !== 'renamed')
      const before = how === 'renamed' ? ['nested', 'twin'] : []
      assert.deepEqual(target.folder(targetPath).messages.map(subject), [...before, 'hidden too'])
      assert.equal((await retry(world)).changed, 0)
    })

  test('of a folder that the old server does not show any more keeps what was said of it', async () => {
    const { world, source, rebuild } = await closed()
    const before = (await world.wave())?.reasons?.filter(reason => reason.includes('2024'))
    rebuild()
    source.folders.delete('Projets.2024')
    await retry(world)
    const { verdict, reasons } = await world.run()
    assert.deepEqual([verdict, reasons], ['incomplete', before])
    assert.equal(await sums(world), 'completed: 21 found, 20 arrived, 1 excepted')
  })

  test('brings a folder that the old server shows only now', async () => {
    const { world, source, rebuild } = await closed()
    rebuild()
    source.make('Lost')
    source.deliver('Lost', letter('found again'))
    await retry(world)
    assert.equal((await world.run()).verdict, 'complete')
    const { lost, twice } = await endingOf(world)
    assert.deepEqual([lost, twice], [[], []])
  })

  test('does not forgive that a copy was missing before its owner came', async () => {
    const { world, target, rebuild } = await closed()
    // As where the comparison before the mailbox opened had found it.
    const folder = await folderOf(world, 'INBOX')
    const checked = folder.checked ?? assert.fail()
    const found = ['UID 3: is missing at the target (UID 3)', 'UID 4: flags are \\Flagged, expected \\Seen']
    const differences = [...found, ...checked.differences]
    await world.store.folders.put([{ ...folder, checked: { ...checked, differences, differing: 3, atTarget: 2 } }])
    for (const uid of [3, 5]) target.expunge('INBOX', uid)
    for (const uid of [4, 6]) target.setFlags('INBOX', uid, ['\\Flagged'])
    rebuild()
    await retry(world)
    const { verdict } = await world.run()
    assert.deepEqual([verdict, (await folderOf(world, 'INBOX')).checked?.differences], ['incomplete', found])
  })

  test('brings what was listed and not handed out, be it ever so much', async () => {
    const here = damaged()
    let isBroken = true
    here.rebuild()
    here.source.manners.keepsBack = ({ raw }) => isBroken && raw.includes('broken')
    for (let n = 0; n < 60; n++) here.source.deliver('Vide', letter(`broken ${n}`))
    const { world, target } = here
    const { verdict, reasons } = await world.run()
    assert.equal(verdict, 'incomplete')
    assert.match(reasons?.join() ?? '', /was not handed out.*retry \(60 in all\)/)
    for (const { uid } of target.folder('INBOX').messages) target.setFlags('INBOX', uid, ['\\Flagged'])
    isBroken = false
    await retry(world)
    assert.equal((await world.run()).verdict, 'complete')
    assert.equal(target.folder('Vide').messages.length, 60)
  })

  test('of a mailbox that still follows late mail compares it anew as well', async () => {
    const { world, rebuild } = damaged()
    await world.run({ until: async () => (await row(world).catch(() => undefined))?.state === 'draining' })
    rebuild()
    assert.equal((await retry(world)).changed, 1)
    assert.equal((await world.run()).verdict, 'complete')
    const { lost, twice } = await endingOf(world)
    assert.deepEqual([lost, twice], [[], []])
  })

  test('is refused where another wave goes on from it', async () => {
    const { world, target, rebuild } = await closed()
    rebuild()
    Object.assign(world.scene.wave, { wave: 'other', mailboxes: [{ address: anna }] })
    assert.equal((await world.run()).verdict, 'complete')
    const { appended } = target
    Object.assign(world.scene.wave, { wave: 'town' })
    await assert.rejects(retry(world), /anna@town\.example.*“other”/)
    assert.equal((await retry(world, { mailboxes: ['bob@town.example'] })).changed, 0)
    assert.equal(target.appended, appended)
    Object.assign(world.scene.wave, { wave: 'other' })
    assert.equal((await retry(world)).changed, 0)
  })

  test('of one that was put back does nothing', async () => {
    const { world, rebuild } = await closed()
    rebuild()
    await act(world.app(), 'town', 'rollback', { why: 'not yet' }, 'Odile Nuit')
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.equal((await retry(world)).changed, 0)
  })

  for (const when of ['before', 'after'] as const) {
    test(`whose process dies ${when} any effect ends the same`, () =>
      assertDiesAlike(async () => {
        const { world, source, rebuild } = await closed()
        rebuild()
        source.renumber('Projets.2024')
        await retry(world)
        return world
      }, when))
  }
})

test('a late pass does not make a folder anew that its owner has deleted', async () => {
  const world = new World(town())
  await world.run({ until: async () => (await row(world).catch(() => undefined))?.state === 'draining' })
  const target = world.targets.get(anna) ?? assert.fail()
  assert.ok(target.folders.delete('Vide'))
  await world.run()
  assert.ok((await row(world)).latePasses > 0 && !target.folders.has('Vide'))
})

describe('what the old server counts and does not list', () => {
  test('is told before the cutover, as soon as a round has seen it, and no more once it is listed', async () => {
    const { world, rebuild } = damaged()
    await world.run({ until: async () => (await row(world).catch(() => undefined))?.state === 'synced' && !switched(world) })
    const { warnings = [] } = await waveStatus(world.app(), 'town')
    assert.equal(warnings.length, 1, warnings.join('\n'))
    assert.match(warnings[0] ?? '', /counts more messages \(EXISTS\) than it lists: anna@town\.example \(2\); .*rebuilt/)
    assert.deepEqual([(await row(world)).unlisted, (await folderOf(world, 'Projets.2024')).unlisted], [2, 1])
    rebuild()
    assert.equal((await world.run()).verdict, 'complete')
    assert.deepEqual([(await row(world)).unlisted, (await folderOf(world, 'Projets.2024')).unlisted], [0, undefined])
  })
})
