import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { graphItems, keyProperty } from '../../shared/graph/items.ts'
import { bring } from '../../shared/items/bring.ts'
import { readFile } from '../../shared/items/file.ts'
import type { ItemBox } from '../../shared/items/mailbox.ts'
import { slotsByMailbox } from '../../shared/targets/graph-slots.ts'
import { anna, type GraphMailbox, graphMailbox } from '../graph/mailbox.ts'
import { type Box, daysIn } from '../sandbox/graph/items.ts'
import { propertyId } from '../sandbox/graph/mail-properties.ts'

const book = (names: readonly string[]) =>
  readFile(
    Buffer.from(names.map(name => `BEGIN:VCARD\nVERSION:3.0\nUID:${name}\nFN:${name}\nEND:VCARD\n`).join('')),
    undefined,
    reading,
  )
const reading = { timeZone: 'Europe/Brussels', now: Date.UTC(2025, 5, 1) }
const people = (many: number) => Array.from({ length: many }, (_, i) => `Person ${i}`)
const always = () => true
const sums = ({ found, created, already, excepted, left }: Awaited<ReturnType<typeof bring>>) => {
  assert.equal(created + already + excepted + left, found)
  return { created, already, excepted, left }
}

describe('what is brought into a mailbox of Exchange Online', () => {
  let at: GraphMailbox
  let box: ItemBox
  let there: Box
  before(async () => {
    at = await graphMailbox({ permissions: ['Contacts.ReadWrite', 'Calendars.ReadWrite', 'Tasks.ReadWrite.All'] })
    box = graphItems(at.graph, slotsByMailbox(), anna)
    there = at.service.items.of(at.service.tenant.user(anna))
  })
  beforeEach(() => {
    for (const kind of [there.contacts, there.events, there.tasks]) kind.splice(0)
  })
  after(() => at.close())
  const names = () => there.contacts.map(({ fields }) => fields.displayName).sort()

  test('is there once, however often the same file comes', async () => {
    assert.deepEqual(sums(await bring(box, book(people(25)), always)), { created: 25, already: 0, excepted: 0, left: 0 })
    assert.deepEqual(sums(await bring(box, book(people(27)), always)), { created: 2, already: 25, excepted: 0, left: 0 })
    assert.deepEqual(names(), people(27).sort())
    assert.ok(there.contacts.every(({ properties }) => properties.some(({ id }) => id === propertyId(keyProperty))))
  })

  test('is there once, too, when it stands twice in the file', async () => {
    assert.deepEqual(sums(await bring(box, book(['A', 'A', 'B']), always)), { created: 2, already: 1, excepted: 0, left: 0 })
  })

  test('leaves alone what its owner has there', async () => {
    there.contacts.push({ id: 'own', fields: { displayName: 'Person 0' }, properties: [] })
    await bring(box, book(people(1)), always)
    assert.deepEqual(names(), ['Person 0', 'Person 0'])
  })

  test('is left for the next time when the time is spent, and goes on there', async () => {
    let turns = 10
    const first = await bring(box, book(people(25)), () => turns-- > 0)
    assert.deepEqual(sums(first), { created: 10, already: 0, excepted: 0, left: 15 })
    assert.deepEqual(sums(await bring(box, book(people(25)), always)), { created: 15, already: 10, excepted: 0, left: 0 })
    assert.equal(there.contacts.length, 25)
  })

  test('waits as long as Graph asks: the rest is left, and the answer says for how long', async () => {
    at.service.refuse({ times: 1, status: 429, retryAfter: 17, only: /^POST .*contacts/ })
    const stopped = await bring(box, book(people(9)), always)
    assert.equal(stopped.retryAfter, 17)
    assert.match(stopped.because ?? '', /TooManyRequests/)
    assert.ok(stopped.left > 0 && sums(stopped).excepted === 0)
    sums(await bring(box, book(people(9)), always))
    assert.deepEqual(names(), people(9))
  })

  test('is there once, too, where an answer was lost', async () => {
    let lost = 0
    const deaf: ItemBox = {
      ...box,
      make: async item => {
        const reduced = await box.make(item)
        if (++lost === 2) throw new Failure({ verdict: 'transient', during: 'bringing', code: 'ECONNRESET', hint: 'wait' })
        return reduced
      },
    }
    const stopped = await bring(deaf, book(people(6)), always)
    assert.ok(stopped.left >= 1)
    const again = await bring(box, book(people(6)), always)
    assert.equal(again.already, stopped.created + 1)
    assert.deepEqual(names(), people(6))
  })

  test('is told with its reason where Graph refuses it, and the others come', async () => {
    at.service.refuse({ times: 1, status: 400, code: 'ErrorInvalidPropertyRequest', only: /^POST .*contacts/ })
    const brought = await bring(box, book(people(5)), always)
    assert.deepEqual(sums(brought), { created: 4, already: 0, excepted: 1, left: 0 })
    assert.match(brought.exceptions[0]?.reason ?? '', /ErrorInvalidPropertyRequest/)
    assert.match(brought.exceptions[0]?.remedy ?? '', /correct/)
  })

  test('needs a permission that the refusal names', async () => {
    const poor = await graphMailbox({ permissions: ['Mail.ReadWrite'] })
    const closed = graphItems(poor.graph, slotsByMailbox(), anna)
    await assert.rejects(bring(closed, book(['A']), always), (error: unknown) => {
      return error instanceof Failure && /Contacts\.ReadWrite/.test(error.hint)
    })
    await poor.close()
  })

  const calendar = (...lines: string[]) =>
    readFile(Buffer.from(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n')), undefined, reading)
  const series = () =>
    calendar(
      ...['BEGIN:VEVENT', 'UID:s', 'SUMMARY:Team', 'DTSTART;TZID=Europe/Brussels:20250324T100000', 'DURATION:PT1H'],
      ...[
        'RRULE:FREQ=WEEKLY;COUNT=5',
        'EXDATE;TZID=Europe/Brussels:20250331T100000',
        'ATTENDEE:mailto:b@town.example',
        'END:VEVENT',
      ],
      ...['BEGIN:VEVENT', 'UID:s', 'SUMMARY:Moved', 'RECURRENCE-ID:20250407T080000Z', 'DTSTART:20250408T110000', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:w', 'SUMMARY:Days off', 'DTSTART;VALUE=DATE:20250701', 'RRULE:FREQ=DAILY;COUNT=3'],
      ...['EXDATE;VALUE=DATE:20250702', 'END:VEVENT'],
      ...['BEGIN:VTODO', 'UID:t', 'SUMMARY:Keys', 'DUE;VALUE=DATE:20250702', 'END:VTODO'],
    )
  const days = (subject: string) => {
    const stored = there.events.filter(({ fields }) => fields.subject === subject)
    return stored.flatMap(one => daysIn(one).map(({ day, fields }) => [day, fields.subject]))
  }
  const whole = () => {
    assert.deepEqual(days('Team'), [
      ['2025-03-24', 'Team'],
      ['2025-04-07', 'Moved'],
      ['2025-04-14', 'Team'],
      ['2025-04-21', 'Team'],
    ])
    assert.deepEqual(days('Days off'), [
      ['2025-07-01', 'Days off'],
      ['2025-07-03', 'Days off'],
    ])
    assert.deepEqual([there.events.length, there.tasks.length], [2, 1])
  }

  test('of a calendar is there with the single days of its series, its tasks in To Do, and nobody is invited', async () => {
    assert.deepEqual(sums(await bring(box, series(), always)), { created: 3, already: 0, excepted: 0, left: 0 })
    whole()
    assert.deepEqual(sums(await bring(box, series(), always)), { created: 0, already: 3, excepted: 0, left: 0 })
    whole()
    assert.deepEqual(at.service.items.invited, [])
  })

  for (const only of [/^GET .*instances/, /^DELETE /, /^PATCH .*\.2025/, /^PATCH .*events\/[^.]+$/])
    test(`is whole the next time where a series was cut off at ${only.source}`, async () => {
      at.service.refuse({ times: 1, status: 503, only })
      const stopped = await bring(box, series(), always)
      assert.ok(stopped.left > 0)
      assert.equal((await bring(box, series(), always)).left, 0)
      whole()
    })

  test('of one transaction is one event, of whichever request', async () => {
    const [first] = series().items
    assert.ok(first)
    const { parts: _, ...single } = first
    await Promise.all([box.make(single), box.make(single)])
    assert.equal(there.events.length, 1)
  })

  test('tells where a day that is otherwise is none of its series', async () => {
    const { losses } = await bring(
      box,
      calendar(
        ...['BEGIN:VEVENT', 'UID:s', 'DTSTART:20250324T100000', 'RRULE:FREQ=WEEKLY;COUNT=5', 'END:VEVENT'],
        ...['BEGIN:VEVENT', 'UID:s', 'RECURRENCE-ID:20250325T100000', 'DTSTART:20250326T100000', 'END:VEVENT'],
      ),
      always,
    )
    assert.deepEqual(losses, { 'changed day': 1 })
  })
})

test('a stand-in through which somebody was invited does not end well', async () => {
  const at = await graphMailbox({ permissions: ['Calendars.ReadWrite'] })
  const attendees = [{ emailAddress: { address: 'b@town.example' } }]
  const day = (date: string) => ({ dateTime: `${date}T10:00:00`, timeZone: 'UTC' })
  const body = { subject: 'x', start: day('2025-01-01'), end: day('2025-01-01'), attendees }
  await at.graph.act(`users/${anna}/events`, body, { during: 'inviting' })
  await assert.rejects(at.close(), /invitations went out to b@town.example/)
})
