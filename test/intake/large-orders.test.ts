import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diaryOf } from '../../shared/calendar/diary.ts'
import { act } from '../../shared/commands/act.ts'
import { handIn, passwordLetters } from '../../shared/commands/passwords.ts'
import { all } from '../../shared/store/store.ts'
import { dated } from '../calendar/world.ts'
import { refusal } from './refusal.ts'

const addresses = Array.from({ length: 1_500 }, (_, i) => `firstname.lastname${i}@large.town.example`)
const handOver = 'passwords: { mode: sealed-bundle, sealWith: SEALING }\n'

/** A wave of 1,500 mailboxes; their list is longer than a column of the audit. */
async function large() {
  const world = dated('2025-03-01T08:00:00Z', '  - { at: "D-1 16:00", step: provision }', handOver)
  world.scene.wave.mailboxes = addresses.map(address => ({ address }))
  await world.enqueue()
  return { world, app: world.app() }
}

/** The mailboxes that the audit names for an action, over all entries. */
async function audited({ world }: Awaited<ReturnType<typeof large>>, wanted: string): Promise<unknown[]> {
  const rows = (await all(world.store.audit.list({ partition: 'town' }))).filter(({ action }) => action === wanted)
  return rows.flatMap(({ details }) => Object(details).mailboxes).sort()
}

test('an action about more mailboxes than a column holds is carried out, and the audit names every one', async () => {
  const here = await large()
  const done = await act(here.app, 'town', 'hold', { why: 'the whole town waits', mailboxes: addresses }, 'Odile')
  assert.equal(done.changed, addresses.length)
  assert.deepEqual(await audited(here, 'hold'), addresses.toSorted())
  const wave = await here.world.wave()
  const diary = wave ? await diaryOf(here.app, wave) : []
  assert.equal(diary.filter(({ what }) => what === 'hold').length, 1)
})

test('so are passwords handed in, and letters fetched', async () => {
  const here = await large()
  const passwords = addresses.map(address => ({ address, password: 'correct horse battery' }))
  assert.equal((await handIn(here.app, 'town', passwords, 'Odile')).changed, addresses.length)
  assert.deepEqual(await audited(here, 'hand-in-passwords'), addresses.toSorted())
  await passwordLetters(here.app, { wave: 'town' }, 'Odile')
  assert.deepEqual(await audited(here, 'fetch-passwords'), addresses.toSorted())
})

test('an action is refused for all that is wrong in it at once, also in what it does not use', async () => {
  const { world, app } = await large()
  const before = await all(world.store.audit.list({}))
  const order = { why: 'x', day: 'D'.repeat(40_000), steps: ['s'.repeat(40_000)] }
  const { status, details } = await refusal(() => act(app, 'town', 'hold', order, 'Odile'))
  assert.equal(status, 400)
  assert.deepEqual(
    details.map(({ path }) => path),
    ['why', 'day', 'steps[0]'],
  )
  assert.ok(details.every(({ message }) => message.length < 300))
  assert.deepEqual(await all(world.store.audit.list({})), before)
})
