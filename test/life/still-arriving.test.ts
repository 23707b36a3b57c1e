import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waveStatus } from '../../shared/commands/status.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const minute = 60_000
const anna = 'anna@town.example'

test('whose mail goes on arriving at the old server, where somebody else leads it over, is told', async () => {
  const rest = 'routing: { kind: none }\nlateMail: { for: P1D }\ncalendar:\n  - { at: "D 06:00", step: cutover }\n'
  const since = async (world: World) => world.clock.now() - ((await world.wave())?.switchedAt ?? Number.POSITIVE_INFINITY)
  const here: World = new World({
    playbook: betweenServers('town', rest),
    wave: { wave: 'town', playbook: 'town', day: '2026-01-07', mailboxes: [{ address: anna }, { address: 'bob@town.example' }] },
    sources: new Map([anna, 'bob@town.example'].map(address => [address, new MemoryMailbox()])),
    targets: new Map([anna, 'bob@town.example'].map(address => [address, new MemoryMailbox()])),
    happens: [
      {
        when: async world => (await since(world)) > 20 * minute,
        does: ({ sources, clock }) => void sources.get(anna)?.deliver('INBOX', letter('not led over'), [], clock.now()),
      },
    ],
  })
  const warned = async () => ((await waveStatus(here.app(), 'town')).warnings ?? []).filter(one => one.includes('old server'))
  await here.run({ until: async () => (await here.wave())?.state === 'ready' })
  assert.match((await here.wave())?.waitsFor ?? '', /the hour of its cutover, at which somebody leads its mail to the new side/)
  await here.run({ until: async () => (await since(here)) > 30 * minute })
  assert.deepEqual(await warned(), [])
  await here.run({ until: async () => (await since(here)) > 70 * minute })
  const warnings = await warned()
  assert.equal(warnings.length, 1)
  assert.match(
    warnings[0] ?? '',
    /mail still arrived at the old server .*: anna@town\.example; see that it is led to the new side/,
  )
  await here.run({ until: async () => (await since(here)) > 7 * 60 * minute })
  assert.deepEqual(await warned(), [])
})
