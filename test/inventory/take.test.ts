import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readXlsx } from 'hucre/xlsx'
import { waveRow } from '../../shared/commands/status.ts'
import { Failure } from '../../shared/errors.ts'
import { takeInventory } from '../../shared/inventory/take.ts'
import { all } from '../../shared/store/store.ts'
import { house, people, playbook, sent } from './house.ts'

const night = playbook.replace('secret: OLD } }', 'secret: OLD } }\n  limits: { hours: [{ from: "20:00", to: "06:00" }] }')

test('nobody is looked at outside the hours of the source; the next call within them does it', async () => {
  const start = Date.parse('2027-03-01T11:00:00Z')
  const { world, app } = await house({ playbook: night, start })
  assert.deepEqual(await all(world.store.inventories.list({})), [])
  const take = async () => takeInventory(app, await waveRow(app, 'aid'))
  const { left, failed, waitsFor } = await take()
  assert.deepEqual([left, failed], [people.length, 0])
  assert.match(waitsFor ?? '', /hours of the source: .*2027-03-01 at 20:00/)
  const findings = (await readXlsx(await sent(app))).sheets[1]?.rows.slice(1, 1 + people.length).map(row => row[6])
  assert.deepEqual(new Set(findings), new Set([null]), 'nobody has looked: the workbook finds nothing')
  world.clock.moveTo(Date.parse('2027-03-01T19:00:00Z'))
  assert.deepEqual(await take(), { mailboxes: people.length, measured: people.length, failed: 0, left: 0 })
})

test('the look ends where the hours do', async () => {
  const { world, app } = await house({ playbook: night, start: Date.parse('2027-03-01T11:00:00Z') })
  world.clock.moveTo(Date.parse('2027-03-02T04:59:59Z'))
  const probeSource: typeof app.probeSource = row => {
    world.clock.move(600)
    return app.probeSource(row)
  }
  const slow = { ...app, probeSource }
  const { measured, left } = await takeInventory(slow, await waveRow(app, 'aid'))
  assert.ok(measured > 0 && left > 0 && measured + left === people.length, `${measured} ${left}`)
})

test('where copies need the connections the look is put aside, and nothing of it counts as a failure', async () => {
  const { world, app } = await house()
  const { row } = (await world.store.inventories.get('aid', people[0] ?? '')) ?? assert.fail('it was not looked at')
  const crowded = new Failure({
    verdict: 'transient',
    during: 'opening',
    code: 'CROWDED',
    hint: 'Nothing to do.',
    retryAfterMs: 1,
  })
  let asked = 0
  const busy = { ...app, probeSource: () => (asked++ === 0 ? app.probeSource(mailbox) : Promise.reject(crowded)) }
  const mailbox = (await all(world.store.mailboxes.list({})))[0] ?? assert.fail('there is no mailbox')
  const { left, failed, waitsFor } = await takeInventory(busy, await waveRow(app, 'aid'), { again: true })
  assert.deepEqual([left, failed, waitsFor], [people.length - 1, 0, 'connections that copies need now'])
  assert.ok(asked <= 5, 'nobody asks on and on')
  const rows = await all(world.store.inventories.list({}))
  assert.deepEqual(
    rows.filter(({ error }) => error !== undefined),
    [],
  )
  assert.ok(row.measured)
})
