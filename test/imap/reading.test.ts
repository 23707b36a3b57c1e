import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { digests, messages } from '../../shared/imap/bodies.ts'
import { fetchedOf } from '../../shared/imap/fetched.ts'
import { Digested, Input, LargeLiteral, largeBytes, type Response } from '../../shared/imap/input.ts'
import { listings } from '../../shared/imap/message-list.ts'
import { Wire } from '../../shared/imap/wire.ts'
import { dateText } from '../../shared/repair/date.ts'
import { type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'
const fetch = (uid: number, raw: Buffer) =>
  Buffer.concat([
    Buffer.from(
      `* ${uid} FETCH (UID ${uid} FLAGS (\\Seen) INTERNALDATE ${date} RFC822.SIZE ${raw.length} BODY[] {${raw.length}}\r\n`,
    ),
    raw,
    Buffer.from(')\r\n'),
  ])

const inbox = (...batches: number[][]) => batches.map(uids => ({ path: 'INBOX', uids }))

async function bytes(raw: Buffer | { chunks(): AsyncIterable<Buffer> }): Promise<Buffer> {
  if (Buffer.isBuffer(raw)) return raw
  const parts: Buffer[] = []
  for await (const part of raw.chunks()) parts.push(part)
  return Buffer.concat(parts)
}

test('responses are the same wherever the stream is cut, and survive the buffer that they came in', () => {
  const stream = Buffer.concat([
    Buffer.from('* OK hi\r\n'),
    fetch(1, Buffer.from('a\r\nb')),
    fetch(2, Buffer.alloc(0)),
    Buffer.from('t1 OK\r\n'),
  ])
  for (let cut = 0; cut <= stream.length; cut++) {
    const seen: Response[] = []
    const input = new Input(
      response => seen.push(response),
      () => {},
    )
    const shared = Buffer.alloc(stream.length)
    for (const part of [stream.subarray(0, cut), stream.subarray(cut)]) {
      part.copy(shared)
      input.feed(shared.subarray(0, part.length))
      shared.fill(0)
    }
    assert.equal(seen.length, 4, `cut at ${cut}`)
    assert.deepEqual(seen[1]?.literals, [Buffer.from('a\r\nb')], `cut at ${cut}`)
    assert.deepEqual(seen[2]?.literals, [Buffer.alloc(0)], `cut at ${cut}`)
    assert.equal(seen[3]?.text, 't1 OK')
  }
})

test('a large literal arrives whole, however it is cut', async () => {
  const raw = randomBytes(largeBytes + 1)
  const seen: Response[] = []
  const input = new Input(
    response => seen.push(response),
    () => {},
  )
  const stream = Buffer.concat([fetch(7, raw), Buffer.from('t1 OK\r\n')])
  for (let i = 0; i < stream.length; i += 65_521) input.feed(stream.subarray(i, i + 65_521))
  const [literal] = seen[0]?.literals ?? []
  assert.ok(literal instanceof LargeLiteral)
  assert.ok((await bytes(literal)).equals(raw))
  assert.equal(seen[1]?.text, 't1 OK')
})

test('what is expected in pieces is compared where it is the same, and hashed where it is not', () => {
  const raw = randomBytes(10_000)
  const pieces = [raw.subarray(0, 1), raw.subarray(1, 4_000), raw.subarray(4_000)]
  const wrong = 'the digest of something else'
  const cases: [string, Buffer, string][] = [
    ['the same bytes', raw, wrong],
    ['another first byte', Buffer.concat([Buffer.from([(raw[0] ?? 0) ^ 1]), raw.subarray(1)]), ''],
    ['another byte at a seam', Buffer.from(raw.map((byte, at) => (at === 4_000 ? byte ^ 1 : byte))), ''],
    ['another last byte', Buffer.from(raw.map((byte, at) => (at === 9_999 ? byte ^ 1 : byte))), ''],
    ['a byte less', raw.subarray(1), ''],
  ]
  for (const [name, there, digest] of cases)
    for (const cut of [1, 997, 3_999, 4_000, 20_000]) {
      const seen: Response[] = []
      const input = new Input(
        response => seen.push(response),
        () => {},
      )
      input.digesting = () => ({ sizeBytes: raw.length, pieces, digest: wrong })
      const stream = Buffer.concat([fetch(1, there), Buffer.from('t1 OK\r\n')])
      for (let i = 0; i < stream.length; i += cut) input.feed(stream.subarray(i, i + cut))
      const [literal] = seen[0]?.literals ?? []
      assert.ok(literal instanceof Digested)
      assert.equal(literal.digest, digest || Digested.of(there), `${name}, read by ${cut}`)
    }
})

test('the next FETCH is sent when the last message of the one before begins, not earlier', async () => {
  const heard: string[] = []
  const script: Script = (line, say) => {
    heard.push(line)
    const tag = line.split(' ')[0]
    if (heard.length === 1) {
      say(fetch(1, Buffer.from('one')))
      // A server whose output is blocked would answer both at once from here on; it must not have the second yet.
      setTimeout(() => {
        assert.equal(heard.length, 1)
        say(Buffer.concat([fetch(2, Buffer.from('two')), Buffer.from(`${tag} OK done\r\n`)]))
      }, 50)
    } else say(Buffer.concat([fetch(3, Buffer.from('three')), Buffer.from(`${tag} OK done\r\n`)]))
  }
  const server = await scripted(script)
  const wire = await Wire.open(server.endpoint, 'anna')
  const seen: number[] = []
  for await (const { uid } of messages(wire, 'EXAMINE', inbox([1, 2], [3]))) seen.push(uid)
  assert.deepEqual(seen, [1, 2, 3])
  await wire.logout()
  server.close()
})

test('a message that has gone meanwhile does not hold up the next FETCH', async () => {
  const server = await scripted((line, say) => {
    const [tag] = line.split(' ')
    const uid = Number(/UID FETCH (\d+)/.exec(line)?.[1])
    say(
      Buffer.concat([uid === 1 ? fetch(1, Buffer.from('one')) : fetch(uid, Buffer.from('x')), Buffer.from(`${tag} OK done\r\n`)]),
    )
  })
  const wire = await Wire.open(server.endpoint, 'anna')
  const seen: number[] = []
  for await (const { uid } of messages(wire, 'EXAMINE', inbox([1, 2], [3]))) seen.push(uid)
  assert.deepEqual(seen, [1, 3])
  wire.close()
  server.close()
})

const dates: [written: string, is: string | undefined][] = [
  ['"07-Apr-2025 14:00:00 +0200"', '2025-04-07T12:00:00.000Z'],
  ['" 7-Apr-2025 14:00:00 -0130"', '2025-04-07T15:30:00.000Z'],
  ['"7-APR-2025 14:00:00 +0000"', '2025-04-07T14:00:00.000Z'],
  ['"29-Feb-2024 23:59:60 +0000"', '2024-03-01T00:00:00.000Z'],
  ['"01-Jan-1601 00:00:00 +0000"', '1601-01-01T00:00:00.000Z'],
  ['"31-Dec-0001 00:00:00 +0000"', '0001-12-31T00:00:00.000Z'],
  ['"31-Dec-9999 23:59:59 +0000"', '9999-12-31T23:59:59.000Z'],
  ['"29-Feb-2023 00:00:00 +0000"', undefined],
  ['"31-Apr-2025 00:00:00 +0000"', undefined],
  ['"00-Jan-0000 00:00:00 +0000"', undefined],
  ['"07-Apr-2025 24:00:00 +0000"', undefined],
  ['"07-Avr-2025 14:00:00 +0000"', undefined],
  ['"07-Apr-2025 14:00:00"', undefined],
  ['""', undefined],
  ['NIL', undefined],
]
for (const [written, is] of dates)
  test(`INTERNALDATE ${written} is ${is ?? 'no date'}`, () => {
    const text = `* 1 FETCH (UID 1 FLAGS () INTERNALDATE ${written} RFC822.SIZE 3)`
    const { internalDate = 0 } = fetchedOf({ text, literals: [] }) ?? {}
    assert.equal(dateText(internalDate), is)
  })

test('a body that the server says is NIL, or hands out without a byte of it, is told apart from an empty message', async () => {
  const answers = [
    'RFC822.SIZE 700 BODY[] NIL',
    'RFC822.SIZE 700 BODY[] {0}\r\n',
    'RFC822.SIZE 0 BODY[] {0}\r\n',
    'RFC822.SIZE 0 BODY[] ""',
    'RFC822.SIZE 9 BODY[] "a: \\"b\\""',
  ]
  const server = await scripted((line, say) => {
    const [tag] = line.split(' ')
    for (const [i, answer] of answers.entries())
      say(`* ${i + 1} FETCH (UID ${i + 1} FLAGS () INTERNALDATE ${date} ${answer})\r\n`)
    say(`${tag} OK done\r\n`)
  })
  const wire = await Wire.open(server.endpoint, 'anna')
  const seen: unknown[] = []
  for await (const { raw, sizeBytes, unreadable } of messages(wire, 'EXAMINE', inbox([1, 2, 3, 4, 5])))
    seen.push(unreadable ?? [String(raw), sizeBytes])
  assert.deepEqual(seen, [
    'the server hands out none of its 700 bytes',
    ['', 0],
    ['', 0],
    ['a: "b"', 6],
    'the server has no body for it (BODY[] NIL)',
  ])
  await wire.logout()
  server.close()
})

test('a body that is NIL because its message was expunged meanwhile is no unreadable message: it is left out', async () => {
  const server = await scripted((line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'UID') {
      say(fetch(1, Buffer.from('one')))
      say(`* 2 FETCH (UID 2 FLAGS (\\Deleted) INTERNALDATE "01-Jan-1970 00:00:00 +0000" RFC822.SIZE 0 BODY[] NIL)\r\n`)
      say(fetch(3, Buffer.from('three')))
      say(`* 2 EXPUNGE\r\n${tag} OK [EXPUNGEISSUED] Some messages were already expunged\r\n`)
    } else say(`${tag} OK done\r\n`)
  })
  const wire = await Wire.open(server.endpoint, 'anna')
  for (const command of ['EXAMINE', 'SELECT'] as const) {
    const seen: unknown[] = []
    for await (const { uid, unreadable } of messages(wire, command, inbox([1, 2, 3]))) seen.push([uid, unreadable])
    assert.deepEqual(seen, [
      [1, undefined],
      [3, undefined],
    ])
  }
  const seen: number[] = []
  for await (const { uid } of digests(wire, 'SELECT', inbox([1, 2, 3]))) seen.push(uid)
  assert.deepEqual(seen, [1, 3])
  await wire.logout()
  server.close()
})

test('a large message that no command waits for is read over, and what follows it arrives', async () => {
  const server = await scripted((line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'NOOP') say(Buffer.concat([fetch(9, randomBytes(20_000_000)), Buffer.from(`${tag} OK done\r\n`)]))
    else say(`* 1 FETCH (UID 1 FLAGS () INTERNALDATE ${date} RFC822.SIZE 3)\r\n${tag} OK done\r\n`)
  })
  const wire = await Wire.open(server.endpoint, 'anna')
  await wire.must('NOOP')
  const seen: number[] = []
  for await (const { heads } of listings(wire, 'EXAMINE', [{ path: 'INBOX', fromUid: 1 }]))
    seen.push(...[...heads].map(({ uid }) => uid))
  assert.deepEqual(seen, [1])
  wire.close()
  server.close()
})

for (const tls of ['none', 'implicit', 'starttls'] as const) {
  test(`forty megabytes arrive unchanged over a connection with tls: ${tls}`, async () => {
    const mail = Array.from({ length: 40 }, (_, i) => randomBytes(i % 10 === 0 ? 4_000_000 : 700_000))
    const server = await scripted(
      (line, say) => {
        const [tag] = line.split(' ')
        for (const [i, raw] of mail.entries()) say(fetch(i + 1, raw))
        say(`${tag} OK done\r\n`)
      },
      'IMAP4rev1 STARTTLS',
      tls,
    )
    const wire = await Wire.open(server.endpoint, 'anna')
    let at = 0
    for await (const { raw } of messages(wire, 'EXAMINE', inbox(mail.map((_, i) => i + 1)))) {
      const got = await bytes(raw)
      assert.ok(got.equals(mail[at++] ?? Buffer.alloc(0)), `message ${at}`)
    }
    assert.equal(at, mail.length)
    await wire.logout()
    server.close()
  })
}

test('what is expected is asked by the folder that is open, also where its opening and its bodies come in the same bytes', async () => {
  let opened = ''
  const server = await scripted((line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'SELECT') opened = `* OK [UIDVALIDITY 1] ok\r\n${tag} OK done\r\n`
    else say(`${opened}* 1 FETCH (UID 7 INTERNALDATE "07-Apr-2025 14:00:00 +0000" BODY[] {3}\r\nabc)\r\n${tag} OK done\r\n`)
  })
  const wire = await Wire.open(server.endpoint, 'anna')
  try {
    const asked: string[] = []
    const known = (path: string, uid: number) => {
      asked.push(`${path} ${uid}`)
      return { sizeBytes: 3, pieces: [Buffer.from('abc')], digest: `of ${path}` }
    }
    const portions = ['INBOX', 'Sent', 'Drafts'].map(path => ({ path, uids: [7] }))
    const found: string[] = []
    for await (const { path, digest } of digests(wire, 'SELECT', portions, known)) found.push(`${path} ${digest}`)
    assert.deepEqual(asked, ['INBOX 7', 'Sent 7', 'Drafts 7'])
    assert.deepEqual(found, ['INBOX of INBOX', 'Sent of Sent', 'Drafts of Drafts'])
  } finally {
    wire.close()
    server.close()
  }
})
