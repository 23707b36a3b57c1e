import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { chanceOf } from '../../shared/forecast/chance.ts'
import { costOf, type Wanted } from '../../shared/forecast/cost.ts'
import { doneAt, openMs } from '../../shared/forecast/hours.ts'
import { workersOfHost } from '../../shared/forecast/learned.ts'
import { believed, learned, nothing, type Sums, together } from '../../shared/forecast/pace.ts'
import { makespan, quantile, simulated } from '../../shared/forecast/simulate.ts'
import type { Window } from '../../shared/playbooks/limits.ts'

const at = (iso: string) => Date.parse(iso)
const hour = 3_600_000

describe('work that goes on only within hours', () => {
  const night: Window[] = [{ from: '20:00', to: '06:00' }]
  const noon: Window[] = [
    { from: '12:00', to: '13:00' },
    { from: '20:00', to: '22:00' },
  ]
  const weekend: Window[] = [
    { from: '20:00', to: '00:00', days: ['fri'] },
    { from: '00:00', to: '20:00', days: ['sat', 'sun'] },
  ]
  const late: Window[] = [{ from: '22:00', to: '04:00' }]
  // 2 November 2026 is a Monday. Brussels is an hour ahead of UTC in winter, two in summer; the clocks change on 29 March and 25 October at 01:00 UTC.
  const cases: [what: string, start: string, hours: number, source: Window[] | undefined, end: string, target?: Window[]][] = [
    ['no hours: at once', '2026-11-02T10:00:00Z', 3, undefined, '2026-11-02T13:00:00Z'],
    ['waits for the evening', '2026-11-02T10:00:00Z', 3, night, '2026-11-02T22:00:00Z'],
    ['goes on in the night it begins in', '2026-11-02T01:00:00Z', 2, night, '2026-11-02T03:00:00Z'],
    ['ends with the night to the minute', '2026-11-02T19:00:00Z', 10, night, '2026-11-03T05:00:00Z'],
    ['is broken off in the morning and goes on in the evening', '2026-11-02T04:00:00Z', 3, night, '2026-11-02T21:00:00Z'],
    ['three nights', '2026-11-02T10:00:00Z', 25, night, '2026-11-05T00:00:00Z'],
    ['two spans a day', '2026-11-02T10:30:00Z', 2.5, noon, '2026-11-02T20:30:00Z'],
    ['the night of October has eleven hours', '2026-10-24T10:00:00Z', 11, night, '2026-10-25T05:00:00Z'],
    ['after the night of October an hour later in UTC', '2026-10-24T10:00:00Z', 12, night, '2026-10-25T20:00:00Z'],
    ['the night of March has nine hours', '2026-03-28T10:00:00Z', 9, night, '2026-03-29T04:00:00Z'],
    ['after the night of March an hour sooner in UTC', '2026-03-28T10:00:00Z', 10, night, '2026-03-29T19:00:00Z'],
    ['a weekend only: begun on Monday', '2026-11-02T10:00:00Z', 6, weekend, '2026-11-07T01:00:00Z'],
    ['a weekend only: Friday evening to Sunday and the next Friday', '2026-11-06T19:00:00Z', 50, weekend, '2026-11-14T01:00:00Z'],
    ['a weekend only: with the hour that October gives', '2026-10-23T18:00:00Z', 45, weekend, '2026-10-25T19:00:00Z'],
    ['both servers have hours: what they share', '2026-11-02T10:00:00Z', 7, night, '2026-11-03T22:00:00Z', late],
    ['nights of weekends alone are shared', '2026-11-02T10:00:00Z', 5, weekend, '2026-11-07T02:00:00Z', late],
  ]
  for (const [what, start, hours, source, end, target] of cases)
    test(`${what}: ${end}`, () => {
      const limits = (hours: Window[] | undefined) => (hours ? { limits: { hours } } : {})
      const both = { source: limits(source), target: limits(target), timeZone: 'Europe/Brussels' }
      const ends = doneAt(at(start), hours * hour, both)
      assert.equal(new Date(ends).toISOString(), new Date(end).toISOString())
      assert.equal(openMs(at(start), ends, both), hours * hour, 'so much of that time was open')
    })
})

describe('what is believed of a ratio', () => {
  const of = (...ratios: number[]) => ratios.reduce(learned, nothing)
  test('nothing measured: the assumption, a factor of two either way', () => {
    const { mean, scatter, measured } = believed(nothing)
    assert.deepEqual([mean, Math.exp(scatter).toFixed(2), measured], [0, '2.00', 0])
  })
  test('what was measured outweighs the assumption as it grows', () => {
    const slow = (n: number) => Math.exp(believed(of(...new Array<number>(n).fill(3))).mean)
    assert.ok(slow(1) > 1.1 && slow(1) < 1.5, `${slow(1)}`)
    assert.ok(slow(100) > 2.8 && slow(100) < 3, `${slow(100)}`)
    assert.ok(believed(of(...new Array<number>(100).fill(3))).scatter < 0.3)
  })
  test('sums of waves add up as if they were one', () => {
    const close = (a: Sums, b: Sums) => Object.values(a).every((n, i) => Math.abs(n - (Object.values(b)[i] ?? 0)) < 1e-12)
    assert.ok(close(together([of(2, 3), of(0.5)]), of(2, 3, 0.5)))
  })
})

describe('a simulated wave', () => {
  const sure = { mean: 0, error: 0, scatter: 1e-9, measured: 9 }
  const terms = { atOnce: 2, pace: sure, schedule: sure, waiting: 0, leastMs: 0 }
  const loads = (...ms: number[]) => ms.map(one => ({ ms: one, sizeScatter: 0 }))
  test('workers take the next mailbox as soon as they are free', () => {
    assert.equal(makespan([5, 3, 3, 1], 2), 6)
    assert.equal(makespan([5, 3], 8), 5)
    assert.equal(Math.round(quantile(simulated(loads(5000, 3000, 3000, 1000), terms, 'w'), 0.5)), 6000)
  })
  test('the same seed gives the same lengths, another seed others', () => {
    const wide = { ...terms, pace: { ...sure, scatter: 0.5 } }
    assert.deepEqual(simulated(loads(9, 9, 9), wide, 'a'), simulated(loads(9, 9, 9), wide, 'a'))
    assert.notDeepEqual(simulated(loads(9, 9, 9), wide, 'a'), simulated(loads(9, 9, 9), wide, 'b'))
  })
  test('throttling costs its share, a rate limit bounds it from below, an unknown size widens it', () => {
    const p50 = (more: object) => quantile(simulated(loads(1000, 1000), { ...terms, ...more }, 'w'), 0.5)
    assert.equal(Math.round(p50({ waiting: 0.5 })), 1500)
    assert.equal(p50({ leastMs: 7000 }), 7000)
    const [known, guessed] = [0, 1].map(sizeScatter => simulated([{ ms: 1000, sizeScatter }], terms, 'w'))
    assert.ok(quantile(guessed ?? [], 0.9) > 2 * quantile(known ?? [], 0.9))
  })
  test('3,000 mailboxes are reckoned with in well under a second’s worth of draws', () => {
    assert.equal(simulated(loads(...new Array<number>(3000).fill(1000)), terms, 'w').length, 67)
  })
})

test('after a few waves eight to ten of ten copies end before their P90, and half before their P50, whatever the true rates are', () => {
  const truth = chanceOf('the truth')
  let [pace, schedule] = [nothing, nothing]
  let [waves, below90, below50] = [0, 0, 0]
  for (let wave = 0; wave < 220; wave++) {
    const assumed = Array.from({ length: 40 }, () => 60_000 * Math.exp(truth.normal()))
    const loads = assumed.map(ms => ({ ms, sizeScatter: 0 }))
    const lengths = simulated(
      loads,
      { atOnce: 4, pace: believed(pace), schedule: believed(schedule), waiting: 0, leastMs: 0 },
      `wave ${wave}`,
    )
    // In truth everything takes 2.5 times as long as assumed, and hops add a fifth.
    const times = assumed.map(ms => ms * 2.5 * Math.exp(0.4 * truth.normal()))
    const ideal = makespan(times, 4)
    const took = ideal * 1.2 * Math.exp(0.1 * truth.normal())
    if (wave >= 20) {
      waves++
      if (took <= quantile(lengths, 0.9)) below90++
      if (took <= quantile(lengths, 0.5)) below50++
    }
    pace = times.reduce((sums, ms, i) => learned(sums, ms / (assumed[i] ?? 1)), pace)
    schedule = learned(schedule, took / ideal)
  }
  assert.ok(below90 / waves > 0.8 && below90 / waves <= 1, `${below90} of ${waves} below P90`)
  assert.ok(below50 / waves > 0.35 && below50 / waves < 0.65, `${below50} of ${waves} below P50`)
})

test('what licences cost a month, to the cent; what has no price, or one in another currency, is counted apart', () => {
  const prices: Record<string, Wanted['priced']> = {
    E1: { price: 2.76, currency: 'EUR' },
    E3: { price: 8.24, currency: 'EUR' },
    F3: { price: 9, currency: 'CHF' },
  }
  const names = [...new Array<string>(200).fill('E1'), ...new Array<string>(100).fill('E3'), 'E5', 'F3']
  assert.deepEqual(costOf(names.map(name => ({ name, priced: prices[name] }))), {
    perMonth: 1376,
    currency: 'EUR',
    licences: { E1: 200, E3: 100 },
    unpriced: { E5: 1, F3: 1 },
  })
  assert.equal(costOf([]), undefined)
})

test('the workers that a forecast reckons with are those of the host', () => {
  const { queues } = JSON.parse(readFileSync(new URL('../../host.json', import.meta.url), 'utf8')).extensions
  assert.equal(queues.batchSize + queues.newBatchThreshold, workersOfHost)
})
