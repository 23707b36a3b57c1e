import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import type { Appended, Outgoing } from '../../shared/targets/target.ts'
import { type GraphMailbox, graphHands, graphMailbox } from './mailbox.ts'

const date = Date.UTC(2001, 1, 3, 4, 5, 6)
const mail = (...lines: string[]) => Buffer.from(lines.join('\r\n'))
const outgoing = (raw: Buffer, more: Partial<Outgoing> = {}): Outgoing => ({
  path: 'INBOX',
  uid: 1,
  raw,
  flags: [],
  internalDate: date,
  ...more,
})

describe('a writer over Graph', () => {
  let at: GraphMailbox
  before(async () => {
    at = await graphMailbox({ language: 'fr-FR' })
  })
  after(() => at.close())

  const append = async (message: Outgoing, writer: 'graph-json' | 'graph-import-mime' = 'graph-json') => {
    async function* one() {
      yield message
    }
    const answers: Appended[] = []
    for await (const answer of at.open(writer).append(one())) answers.push(answer)
    return answers[0]
  }
  const last = () => at.mail.messages.at(-1)

  test('finds folders by their role, whatever they are called', async () => {
    const folders = await at.open('graph-json').folders()
    assert.deepEqual(
      folders.map(({ path, role }) => [path, role]),
      [
        ['INBOX', '\\Inbox'],
        ['Brouillons', '\\Drafts'],
        ['Éléments envoyés', '\\Sent'],
        ['Éléments supprimés', '\\Trash'],
        ['Courrier indésirable', '\\Junk'],
        ['Archive', '\\Archive'],
      ],
    )
  })

  const sealed: [string, Buffer][] = [
    [
      'S/MIME, signed',
      mail(
        'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b',
        '',
        '--b',
        '',
        'Text',
        '--b',
        'Content-Type: application/pkcs7-signature; name=smime.p7s',
        '',
        'x',
        '--b--',
        '',
      ),
    ],
    [
      'S/MIME, encrypted',
      mail('Content-Type: application/pkcs7-mime; name=smime.p7m', 'Content-Transfer-Encoding: base64', '', 'AAAA', ''),
    ],
    [
      'PGP/MIME',
      mail(
        'Content-Type: multipart/encrypted; boundary=b',
        '',
        '--b',
        'Content-Type: application/pgp-encrypted',
        '',
        'Version: 1',
        '--b--',
        '',
      ),
    ],
    ['PGP in the text', mail('Subject: s', '', '-----BEGIN PGP MESSAGE-----', '', 'x', '-----END PGP MESSAGE-----', '')],
    [
      'signed below a list’s footer',
      mail(
        'Content-Type: multipart/mixed; boundary=a',
        '',
        '--a',
        'Content-Type: multipart/signed; boundary=b',
        '',
        '--b',
        '',
        'Text',
        '--b',
        'Content-Type: application/pgp-signature',
        '',
        'x',
        '--b--',
        '--a',
        '',
        'Footer',
        '--a--',
        '',
      ),
    ],
    [
      'TNEF',
      mail(
        'Content-Type: multipart/mixed; boundary=a',
        '',
        '--a',
        '',
        'Text',
        '--a',
        'Content-Type: application/ms-tnef; name=winmail.dat',
        '',
        'x',
        '--a--',
        '',
      ),
    ],
    [
      'an invitation',
      mail(
        'Content-Type: multipart/alternative; boundary=a',
        '',
        '--a',
        '',
        'Text',
        '--a',
        'Content-Type: text/calendar; method=REQUEST',
        '',
        'BEGIN:VCALENDAR',
        '--a--',
        '',
      ),
    ],
  ]
  for (const [what, raw] of sealed) {
    test(`refuses ${what}, and makes nothing`, async () => {
      const before = at.mail.messages.length
      const answer = await append(outgoing(raw))
      assert.ok(answer && !answer.done && answer.code === 'SEALED', JSON.stringify(answer))
      assert.equal(at.mail.messages.length, before)
    })
    test(`imports ${what} byte for byte`, async () => {
      const answer = await append(outgoing(raw), 'graph-import-mime')
      assert.ok(answer?.done)
      assert.deepEqual(last()?.mime, raw)
    })
  }

  test('takes a sealed message that is attached to an envelope, as it is', async () => {
    const inner = sealed[0]?.[1] ?? Buffer.alloc(0)
    const raw = Buffer.concat([
      mail(
        'Subject: envelope',
        'Content-Type: multipart/mixed; boundary=e',
        '',
        '--e',
        '',
        'See the attachment.',
        '--e',
        'Content-Type: message/rfc822',
        'Content-Disposition: attachment; filename=original.eml',
        '',
        '',
      ),
      inner,
      mail('', '--e--', ''),
    ])
    assert.ok((await append(outgoing(raw)))?.done)
    const [attachment] = last()?.attachments ?? []
    assert.deepEqual([attachment?.name, attachment?.contentType], ['original.eml', 'message/rfc822'])
    assert.deepEqual(attachment?.bytes, inner)
  })

  test('keeps the bytes of attachments, whatever their encoding and their line ends', async () => {
    const part = (encoding: string, body: string) => [
      '--b',
      'Content-Type: text/csv; name=a.csv',
      'Content-Disposition: attachment; filename=a.csv',
      `Content-Transfer-Encoding: ${encoding}`,
      '',
      body,
    ]
    const lines = 'a;b\r\nc;\xe9\r\n'
    const raw = Buffer.from(
      [
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...['--b', '', 'Text'],
        ...part('8bit', lines),
        ...part('quoted-printable', 'a;=\r\nb\r\nc;=E9=0A  \r\n'),
        ...part('base64', Buffer.from('a;b\nc;d\n').toString('base64')),
        ...part('7bit', 'a;b\r\n\r\n'),
        '--b--',
        '',
      ].join('\r\n'),
      'latin1',
    )
    await append(outgoing(raw))
    assert.deepEqual(
      last()?.attachments.map(({ bytes }) => bytes.toString('latin1')),
      [lines, 'a;b\r\nc;\xe9\n\r\n', 'a;b\nc;d\n', 'a;b\r\n\r\n'],
    )
  })

  test('keeps who, what, flags and date, and makes no draft', async () => {
    const raw = mail(
      'From: Anna <anna@old.example>',
      'To: b@x.example, "C, D" <c@x.example>',
      'Cc: list: d@x.example, e@x.example;',
      'Message-ID: <m@old.example>',
      'Subject: =?utf-8?q?=C3=89t=C3=A9?=',
      'Date: Sat, 3 Feb 2001 04:00:00 +0100',
      '',
      'Text',
      '',
    )
    await append(outgoing(raw, { flags: ['\\Answered', '\\Flagged'] }))
    const message = last()
    const addresses = (name: string) =>
      ((message?.fields[name] ?? []) as { emailAddress: object }[]).map(({ emailAddress }) => emailAddress)
    assert.deepEqual(
      [message?.isDraft, message?.isRead, message?.flagStatus, message?.receivedAt],
      [false, false, 'flagged', date],
    )
    assert.deepEqual([message?.fields.subject, message?.fields.internetMessageId], ['Été', '<m@old.example>'])
    assert.deepEqual(addresses('toRecipients'), [{ address: 'b@x.example' }, { name: 'C, D', address: 'c@x.example' }])
    assert.deepEqual(addresses('ccRecipients'), [{ address: 'd@x.example' }, { address: 'e@x.example' }])
    assert.equal(message?.properties.find(({ id }) => id === 'SystemTime 0x39')?.value, '2001-02-03T03:00:00Z')
    const [seen] = (await graphHands(at.mail).read('INBOX')).slice(-1)
    assert.deepEqual(seen?.flags, ['\\Answered', '\\Flagged'])
  })

  test('says of every message that it is not what it was; what is imported is', async () => {
    for (const [writer, count] of [
      ['graph-json', 1],
      ['graph-import-mime', 0],
    ] as const) {
      const [opened] = await at.open(writer).open(['INBOX'])
      assert.equal(opened?.keeps.loses?.length, count)
    }
  })

  test('a draft stays one', async () => {
    await append(outgoing(mail('Subject: draft', '', ''), { flags: ['\\Draft'] }))
    assert.equal(last()?.isDraft, true)
  })

  test('brings attachments of any size, each request below 4 MB', async () => {
    const file = (name: string, bytes: number) => [
      '--b',
      `Content-Type: application/octet-stream; name=${name}`,
      `Content-Disposition: attachment; filename=${name}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.alloc(bytes, 5).toString('base64'),
    ]
    const raw = mail(
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'Text',
      ...file('a', 1_500_000),
      ...file('b', 1_500_000),
      ...file('c', 9_000_000),
      ...file('d', 10),
      '--b--',
      '',
    )
    const answer = await append(outgoing(raw))
    assert.ok(answer?.done, JSON.stringify(answer))
    assert.deepEqual(
      last()
        ?.attachments.map(({ name, bytes }) => [name, bytes.length])
        .sort(),
      [
        ['a', 1_500_000],
        ['b', 1_500_000],
        ['c', 9_000_000],
        ['d', 10],
      ],
    )
  })

  test('a message whose parts were cut off does not count, and goes before the next', async () => {
    at.service.refuse({ times: 1, status: 503, code: 'ServiceUnavailable', only: /createUploadSession/ })
    const big = mail(
      'Subject: cut',
      'Content-Type: application/octet-stream; name=f',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.alloc(3_500_000).toString('base64'),
      '',
    )
    await assert.rejects(append(outgoing(big)), { name: 'Failure', verdict: 'transient' })
    const cut = last()
    const [opened] = await at.open('graph-json').open(['INBOX'])
    assert.ok(cut && at.mail.messages.includes(cut))
    assert.equal(opened?.exists, at.mail.messages.filter(({ folder }) => folder === cut.folder).length - 1)
    assert.ok((await append(outgoing(big)))?.done)
    assert.equal(at.mail.messages.includes(cut), false)
  })

  test('throttling is weather, with Graph’s own patience', async () => {
    at.service.refuse({ times: 1, status: 429, code: 'ApplicationThrottled', retryAfter: 37, only: /POST .*messages$/ })
    const error = await append(outgoing(mail('Subject: s', '', ''))).catch((error: unknown) => error)
    assert.ok(error instanceof Failure)
    assert.deepEqual([error.verdict, error.code, error.retryAfterMs], ['transient', 'ApplicationThrottled', 37_000])
  })

  test('never asks more of a mailbox at once than Exchange takes', async () => {
    const many = Array.from({ length: 12 }, async (_, n) => {
      const target = at.open('graph-json', n)
      return target.holds('INBOX', `<${n}@x.example>`)
    })
    assert.deepEqual(await Promise.all(many), Array(12).fill(false))
  })

  const refused: [string, Outgoing, string][] = [
    [
      'a date that Exchange cannot hold',
      outgoing(mail('Subject: s', '', ''), { internalDate: Date.UTC(1500, 0, 1) }),
      'ErrorInvalidExtendedPropertyValue',
    ],
    ['a text that fits no request', outgoing(mail('Subject: s', '', 'x'.repeat(3_600_000))), 'TOOBIG'],
  ]
  for (const [what, message, code] of refused)
    test(`${what} is a refusal of this message`, async () => {
      const answer = await append(message)
      assert.ok(answer && !answer.done)
      assert.equal(answer.code, code)
    })

  test('a folder that has gone is weather: it is made again', async () => {
    const target = at.open('graph-json')
    await target.create([{ path: 'Gone/Below' }])
    await graphHands(at.mail).remove('Gone/Below')
    async function* one() {
      yield outgoing(mail('Subject: s', '', ''), { path: 'Gone/Below' })
    }
    await assert.rejects(
      async () => {
        for await (const _ of target.append(one()));
      },
      { name: 'Failure', verdict: 'transient', code: 'TRYCREATE' },
    )
  })

  test('what its owner put there is never removed', async () => {
    await graphHands(at.mail).deliver('INBOX', mail('Subject: own', '', ''))
    const target = at.open('graph-json')
    const before = at.mail.messages.length
    for await (const { heads, status } of target.list([{ path: 'INBOX', fromUid: 1 }])) {
      const uids = [...heads].map(({ uid }) => uid)
      const own = at.mail.messages.length - 1
      assert.equal(at.mail.messages[own]?.mime?.toString().includes('own'), true)
      await target.removeOurs({ path: 'INBOX', uidValidity: status.uidValidity }, [uids.at(-1) ?? 0])
    }
    assert.equal(at.mail.messages.length, before)
  })
})
