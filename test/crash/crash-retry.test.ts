import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { Failure, type Refusal } from '../../shared/errors.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { endingOf } from '../fakes/ending.ts'
import { letter, town } from '../fakes/town.ts'
import { type Scene, World } from '../fakes/world.ts'
import { assertDiesAlike } from './stopping.ts'

const anna = 'anna@town.example'
const large = 'x'.repeat(3_000)

/** A closed wave of which some messages were refused: two too large ones, one that the target does not like, one that the source cannot read. */
async function closed(more: Partial<Scene> = {}) {
  let broken = true
  const scene = town(
    {
      refuses: ({ raw }) => (broken && raw.includes('strange') ? { code: 'NOPERM', text: 'not here' } : undefined),
    },
    more,
  )
  const source = scene.sources.get(anna) ?? assert.fail()
  const target = scene.targets.get(anna) ?? assert.fail()
  source.manners.hollow = ({ raw }) => broken && raw.includes('hollow')
  target.manners.mostBytes = 2_000
  source.deliver('INBOX', letter('large', 'large', large), ['\\Seen'])
  source.deliver('Projets.2024', letter('large too', 'large too', large))
  source.deliver('INBOX', letter('strange'))
  source.deliver('INBOX', letter('hollow'))
  const world = new World(scene)
  await world.run()
  const mend = () => {
    broken = false
    target.manners.mostBytes = 10_000
  }
  return { world, source, target, mend }
}

const retry = (world: World) => act(world.app(), 'town', 'retry', { why: 'the limit was raised' }, 'Odile Nuit')

async function counts({ store }: World): Promise<string[]> {
  const rows = await all(store.mailboxes.list({ partition: keyPart('town') }))
  return rows.map(({ address, state, found, copied, adopted, excepted }) => {
    return `${address} ${state}: ${found} found, ${copied + adopted} arrived, ${excepted} excepted`
  })
}

describe('a retry of a closed wave', { timeout: 120_000 }, () => {
  test('whose old server is off by now is refused with what to do, and nothing changes', async () => {
    let isOff = false
    const { world } = await closed({
      openSource: () => {
        if (isOff) throw new Failure({ verdict: 'transient', during: 'signing in', code: 'ECONNREFUSED', hint: 'Start it.' })
        return undefined
      },
    })
    const before = [await counts(world), (await world.wave())?.verdict]
    isOff = true
    await assert.rejects(retry(world), ({ status, message }: Refusal) => {
      assert.equal(status, 409)
      assert.match(message, /^the old server does not hand out anna@town\.example \(.*\): have it answer again, then retry/)
      return true
    })
    assert.deepEqual([await counts(world), (await world.wave())?.verdict], before)
    isOff = false
    assert.equal((await retry(world)).changed, 1)
  })

  test('brings what was refused, too large or unreadable once that has been mended, and the verdict is given anew', async () => {
    const { world, mend } = await closed()
    assert.equal((await world.wave())?.verdict, 'complete-with-exceptions')
    const [before] = await counts(world)
    assert.equal(before, `${anna} completed: 23 found, 18 arrived, 5 excepted`)
    mend()
    const { changed } = await retry(world)
    assert.equal(changed, 1)
    const { verdict, reasons } = await world.run()
    assert.deepEqual([verdict, reasons], ['complete', []])
    const [after] = await counts(world)
    assert.equal(after, `${anna} completed: 23 found, 22 arrived, 1 excepted`)
    const { lost, twice, letters } = await endingOf(world)
    assert.deepEqual([lost, twice, letters.length], [[], [], 2])
    const audit = await all(world.store.audit.list({ partition: keyPart('town') }))
    assert.deepEqual(
      audit.filter(({ action }) => action === 'retry').map(({ who, why }) => [who, why]),
      [['Odile Nuit', 'the limit was raised']],
    )
  })

  test('tries nothing else: what its owner did at the new side stays', async () => {
    const { world, source, target, mend } = await closed()
    const inbox = target.folder('INBOX')
    const [first, second] = inbox.messages
    target.setFlags('INBOX', first?.uid ?? 0, ['\\Flagged'])
    target.expunge('INBOX', second?.uid ?? 0)
    target.deliver('INBOX', letter('written since'))
    source.expunge('INBOX', 3)
    source.deliver('INBOX', letter('far too late'))
    const { length } = inbox.messages
    mend()
    await retry(world)
    await world.run()
    assert.deepEqual(inbox.messages[0]?.flags, ['\\Flagged'])
    const subjects = inbox.messages.slice(length).map(({ sent }) => /^Subject: (.*)\r$/m.exec(sent.toString())?.[1])
    assert.deepEqual(subjects, ['large', 'strange', 'hollow'])
    assert.equal(target.removed.length, 1)
  })

  test('without anything mended ends as before', async () => {
    const { world, target } = await closed()
    const before = [await counts(world), target.appended]
    await retry(world)
    const { verdict } = await world.run()
    assert.equal(verdict, 'complete-with-exceptions')
    assert.deepEqual([await counts(world), target.appended], before)
  })

  test('where there is nothing to try does nothing', async () => {
    const { world, mend } = await closed()
    mend()
    await retry(world)
    await world.run()
    assert.equal((await retry(world)).changed, 0)
    assert.equal((await world.wave())?.state, 'closed')
  })

  test('of a message that the source no longer has leaves it refused', async () => {
    const { world, source, mend } = await closed()
    mend()
    for (const { uid, raw } of [...source.folder('INBOX').messages]) if (raw.includes('strange')) source.expunge('INBOX', uid)
    await retry(world)
    const { verdict, reasons } = await world.run()
    assert.deepEqual([verdict, reasons], ['complete-with-exceptions', [`${anna}: 1 messages did not arrive as they were`]])
  })

  test('leaves a folder alone that the source has numbered anew, whose UIDs name other messages now', async () => {
    const { world, source, target, mend } = await closed()
    mend()
    source.renumber('INBOX', 7)
    await retry(world)
    assert.equal((await world.run()).verdict, 'complete-with-exceptions')
    assert.ok(!target.folder('INBOX').messages.some(({ sent }) => sent.includes('strange')))
    assert.ok(target.folder('Projets/2024').messages.some(({ sent }) => sent.includes('large too')))
  })

  for (const when of ['before', 'after'] as const) {
    test(`whose process dies ${when} any effect ends the same`, () =>
      assertDiesAlike(async () => {
        const { world, mend } = await closed()
        mend()
        await retry(world)
        return world
      }, when))
  }
})
