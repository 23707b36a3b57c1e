import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Action, act } from '../../shared/commands/act.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { keptSums } from '../../shared/sums.ts'
import { Death, MortalGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const bob = 'bob@town.example'

async function waveOf(world: World) {
  const wave = await world.wave()
  assert.ok(wave)
  return wave
}

/** What the wave says of itself, and what its mailboxes say. */
async function bothOf(world: World) {
  const said = await waveStatus(world.app(), 'town')
  const wave = await waveOf(world)
  const stored = await world.store.waves.get('wave', 'town')
  assert.ok(stored)
  const uncounted = await world.store.waves.save({ ...wave, sums: undefined }, stored.etag)
  assert.notEqual(uncounted, 'conflict')
  const added = await waveStatus(world.app(), 'town')
  await world.store.waves.save(wave, uncounted === 'conflict' ? '' : uncounted.etag)
  return { said, added }
}

/** A wave that has closed; `held`: one mailbox of it is held for a person. */
async function closed(held = false): Promise<World> {
  const world = new World(town())
  if (!held) await world.run()
  else {
    await world.run({ until: async () => (await waveOf(world).catch(() => undefined))?.state === 'preparing' })
    await act(world.app(), 'town', 'hold', { why: 'test', mailboxes: [bob] }, 'tester')
    await world.run({ until: async () => (await waveOf(world)).state === 'ready' })
    const at = keyPart(bob)
    const stored = await world.store.mailboxes.get('town', at)
    assert.ok(stored)
    await world.store.mailboxes.save({ ...stored.row, targetReadyAt: world.clock.now() }, stored.etag)
    await world.run()
  }
  return world
}

describe('the sums of a wave that has closed', () => {
  test('are kept, and are those of its mailboxes', async () => {
    const world = await closed()
    assert.equal(keptSums(await waveOf(world))?.mailboxes.total, 2)
    const { said, added } = await bothOf(world)
    assert.deepEqual(said, added)
    assert.ok(said.messages.copied > 0)
  })

  const orders: [Action, string[] | undefined][] = [
    ['cancel', [bob]],
    ['release', undefined],
    ['release', [bob]],
    ['retry', undefined],
  ]
  for (const [action, mailboxes] of orders)
    test(`never differ from them, wherever ${action}${mailboxes ? ' of one' : ''} is cut off`, async () => {
      let n = 1
      for (let ended = false; !ended; n++) {
        const world = await closed(true)
        assert.ok(keptSums(await waveOf(world)), 'nothing is kept')
        const gate = new MortalGate({ at: n, when: 'after' })
        const body = { why: 'test', ...(mailboxes ? { mailboxes } : {}) }
        ended = await act(world.app(gate), 'town', action, body, 'tester').then(
          () => true,
          error => {
            assert.ok(error instanceof Death, String(error))
            return false
          },
        )
        const { said, added } = await bothOf(world)
        assert.deepEqual(said, added, `after call ${n}: ${gate.names.at(-1)}`)
        await world.run({ until: async () => world.queues.visible().length === 0 && (await waveOf(world)).state === 'closed' })
        const later = await bothOf(world)
        assert.deepEqual(later.said, later.added, `later, after call ${n}: ${gate.names.at(-1)}`)
      }
      assert.ok(n > 5)
    })
})
