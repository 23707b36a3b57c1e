import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HostFault } from './fault.ts'
import { isSubMinute, parseSchedule } from './ncrontab.ts'

const sunday = Date.parse('2026-11-22T10:00:00Z')

for (const [expression, next] of [
  ['0 */5 * * * *', '2026-11-22T10:05:00Z'],
  ['*/5 * * * *', '2026-11-22T10:05:00Z'],
  ['30 0 12 * * *', '2026-11-22T12:00:30Z'],
  ['0 0 9 * * Mon-Fri', '2026-11-23T09:00:00Z'],
  ['0 0 9 * * wednesday', '2026-11-25T09:00:00Z'],
  ['0 0 0 1 jan *', '2027-01-01T00:00:00Z'],
  ['0 0 0 13 * 5', '2027-08-13T00:00:00Z'],
  ['5/20 * * * * *', '2026-11-22T10:00:05Z'],
  ['0 0 8-18/2 * * *', '2026-11-22T12:00:00Z'],
  ['0 15,45 * * * *', '2026-11-22T10:15:00Z'],
  ['0 0 0 29 2 *', '2028-02-29T00:00:00Z'],
] as const) {
  test(`${expression} is next at ${next}`, () => {
    assert.equal(new Date(parseSchedule(expression).next(sunday)).toISOString(), next.replace('Z', '.000Z'))
  })
}

for (const expression of [
  '',
  '* * * *',
  '0 0 0 * * 7',
  '0 0 0 ? * *',
  '0 0 0 L * *',
  '0 0 0 15W * *',
  '0 0 0 * * 5#2',
  '@daily',
  '0 60 * * * *',
  '0 0 24 * * *',
  '0 0 0 0 * *',
  '0 0 0 31 2 *',
  '0 0 0 * * Fri-Mon',
  '0 */0 * * * *',
  '00:05:00',
]) {
  test(`"${expression}" is refused as no NCRONTAB schedule`, () => {
    assert.throws(
      () => parseSchedule(expression),
      (error: unknown) => error instanceof HostFault && error.message.includes(`"${expression}"`),
    )
  })
}

for (const [expression, subMinute] of [
  ['*/30 * * * * *', true],
  ['0,1 0 * * * *', false],
  ['0 * * * * *', false],
  ['0 */5 * * * *', false],
] as const) {
  test(`${expression} ${subMinute ? 'fires' : 'does not fire'} more than once a minute`, () => {
    assert.equal(isSubMinute(parseSchedule(expression), sunday), subMinute)
  })
}
