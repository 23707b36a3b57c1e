import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { gatesOf } from '../../shared/commands/enqueue.ts'
import { calendarFile, type Dates } from '../../shared/notices/calendar-file.ts'
import { playbook } from './examples.ts'

/** A small reader of iCalendar (RFC 5545): content lines unfolded, components nested, values as they stand. */
type Component = { name: string; lines: { name: string; params: string; value: string }[]; inner: Component[] }

function read(text: string): Component {
  const root: Component = { name: '', lines: [], inner: [] }
  const stack = [root]
  for (const line of text
    .replaceAll(/\r\n[ \t]/g, '')
    .split('\r\n')
    .filter(line => line !== '')) {
    const [, name = '', params = '', value = ''] =
      /^([A-Z-]+)((?:;[^:"]*(?:"[^"]*")?)*):(.*)$/.exec(line) ?? assert.fail(`not a content line: ${line}`)
    if (name === 'BEGIN') {
      const inner: Component = { name: value, lines: [], inner: [] }
      stack.at(-1)?.inner.push(inner)
      stack.push(inner)
    } else if (name === 'END') assert.equal(stack.pop()?.name, value)
    else stack.at(-1)?.lines.push({ name, params, value })
  }
  assert.equal(stack.length, 1)
  return root.inner[0] ?? assert.fail('no component')
}

const said = ({ lines }: Component, wanted: string) => lines.find(({ name }) => name === wanted)

function dates(set: Partial<Dates> = {}, day = '2025-04-07'): Dates {
  const gates = gatesOf(playbook, day)
  const steps = (['inventory', 'freeze', 'open'] as const).map(step => ({ step, at: gates[step] ?? 0 }))
  const who = 'anna.dubois@namur.example'
  return {
    wave: 'namur-1',
    who,
    host: 'namur.example',
    timeZone: playbook.timeZone,
    sequence: 0,
    cancelled: false,
    now: 0,
    steps,
    ...set,
  }
}

const file = (set: Partial<Dates> = {}, day?: string) =>
  read(calendarFile(dates(set, day), ['fr', 'nl'], 'Votre messagerie').content.toString())
const eventsOf = (calendar: Component) => calendar.inner.filter(({ name }) => name === 'VEVENT')

describe('the calendar file', () => {
  test('is for information, in the zone of the playbook, with its VTIMEZONE and both languages', () => {
    const calendar = file()
    assert.equal(said(calendar, 'METHOD')?.value, 'PUBLISH')
    const zone = calendar.inner.find(({ name }) => name === 'VTIMEZONE') ?? assert.fail('no VTIMEZONE')
    assert.equal(said(zone, 'TZID')?.value, 'Europe/Brussels')
    assert.deepEqual([...new Set(zone.inner.map(({ name }) => name))].sort(), ['DAYLIGHT', 'STANDARD'])
    const starts = eventsOf(calendar).map(event => said(event, 'DTSTART'))
    // The wall clock is the same on both sides of 30 March 2025, when the clocks change.
    assert.deepEqual(
      starts.map(start => [start?.params, start?.value]),
      ['20250324T090000', '20250406T160000', '20250407T080000'].map(at => [';TZID=Europe/Brussels', at]),
    )
    for (const event of eventsOf(calendar)) {
      assert.equal(said(event, 'TRANSP')?.value, 'TRANSPARENT')
      assert.equal(said(event, 'STATUS')?.value, 'CONFIRMED')
    }
    const [, freeze] = eventsOf(calendar)
    assert.match(freeze ? (said(freeze, 'SUMMARY')?.value ?? '') : '', /Fermeture .* \/ Toegang /)
  })

  test('keeps the UID of a step of a mailbox when the day moves, and counts SEQUENCE up', () => {
    const [before, after] = [file(), file({ sequence: 1 }, '2025-04-14')]
    const uids = (calendar: Component) => eventsOf(calendar).map(event => said(event, 'UID')?.value)
    assert.deepEqual(uids(after), uids(before))
    assert.equal(new Set([...uids(before), ...uids(file({ who: 'ben@namur.example' }))]).size, 6)
    const sequences = (calendar: Component) => eventsOf(calendar).map(event => Number(said(event, 'SEQUENCE')?.value ?? 0))
    assert.deepEqual(
      [sequences(before), sequences(after)],
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
    )
  })

  test('takes the dates back when the wave is called off', () => {
    const made = calendarFile(dates({ cancelled: true }), ['fr'], 'x')
    const calendar = read(made.content.toString())
    assert.equal(made.contentType, 'text/calendar; charset=utf-8; method=CANCEL')
    assert.equal(said(calendar, 'METHOD')?.value, 'CANCEL')
    for (const event of eventsOf(calendar)) {
      assert.equal(said(event, 'STATUS')?.value, 'CANCELLED')
      assert.equal(said(event, 'SEQUENCE')?.value, '1')
    }
  })
})
