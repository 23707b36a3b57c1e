import assert from 'node:assert/strict'
import { test } from 'node:test'
import { all } from '../../shared/store/store.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const name = 'n'.repeat(63)

/** As long as an address may be: 64 before the @, 254 in all. */
const address = (local: string) => `${local.repeat(64)}@${'d'.repeat(63)}.${'e'.repeat(63)}.${'f'.repeat(53)}.example`

test('a wave whose names are all as long as they may be is moved, and each owner told once', async () => {
  const scene = town()
  const addresses = ['=', 'a'].map(address)
  assert.ok(addresses.every(one => one.length === 254))
  const playbook = scene.playbook
    .replace('playbook: town', `playbook: ${name}`)
    .replaceAll('notice: done', `notice: ${name}`)
    .replace(/routing:[\s\S]*?lateMail/, 'routing: { kind: none }\nlateMail')
  const boxes = () => new Map(addresses.map(one => [one, new MemoryMailbox()] as const))
  const sources = boxes()
  for (const box of sources.values()) box.deliver('INBOX', letter('one'), [], 0)
  const wave = { wave: name, playbook: name, mailboxes: addresses.map(one => ({ address: one })) }
  const world = new World({ ...scene, playbook, wave, sources, targets: boxes(), happens: [] })
  assert.equal((await world.run()).verdict, 'complete')
  const told = await all(world.store.notices.list({ partition: name }))
  assert.deepEqual(told.map(({ to, state }) => [to, state]).sort(), addresses.map(one => [one, 'sent']).sort())
})
