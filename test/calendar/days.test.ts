import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { instantOf, parseAt } from '../../shared/playbooks/calendar.ts'
import { addBusinessDays, dayOff } from '../../shared/playbooks/days.ts'

const france = { holidays: ['FR'], blackouts: [] }
const nobody = { holidays: [], blackouts: [] }

describe('a day off', () => {
  for (const [day, holidays, why] of [
    ['2025-04-06', [], /a Sunday/],
    ['2025-04-05', [], /a Saturday/],
    ['2025-04-07', ['FR', 'BE'], undefined],
    ['2025-04-21', ['FR'], /Lundi de Pâques, FR/],
    ['2025-04-21', [], undefined],
    ['2025-07-21', ['BE'], /Fête nationale, BE/],
    ['2025-07-21', ['FR'], undefined],
    ['2025-07-14', ['BE'], undefined],
    ['2025-07-14', ['BE', 'FR'], /Fête Nationale de la France/],
    ['2025-12-26', ['FR'], undefined],
    ['2025-12-26', ['FR-57'], /FR-57/],
    ['2025-12-25', ['FR-57'], /FR-57/],
  ] as const) {
    test(`${day} for ${holidays.join(' and ') || 'nobody'}: ${why ?? 'none'}`, () => {
      const found = dayOff(day, { holidays, blackouts: [] })
      if (why === undefined) assert.equal(found, undefined)
      else assert.match(found ?? '', why)
    })
  }

  test('is every day of a black-out, both ends included, with its reason', () => {
    const off = { holidays: [], blackouts: [{ from: '2024-10-01', to: '2024-10-03', why: 'comptage' }] }
    assert.equal(dayOff('2024-09-30', off), undefined)
    assert.match(dayOff('2024-10-01', off) ?? '', /comptage/)
    assert.match(dayOff('2024-10-03', off) ?? '', /comptage/)
    assert.equal(dayOff('2024-10-04', off), undefined)
  })
})

describe('business days', () => {
  for (const [day, count, off, wanted] of [
    ['2025-04-07', -1, nobody, '2025-04-04'],
    ['2025-04-07', -5, nobody, '2025-03-31'],
    ['2025-04-07', -14, nobody, '2025-03-18'],
    ['2025-04-07', 0, nobody, '2025-04-07'],
    ['2025-04-06', 0, nobody, '2025-04-06'],
    ['2025-04-05', 1, nobody, '2025-04-07'],
    ['2025-04-22', -1, france, '2025-04-18'],
    ['2025-04-22', -1, { ...france, holidays: ['FR-57'] }, '2025-04-17'],
    ['2025-04-30', 1, france, '2025-05-02'],
    ['2025-04-07', 2, { ...nobody, blackouts: [{ from: '2025-04-08', to: '2025-04-10', why: 'x' }] }, '2025-04-14'],
  ] as const) {
    test(`${count} from ${day} is ${wanted}`, () => assert.equal(addBusinessDays(day, count, off), wanted))
  }

  test('are written with a b', () => {
    assert.deepEqual(parseAt('D-5b 09:00'), { days: -5, minutes: 540, business: true })
    for (const wrong of ['Db 09:00', 'D-b 09:00', 'D-5B 09:00', 'D-5 b 09:00', 'D-5w 09:00'])
      assert.equal(parseAt(wrong), undefined)
  })

  test('keep the wall clock across the change of clocks', () => {
    const at = (text: string) => new Date(instantOf({ at: text }, '2025-04-07', 'Europe/Paris', france)).toISOString()
    assert.equal(at('D-5b 09:00'), '2025-03-31T07:00:00.000Z')
    assert.equal(at('D-6b 09:00'), '2025-03-28T08:00:00.000Z')
  })
})
