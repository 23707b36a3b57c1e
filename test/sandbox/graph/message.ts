import MailComposer from 'nodemailer/lib/mail-composer'
import PostalMime from 'postal-mime'
import { Problem } from './answers.ts'

/** Who a message is from and for, by its own headers, and the message without its Bcc. */
export async function envelope(mime: Buffer): Promise<{ from: string | undefined; recipients: string[]; outgoing: Buffer }> {
  const { from, to = [], cc = [], bcc = [] } = await PostalMime.parse(mime)
  const all = [...to, ...cc, ...bcc].flatMap(one => (one.group ? one.group.map(member => member.address) : [one.address]))
  const recipients = all.flatMap(address => (address ? [address.toLowerCase()] : []))
  return { from: from?.address?.toLowerCase(), recipients: [...new Set(recipients)], outgoing: withoutBcc(mime) }
}

/** The JSON form of sendMail as MIME. */
export async function fromJson(body: unknown, sender: string): Promise<Buffer> {
  const { message } = (body ?? {}) as { message?: JsonMessage }
  if (!message || typeof message !== 'object') {
    const text =
      "One or more parameters of the operation 'sendMail' are missing from the request payload. The missing parameters are: Message."
    throw new Problem(400, 'ErrorInvalidParameter', text)
  }
  const addresses = (list: Recipient[] = []) => list.map(one => one.emailAddress?.address ?? '')
  const content = message.body?.content ?? ''
  const composer = new MailComposer({
    from: message.from?.emailAddress?.address ?? sender,
    to: addresses(message.toRecipients),
    cc: addresses(message.ccRecipients),
    bcc: addresses(message.bccRecipients),
    subject: message.subject ?? '',
    headers: (message.internetMessageHeaders ?? []).map(({ name, value }) => ({ key: name, value })),
    ...(message.body?.contentType?.toLowerCase() === 'html' ? { html: content } : { text: content }),
    attachments: (message.attachments ?? []).map(({ name, contentType, contentBytes }) => ({
      filename: name ?? 'attachment',
      ...(contentType ? { contentType } : {}),
      content: Buffer.from(contentBytes ?? '', 'base64'),
    })),
  })
  const compiled = composer.compile()
  Object.assign(compiled, { keepBcc: true }) // the envelope is read from the headers, and takes it out again
  return compiled.build()
}

type Recipient = { emailAddress?: { address?: string } }
type JsonMessage = {
  subject?: string
  from?: Recipient
  toRecipients?: Recipient[]
  ccRecipients?: Recipient[]
  bccRecipients?: Recipient[]
  body?: { contentType?: string; content?: string }
  internetMessageHeaders?: { name: string; value: string }[]
  attachments?: { name?: string; contentType?: string; contentBytes?: string }[]
}

function withoutBcc(mime: Buffer): Buffer {
  const text = mime.toString('latin1')
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length
  const head = text.slice(0, end).replace(/^bcc:.*(\r?\n[ \t].*)*(\r?\n|$)/gim, '')
  return Buffer.from(head.replace(/\r?\n$/, '') + text.slice(end), 'latin1')
}
