import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { Failure } from '../../shared/errors.ts'
import { memoryDns } from '../fakes/dns.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const order = (world: World, action: 'hold' | 'rollback') => act(world.app(), 'town', action, { why: 'call it off' }, 'Odile')
const domain = async ({ store }: World) => (await store.domains.get('town', 'town.example'))?.row
const mx = ({ zone }: World) => zone.read('town.example', 'MX')?.data

/** A town whose primary nobody asks but who writes: its two secondaries follow after ten minutes. What it says to a change it says only `after` that was made. */
function hidden(fails: () => Failure | undefined): World {
  const world = new World(town({}, { happens: [] }))
  const dns = memoryDns('town.example', world.zone, world.clock.now, 3, 600_000)
  const authorities = async (name: string) => {
    const found = await dns.authorities(name)
    return { ...found, servers: found.servers.slice(1) }
  }
  const askAll: typeof dns.askAll = async (found, name, type) => {
    const [, ...answers] = await dns.askAll(await dns.authorities(name), name, type)
    return found.servers.length > 0 ? answers : []
  }
  Object.assign(world.dns, { authorities, askAll })
  const { replace } = world.zone.host
  world.zone.host.replace = async (...given) => {
    const isSwitch = given[1].some(({ after }) => after?.data[0] === '0 mx.new.example')
    const failure = fails()
    if (isSwitch && failure?.verdict === 'transient') await replace(...given)
    if (failure) throw failure
    return replace(...given)
  }
  return world
}

describe('a primary that is ahead of every server that is asked', () => {
  test('and took the new MX from a worker who could not say so has the old one when the wave is put back', async () => {
    let isLost = false
    const world = hidden(() =>
      isLost ? new Failure({ verdict: 'transient', during: 'changing', code: 'ETIMEDOUT', hint: 'Look.' }) : undefined,
    )
    await world.run({ until: async () => (await domain(world))?.state === 'ready' })
    isLost = true
    await world.run({ until: () => mx(world)?.[0] === '0 mx.new.example' })
    isLost = false
    await order(world, 'hold')
    await order(world, 'rollback')
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.deepEqual(mx(world), ['10 mx.old.example'])
  })

  test('and refuses every change took none: the wave is put back without it', async () => {
    let refuses = false
    const world = hidden(() =>
      refuses ? new Failure({ verdict: 'permanent', during: 'changing', code: 'REFUSED', hint: 'Grant it.' }) : undefined,
    )
    await world.run({ until: async () => (await domain(world))?.state === 'ready' })
    refuses = true
    await world.run({ until: async () => (await domain(world))?.state === 'held' })
    await order(world, 'rollback')
    await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
    assert.deepEqual(mx(world), ['10 mx.old.example'])
  })
})
