import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chance } from '../fakes/chance.ts'
import { endingOf } from '../fakes/ending.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { undisturbed } from './stopping.ts'

/* Queues deliver at least once and in any order. */
describe('twice equals once, in any order', { timeout: 60_000 }, async () => {
  const { ending: calm } = await undisturbed(() => town())

  test('every message is handled twice', async () => {
    const world = new World(town())
    await world.run({ twice: true })
    assert.deepEqual(await endingOf(world), calm)
  })

  test('messages are handled in random order', async () => {
    for (let seed = 1; seed <= 25; seed++) {
      const world = new World(town())
      await world.run({ random: chance(seed) })
      assert.deepEqual(await endingOf(world), calm, `seed ${seed}`)
    }
  })

  test('every message that was ever sent is delivered again at the end, and changes nothing', async () => {
    const world = new World(town())
    await world.run()
    const { sent } = world.queues
    const handled = world.handled
    for (const { queue, kick } of [...sent]) await world.queues.send(queue, kick)
    await world.run()
    assert.ok(world.handled >= handled + sent.length / 2)
    assert.deepEqual(await endingOf(world), calm)
  })

  test('the same request again is the same wave', async () => {
    const world = new World(town())
    await world.enqueue()
    await world.enqueue()
    await world.run()
    await world.enqueue()
    assert.deepEqual(await endingOf(world), calm)
  })

  test('every queue loses every message: the sweep alone brings the wave to its end', async () => {
    const world = new World(town())
    const { send } = world.queues
    let swept = false
    // Only what the sweep sends arrives: it sends while no message is being handled.
    world.queues.send = async (queue, kick, delayMs) => void (swept && (await send(queue, kick, delayMs)))
    await world.run({
      sweeping: now => {
        swept = now
      },
    })
    assert.deepEqual(await endingOf(world), calm)
  })

  test('waiting does not multiply messages', async () => {
    const world = new World(town({}, { playbook: town().playbook.replace('PT2M', 'PT12H') }))
    await world.run()
    const looks = world.lines.filter(({ work }) => work === 'finish-wave').length
    assert.ok(looks > 100, `${looks} looks`)
    // One from its own delayed kick and one from the sweep each minute of half a day, twice over, not more with every nudge.
    assert.ok(looks <= 2 * 24 * 60, `${looks} looks`)
  })
})
