import assert from 'node:assert/strict'
import { test } from 'node:test'
import PostalMime from 'postal-mime'
import { graphMail } from '../../shared/notices/graph-mail.ts'
import { failure, tenant } from './tenant.ts'

const sender = 'avis@spf75.example'
const mime = (to: string, extra = '') =>
  Buffer.from(
    `From: Avis <${sender}>\r\nTo: ${to}\r\nMessage-ID: <j-1@spf75.example>\r\n${extra}Subject: =?utf-8?q?J-1?=\r\n\r\nDemain, 16 h.\r\n`,
  )

test('a notice reaches each of its readers as it was written, without its Bcc', async t => {
  const boxes = new Map<string, Buffer>()
  const { graph, service } = await tenant(t, { deliver: async (to, message) => void boxes.set(to, message) })
  await service.addMailbox(sender)
  await graphMail(graph)({
    sender,
    mime: mime('Anna <anna@spf75.example>, paul@elsewhere.example', 'Bcc: archive@spf75.example\r\n'),
  })
  assert.deepEqual([...boxes.keys()], ['anna@spf75.example', 'paul@elsewhere.example', 'archive@spf75.example'])
  const read = await PostalMime.parse(boxes.get('anna@spf75.example') ?? '')
  assert.deepEqual(
    [read.subject, read.messageId, read.text?.trim(), read.bcc],
    ['J-1', '<j-1@spf75.example>', 'Demain, 16 h.', undefined],
  )
})

test('a mail that cannot be sent is a Failure that says why', async t => {
  const { graph, service } = await tenant(t)
  const send = graphMail(graph)
  await service.addMailbox(sender)
  service.tenant.addUser({ userPrincipalName: 'nobox@spf75.example' })
  const rows = [
    { mail: { sender: 'absent@spf75.example', mime: mime('a@b.example') }, code: 'Request_ResourceNotFound' },
    { mail: { sender: 'nobox@spf75.example', mime: mime('a@b.example') }, code: 'MailboxNotEnabledForRESTAPI' },
    { mail: { sender, mime: Buffer.from(`From: boss@spf75.example\r\nTo: a@b.example\r\n\r\nx`) }, code: 'ErrorSendAsDenied' },
    { mail: { sender, mime: Buffer.from(`From: ${sender}\r\n\r\nx`) }, code: 'ErrorInvalidRecipients' },
    {
      mail: { sender, mime: Buffer.concat([mime('a@b.example'), Buffer.alloc(4 * 1024 * 1024, 'x')]) },
      code: 'RequestEntityTooLarge',
    },
  ]
  for (const { mail, code } of rows) {
    const error = await failure(send(mail))
    assert.deepEqual([error.code, error.verdict], [code, 'permanent'])
    assert.ok(error.hint.length > 20)
  }
  assert.equal(service.sent.length, 0)
})

test('a fifth request at once to one mailbox is throttled, and another mailbox is not', async t => {
  let release = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  let entered = 0
  let allIn = () => {}
  const four = new Promise<void>(resolve => {
    allIn = resolve
  })
  const deliver = async (to: string) => {
    if (to !== 'slow@b.example') return
    entered += 1
    if (entered === 4) allIn()
    await gate
  }
  const { graph, service } = await tenant(t, { deliver })
  const send = graphMail(graph)
  await service.addMailbox(sender)
  await service.addMailbox('other@spf75.example')
  const slow = [1, 2, 3, 4].map(() => send({ sender, mime: mime('slow@b.example') }))
  await four
  const error = await failure(send({ sender, mime: mime('a@b.example') }))
  assert.deepEqual([error.code, error.verdict, error.retryAfterMs], ['ApplicationThrottled', 'transient', 1_000])
  const other = 'other@spf75.example'
  await send({ sender: other, mime: Buffer.from(`From: ${other}\r\nTo: a@b.example\r\n\r\nx`) })
  release()
  await Promise.all(slow)
  await send({ sender, mime: mime('a@b.example') })
})
