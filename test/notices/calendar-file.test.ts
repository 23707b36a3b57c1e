import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import ICAL from 'ical.js'
import { gatesOf } from '../../shared/commands/enqueue.ts'
import { calendarFile, type Dates } from '../../shared/notices/calendar-file.ts'
import { letterOf } from '../../shared/notices/letter.ts'
import { instantOf } from '../../shared/playbooks/calendar.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import type { WaveRow } from '../../shared/store/schema.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { playbook, speaking } from './examples.ts'

/** As another program reads it (ical.js): what does not keep to RFC 5545 is an error. */
function read(text: string): ICAL.Component {
  assert.ok(
    text.split('\r\n').every(line => Buffer.byteLength(line) <= 75 && !line.includes('\n')),
    'lines are folded and end in CRLF',
  )
  return new ICAL.Component(ICAL.parse(text))
}

const said = (component: ICAL.Component, name: string) => component.getFirstPropertyValue(name)
const eventsOf = (calendar: ICAL.Component) => calendar.getAllSubcomponents('vevent')

function dates(set: Partial<Dates> = {}, day = '2025-04-07'): Dates {
  const gates = gatesOf(playbook, day)
  const steps = (['inventory', 'freeze', 'open'] as const).map(step => ({ step, at: gates[step] ?? 0 }))
  const who = 'anna.dubois@namur.example'
  return {
    wave: 'namur-1',
    who,
    organiser: { name: 'Projet Messagerie', address: 'projet@namur.example' },
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

test('an entry in the hour that comes twice, or is skipped, ends after it begins', () => {
  const at = (day: string, hour: string) => instantOf({ at: hour }, day, 'Europe/Paris')
  const cases = [
    ['2026-10-25', 'D 02:45', '2026-10-25T02:45:00', '2026-10-25T03:15:00'],
    ['2026-10-25', 'D 02:15', '2026-10-25T02:15:00', '2026-10-25T02:45:00'],
    ['2027-03-28', 'D 02:15', '2027-03-28T03:15:00', '2027-03-28T03:45:00'],
    ['2027-03-28', 'D 01:45', '2027-03-28T01:45:00', '2027-03-28T03:15:00'],
  ] as const
  for (const [day, hour, begins, ends] of cases) {
    const steps = [{ step: 'cutover' as const, at: at(day, hour) }]
    const [event] = eventsOf(file({ timeZone: 'Europe/Paris', steps }))
    assert.deepEqual([String(event && said(event, 'dtstart')), String(event && said(event, 'dtend'))], [begins, ends])
  }
})

describe('the calendar file', () => {
  test('is for information, in the zone of the playbook, with its VTIMEZONE and both languages', () => {
    const calendar = file()
    assert.equal(said(calendar, 'method'), 'PUBLISH')
    const zone = calendar.getFirstSubcomponent('vtimezone') ?? assert.fail('no VTIMEZONE')
    ICAL.TimezoneService.register(new ICAL.Timezone(zone))
    const events = eventsOf(calendar).map(event => new ICAL.Event(event))
    // The wall clock is the same on both sides of 30 March 2025, when the clocks change; the instants are what the VTIMEZONE makes of it.
    assert.deepEqual(
      events.map(({ startDate }) => [startDate.toString(), startDate.toJSDate().getTime()]),
      [
        ['2025-03-24T09:00:00', Date.UTC(2025, 2, 24, 8)],
        ['2025-04-06T16:00:00', Date.UTC(2025, 3, 6, 14)],
        ['2025-04-07T08:00:00', Date.UTC(2025, 3, 7, 6)],
      ],
    )
    for (const event of events) {
      assert.equal(event.startDate.zone?.tzid, 'Europe/Brussels')
      assert.equal(event.endDate.toUnixTime() - event.startDate.toUnixTime(), 30 * 60)
      assert.match(event.organizer, /^mailto:projet@namur\.example$/i)
      assert.deepEqual(event.attendees, [])
      assert.equal(said(event.component, 'transp'), 'TRANSPARENT')
      assert.equal(said(event.component, 'status'), 'CONFIRMED')
    }
    assert.match(events[1]?.summary ?? '', /Fermeture .* \/ Toegang /)
  })

  test('keeps the UID of a step of a mailbox when the day moves, and counts SEQUENCE up', () => {
    const [before, after] = [file(), file({ sequence: 1 }, '2025-04-14')]
    assert.deepEqual(uids(after), uids(before))
    assert.equal(new Set([...uids(before), ...uids(file({ who: 'ben@namur.example' }))]).size, 6)
    assert.deepEqual([sequences(before), sequences(after)], [Array(3).fill(0), Array(3).fill(1)])
  })

  test('takes the dates back when the wave is called off', () => {
    const made = calendarFile(dates({ cancelled: true }), ['fr'], 'x')
    const calendar = read(made.content.toString())
    assert.equal(made.contentType, 'text/calendar; charset=utf-8; method=CANCEL')
    assert.equal(said(calendar, 'method'), 'CANCEL')
    for (const event of eventsOf(calendar)) assert.equal(said(event, 'status'), 'CANCELLED')
    assert.deepEqual(sequences(calendar), [1, 1, 1])
  })

  test('goes along with notices of several issuers, and each replaces the one before: planned, moved, called off', () => {
    const playbook = parsePlaybook(
      `${speaking}notices:
  - { notice: first, template: planned, audience: owner, issuer: it, channel: graph, attach: [calendar] }
  - { notice: moved, template: rescheduled, audience: owner, issuer: other, channel: graph, attach: [calendar] }
  - { notice: off, template: withdrawn, audience: owner, issuer: other, channel: graph, attach: [calendar] }
`.replace('issuers:\n', 'issuers:\n  other: { name: ETNIC, address: support@etnic.example }\n'),
      undefined,
      'speaking',
    )
    const sent = (notice: string, set: Partial<WaveRow>) => {
      const wave = waveRow({
        wave: 'namur-1',
        playbook: 'speaking',
        day: '2025-04-07',
        gates: gatesOf(playbook, '2025-04-07'),
        ...set,
      })
      const about = [mailboxRow({ address: 'anna.dubois@namur.example' })]
      const messageId = '<1@namur.example>'
      const letter = letterOf({
        playbook,
        wave,
        notice,
        to: 'anna.dubois@namur.example',
        messageId,
        date: 0,
        about,
        staysBehind: false,
      })
      const [one] = letter?.attachments ?? []
      return read(one?.content.toString() ?? assert.fail('no dates'))
    }
    const next = { day: '2025-04-14', gates: gatesOf(playbook, '2025-04-14'), dayMoves: 1 }
    const all = [sent('first', {}), sent('moved', next), sent('off', { ...next, state: 'cancelled' })]
    assert.deepEqual(
      all.map(one => [said(one, 'method'), sequences(one)]),
      [
        ['PUBLISH', [0, 0, 0]],
        ['PUBLISH', [1, 1, 1]],
        ['CANCEL', [2, 2, 2]],
      ],
    )
    for (const one of all) assert.deepEqual(uids(one), uids(all[0] ?? one))
  })
})

function uids(calendar: ICAL.Component) {
  return eventsOf(calendar).map(event => said(event, 'uid'))
}

function sequences(calendar: ICAL.Component) {
  return eventsOf(calendar).map(event => said(event, 'sequence') ?? 0)
}
