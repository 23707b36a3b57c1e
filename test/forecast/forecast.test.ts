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
async function resting(
  state: 'planned' | 'preparing' | 'ready',
  mailboxes: MailboxRow[],
  more = '',
  set = {},
  { start, limits = '' }: { start?: string; limits?: string } = {},
) {
  const world = new World({ ...town(), ...(start ? { start: Date.parse(start) } : {}) })
  const app = world.app()
  const body = world.scene.playbook.replace('playbook: town', 'playbook: p').replace('\ntarget:', `${limits}\ntarget:`) + more
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

describe('a copy of 36 MB and 7,200 messages', () => {
  const night = 'hours: [{ from: "22:00", to: "06:00" }]'
  const weekend = 'hours: [{ from: "08:00", to: "20:00", days: [sat, sun] }]'
  const found = { found: 7_200, foundBytes: 36_000_000 }
  // Rates so low that nothing else counts: P50 and P90 are the same instant. Brussels; the clocks change on 25 October and 29 March.
  const cases: [what: string, limits: string, start: string, set: Partial<MailboxRow>, p50At: string, local: string][] = [
    ['at 10 kB/s', 'bytesPerSecond: 10000', '2026-11-02T09:00:00Z', {}, '2026-11-02T10:00:00Z', '2026-11-02T11:00+01:00'],
    [
      'of which half is there',
      'bytesPerSecond: 10000',
      '2026-11-02T09:00:00Z',
      { copied: 3_600, copiedBytes: 18_000_000 },
      '2026-11-02T09:30:00Z',
      '2026-11-02T10:30+01:00',
    ],
    [
      'at a message a second',
      'messagesPerSecond: 1',
      '2026-11-02T09:00:00Z',
      {},
      '2026-11-02T11:00:00Z',
      '2026-11-02T12:00+01:00',
    ],
    ['by night', `messagesPerSecond: 1, ${night}`, '2026-11-02T09:00:00Z', {}, '2026-11-02T23:00:00Z', '2026-11-03T00:00+01:00'],
    [
      'of whose night an hour is left',
      `messagesPerSecond: 1, ${night}`,
      '2026-11-02T04:00:00Z',
      {},
      '2026-11-02T22:00:00Z',
      '2026-11-02T23:00+01:00',
    ],
    [
      'in the night of October',
      `messagesPerSecond: 1, ${night}`,
      '2026-10-24T23:30:00Z',
      {},
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:30+01:00',
    ],
    [
      'in the night of March',
      `messagesPerSecond: 1, ${night}`,
      '2026-03-29T00:30:00Z',
      {},
      '2026-03-29T02:30:00Z',
      '2026-03-29T04:30+02:00',
    ],
    [
      'at the end of the night of March',
      `messagesPerSecond: 1, ${night}`,
      '2026-03-29T03:00:00Z',
      {},
      '2026-03-29T21:00:00Z',
      '2026-03-29T23:00+02:00',
    ],
    [
      'at weekends',
      `messagesPerSecond: 1, ${weekend}`,
      '2026-11-02T09:00:00Z',
      {},
      '2026-11-07T09:00:00Z',
      '2026-11-07T10:00+01:00',
    ],
    [
      'over the end of a weekend',
      `messagesPerSecond: 1, ${weekend}`,
      '2026-11-08T18:00:00Z',
      {},
      '2026-11-14T08:00:00Z',
      '2026-11-14T09:00+01:00',
    ],
  ]
  for (const [what, limits, start, set, p50At, local] of cases)
    test(`${what}, from ${start}: ${local}`, async () => {
      const rows = people(1, () => ({ state: 'pre-staging', ...found, ...set }))
      const { app } = await resting('preparing', rows, '', {}, { start, limits: `\n  limits: { ${limits} }` })
      const { copy } = await waveForecast(app, 'w')
      assert.deepEqual(
        [copy?.p50At, copy?.p90At],
        [p50At, p50At].map(at => new Date(at).toISOString()),
      )
      assert.deepEqual(copy?.local, { p50: `${local}[Europe/Brussels]`, p90: `${local}[Europe/Brussels]` })
    })

  test('that follows the switch waits for no night', async () => {
    const gates = { cutover: Date.parse('2026-11-02T10:00:00Z'), prestage: Date.parse('2026-11-02T11:00:00Z') }
    const options = { start: '2026-11-02T09:00:00Z', limits: `\n  limits: { messagesPerSecond: 1, ${night} }` }
    const { app } = await resting(
      'planned',
      people(1, () => found),
      '',
      { gates },
      options,
    )
    assert.equal((await waveForecast(app, 'w')).copy?.p90At, '2026-11-02T13:00:00.000Z')
  })

  test('by night, at whatever rate: both ends lie in a night', async () => {
    const rows = people(200, () => ({ found: 100_000, foundBytes: 5e9 }))
    const { app } = await resting('planned', rows, '', {}, { start: '2026-03-20T09:00:00Z', limits: `\n  limits: { ${night} }` })
    const { copy } = await waveForecast(app, 'w')
    assert.ok(copy && copy.p90At > copy.p50At && copy.p50At > '2026-03-21')
    for (const local of Object.values(copy.local)) assert.match(local, /T(2[23]|0[0-6]):/)
  })
})

test('what licences cost is reckoned with the prices and names of each mailbox’s entity', async () => {
  const more = `licences: { E1: { sku: STANDARDPACK, price: 2.76 }, E3: { price: 8.24 } }
entities: { north: { domains: [north.example], licences: { E1: { price: 2 }, A1: { price: 1 } } } }
`
  const wants = (address: string, licence: string, state: MailboxRow['state'] = 'planned') =>
    mailboxRow({ address, state, wanted: { address, kind: 'user', licence } })
  const rows = [
    wants('a@town.example', 'E1'),
    wants('b@town.example', 'standardpack'),
    wants('c@town.example', 'E9'),
    wants('d@town.example', 'E3', 'cancelled'),
    wants('a@north.example', 'E1'),
    wants('b@north.example', 'A1'),
  ]
  const { app } = await resting('planned', rows, more)
  assert.deepEqual((await waveForecast(app, 'w')).cost, {
    perMonth: 8.52,
    currency: 'EUR',
    licences: { E1: 3, A1: 1 },
    unpriced: { E9: 1 },
  })
})

test('what hours kept shut is no slowness: a wave by night teaches what one by day does', async () => {
  const ratio = async (limits: string) => {
    const scene = town()
    const world = new World({
      ...scene,
      playbook: scene.playbook.replace('\ntarget:', `${limits}\ntarget:`),
      start: Date.parse('2026-11-02T09:00:00Z'),
    })
    await world.run({ process: (_, pass) => new MortalGate(undefined, pass) })
    const [row] = await all(world.store.forecasts.list({}))
    assert.ok(row?.learned && row.endedAt !== undefined)
    return { tookMs: row.endedAt - row.madeAt, slowed: row.learned.schedule }
  }
  const [day, night] = [await ratio(''), await ratio('\n  limits: { hours: [{ from: "22:00", to: "06:00" }] }')]
  assert.ok(night.tookMs > 11 * 60 * minute, `${night.tookMs}`)
  assert.deepEqual(day.slowed.n, night.slowed.n)
  assert.ok(Math.abs(night.slowed.sum - day.slowed.sum) < 1, JSON.stringify([day, night]))
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
