import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { copyHours, hoursAt } from '../../shared/playbooks/hours.ts'
import type { Window } from '../../shared/playbooks/limits.ts'

const night: Window[] = [{ from: '19:00', to: '07:00' }]
const workNights: Window[] = [
  { from: '19:00', to: '07:00', days: ['mon', 'tue', 'wed', 'thu'] },
  { from: '19:00', to: '00:00', days: ['fri'] },
  { from: '00:00', to: '23:59', days: ['sat'] },
]
const touching: Window[] = [
  { from: '20:00', to: '00:00' },
  { from: '00:00', to: '06:00' },
]

describe('the hours of a server', () => {
  // 2026-01-05 is a Monday; Paris is one hour ahead of UTC in winter, two in summer.
  const cases: [string, Window[], string, string, string][] = [
    ['before the evening', night, '2026-01-05T12:00:00Z', 'opens', '2026-01-05T18:00:00Z'],
    ['at its first instant', night, '2026-01-05T18:00:00Z', 'open until', '2026-01-06T06:00:00Z'],
    ['after midnight', night, '2026-01-06T02:00:00Z', 'open until', '2026-01-06T06:00:00Z'],
    ['at its last instant', night, '2026-01-06T06:00:00Z', 'opens', '2026-01-06T18:00:00Z'],
    ['in summer', night, '2026-07-06T12:00:00Z', 'opens', '2026-07-06T17:00:00Z'],
    ['over the change of clocks', night, '2026-03-28T22:00:00Z', 'open until', '2026-03-29T05:00:00Z'],
    [
      'that the change of clocks leaves nothing of',
      [{ from: '02:30', to: '03:00' }],
      '2027-03-27T23:00:00Z',
      'opens',
      '2027-03-29T00:30:00Z',
    ],
    [
      'in the hour that comes twice',
      [{ from: '22:00', to: '02:30' }],
      '2026-10-24T22:00:00Z',
      'open until',
      '2026-10-25T00:30:00Z',
    ],
    ['on a day that has none', workNights, '2026-01-11T12:00:00Z', 'opens', '2026-01-12T18:00:00Z'],
    ['the night that began the day before', workNights, '2026-01-09T03:00:00Z', 'open until', '2026-01-09T06:00:00Z'],
    ['windows that touch are one', workNights, '2026-01-09T20:00:00Z', 'open until', '2026-01-10T22:59:00Z'],
    ['in the middle of two that touch', touching, '2026-01-05T20:00:00Z', 'open until', '2026-01-06T05:00:00Z'],
  ]
  for (const [what, windows, now, verdict, then] of cases)
    test(`${what}: ${verdict} ${then}`, () => {
      const hours = hoursAt(windows, 'Europe/Paris', Date.parse(now))
      assert.equal(hours.open, verdict === 'open until')
      assert.equal(new Date(hours.open ? hours.until : hours.from).toISOString(), then.replace('Z', '.000Z'))
    })
})

describe('the hours of both servers', () => {
  const weekend: Window[] = [{ from: '08:00', to: '20:00', days: ['sat', 'sun'] }]
  const cases: [string, Window[] | undefined, Window[] | undefined, string, string][] = [
    ['none: for ever', undefined, undefined, '2026-01-05T12:00:00Z', 'open'],
    ['one has none', undefined, night, '2026-01-05T12:00:00Z', 'target opens 2026-01-05T18:00:00.000Z'],
    ['both open: until the first shuts', night, weekend, '2026-01-10T18:30:00Z', 'open until 2026-01-10T19:00:00.000Z'],
    ['the source is open, the target is not', night, weekend, '2026-01-06T20:00:00Z', 'target opens 2026-01-10T07:00:00.000Z'],
    ['the source is shut', night, weekend, '2026-01-10T12:00:00Z', 'source opens 2026-01-10T18:00:00.000Z'],
  ]
  const limits = (hours?: Window[]) => (hours ? { limits: { hours } } : {})
  for (const [what, source, target, now, then] of cases)
    test(`${what}: ${then}`, () => {
      const hours = copyHours({ source: limits(source), target: limits(target), timeZone: 'Europe/Paris' }, Date.parse(now))
      const at = hours.open ? hours.until : hours.from
      const words = [hours.side, hours.open ? 'open' : 'opens', Number.isFinite(at) && new Date(at).toISOString()]
      const said = words.filter(Boolean).join(' ')
      assert.equal(said, then.replace('open until', 'open'))
    })
})
