import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { all } from '../../shared/store/store.ts'
import { refusal } from '../intake/refusal.ts'
import { dated } from './world.ts'

const calendar = '  - { at: "D-5b 09:00", step: confirm }\n  - { at: "D-1 16:00", step: provision }'
const coordinators = Array.from({ length: 80 }, (_, i) => `coordinator.of.federation${i}@large.town.example`)
const confirm = { why: 'confirmed on the coordinator’s page', step: 'confirm' }

test('a date that many confirm can be moved and confirmed as often as is needed', async () => {
  const world = dated('2025-03-01T08:00:00Z', calendar)
  await world.enqueue()
  const app = world.app()
  for (const day of ['2025-04-07', '2025-04-08', '2025-04-09', '2025-04-10']) {
    await act(app, 'town', 'reschedule', { why: 'another day', day }, 'Odile')
    for (const who of coordinators) await act(app, 'town', 'approve', { ...confirm, day }, who)
    const today = (await world.wave())?.approvals?.filter(one => one.day === day)
    assert.deepEqual(
      today?.map(({ who }) => who),
      coordinators,
    )
  }
})

test('a word for which there is no room is refused, and leaves no trace', async () => {
  const world = dated('2025-03-01T08:00:00Z', calendar)
  await world.enqueue()
  const app = world.app()
  const say = (who: string, why: string) => act(app, 'town', 'approve', { ...confirm, why }, who)
  const stored = async () => JSON.stringify([await world.wave(), await all(world.store.audit.list({}))])
  const full = async () => {
    for (const who of coordinators) await say(who, 'long '.repeat(100).trim())
  }
  const { status, message } = await refusal(full)
  assert.equal(status, 409)
  assert.match(message, /fewer words/)
  const before = await stored()
  await refusal(() => say('max@town.example', 'long '.repeat(100).trim()))
  assert.equal(await stored(), before)
})
