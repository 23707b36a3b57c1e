import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { waveForecast } from '../../shared/commands/forecast.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { pairOf } from '../../shared/forecast/forecast.ts'
import { calibrationOf } from '../../shared/forecast/score.ts'
import type { ForecastRow, MailboxRow } from '../../shared/store/schema.ts'
import { all } from '../../shared/store/store.ts'
import { MortalGate } from '../fakes/gate.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'

const minute = 60_000

/** A world at rest with one wave `w` of playbook `p` in the given state. */
async function resting(state: 'planned' | 'preparing' | 'ready', mailboxes: MailboxRow[], more = '', set = {}) {
  const world = new World(town())
  const app = world.app()
  const body = world.scene.playbook.replace('playbook: town', 'playbook: p') + more
  await storePlaybook(app, 'p', body, 'application/yaml', 'operator')
  await world.store.waves.insert(waveRow({ state, ...set }))
  for (const row of mailboxes) await world.store.mailboxes.insert(row)
  return { world, app }
}

const people = (n: number, set: (i: number) => Partial<MailboxRow>) =>
  Array.from({ length: n }, (_, i) => mailboxRow({ address: `p${i}@town.example`, ...set(i) }))
const synced = (ms: number): Partial<MailboxRow> => ({
  state: 'synced',
  found: 1000,
  foundBytes: 1e7,
  copied: 1000,
  copiedBytes: 1e7,
  syncedAt: 1,
  pace: { ms, messages: 1000, bytes: 1e7 },
})
const half: Partial<MailboxRow> = { state: 'pre-staging', found: 1000, foundBytes: 1e7, copied: 500, copiedBytes: 5e6 }

describe('a forecast', () => {
  test('says nothing of a wave nobody has looked into, and why', async () => {
    const { app } = await resting(
      'planned',
      people(3, () => ({})),
    )
    const { copy, why, basis } = await waveForecast(app, 'w')
    assert.deepEqual([copy, basis.rates, basis.unknownSizes], [null, 'assumed', 3])
    assert.match(why ?? '', /has been measured/)
    assert.equal((await waveStatus(app, 'w')).forecast, null)
  })

  test('of a running wave comes from what its own mailboxes took, and keeps the fields of its status', async () => {
    const at = async (ms: number) => {
      const rows = people(20, i => (i < 10 ? synced(ms) : half))
      const { app } = await resting('preparing', rows, '', { beganAt: 0 })
      const [{ basis }, { forecast }] = [await waveForecast(app, 'w'), await waveStatus(app, 'w')]
      assert.deepEqual([basis.rates, basis.measured], ['measured', 10])
      assert.ok(forecast)
      assert.equal(forecast.copyEndsAt, forecast.copy.p50At)
      assert.ok(forecast.copy.p90At > forecast.copy.p50At && forecast.bytesPerSecond > 0)
      return Date.parse(forecast.copyEndsAt) - app.now()
    }
    const [quick, slow] = [await at(10_000), await at(100 * 10_000)]
    assert.ok(slow > 10 * quick, `${quick} ${slow}`)
  })

  test('a wave whose copy has ended has none', async () => {
    const { app } = await resting(
      'ready',
      people(2, () => synced(9000)),
    )
    assert.equal((await waveStatus(app, 'w')).forecast, null)
    assert.equal((await waveForecast(app, 'w')).why, 'its first copy has ended')
  })

  test('begins no sooner than its calendar, and counts no alias', async () => {
    const gate = 90 * minute
    const rows = people(2, i =>
      i === 0 ? { found: 10, foundBytes: 100 } : { wanted: { address: 'p1@town.example', kind: 'alias' } },
    )
    const { world, app } = await resting('planned', rows)
    const stored = await world.store.waves.get('wave', 'w')
    await world.store.waves.save(waveRow({ gates: { prestage: app.now() + gate } }), stored?.etag ?? '')
    const { copy, basis } = await waveForecast(app, 'w')
    assert.equal(basis.mailboxes, 1)
    assert.ok(Date.parse(copy?.p50At ?? '') > app.now() + gate)
  })

  test('is compared with the last day of the programme, over all its waves', async () => {
    const of = async (endsOn: string, day: string) => {
      const rows = people(3, () => ({ found: 1000, foundBytes: 1e7 }))
      const { app } = await resting('planned', rows, `programme: { endsOn: ${endsOn} }\n`, { day })
      return (await waveForecast(app, 'w')).programme
    }
    const [fine, late] = [await of('2099-12-31', '2027-01-01'), await of('2026-12-31', '2027-01-01')]
    assert.deepEqual([fine?.waves, fine?.onTime, fine?.late], [1, true, []])
    assert.deepEqual([late?.onTime, late?.late], [false, ['w']])
  })
})

test('a wave is held against its forecast when its first copy has ended, and teaches the next one', async () => {
  const world = new World(town())
  await world.run({ process: (_, pass) => new MortalGate(undefined, pass) })
  const app = world.app()
  const [row, ...others] = await all(world.store.forecasts.list({}))
  assert.deepEqual([others, row?.wave, row?.p50At], [[], 'town', undefined])
  assert.equal(row?.learned?.pace.n, 2)
  assert.ok((row?.learned?.workMs ?? 0) > 0 && (row?.endedAt ?? 0) > (row?.madeAt ?? 0))
  const { before, calibration } = await waveForecast(app, 'town')
  assert.deepEqual([before?.endedAt === undefined, calibration.waves], [false, 0])

  await world.store.waves.insert(waveRow({ wave: 'next', playbook: 'town' }))
  await world.store.mailboxes.insert(mailboxRow({ wave: 'next', playbook: 'town', found: 100, foundBytes: 1e6 }))
  const next = await waveForecast(app, 'next')
  assert.deepEqual([next.basis.rates, next.basis.measured], ['measured', 2])
})

test('calibration: the share that ended before its P90, and the median bias', () => {
  const row = (endedAt: number | undefined, bias: number): ForecastRow => ({
    ...{ pair: 'a>b', wave: `${endedAt}`, playbook: 'p', madeAt: 0, p50At: 50, p90At: 90 },
    ...(endedAt === undefined ? {} : { endedAt, bias }),
  })
  assert.deepEqual(calibrationOf([row(40, 0.8), row(60, 1.2), row(95, 1.9), row(undefined, 0)]), {
    waves: 3,
    below: 2 / 3,
    bias: 1.2,
  })
  assert.deepEqual(calibrationOf([]), { waves: 0 })
  assert.equal(pairOf({ source: { imap: { host: 'a', port: 1 } }, target: { imap: { host: 'b', port: 2 } } } as never), 'a:1>b:2')
})
