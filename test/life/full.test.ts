import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { Failure } from '../../shared/errors.ts'
import { meaningOf } from '../../shared/imap/codes.ts'
import { endingOf } from '../fakes/ending.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const bob = 'bob@town.example'
const retry = (world: World) => act(world.app(), 'town', 'retry', { why: 'its quota was raised' }, 'Odile')
const mailbox = async ({ store }: World) => (await store.mailboxes.get('town', bob))?.row
const mx = ({ zone }: World) => zone.read('town.example', 'MX')?.data

/** A town in which one mailbox at the target takes no more than so many messages. */
function withRoom(room: () => number): World {
  const world = new World(town({}, { happens: [] }))
  const target = world.targets.get(bob) ?? assert.fail('there is no such mailbox')
  const keep = target.keep.bind(target)
  target.keep = (...given) => {
    const messages = [...target.folders.values()].reduce((sum, folder) => sum + folder.messages.length, 0)
    if (messages < room()) return keep(...given)
    throw new Failure({ ...meaningOf('OVERQUOTA'), during: 'appending', code: 'OVERQUOTA' })
  }
  return world
}

test('a mailbox that is full before the switch keeps it waiting, since its mail would bounce; with more room it goes on where it was', async () => {
  let room = 2
  const world = withRoom(() => room)
  await world.run({ until: async () => /are full there.*bob@town\.example \(full\)/.test((await world.wave())?.waitsFor ?? '') })
  assert.deepEqual(mx(world), ['10 mx.old.example'])
  assert.deepEqual([(await mailbox(world))?.state, (await mailbox(world))?.error?.code], ['held', 'OVERQUOTA'])
  const source = [...(world.sources.get(bob)?.folders.values() ?? [])].flatMap(({ messages }) => messages)
  assert.equal((await mailbox(world))?.found, source.length)
  room = 100
  await retry(world)
  assert.equal((await world.run()).verdict, 'complete')
  const { lost, twice } = await endingOf(world)
  assert.deepEqual([lost, twice], [[], []])
})

test('one that is full after the switch is held, its owner is told nothing yet; a retry of the closed wave completes it', async () => {
  let room = 100
  const world = withRoom(() => room)
  await world.run({ until: async () => (await world.wave())?.state === 'cutting-over' })
  room = 5
  world.sources.get(bob)?.deliver('INBOX', Buffer.from('Subject: one more\r\n\r\nText\r\n'), [], world.clock.now())
  const { verdict, reasons = [] } = await world.run()
  assert.equal(verdict, 'incomplete')
  assert.match(reasons.join(), /bob@town\.example: held: .*OVERQUOTA/)
  assert.deepEqual(
    world.readers.letters.map(({ to }) => to),
    ['anna@town.example'],
  )
  room = 100
  await retry(world)
  assert.equal((await world.run()).verdict, 'complete')
  assert.deepEqual(world.readers.letters.map(({ to }) => to).sort(), ['anna@town.example', bob])
  const { lost, twice } = await endingOf(world)
  assert.deepEqual([lost, twice], [[], []])
})
