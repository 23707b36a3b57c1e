import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { keyPart } from '../../shared/store/columns.ts'
import type { DomainRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { chance } from '../fakes/chance.ts'
import { DeathAfter, MortalGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const domain = async ({ store }: World) => (await store.domains.get(keyPart('town'), keyPart('town.example')))?.row
const mx = ({ zone }: World) => zone.read('town.example', 'MX')?.data
const old = ['10 mx.old.example']

async function rollBack(world: World): Promise<void> {
  await act(world.app(), 'town', 'rollback', { why: 'the new side is down' }, 'operator')
}

/** Runs until the wave is rolled back and nothing more can be delivered at once. */
async function settled(world: World, process?: (n: number, pass: () => void) => MortalGate): Promise<void> {
  const quiet = async () => (await world.wave())?.state === 'rolled-back' && (await domain(world))?.dueAt === undefined
  await world.run({ until: async () => (await quiet()) && world.queues.visible().length === 0, ...(process ? { process } : {}) })
  assert.equal((await world.wave())?.state, 'rolled-back')
}

describe('a rolled-back wave has its old MX', { timeout: 60_000 }, () => {
  const moments: [string, (world: World, row: DomainRow | undefined) => Promise<boolean> | boolean][] = [
    ['before its switch was begun', async world => (await world.wave())?.state === 'cutting-over'],
    ['while it is about to be switched', (_, row) => row?.state === 'switching'],
    ['while the switch is being proved', (_, row) => row?.state === 'proving'],
    ['after the switch', (_, row) => row?.state === 'switched'],
    ['after everything was finished', async world => (await world.wave())?.state === 'closed'],
  ]
  for (const [when, moment] of moments) {
    test(`when it is rolled back ${when}`, async () => {
      for (let seed = 1; seed <= 5; seed++) {
        const world = new World(town())
        await world.run({ random: chance(seed), until: async () => moment(world, await domain(world)) })
        await rollBack(world)
        await settled(world)
        assert.deepEqual(mx(world), old, `seed ${seed}`)
        assert.notEqual((await domain(world))?.state, 'switched')
      }
    })
  }

  test('when the switch was made by a process that died before it could say so', async () => {
    const world = new World(town())
    const isWritten = () => mx(world)?.[0] === '0 mx.new.example'
    const dies = (n: number, pass: () => void) => new DeathAfter(n === 0 ? isWritten : () => false, pass)
    await world.run({ process: dies, until: () => isWritten() })
    assert.equal((await domain(world))?.writtenAt, undefined)
    await act(world.app(), 'town', 'hold', { why: 'something is wrong' }, 'operator')
    await rollBack(world)
    await settled(world)
    assert.deepEqual(mx(world), old)
  })

  test('when the rollback itself is cut short anywhere', async () => {
    for (let at = 1; at <= 60; at++) {
      const world = new World(town())
      await world.run({ until: async () => (await domain(world))?.state === 'switched' })
      await rollBack(world)
      await settled(world, (n, pass) => new MortalGate(n === world.deaths && n === 0 ? { at, when: 'after' } : undefined, pass))
      assert.deepEqual(mx(world), old, `dead after call ${at}`)
    }
  })

  test('and each who was told that his mail has moved is told once that it is back, where he reads then, though it is cut short anywhere', async () => {
    const { playbook } = town()
    const says = playbook
      .replace('calendar:\n', 'calendar:\n  - { on: rolled-back, notice: back }\n')
      .replace(
        'notices:\n',
        'notices:\n  - { notice: back, template: moved-back, audience: owner, issuer: ict, channel: auto }\n',
      )
    for (let at = 1; at <= 60; at++) {
      const world = new World(town({}, { playbook: says }))
      await world.run({ until: async () => (await world.wave())?.state === 'closed' })
      const before = world.readers.letters.length
      await rollBack(world)
      await settled(world, (n, pass) => new MortalGate(n === world.deaths && n === 0 ? { at, when: 'after' } : undefined, pass))
      await world.run({ until: async () => (await all(world.store.notices.list({ states: ['due'] }))).length === 0 })
      const told = world.readers.letters.slice(before).map(({ to }) => to)
      assert.deepEqual(told.sort(), ['anna@town.example', 'bob@town.example'], `dead after call ${at}`)
      const ways = (await all(world.store.notices.list({}))).map(({ notice, channel }) => `${notice} ${channel}`)
      assert.deepEqual([...new Set(ways)].sort(), ['back source-append', 'done append'])
    }
  })
})
