import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mailboxStatus } from '../../shared/commands/mailbox-status.ts'
import { endingOf } from '../fakes/ending.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

/** A wave of which Bob’s old server counts three messages and lists two, until his mailbox is about to be compared, or always. */
async function hiding(always: boolean): Promise<World> {
  const scene = town()
  let hides = true
  const bob = new MemoryMailbox({ delimiter: '.', condstore: true, unlists: ({ uid }) => uid === 2 && hides })
  for (const subject of ['a', 'b', 'c']) bob.deliver('INBOX', letter(subject))
  scene.sources.set('bob@town.example', bob)
  const world = new World(scene)
  const { mailboxes } = world.store
  const { save } = mailboxes
  mailboxes.save = async (row, etag) => {
    hides &&= always || row.address !== 'bob@town.example' || row.state !== 'verifying'
    return save(row, etag)
  }
  await world.run()
  return world
}

test('what the comparison finds that no round has seen is brought, and then compared', async () => {
  const world = await hiding(false)
  assert.equal((await world.wave())?.verdict, 'complete')
  const { lost, twice } = await endingOf(world)
  assert.deepEqual({ lost, twice }, { lost: [], twice: [] })
})

test('what the old server counts and never lists makes a wave incomplete, and says what to do', async () => {
  const world = await hiding(true)
  const wave = await world.wave()
  assert.equal(wave?.verdict, 'incomplete')
  const { reasons } = await mailboxStatus(world.app(), wave?.wave ?? '', 'bob@town.example')
  assert.match(reasons.join(), /“INBOX”: the old server counts 3 messages \(EXISTS\) and lists 2: have .+ rebuilt there/)
})
