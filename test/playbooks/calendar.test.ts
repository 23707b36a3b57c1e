import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayWarnings } from '../../shared/calendar/warnings.ts'
import { clockChange, instantOf, needsDay, parseAt, stepsDue } from '../../shared/playbooks/calendar.ts'
import { durationMs } from '../../shared/playbooks/duration.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { newMailFirst } from '../../shared/steps/new-mail-first.ts'
import { full, smallest } from './examples.ts'

const paris = 'Europe/Paris'

describe('a calendar time', () => {
  for (const [at, days, minutes] of [
    ['D-14 09:00', -14, 540],
    ['D 08:00', 0, 480],
    ['D+1 10:00', 1, 600],
    ['D-0 00:00', -0, 0],
    ['D+365 23:59', 365, 1439],
  ] as const) {
    it(`${at} is ${days} days and ${minutes} minutes`, () => assert.deepEqual(parseAt(at), { days, minutes }))
  }

  for (const at of [
    'D-14',
    'J-14 09:00',
    'D-14 9:00',
    'D14 09:00',
    'D-14 09:60',
    'D-14T09:00',
    ' D 08:00',
    'D-1000 08:00',
    'D--1 08:00',
    '',
  ])
    it(`is not: “${at}”`, () => assert.equal(parseAt(at), undefined))
})

describe('the instant of a calendar time', () => {
  for (const [at, day, zone, instant] of [
    ['D-14 16:00', '2025-04-07', paris, '2025-03-24T15:00:00Z'],
    ['D-1 16:00', '2025-04-07', paris, '2025-04-06T14:00:00Z'],
    ['D 08:00', '2025-04-07', paris, '2025-04-07T06:00:00Z'],
    ['D 02:30', '2026-03-29', paris, '2026-03-29T01:30:00Z'],
    ['D-1 02:30', '2026-03-30', paris, '2026-03-29T01:30:00Z'],
    ['D 02:30', '2026-10-25', paris, '2026-10-25T00:30:00Z'],
    ['D+1 10:00', '2024-02-28', paris, '2024-02-29T09:00:00Z'],
    ['D-1 12:00', '2025-01-01', 'UTC', '2024-12-31T12:00:00Z'],
    ['D 08:00', '2025-04-07', 'Pacific/Auckland', '2025-04-06T20:00:00Z'],
    ['D 08:00', '2025-04-07', 'Asia/Kathmandu', '2025-04-07T02:15:00Z'],
  ] as const) {
    it(`${at} for ${day} in ${zone} is ${instant}`, () =>
      assert.equal(new Date(instantOf({ at }, day, zone)).toISOString(), instant.replace('Z', '.000Z')))
  }

  it('is refused for a day that is none', () =>
    assert.throws(() => instantOf({ at: 'D 08:00' }, '2025-02-30', paris), RangeError))
})

describe('a calendar', () => {
  it('gives what has a time, earliest first, and leaves out what waits for an event', () => {
    const due = stepsDue(parsePlaybook(full, undefined, 'town'), '2025-04-07')
    assert.deepEqual(
      due.map(({ at, step, notice, dueAt }) => [at, step ?? notice, new Date(dueAt).toISOString()]),
      [
        ['D-14 09:00', 'inventory', '2025-03-24T08:00:00.000Z'],
        ['D-1 16:00', 'freeze', '2025-04-06T14:00:00.000Z'],
        ['D-1 16:15', 'cutover', '2025-04-06T14:15:00.000Z'],
        ['D 08:00', 'open', '2025-04-07T06:00:00.000Z'],
        ['D 08:00', 'welcome', '2025-04-07T06:00:00.000Z'],
      ],
    )
  })

  it('needs a day only where something has a time', () => {
    assert.equal(needsDay(parsePlaybook(full, undefined, 'town').calendar), true)
    assert.equal(needsDay(parsePlaybook(smallest, undefined, 'lift').calendar), false)
    assert.equal(needsDay([{ on: 'copied', notice: 'done' }]), false)
  })
})

describe('a duration', () => {
  for (const [text, ms] of [
    ['PT72H', 259_200_000],
    ['PT0S', 0],
    ['P3D', 259_200_000],
    ['P1W', 604_800_000],
    ['P1DT1H1M1S', 90_061_000],
    ['PT5M', 300_000],
    ['P', undefined],
    ['PT', undefined],
    ['P1DT', undefined],
    ['P1M', undefined],
    ['PT1.5H', undefined],
    ['72h', undefined],
    ['-PT1H', undefined],
  ] as const) {
    it(`${text} is ${ms} ms`, () => assert.equal(durationMs(text), ms))
  }
})

describe('in a night in which the clocks change', () => {
  for (const [zone, day, times] of [
    [paris, '2027-03-28', ['01:59', '02:00', '02:15', '02:59', '03:00', '03:01', '03:59', '04:00']],
    [paris, '2027-10-31', ['01:59', '02:00', '02:30', '02:59', '03:00', '03:30']],
    ['Australia/Lord_Howe', '2026-10-04', ['01:59', '02:00', '02:10', '02:29', '02:30', '02:35', '03:00']],
    ['Australia/Lord_Howe', '2027-04-04', ['01:29', '01:30', '01:45', '02:00', '02:15']],
    ['America/Santiago', '2026-09-06', ['00:00', '00:15', '00:59', '01:00', '01:30']],
    ['Asia/Beirut', '2026-03-29', ['00:00', '00:15', '01:00', '01:10']],
    ['Africa/Casablanca', '2027-03-14', ['01:30', '02:00', '02:30', '03:00', '03:30']],
  ] as const) {
    it(`${zone}, ${day}: what is written later comes later, and never before its own hour`, () => {
      const calendar = times.map(time => ({ at: `D ${time}`, notice: time })).toReversed()
      const due = stepsDue({ calendar, timeZone: zone }, day)
      assert.deepEqual(
        due.map(({ notice }) => notice),
        times,
      )
      for (const [i, { at, dueAt }] of due.entries()) {
        assert.ok(dueAt >= instantOf({ at }, day, zone), at)
        if (i > 0) assert.ok(dueAt > (due[i - 1]?.dueAt ?? 0), at)
      }
    })
  }

  it('old mail that is to come first does, and so does new mail', () => {
    const gates = (prestage: string, cutover: string) => {
      const calendar = [
        { at: `D ${prestage}`, step: 'prestage' as const },
        { at: `D ${cutover}`, step: 'cutover' as const },
      ]
      const due = stepsDue({ calendar, timeZone: paris }, '2027-03-28')
      return Object.fromEntries(due.map(({ step, dueAt }) => [step, dueAt]))
    }
    assert.equal(newMailFirst({ gates: gates('02:15', '03:00') }), false)
    assert.equal(newMailFirst({ gates: gates('03:15', '02:45') }), true)
  })

  for (const [at, day, zone, change] of [
    ['D 02:00', '2027-03-28', paris, 'skipped'],
    ['D 03:00', '2027-03-28', paris, undefined],
    ['D 02:59', '2027-10-31', paris, 'twice'],
    ['D 03:00', '2027-10-31', paris, undefined],
    ['D-1 02:30', '2027-03-29', paris, 'skipped'],
    ['D 00:00', '2026-09-06', 'America/Santiago', 'skipped'],
    ['D 01:45', '2027-04-04', 'Australia/Lord_Howe', 'twice'],
    ['D 02:00', '2027-04-04', 'Australia/Lord_Howe', undefined],
  ] as const)
    it(`${at} for ${day} in ${zone} is ${change ?? 'an hour like any other'}`, () =>
      assert.equal(clockChange({ at }, day, zone), change))

  it('whoever sets the day is told what becomes of the hour', () => {
    const night = full.replace('"D-1 16:00"', '"D-1 02:15"').replace('"D-1 16:15"', '"D-1 03:00"')
    const told = (day: string) => dayWarnings(parsePlaybook(night, undefined, 'town'), day).filter(one => /clocks/.test(one))
    assert.deepEqual(told('2027-03-29'), [
      'freeze (D-1 02:15, 2027-03-28T03:15+02:00[Europe/Brussels]) is when it is, since the change of clocks skips an hour of that night',
      'cutover (D-1 03:00, 2027-03-28T03:16+02:00[Europe/Brussels]) is when it is, since the change of clocks skips an hour of that night',
    ])
    assert.match(told('2027-11-01').join(), /^freeze \(D-1 02:15, 2027-10-31T02:15\+02:00.* comes twice/)
    assert.deepEqual(told('2027-03-30'), [])
  })
})

it('whoever sets a day on which business days bring steps out of order is told', () => {
  const mixed = full.replace('{ at: "D-1 16:00", step: freeze }', '{ at: "D-1b 16:00", step: prestage }')
  const told = (day: string) => dayWarnings(parsePlaybook(mixed, undefined, 'town'), day).filter(one => /comes before/.test(one))
  assert.deepEqual(told('2027-03-02'), [])
  const early = mixed.replace('"D-1 16:15"', '"D-2 16:15"')
  const [one, ...more] = dayWarnings(parsePlaybook(early, undefined, 'town'), '2027-03-02').filter(said =>
    /comes before/.test(said),
  )
  assert.match(one ?? '', /^cutover \(D-2 16:15, .*comes before prestage \(D-1b 16:00, .*new mail would come first/)
  assert.deepEqual(more, [])
})
