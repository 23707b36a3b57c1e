import assert from 'node:assert/strict'
import test from 'node:test'
import PostalMime from 'postal-mime'
import { diagnose } from '../../shared/repair/diagnose.ts'
import { retrieve } from '../../shared/repair/envelope.ts'
import type { Rung } from '../../shared/repair/rung.ts'
import { oddMail } from '../fixtures/odd.ts'
import { attempts, narrow, no, open, strict } from './properties.ts'

const fixture = (name: string) => oddMail.find(odd => odd.name === name)?.raw() ?? assert.fail(name)
const lines = (text = '') => text.replaceAll(/\r\n?/g, '\n').trimEnd()

/** What a reader sees. */
async function seen(raw: Buffer) {
  const { subject, from, to, messageId, text, html, attachments } = await PostalMime.parse(raw)
  const files = attachments.map(({ filename, mimeType, content }) => [
    filename,
    mimeType,
    lines(Buffer.from(content as ArrayBuffer).toString('latin1')),
  ])
  return { subject, from, to, messageId, text: lines(text), html: lines(html), files }
}

function first(name: string, limits = strict): Rung {
  return attempts(fixture(name), limits)[0] ?? assert.fail()
}

for (const { name, raw } of oddMail.filter(({ name }) =>
  /^a line of|^a header|^NUL in (?:the body|an att|quoted)|^bare LF$/.test(name),
)) {
  if (name.includes('forwarded')) continue
  for (const limits of [strict, narrow]) {
    test(`${name}: it reads as before${limits === narrow ? ', in narrow lines' : ''}`, async () => {
      const [{ rung, raw: result } = assert.fail()] = attempts(raw(), limits)
      assert.notEqual(rung, 'enveloped')
      assert.deepEqual(await seen(result), await seen(raw()))
    })
  }
}

for (const { name, charset, reads } of oddMail) {
  if (!charset) continue
  test(`${name}: the subject reads ${reads}`, async () => {
    const { raw, rung } = first(name)
    assert.equal(rung, 'eight-bit-headers')
    assert.equal((await seen(raw)).subject, reads)
    const enveloped = attempts(fixture(name), strict).at(-1)?.raw ?? assert.fail()
    assert.equal((await seen(enveloped)).subject, reads)
  })
}

test('8-bit names are kept, an 8-bit address is not but stands beside', async () => {
  const { raw } = first('8-bit names and addresses')
  const { subject, from, to } = await seen(raw)
  assert.equal(subject, 'a été and more')
  assert.deepEqual(from, { name: 'Bjørn "B" Åse', address: 'bjorn@old.example' })
  assert.deepEqual(to, [
    {
      name: 'Équipe',
      group: [
        { name: 'Zoë', address: 'zoe@new.example' },
        { name: 'René', address: 'ren?@new.example' },
      ],
    },
  ])
  assert.match(raw.toString('latin1'), /\r\nX-Unparsable: =\?/)
})

test('8-bit file names are kept', async () => {
  const message = await PostalMime.parse(first('8-bit file name').raw)
  assert.equal(message.attachments[0]?.filename, 'été 2.pdf')
})

test('a stray CR in a header makes no field of what follows', async () => {
  const { raw } = first('bare CR in the header', open)
  assert.equal((await seen(raw)).subject, 'one Bcc: eve@other.example')
})

test('a line that is no header field is still there to be read', () => {
  assert.match(
    first('a stray line in the header').raw.toString(),
    /\r\nX-Unparsable: this is no header field\r\nX-Last: 1\r\n\r\ntext/,
  )
})

test('data with bare LF is written in base64 and decodes to the same bytes', async () => {
  const { attachments } = await PostalMime.parse(first('bare LF in binary data').raw)
  assert.deepEqual(Buffer.from(attachments[0]?.content as ArrayBuffer), Buffer.from('\x89PNG\r\n\x1a\n\x01\n\r', 'latin1'))
})

test('a signed part and a long line beside it: the line is encoded, the signed part is not touched', () => {
  const inside = fixture('S/MIME detached').toString('latin1')
  const raw = Buffer.from(
    `From: a@old.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\n${'long '.repeat(4000)}\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n${inside}\r\n--o--\r\n`,
    'latin1',
  )
  const [{ rung, raw: result } = assert.fail()] = attempts(raw, strict)
  assert.equal(rung, 'long-lines')
  assert.ok(result.includes(Buffer.from(inside, 'latin1')))
})

test('an envelope tells in four languages what it is, and bears what the message is found by', async () => {
  const raw = fixture('S/MIME detached over a long line')
  const [{ raw: envelope } = assert.fail()] = attempts(raw, strict, { code: 'BAD', text: 'Command Argument Error. 11' })
  const { subject, from, messageId, text, files } = await seen(envelope)
  assert.deepEqual([subject, from?.address, messageId], ['odd', 'anna@old.example', '<odd@old.example>'])
  for (const language of ['[FR]', '[NL]', '[DE]', '[EN]', 'Command Argument Error. 11']) assert.ok(text.includes(language))
  assert.deepEqual(
    files.map(([name, type]) => [name, type]),
    [['original.eml', 'application/octet-stream']],
  )
  assert.deepEqual(diagnose(envelope), [])
})

test('an ordinary message is first attached as a message, then as a file; the same envelope each time', () => {
  const raw = fixture('identical twin 1')
  const [as, file] = attempts(raw, open)
  assert.ok(as?.raw.includes('Content-Type: message/rfc822\r\n'))
  assert.ok(file?.raw.includes('name="original.eml"'))
  assert.ok(attempts(raw, open)[0]?.raw.equals(as?.raw ?? raw))
})

test('what is no envelope of ours, or one that was changed, gives nothing back', () => {
  const raw = fixture('identical twin 1')
  assert.equal(retrieve(raw), undefined)
  const envelope = attempts(raw, open, no).at(-1)?.raw ?? assert.fail()
  assert.ok(retrieve(envelope)?.equals(raw))
  const changed = Buffer.from(
    envelope.toString('latin1').replace(/(\r\n\r\n)([A-Za-z0-9+/])([A-Za-z0-9+/]{74})/, '$1A$3'),
    'latin1',
  )
  assert.equal(retrieve(changed), undefined)
})
