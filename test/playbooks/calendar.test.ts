import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { instantOf, needsDay, parseAt, stepsDue } from '../../shared/playbooks/calendar.ts'
import { durationMs } from '../../shared/playbooks/duration.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
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
