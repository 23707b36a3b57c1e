import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import { type GeneratedMessage, generateMailbox, type MailboxPlan, specialFolders } from './generator.ts'
import { decodeName, encodeName } from './utf7.ts'

const plan = { seed: 7, messages: 300, size: 'small', now: Date.UTC(2026, 10, 1), odd: true } satisfies MailboxPlan

function digest(wanted: MailboxPlan): string {
  const hash = createHash('sha256')
  for (const { folder, flags, keywords, internalDate, raw } of generateMailbox(wanted).messages())
    hash.update(`${folder} ${flags} ${keywords} ${internalDate.toISOString()} ${raw.length}\n`).update(raw)
  return hash.digest('hex')
}

test('the same seed gives the same bytes, on any machine and at any time', () => {
  assert.equal(digest(plan), 'c5c6905bedd18518be0dfd573630681f7d0c0e3ea52a1e14281fc5edef81530c')
  assert.equal(
    digest({ ...plan, odd: false, size: 'mixed', language: 'nl', messages: 60 }),
    '745e447fdada41b704aae3dca47c8895a526fedc483270d78b3636455fac2452',
  )
  assert.notEqual(digest({ ...plan, seed: 8 }), digest(plan))
})

test('every message lies in a folder of its mailbox, in the past, its lines ended by CRLF', () => {
  for (const language of ['fr', 'nl', 'de', 'en'] as const) {
    const mailbox = generateMailbox({ ...plan, language })
    const folders = new Set(mailbox.folders.map(({ path }) => path.join('/')))
    assert.equal(folders.size, mailbox.folders.length)
    let count = 0
    for (const { folder, internalDate, raw } of mailbox.messages()) {
      count += 1
      assert.ok(folders.has(folder.join('/')), folder.join('/'))
      assert.ok(internalDate.getTime() <= plan.now && internalDate.getMilliseconds() === 0)
      assert.doesNotMatch(raw.toString('latin1'), /(?<!\r)\n|\0/)
    }
    assert.ok(count > plan.messages)
  }
})

test('a mailbox has what real ones have: twins, missing and shared Message-IDs, threads, raw bytes in headers, long lines, keywords', () => {
  const messages = [...generateMailbox({ ...plan, odd: false }).messages()]
  const count = (test: (text: string, message: GeneratedMessage) => boolean) =>
    messages.filter(message => test(message.raw.toString('latin1'), message)).length
  const header = (text: string) => text.slice(0, text.indexOf('\r\n\r\n'))
  const ids = messages.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(header(raw.toString('latin1')))?.[1])
  assert.equal(ids.filter(id => id === undefined).length, 6)
  assert.equal(messages.length, 300)
  assert.equal(new Set(messages.map(({ raw }) => raw)).size, 294, 'six identical twins')
  assert.equal(new Set(ids).size, 300 - 6 - 6 - 5, 'six more share the id of another message')
  for (const [what, found] of Object.entries({
    reply: count(text => /^References: /m.test(text)),
    'raw byte in a header': count(text => /[\x80-\xff]/.test(header(text))),
    'line over 998': count(text => /.{999}/.test(text)),
    'nested message': count(text => text.includes('message/rfc822')),
    'inline image': count(text => text.includes('Content-ID')),
    attachment: count(text => text.includes('attachment')),
    'two bodies': count(text => text.includes('multipart/alternative')),
    'encoded word': count(text => text.includes('=?windows-1252?Q?')),
    unread: count((_, { flags }) => !flags.includes('\\Seen')),
    draft: count((_, { flags }) => flags.includes('\\Draft')),
    keyword: count((_, { keywords }) => keywords.length > 0),
  }))
    assert.ok(found > 3, `${what}: ${found}`)
})

test('what is written can be read: charsets, encodings and attachments', async () => {
  let read = 0
  for (const { raw } of generateMailbox({ ...plan, messages: 120, odd: false }).messages()) {
    const text8 = raw.toString('latin1')
    // Bytes outside ASCII in a header are nothing that a reader must understand.
    if (/[\x80-\xff]/.test(text8.slice(0, text8.indexOf('\r\n\r\n')))) continue
    const mail = await PostalMime.parse(raw)
    const text = `${mail.subject} ${mail.text ?? mail.html}`
    assert.doesNotMatch(`${mail.from?.name ?? ''} ${mail.text ?? ''}`, /\ufffd|=\?/, text)
    if (/[éèàêçöü]/.test(text)) read += 1
    for (const { filename, content } of mail.attachments) {
      assert.ok(Buffer.from(content as ArrayBuffer).length > 0)
      if (filename?.endsWith('.pdf')) assert.match(Buffer.from(content as ArrayBuffer).toString('latin1', 0, 8), /^%PDF-1\.4/)
    }
  }
  assert.ok(read > 60, `${read}`)
})

test('sizes follow the plan', () => {
  const sizes = [...generateMailbox({ ...plan, messages: 600, size: 'mixed', odd: false }).messages()].map(
    ({ raw }) => raw.length,
  )
  const share = (low: number, high: number) => sizes.filter(size => size >= low && size < high).length / sizes.length
  assert.ok(Math.abs(share(0, 20_500) - 0.7) < 0.07)
  assert.ok(Math.abs(share(20_500, 205_000) - 0.25) < 0.06)
  assert.ok(Math.abs(share(205_000, 5_200_000) - 0.05) < 0.03)
})

test('roles have their names in each language', () => {
  assert.deepEqual(specialFolders('fr')[0], { path: ['Éléments envoyés'], specialUse: '\\Sent' })
  assert.deepEqual(
    specialFolders('nl').map(({ specialUse }) => specialUse),
    ['\\Sent', '\\Drafts', '\\Trash', '\\Junk', '\\Archive'],
  )
})

test('folder names go to modified UTF-7 and back', () => {
  for (const [name, spelling] of [
    ['Éléments envoyés', '&AMk-l&AOk-ments envoy&AOk-s'],
    ['A & B', 'A &- B'],
    ['日本語 😀', '&ZeVnLIqe- &2D3eAA-'],
    ['&Jjo-', '&-Jjo-'],
  ] as const) {
    assert.equal(encodeName(name), spelling)
    assert.equal(decodeName(spelling), name)
  }
})
