import assert from 'node:assert/strict'
import test from 'node:test'
import { repairs } from '../../shared/repair/repairs.ts'
import type { Limits, Refused, RungName } from '../../shared/repair/rung.ts'
import { oddMail } from '../fixtures/odd.ts'
import { arrived, attempts, now, open, strict } from './properties.ts'

const raw = Buffer.from('From: a@old.example\r\nSubject: \xe9t\xe9\r\nno field\r\nX-Last: \0\r\n\r\none\ntwo\r\n', 'latin1')

/** What the server says, and what is tried first. */
const answers: [text: string, first: RungName][] = [
  ['Message contains bare newlines', 'line-ends'],
  ['Message contains NUL characters', 'nul'],
  ['Message contains non-ASCII characters in headers', 'eight-bit-headers'],
  ['Message contains invalid header', 'unparsable-header'],
  ['Command Argument Error. 11', 'line-ends'],
  ['', 'line-ends'],
]
for (const [text, first] of answers) {
  test(`${text || 'no text'}: ${first} is tried first`, () => {
    const rungs = attempts(raw, open, { code: 'NO', text })
    assert.equal(rungs[0]?.rung, first)
  })
}

test('one change alone comes before several, and several before the envelope', () => {
  const changes = attempts(raw, open).map(({ note, rung }) => (rung === 'enveloped' ? 'enveloped' : note.split('. ').length))
  assert.deepEqual(changes, [1, 1, 1, 1, 2, 3, 4, 'enveloped'])
})

test('what the limits call for is in every attempt', () => {
  const rungs = attempts(raw, strict)
  assert.deepEqual(
    rungs.map(({ rung }) => rung),
    ['eight-bit-headers', 'eight-bit-headers', 'unparsable-header', 'unparsable-header', 'enveloped'],
  )
  for (const { raw } of rungs) assert.ok(!raw.includes(0))
})

const beside: Refused[] = [
  { code: 'TOOBIG', text: '' },
  { code: 'NO', text: 'Maximum size of appendable message has been exceeded' },
  { code: 'OVERQUOTA', text: 'Quota exceeded' },
  { code: 'BAD', text: 'Request is throttled. Suggested Backoff Time: 92415 milliseconds' },
  { code: '413', text: '' },
]
for (const refused of beside) {
  test(`${refused.code} ${refused.text}: nothing is tried`, () => {
    assert.deepEqual([...repairs({ raw, flags: [], internalDate: arrived }, refused, open, now)], [])
  })
}

test('an attempt that would be too large is not made', () => {
  const limits: Limits = { ...open, mostBytes: raw.length + 20 }
  const rungs = [...repairs({ raw, flags: [], internalDate: arrived }, { code: 'NO', text: '' }, limits, now)]
  assert.ok(rungs.length > 0)
  for (const { rung, raw: tried } of rungs) assert.ok(rung !== 'enveloped' && tried.length <= raw.length + 20)
  assert.deepEqual(
    [...repairs({ raw, flags: [], internalDate: arrived }, { code: 'NO', text: '' }, { ...open, mostBytes: 10 }, now)],
    [],
  )
})

test('a message of 30,000 parts is enveloped at once', () => {
  const start = 'From: a@old.example\r\nContent-Type: multipart/mixed; boundary=s\r\n\r\n'
  const rungs = [
    ...repairs(
      { raw: Buffer.from(start + '--s\r\n\r\n\0\r\n'.repeat(30_000)), flags: [], internalDate: arrived },
      { code: 'NO', text: '' },
      strict,
      now,
    ),
  ]
  assert.deepEqual(
    rungs.map(({ rung }) => rung),
    ['enveloped'],
  )
})

test('nothing is made before it is asked for', () => {
  const huge = Buffer.alloc(30_000_000, 'a line of some text, again and again\r\n')
  const iterator = repairs(
    { raw: huge, flags: ['Travail'], internalDate: arrived },
    { code: 'NO', text: 'no such keyword' },
    open,
    now,
  )
  const first = iterator.next().value
  assert.equal(first?.rung, 'flags')
  assert.equal(first?.raw, huge)
  iterator.return()
})

const plain = Buffer.from('From: a@old.example\r\nDate: Mon, 7 Apr 2025 14:00:00 +0200\r\n\r\ntext\r\n')
const flagged = ['\\Seen', '$Forwarded', 'Travail', '\\Pinned']
const flags: [text: string, limits: Limits, left: string[]][] = [
  ['Keyword Travail cannot be used', open, ['\\Seen', '$Forwarded', '\\Pinned']],
  ['Invalid flag (\\Pinned).', open, ['\\Seen', '$Forwarded', 'Travail']],
  ['Command Argument Error. 11', open, ['\\Seen']],
  ['Command Argument Error. 11', strict, ['\\Seen']],
  ['Keyword Travail cannot be used', strict, ['\\Seen', '\\Pinned']],
]
for (const [text, limits, left] of flags) {
  test(`${text}${limits === strict ? ', keywords never kept' : ''}: ${left.join(' ')} are left`, () => {
    const [first] = attempts(plain, limits, { code: 'BAD', text }, { flags: flagged })
    assert.deepEqual(first?.flags, left)
    assert.equal(first?.internalDate, undefined)
    assert.equal(first?.raw, plain)
  })
}

const received =
  'Received: from b by c; Tue, 8 Apr 2025 14:00:00 +0200\r\nReceived: from a by b; Mon, 7 Apr 2025 14:00:00 +0200\r\n'
const dates: [what: string, header: string, was: number, is: string][] = [
  ['the Date header', `${received}Date: Sun, 6 Apr 2025 08:00:00 -0500 (EST)\r\n`, Date.UTC(1969, 0), '2025-04-06T13:00:00.000Z'],
  ['the oldest Received where the Date cannot be read', `${received}Date: gestern\r\n`, Number.NaN, '2025-04-07T12:00:00.000Z'],
  [
    'the oldest Received where the Date is absurd',
    `${received}Date: 1 Jan 2098 00:00 GMT\r\n`,
    Date.UTC(2099, 0),
    '2025-04-07T12:00:00.000Z',
  ],
  ['a Date with a year of two digits', 'Date: 6 Apr 98 08:00 EDT\r\n', -1, '1998-04-06T12:00:00.000Z'],
  ['1970 where there is nothing', 'Subject: nothing\r\n', Number.NaN, '1970-01-01T00:00:01.000Z'],
]
for (const [what, header, was, is] of dates) {
  test(`an absurd date becomes ${what}`, () => {
    const raw = Buffer.from(`${header}\r\ntext\r\n`)
    const [first] = attempts(raw, open, undefined, { internalDate: was })
    assert.equal(first?.rung, 'date')
    assert.equal(new Date(first?.internalDate ?? Number.NaN).toISOString(), is)
    assert.equal(first?.raw, raw)
  })
}

test('a date that can be is left', () => {
  for (const internalDate of [0, arrived, now]) {
    for (const rung of attempts(plain, open, undefined, { internalDate })) assert.equal(rung.internalDate, undefined)
  }
})

test('every note is a sentence that says why', () => {
  for (const { raw, flags = [], internalDate = arrived } of oddMail) {
    for (const { note } of repairs({ raw: raw(), flags, internalDate }, { code: 'NO', text: '' }, open, now)) {
      assert.match(note, /^[A-Z].*(?:because|set to).*\.$/)
    }
  }
})
