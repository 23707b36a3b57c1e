import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'
import { lastDay, patternOf } from '../../shared/items/pattern.ts'
import { daysOf, ruleOf, startsInStep } from '../../shared/items/rule.ts'
import { daysOfPattern } from '../sandbox/graph/patterns.ts'

const zone = 'Europe/Brussels'
const start = (at: string) => ({ day: false, at: Temporal.PlainDateTime.from(at), zone })

/** Rules with their begin, and whether Graph has words for them; with the days of RFC 5545 where ical.js has others. */
const rules: [string, string, boolean, string[]?][] = [
  ['FREQ=DAILY', '2024-01-30T10:00:00', true],
  ['FREQ=DAILY;INTERVAL=3;COUNT=20', '2024-01-30T10:00:00', true],
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', '2024-01-30T10:00:00', true],
  ['FREQ=DAILY;BYMONTH=2,3', '2024-02-10T10:00:00', false],
  ['FREQ=WEEKLY', '2024-01-30T10:00:00', true],
  ['FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20240501T080000Z', '2024-01-30T10:00:00', true],
  ['FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20240502T075959Z', '2024-01-30T10:00:00', true],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO', '2024-01-30T10:00:00', true],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU', '2024-01-30T10:00:00', true],
  ['FREQ=WEEKLY;BYDAY=MO;COUNT=5', '2024-01-29T10:00:00', true],
  ['FREQ=MONTHLY', '2024-01-15T10:00:00', true],
  ['FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=15', '2024-01-15T10:00:00', true],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', '2024-01-31T10:00:00', true],
  ['FREQ=MONTHLY;BYMONTHDAY=31', '2024-01-31T10:00:00', false],
  ['FREQ=MONTHLY;BYMONTHDAY=1,15', '2024-01-15T10:00:00', false],
  ['FREQ=MONTHLY;BYDAY=3MO', '2024-01-15T10:00:00', true],
  ['FREQ=MONTHLY;BYDAY=-1FR', '2024-01-26T10:00:00', true],
  ['FREQ=MONTHLY;BYDAY=5MO', '2024-01-29T10:00:00', false],
  ['FREQ=MONTHLY;BYDAY=1SA,1SU', '2024-01-06T10:00:00', false],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '2024-01-31T10:00:00', true],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', '2024-02-01T10:00:00', true],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1', '2024-02-01T10:00:00', false],
  ['FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '2024-09-13T10:00:00', false],
  ['FREQ=YEARLY', '2024-03-21T10:00:00', true],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=21', '2024-03-21T10:00:00', true],
  ['FREQ=YEARLY', '2024-02-29T10:00:00', false, ['2024-02-29']],
  ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2024-11-28T10:00:00', true],
  ['FREQ=YEARLY;BYMONTH=1,7', '2024-01-15T10:00:00', false],
  ['FREQ=YEARLY;BYDAY=20MO', '2024-05-13T10:00:00', false, ['2024-05-13', '2025-05-19', '2026-05-18']],
]

describe('a rule', () => {
  for (const [text, begin, sayable, standard] of rules)
    test(`${text} from ${begin.slice(0, 10)} names the days that other programs see${sayable ? ', and Graph’s pattern the same' : ''}`, () => {
      const rule = ruleOf(text)
      assert.ok(typeof rule !== 'string', String(rule))
      const when = start(begin)
      const last = lastDay(rule, when)
      assert.ok(last !== 'wrong')
      const end = last ?? Temporal.PlainDate.from('2026-12-01')
      const days = daysOf(rule, when.at.toPlainDate(), end, 12).map(String)
      const others = ICAL.Recur.fromString(text.replace(/;UNTIL=\w+/, '')).iterator(ICAL.Time.fromString(begin, null as never))
      const expected: string[] = []
      for (let next = others.next(); next && expected.length < 12; next = others.next()) {
        const day = next.toString().slice(0, 10)
        if (day > end.toString()) break
        expected.push(day)
      }
      assert.deepEqual(days, standard ?? expected)
      const pattern = patternOf(rule, when, last)
      assert.equal(pattern !== undefined, sayable)
      const fields = { start: { dateTime: begin, timeZone: zone }, recurrence: pattern }
      const said = daysOfPattern(fields)
        .map(({ day }) => day)
        .filter(day => day <= end.toString() && day <= (days.at(-1) ?? ''))
      if (sayable && days.length > 1) assert.deepEqual(said.slice(0, 12), days.slice(0, said.length || 1))
      if (sayable) assert.ok(said.length >= Math.min(days.length, 2), JSON.stringify(said))
    })

  test('whose first day is none of its own still counts it, and Graph has no words for that', () => {
    const rule = ruleOf('FREQ=WEEKLY;BYDAY=TU;COUNT=3')
    assert.ok(typeof rule !== 'string')
    const from = start('2024-01-29T10:00:00')
    assert.deepEqual(daysOf(rule, from.at.toPlainDate(), Temporal.PlainDate.from('2030-01-01'), 9).map(String), [
      '2024-01-29',
      '2024-01-30',
      '2024-02-06',
    ])
    assert.equal(startsInStep(rule, from.at.toPlainDate()), false)
    assert.equal(patternOf(rule, from, undefined), undefined)
  })

  test('that is finer than a day, or cannot be read, is told', () => {
    for (const text of [
      'FREQ=HOURLY',
      'FREQ=SECONDLY;BYMONTH=1;BYHOUR=3',
      'FREQ=DAILY;BYHOUR=9,15',
      'FREQ=YEARLY;BYWEEKNO=20',
      'BYDAY=MO',
    ])
      assert.match(String(ruleOf(text)), /^it recurs/)
    for (const text of ['FREQ=DAILY;INTERVAL=0', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=MONTHLY;BYMONTHDAY=x'])
      assert.match(String(ruleOf(text)), /cannot be read/)
  })

  test('that names no day at all comes to an end', () => {
    const rule = ruleOf('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30')
    assert.ok(typeof rule !== 'string')
    const from = Temporal.PlainDate.from('2024-01-01')
    assert.deepEqual(daysOf(rule, from, Temporal.PlainDate.from('2030-01-01'), 9).map(String), ['2024-01-01'])
  })
})
