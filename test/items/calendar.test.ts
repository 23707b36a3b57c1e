import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readFile } from '../../shared/items/file.ts'

const reading = { timeZone: 'Europe/Brussels', now: Date.UTC(2025, 5, 1) }
const file = (...lines: string[]) => Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'))
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']
const read = (...lines: string[]) => readFile(file(...lines), undefined, reading)
const only = (...lines: string[]) => {
  const { items, exceptions } = read(...lines)
  assert.deepEqual([items.length, exceptions], [1, []])
  const [item] = items
  assert.ok(item)
  return item
}
const times = ({ body }: { body: Record<string, unknown> }) => [body.start, body.end]
const on = (dateTime: string, timeZone = 'Europe/Brussels') => ({ dateTime, timeZone })

describe('an event', () => {
  test('is brought with its times, text, place, kinds and reminder, and with nobody invited', () => {
    const { kind, body, reduced } = only(
      ...event(
        'UID:1',
        'SUMMARY:Conseil\\, extraordinaire',
        'DTSTART;TZID=Europe/Paris:20250702T140000',
        'DTEND;TZID=Europe/Paris:20250702T153000',
        'LOCATION:Salle 2',
        'DESCRIPTION:Ordre du jour\\n1. Budget',
        'CATEGORIES:Mairie,Budget',
        'CLASS:PRIVATE',
        'PRIORITY:1',
        'TRANSP:OPAQUE',
        'ORGANIZER;CN=Anne Dupont:mailto:anne@town.example',
        'ATTENDEE;CN=Bruno;PARTSTAT=ACCEPTED:mailto:bruno@town.example',
        'ATTACH:https://town.example/budget.pdf',
        ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT30M', 'END:VALARM'],
      ),
    )
    assert.equal(kind, 'events')
    assert.deepEqual(body, {
      subject: 'Conseil, extraordinaire',
      body: {
        contentType: 'text',
        content:
          'Ordre du jour\n1. Budget\n\nORGANIZER: Anne Dupont <anne@town.example>\nATTENDEE: Bruno <bruno@town.example> (accepted)\nATTACH: https://town.example/budget.pdf',
      },
      start: on('2025-07-02T14:00:00', 'Europe/Paris'),
      end: on('2025-07-02T15:30:00', 'Europe/Paris'),
      isAllDay: false,
      location: { displayName: 'Salle 2' },
      categories: ['Mairie', 'Budget'],
      importance: 'high',
      sensitivity: 'private',
      showAs: 'busy',
      isReminderOn: true,
      reminderMinutesBeforeStart: 30,
    })
    assert.deepEqual(reduced, ['organizer', 'attendees', 'attachment'])
  })

  const moments: [string, string[], unknown][] = [
    [
      'floating, in the playbook’s zone',
      ['DTSTART:20250702T140000', 'DURATION:PT1H'],
      [on('2025-07-02T14:00:00'), on('2025-07-02T15:00:00')],
    ],
    ['in UTC', ['DTSTART:20250702T140000Z'], [on('2025-07-02T14:00:00', 'UTC'), on('2025-07-02T14:00:00', 'UTC')]],
    [
      'of whole days',
      ['DTSTART;VALUE=DATE:20250702', 'DTEND;VALUE=DATE:20250704'],
      [on('2025-07-02T00:00:00'), on('2025-07-04T00:00:00')],
    ],
    ['of one whole day without an end', ['DTSTART;VALUE=DATE:20250702'], [on('2025-07-02T00:00:00'), on('2025-07-03T00:00:00')]],
    [
      'in a zone by Windows’ name',
      ['DTSTART;TZID=Romance Standard Time:20250702T140000'],
      [on('2025-07-02T14:00:00', 'Europe/Paris'), on('2025-07-02T14:00:00', 'Europe/Paris')],
    ],
    [
      'in a zone with a path before it',
      ['DTSTART;TZID=/mozilla.org/20050126_1/Europe/London:20250702T140000'],
      [on('2025-07-02T14:00:00', 'Europe/London'), on('2025-07-02T14:00:00', 'Europe/London')],
    ],
    [
      'ending in another zone',
      ['DTSTART;TZID=Europe/Paris:20250702T140000', 'DTEND;TZID=Europe/London:20250702T140000'],
      [on('2025-07-02T14:00:00', 'Europe/Paris'), on('2025-07-02T15:00:00', 'Europe/Paris')],
    ],
  ]
  for (const [what, lines, expected] of moments)
    test(`${what} is there at the same time`, () => assert.deepEqual(times(only(...event('UID:1', ...lines))), expected))

  test('in a zone of the file’s own is in the one whose clocks stand so', () => {
    const zone = (name: string, standard: string, summer?: string) => [
      'BEGIN:VTIMEZONE',
      `TZID:${name}`,
      ...['BEGIN:STANDARD', 'DTSTART:16011028T030000', `TZOFFSETTO:${standard}`, 'END:STANDARD'],
      ...(summer ? ['BEGIN:DAYLIGHT', 'DTSTART:16010325T020000', `TZOFFSETTO:${summer}`, 'END:DAYLIGHT'] : []),
      'END:VTIMEZONE',
    ]
    const zones: [string, string | undefined, string][] = [
      ['+0100', '+0200', 'Europe/Brussels'],
      ['+0000', '+0100', 'Europe/London'],
      ['-0500', '-0400', 'America/New_York'],
      ['+0300', undefined, 'Etc/GMT-3'],
    ]
    for (const [standard, summer, expected] of zones) {
      const name = '(UTC) Somewhere, Elsewhere'
      const item = only(...zone(name, standard, summer), ...event('UID:1', `DTSTART;TZID="${name}":20250702T140000`))
      assert.deepEqual(item.body.start, on('2025-07-02T14:00:00', expected))
    }
  })

  test('that is over does not ring any more', () => {
    const alarm = ['BEGIN:VALARM', 'TRIGGER:-PT30M', 'END:VALARM']
    assert.equal(only(...event('UID:1', 'DTSTART:20240702T140000', ...alarm)).body.isReminderOn, false)
  })

  test('that cannot be brought is told with its line, why and what to do; the others are brought', () => {
    const { items, exceptions } = read(
      ...event('SUMMARY:Good', 'DTSTART:20250702T140000'),
      ...event('SUMMARY:No day'),
      ...event('SUMMARY:Odd day', 'DTSTART:tomorrow'),
      ...event('SUMMARY:Odd zone', 'DTSTART;TZID=Mars/Base:20250702T140000'),
      ...event('SUMMARY:Backwards', 'DTSTART:20250702T140000', 'DTEND:20250702T130000'),
      ...event('SUMMARY:Off', 'DTSTART:20250702T140000', 'STATUS:CANCELLED'),
      ...event('SUMMARY:Hourly', 'DTSTART:20250702T140000', 'RRULE:FREQ=HOURLY'),
      ...['BEGIN:VJOURNAL', 'SUMMARY:Diary', 'END:VJOURNAL'],
      ...['BEGIN:VEVENT', 'SUMMARY:Cut', 'DTSTART:20250702T140000'],
    )
    assert.deepEqual(
      items.map(({ name }) => name),
      ['Good'],
    )
    assert.deepEqual(
      exceptions.map(({ at, name, reason }) => [at, name, reason.split(/[,:]/)[0]]),
      [
        ['line 7', 'No day', 'it says no day'],
        ['line 10', 'Odd day', '“tomorrow” is no date'],
        ['line 14', 'Odd zone', 'nobody knows the time zone “Mars/Base”'],
        ['line 18', 'Backwards', 'it ends before it begins'],
        ['line 23', 'Off', 'it was cancelled'],
        ['line 28', 'Hourly', 'it recurs hourly'],
        ['line 36', 'Cut', 'the event has no END'],
        ['line 33', 'VJOURNAL', 'VJOURNAL is nothing that a mailbox holds'],
      ],
    )
    assert.ok(exceptions.every(({ remedy }) => remedy !== ''))
  })
})

describe('a series', () => {
  const weekly = ['UID:s', 'SUMMARY:Team', 'DTSTART;TZID=Europe/Brussels:20250106T100000', 'DURATION:PT1H']

  test('is one event with a pattern, its single days beside it', () => {
    const { body, parts } = only(
      ...event(...weekly, 'RRULE:FREQ=WEEKLY;UNTIL=20251229T090000Z', 'EXDATE;TZID=Europe/Brussels:20250113T100000'),
      ...event('UID:s', 'SUMMARY:Off', 'STATUS:CANCELLED', 'RECURRENCE-ID:20250120T090000Z', 'DTSTART:20250120T100000'),
      ...event(
        'UID:s',
        'SUMMARY:Moved',
        'RECURRENCE-ID:20250714T080000Z',
        'DTSTART:20250715T110000',
        'DURATION:PT2H',
        'ATTENDEE:mailto:b@town.example',
      ),
    )
    assert.deepEqual(body.recurrence, {
      pattern: { interval: 1, type: 'weekly', firstDayOfWeek: 'monday', daysOfWeek: ['monday'] },
      range: { type: 'endDate', endDate: '2025-12-29', startDate: '2025-01-06', recurrenceTimeZone: 'Europe/Brussels' },
    })
    assert.deepEqual(
      parts?.map(part => [part.begins, part.body?.subject, part.body?.start, part.body?.attendees]),
      [
        ['2025-01-13T09:00:00Z', undefined, undefined, undefined],
        ['2025-01-20T09:00:00Z', undefined, undefined, undefined],
        ['2025-07-14T08:00:00Z', 'Moved', on('2025-07-15T11:00:00'), undefined],
      ],
    )
  })

  test('that Exchange has no words for comes as single events, for two years from now, and is counted', () => {
    const rule = 'RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15'
    const { items, exceptions } = read(
      ...event('UID:s', 'SUMMARY:Pay', 'DTSTART;VALUE=DATE:20250515', rule, 'EXDATE;VALUE=DATE:20250601'),
      ...event('UID:s', 'SUMMARY:Early', 'RECURRENCE-ID;VALUE=DATE:20250615', 'DTSTART;VALUE=DATE:20250613'),
    )
    assert.deepEqual(exceptions, [])
    const starts = items.map(({ body }) => (body.start as { dateTime: string }).dateTime.slice(0, 10))
    assert.deepEqual(starts.slice(0, 4), ['2025-05-15', '2025-06-13', '2025-07-01', '2025-07-15'])
    assert.equal(starts.at(-1), '2027-06-01')
    assert.equal(new Set(items.map(({ key }) => key)).size, items.length)
    assert.deepEqual(items[0]?.reduced, ['series after 2027-06-01'])
    assert.ok(items.every(({ body }) => body.recurrence === undefined))
  })

  test('with days of its own brings these as single events', () => {
    const { items } = read(
      ...event(...weekly, 'RRULE:FREQ=WEEKLY;COUNT=3', 'RDATE;TZID=Europe/Brussels:20250108T100000,20250109T100000'),
    )
    assert.equal(items.length, 3)
    assert.equal(new Set(items.map(({ key }) => key)).size, 3)
  })

  test('whose days have a length of their own is counted as reduced', () => {
    const { items } = read(...event(...weekly, 'RDATE;VALUE=PERIOD:20250107T090000Z/PT3H'))
    assert.deepEqual(
      items.map(({ reduced }) => reduced),
      Array(2).fill(['length of single days', 'series']),
    )
  })

  test('of more days than can be made is told', () => {
    const { items, exceptions } = read(...event('UID:s', 'DTSTART:20100101T100000', 'RRULE:FREQ=DAILY;BYMONTH=1,2,3,4,5,6'))
    assert.deepEqual([items.length, exceptions.length], [0, 1])
    assert.match(exceptions[0]?.reason ?? '', /more than 500 days/)
  })
})

test('a task comes with its days, its state and what it says', () => {
  const { kind, body, reduced } = only(
    'BEGIN:VTODO',
    'UID:t',
    'SUMMARY:Rendre les clés',
    'DUE;VALUE=DATE:20250702',
    'STATUS:IN-PROCESS',
    'PRIORITY:9',
    'DESCRIPTION:au concierge',
    'RRULE:FREQ=YEARLY',
    ...['BEGIN:VALARM', 'TRIGGER:-PT1H', 'END:VALARM'],
    'END:VTODO',
  )
  assert.equal(kind, 'tasks')
  assert.deepEqual(body, {
    title: 'Rendre les clés',
    body: { contentType: 'text', content: 'au concierge\n\nRRULE: FREQ=YEARLY' },
    dueDateTime: on('2025-07-02T00:00:00'),
    status: 'inProgress',
    importance: 'low',
    isReminderOn: true,
    reminderDateTime: on('2025-07-01T23:00:00'),
  })
  assert.deepEqual(reduced, ['series'])
})
