import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { act } from '../../shared/commands/act.ts'
import { record } from '../../shared/commands/audit.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { askForScan } from '../../shared/landing/ask.ts'
import { all } from '../../shared/store/store.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { anna, bob, withPasswords } from '../passwords/town.ts'

const limited = (limits: string) => {
  const scene = town()
  return { ...scene, playbook: scene.playbook.replace('\ntarget:', `\n  limits: ${limits}\ntarget:`) }
}
const hours = '{ hours: [{ from: "19:00", to: "07:00" }] }'
/** The hour of the clock in Brussels. */
const hourOf = (at: number) =>
  Number(new Date(at).toLocaleString('en', { timeZone: 'Europe/Brussels', hour: 'numeric', hour12: false }))

describe('a source with hours', () => {
  test('is read ahead within them only, and what follows the switch does not wait for them', async () => {
    const world = new World(limited(hours))
    world.clock.moveTo(Date.UTC(2026, 0, 5, 11))
    await world.run({ until: async () => (await all(world.store.mailboxes.list({}))).some(row => row.notBefore && row.waitsFor) })
    const [waiting] = await all(world.store.mailboxes.list({}))
    assert.equal(waiting?.state, 'pre-staging')
    assert.match(waiting?.waitsFor ?? '', /^the hours of the source: copying goes on 2026-01-05 at 19:00 \(Europe\/Brussels\)$/)
    assert.equal(
      [...world.targets.values()].reduce((sum, { appended }) => sum + appended, 0),
      0,
    )
    const wave = await world.run()
    assert.equal(wave.verdict, 'complete')
    for (const row of await all(world.store.mailboxes.list({}))) {
      assert.equal(row.waitsFor, undefined)
      assert.equal(hourOf(row.syncedAt ?? 0), 19)
    }
  })

  test('is looked into within them only', async () => {
    const world = new World(limited(hours))
    world.clock.moveTo(Date.UTC(2026, 0, 5, 11))
    await world.enqueue()
    const wave = await world.wave()
    assert.ok(wave)
    await askForScan(world.app(), wave)
    const looks = () => all(world.store.landings.list({}))
    await world.run({ until: async () => (await looks()).every(({ waitsFor }) => waitsFor) })
    assert.match((await looks())[0]?.waitsFor ?? '', /^the hours of the source: .* 2026-01-05 at 19:00/)
    await world.run({ until: async () => (await looks()).every(({ state }) => state === 'scanned') })
    for (const { scannedAt = 0, waitsFor } of await looks()) assert.deepEqual([hourOf(scannedAt), waitsFor], [19, undefined])
  })

  test('that are open hold nothing up', async () => {
    const world = new World(limited(hours))
    world.clock.moveTo(Date.UTC(2026, 0, 5, 20))
    const began = world.clock.now()
    await world.run()
    const rows = await all(world.store.mailboxes.list({}))
    assert.ok(rows.every(({ syncedAt = 0 }) => syncedAt - began < 600_000))
  })
})

test('the status of a wave adds up the time that servers asked for', async () => {
  const world = new World(town())
  await world.run({ until: async () => (await world.wave())?.state === 'finishing' })
  for (const [i, row] of (await all(world.store.mailboxes.list({}))).entries())
    await world.store.mailboxes.put([{ ...row, waitedMs: (i + 1) * 1_000 }])
  assert.equal((await waveStatus(world.app(), 'town')).waitedMs, 3_000)
  await world.run()
  assert.equal((await waveStatus(world.app(), 'town')).waitedMs, 3_000)
})

test('a wave that has ended says whose TTL is to be raised again, in its status and its report', async () => {
  const world = new World(town())
  const app = world.app()
  await world.run({ until: async () => (await world.wave())?.switchedAt !== undefined })
  assert.equal((await waveStatus(app, 'town')).toDo, undefined)
  await world.run()
  const said = ['raise the TTL of the MX of town.example again: it was 90 s before, and 60 s for the switch']
  assert.deepEqual((await waveStatus(app, 'town')).toDo, said)
  const { sheets } = await readXlsx((await waveReport(app, 'town', 'xlsx')).body as Uint8Array)
  assert.deepEqual(
    sheets[0]?.rows.filter(([what]) => what === 'to do'),
    [['to do', ...said]],
  )
})

test('a playbook and a wave of the same name have each their own history', async () => {
  const world = new World(town())
  const app = world.app()
  await record(app, { subject: 'same', who: 'jo', action: 'playbook' })
  await record(app, { subject: 'same', who: 'jo', action: 'enqueue' })
  const actions = async (partition: string) => (await all(world.store.audit.list({ partition }))).map(({ action }) => action)
  assert.deepEqual([await actions('same'), await actions('playbook|same')], [['enqueue'], ['playbook']])
})

test('a wave that has ended names the licences of accounts that it made and nobody moved to', async () => {
  const scene = withPasswords('{ mode: none }', 'licences: { E3: { sku: SPE_E3, price: 8.24 } }\n')
  const world = new World({
    ...scene,
    playbook: scene.playbook.replace('usageLocation: BE', 'usageLocation: BE\n  licence: SPE_E3'),
  })
  const app = world.app()
  const made = async () => (await all(world.store.mailboxes.list({}))).filter(row => row.targetReadyAt).length === 2
  await world.run({ until: made })
  await act(app, 'town', 'cancel', { why: 'has left', mailboxes: [anna] }, 'night')
  assert.equal((await waveStatus(app, 'town')).toDo, undefined)
  await world.run()
  const licences = async () => (await waveStatus(app, 'town')).toDo?.filter(one => one.includes('E3'))
  const says = (number: number, who: string) => [
    `take ${number} × E3 back unless another wave moves them: ${who} got an account here and have not moved`,
  ]
  assert.deepEqual(await licences(), says(1, anna))
  await act(app, 'town', 'rollback', { why: 'all go back' }, 'night')
  await world.run({ until: async () => (await world.wave())?.state === 'rolled-back' })
  assert.deepEqual(await licences(), says(2, `${anna}, ${bob}`))
})
