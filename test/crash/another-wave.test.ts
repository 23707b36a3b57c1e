import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import { takeUpLedger } from '../../shared/steps/take-up.ts'
import { all } from '../../shared/store/store.ts'
import { endingOf } from '../fakes/ending.ts'
import { DeathAfter } from '../fakes/gate.ts'
import { letter, switched, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'

const anna = 'anna@town.example'

/** How many messages Anna’s new mailbox has. */
function arrived({ targets }: World): number {
  return [...(targets.get(anna)?.folders.values() ?? [])].reduce((sum, { messages }) => sum + messages.length, 0)
}

/** Nothing is missing at the new server, and nothing there twice. */
async function isExact(world: World): Promise<void> {
  const { lost, twice } = await endingOf(world)
  assert.deepEqual({ lost, twice }, { lost: [], twice: [] })
}

const send = async (world: World, wave: object) =>
  enqueueWave(world.app(), await parseWave(JSON.stringify({ ...world.scene.wave, ...wave }), 'application/json'), 'operator')

/** The same people are sent again as another wave, which is run to its end. */
async function again(world: World): Promise<void> {
  Object.assign(world.scene.wave, { wave: 'again' })
  await world.run()
}

describe('a mailbox that an earlier wave has brought is not brought twice by another', () => {
  const some = (world: World) => arrived(world) >= 7
  const ends: [string, (world: World) => Promise<void>][] = [
    ['closed', async world => void (await world.run())],
    [
      'cancelled amidst the copy, its worker dead between an append and its record',
      async world => {
        await world.run({
          process: (n, pass) => new DeathAfter(() => n === 0 && some(world), pass),
          until: () => world.deaths > 0,
        })
        await act(world.app(), 'town', 'cancel', { why: 'another name' }, 'Odile')
      },
    ],
    [
      'rolled back',
      async world => {
        await world.run({ until: () => switched(world) })
        await act(world.app(), 'town', 'rollback', { why: 'the new side is down' }, 'Odile')
        await world.run({
          until: async () => (await world.wave())?.state === 'rolled-back' && world.queues.visible().length === 0,
        })
      },
    ],
  ]
  for (const [how, end] of ends)
    test(`that was ${how}`, async () => {
      const world = new World(town())
      await end(world)
      const before = arrived(world)
      world.sources.get(anna)?.deliver('INBOX', letter('new since'), [], world.clock.now())
      await again(world)
      await isExact(world)
      const row = (await world.store.mailboxes.get('again', anna))?.row
      assert.equal((await world.wave())?.verdict, 'complete')
      assert.ok(before > 0 && (row?.adopted ?? 0) >= before - 1, `${row?.adopted} of ${before}`)
    })

  test('that has closed twice, by a third', async () => {
    const world = new World(town())
    await world.run()
    await again(world)
    Object.assign(world.scene.wave, { wave: 'third' })
    await world.run()
    await isExact(world)
  })
})

describe('a mailbox that another wave still has', () => {
  test('is refused, each by its place; nothing is stored', async () => {
    const world = new World(town())
    await world.run({ until: () => arrived(world) > 0 })
    const { details, status } = await refusal(() =>
      send(world, { wave: 'other', mailboxes: [{ address: 'new@town.example' }, { address: 'Anna@town.example' }] }),
    )
    assert.equal(status, 409)
    assert.deepEqual(
      details.map(({ path }) => path),
      ['mailboxes[1].address'],
    )
    assert.match(details[0]?.message ?? '', /in wave “town” \(/)
    assert.equal((await all(world.store.waves.list({}))).length, 1)
    assert.equal((await all(world.store.mailboxes.list({}))).length, 2)
  })

  test('though both were sent at the same moment, is copied by the older one only; the other waits and says why', async () => {
    const world = new World(town())
    await storePlaybook(world.app(), 'town', world.scene.playbook, 'application/yaml', 'operator')
    await Promise.all([send(world, { wave: 'zwei' }), send(world, {})])
    const waits = async () => (await world.store.waves.get('wave', 'zwei'))?.row.waitsFor
    await world.run()
    assert.match((await waits()) ?? '', /anna@town\.example to be in one wave only: “town” has it, too/)
    Object.assign(world.scene.wave, { wave: 'zwei' })
    await world.run()
    await isExact(world)
  })

  test('may be copied to another place, and once it is cancelled there to the same', async () => {
    const world = new World(town())
    await world.run({ until: () => arrived(world) > 0 })
    const elsewhere = world.scene.playbook.replace('12143', '13143').replace('playbook: town', 'playbook: rehearsal')
    await storePlaybook(world.app(), 'rehearsal', elsewhere, 'application/yaml', 'operator')
    await send(world, { wave: 'rehearsal', playbook: 'rehearsal' })
    await act(world.app(), 'rehearsal', 'cancel', { why: 'enough' }, 'Odile')
    await act(world.app(), 'town', 'cancel', { why: 'another name', mailboxes: [anna] }, 'Odile')
    Object.assign(world.scene.wave, { wave: 'other', mailboxes: [{ address: anna }] })
    await world.run()
    assert.equal((await world.store.mailboxes.get('other', anna))?.row.after, 'town')
    await isExact(world)
  })

  test('because it was opened again is waited for; once the copy is about to begin, held with what to do', async () => {
    const world = new World(town())
    await world.run()
    const become = async (state: 'finishing' | 'closed') => {
      const stored = await world.store.waves.get('wave', 'town')
      if (stored) await world.store.waves.save({ ...stored.row, state }, stored.etag)
    }
    await send(world, { wave: 'other', mailboxes: [{ address: anna }] })
    await become('finishing')
    Object.assign(world.scene.wave, { wave: 'other', mailboxes: [{ address: anna }] })
    await world.run({ until: async () => (await world.wave())?.waitsFor?.includes('in one wave only') ?? false })
    const row = (await world.store.mailboxes.get('other', anna))?.row ?? assert.fail()
    await assert.rejects(takeUpLedger(world.app(), { ...row, after: 'town' }), { code: 'IN-ANOTHER-WAVE' })
    await become('closed')
    await world.run()
    await isExact(world)
  })
})
