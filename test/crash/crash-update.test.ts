import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { updateWave } from '../../shared/commands/update.ts'
import type { App } from '../../shared/ports.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { all } from '../../shared/store/store.ts'
import { sweep } from '../../shared/sweep.ts'
import { endingOf } from '../fakes/ending.ts'
import { Death, type End, MortalGate, openGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const partition = keyPart('town')
const update = (app: App) => updateWave(app, 'town', { why: 'it was wrong' }, 'Odile Nuit')

async function correct(world: World): Promise<void> {
  world.scene.playbook = world.scene.playbook.replace('for: PT2M', 'for: PT3M').replace('"D-1 18:00"', '"D-2 18:00"')
  await storePlaybook(world.app(), 'town', world.scene.playbook, 'application/yaml', 'operator')
}

async function begun(): Promise<World> {
  const world = new World(town())
  await world.run({ until: async () => (await world.wave())?.state === 'ready' })
  await correct(world)
  return world
}

async function planned(): Promise<World> {
  const scene = town()
  const calendar = 'calendar:\n  - { at: "D-1 18:00", step: prestage }\n  - { at: "D-1 18:00", step: inventory }\n'
  const playbook = scene.playbook.replace('calendar:\n', calendar)
  const wave = { ...scene.wave, day: '2026-03-10' }
  const world = new World({ ...scene, playbook, start: Date.UTC(2026, 2, 1), wave })
  await world.enqueue()
  await correct(world)
  return world
}

async function versions({ store }: World): Promise<string[]> {
  const { waves, mailboxes, domains, steps } = store
  const tables = [waves, mailboxes, domains, steps]
  const rows = await Promise.all(tables.map(table => all<{ playbookVersion: number; state: string }>(table.list({}))))
  return rows.flat().map(({ playbookVersion, state }) => `${state} ${playbookVersion}`)
}

/** The order cut off there, what runs by itself meanwhile, the order given again; how many calls there were. */
async function cutOff(brought: () => Promise<World>, end?: End): Promise<{ world: World; calls: number; died: boolean }> {
  const world = await brought()
  const gate = new MortalGate(end)
  const died = await update(world.app(gate)).then(
    () => false,
    error => {
      if (!(error instanceof Death)) throw error
      return true
    },
  )
  if (died) {
    await sweep(world.app())
    await update(world.app())
  }
  return { world, calls: gate.names.length, died }
}

describe('an order to take the newest version', { timeout: 240_000 }, () => {
  for (const [which, brought] of Object.entries({ begun, planned }))
    for (const when of ['before', 'after'] as const)
      test(`of a ${which} wave that is cut off ${when} any call is finished when it is given again`, async () => {
        const calm = await cutOff(brought)
        const wanted = await versions(calm.world)
        assert.ok(wanted.length >= 4 && wanted.every(one => one.endsWith(' 2')), wanted.join())
        const gates = (await calm.world.wave())?.gates
        await calm.world.run()
        const ending = await endingOf(calm.world)
        assert.equal(ending.verdict, 'complete')
        for (let at = 1; at <= calm.calls; at++) {
          const { world, died } = await cutOff(brought, { at, when })
          assert.ok(died, `call ${at}`)
          assert.deepEqual(await versions(world), wanted, `dead ${when} call ${at}`)
          assert.deepEqual((await world.wave())?.gates, gates)
          const said = (await all(world.store.audit.list({ partition }))).filter(({ action }) => action === 'update')
          assert.ok(said.length >= 1, `no audit, dead ${when} call ${at}`)
          if (at % 8 > 0) continue
          await world.run()
          assert.deepEqual(await endingOf(world), ending, `dead ${when} call ${at}`)
        }
      })

  test('reaches a row whose worker saves at that moment, whatever his answer is', async () => {
    const run = async (nth: number) => {
      const world = new World(town({}, { turnMs: 60 }))
      await world.enqueue()
      await correct(world)
      let saves = 0
      let given = false
      await world.run({
        process: (_, pass) => ({
          ...openGate,
          call: async (name, work) => {
            pass()
            if (name === 'mailboxes.save' && ++saves === nth) {
              given = true
              await update(world.app())
            }
            return work()
          },
        }),
        until: async () => (await world.wave())?.state === 'closed' || (given && saves > nth + 3),
      })
      const rows = given ? await all(world.store.mailboxes.list({ partition })) : []
      assert.deepEqual(
        rows
          .filter(row => row.state !== 'completed' && row.playbookVersion !== 2)
          .map(({ address, state }) => `${nth}: ${address} ${state}`),
        [],
      )
      return given
    }
    let tried = 0
    while (tried < 25 && (await run(tried + 1))) tried++
    assert.ok(tried > 20, `${tried} saves`)
  })
})
