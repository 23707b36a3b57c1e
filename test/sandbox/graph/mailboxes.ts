import { badRequest, Problem } from './answers.ts'
import type { User } from './directory.ts'
import { envelope, fromJson } from './message.ts'
import type { Asked, Route } from './routes.ts'

export type Deliver = (recipient: string, mime: Buffer) => Promise<void>

/** What happened to mail after its 202, which the sender is not told. */
export type Sent = { sender: string; recipients: string[]; mime: Buffer; undelivered: string[] }

const settingsReaders = ['MailboxSettings.Read', 'MailboxSettings.ReadWrite']
const base64 = /^[A-Za-z0-9+/]+={0,2}$/

/** What Exchange serves of a user beside folders and messages: settings, sendMail. */
export function mailboxRoutes(deliver: Deliver, sent: Sent[]): Route[] {
  return [
    { method: 'GET', path: 'users/{id}/mailboxSettings', permissions: settingsReaders, outlook: true, run: settings },
    {
      method: 'PATCH',
      path: 'users/{id}/mailboxSettings',
      permissions: ['MailboxSettings.ReadWrite'],
      outlook: true,
      run: changeSettings,
    },
    {
      method: 'POST',
      path: 'users/{id}/sendMail',
      permissions: ['Mail.Send'],
      outlook: true,
      run: asked => sendMail(asked, deliver, sent),
    },
  ]
}

function settings(asked: Asked) {
  const user = withMailbox(asked)
  const locale = user.fields.preferredLanguage ?? 'en-US'
  const body = {
    timeZone: 'UTC',
    language: { locale, displayName: String(locale) },
    automaticRepliesSetting: { status: 'disabled' },
    userPurpose: 'user',
    ...user.settings,
  }
  return { status: 200, body }
}

function changeSettings(asked: Asked) {
  const user = withMailbox(asked)
  const body = asked.json()
  if (typeof body !== 'object' || body === null) throw badRequest('Empty Payload. JSON content expected.')
  Object.assign(user.settings, body)
  asked.tenant.save()
  return settings(asked)
}

async function sendMail(asked: Asked, deliver: Deliver, sent: Sent[]) {
  const user = withMailbox(asked)
  const name = user.fields.userPrincipalName
  const mime = asked.contentType.startsWith('text/plain') ? decoded(asked.body) : await fromJson(asked.json(), name)
  const { from, recipients, outgoing } = await envelope(mime)
  const own = [name, ...user.proxyAddresses.map(one => one.replace(/^smtp:/i, ''))].map(one => one.toLowerCase())
  if (from && !own.includes(from)) {
    const text =
      'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.'
    throw new Problem(403, 'ErrorSendAsDenied', text)
  }
  if (recipients.length === 0) throw new Problem(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.')
  const record: Sent = { sender: name, recipients, mime: outgoing, undelivered: [] }
  sent.push(record)
  for (const recipient of recipients) await deliver(recipient, outgoing).catch(() => void record.undelivered.push(recipient))
  return { status: 202 }
}

function decoded(body: Buffer): Buffer {
  const text = body.toString('latin1').replaceAll(/\s/g, '')
  if (base64.test(text) && text.length % 4 === 0) return Buffer.from(text, 'base64')
  throw new Problem(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.')
}

/** The user, if there is a mailbox. */
export function withMailbox(asked: Asked): User {
  const user = asked.tenant.user(asked.id)
  if (user.mailboxOpen) return user
  throw new Problem(404, 'MailboxNotEnabledForRESTAPI', 'The mailbox is either inactive, soft-deleted, or is hosted on-premise.')
}
