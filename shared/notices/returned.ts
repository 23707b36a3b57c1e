import { createHash } from 'node:crypto'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { addressForm, freeForm, fromServer } from './free-form.ts'

/** How far a mailbox was read: nothing where it never was. */
export type ReadSoFar = { uidValidity?: string | undefined; lastUid?: number | undefined }

/** What lies in it from there on: reports as raw mail (their beginning, at least), and how far that is. `more`: there are others behind them. */
export type ReturnedMail = { uidValidity: string; lastUid: number; more: boolean; mails: { uid: number; raw: Buffer }[] }

/** What one report says about one recipient. `report`: a digest by which the same report is recognised; `text`: what the server said. */
export type Returned = {
  report: string
  action: 'failed' | 'delayed'
  recipient: string
  status?: string
  text: string
  at: number
}

/**
 * What came back: which letters it is about, by their Message-IDs or, where a server tells none, by their subject; and what became of each
 * recipient.
 */
export type Report = {
  messageIds: string[]
  subject?: string | undefined
  recipients: (Omit<Returned, 'at'> & { original?: string })[]
}

/**
 * Reads a delivery status notification (RFC 3464), or what some servers write in words instead; undefined for any other mail, `unreadable` for
 * one from a server’s own hand that it does not understand. Only what failed or is delayed is told.
 */
export async function reportOf(raw: Buffer): Promise<Report | 'unreadable' | undefined> {
  const mail = await PostalMime.parse(raw, { forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' })
  const status = mail.attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/i.test(mimeType))
  const report = createHash('sha256').update(raw).digest('hex').slice(0, 32)
  if (!status) return inWords(mail, report)
  const [ofMessage, ...ofRecipients] = blocksOf(contentOf(status))
  const recipients = ofRecipients.flatMap(fields => {
    const action = fields.get('action')?.toLowerCase().split(/\s/)[0]
    const recipient = addressIn(fields.get('final-recipient'))
    if (!recipient || (action !== 'failed' && action !== 'delayed')) return []
    const original = addressIn(fields.get('original-recipient'))
    const code = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0]
    const said = diagnosis(fields.get('diagnostic-code')) ?? code ?? action
    const one = { report, action: action as Returned['action'], recipient, text: said.slice(0, 500) }
    return [{ ...one, ...(original ? { original } : {}), ...(code ? { status: code } : {}) }]
  })
  return recipients.length === 0 ? undefined : { messageIds: [...new Set(idsIn(mail, ofMessage))], recipients }
}

function inWords(mail: Email, report: string): Report | 'unreadable' | undefined {
  const read = freeForm(mail)
  if (!read) return fromServer(mail) ? 'unreadable' : undefined
  const recipients = read.recipients.map(({ recipient, text }) => {
    const code = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(text)?.[0]
    return { report, action: 'failed' as const, recipient, text: text.slice(0, 500), ...(code ? { status: code } : {}) }
  })
  return { ...read, messageIds: [...new Set([...read.messageIds, ...idsIn(mail, undefined)])], recipients }
}

/** Message-IDs of the letter: in the report’s own fields, in the letter or its header that came back, in what it answers to. */
function idsIn(mail: Email, ofMessage: ReadonlyMap<string, string> | undefined): string[] {
  const came = mail.attachments.filter(({ mimeType }) =>
    /^(message\/(rfc822|global)|text\/rfc822-headers|message\/global-headers)$/i.test(mimeType),
  )
  const heads = came.map(one => blocksOf(contentOf(one))[0]?.get('message-id'))
  const fields = [ofMessage?.get('original-message-id'), ...heads, mail.inReplyTo, mail.references]
  return fields.flatMap(text => text?.match(/<[^<>\s]+>/g) ?? [])
}

/** Groups of header fields, each group ended by an empty line; folded lines are joined, the first of a name counts. */
function blocksOf(text: string): Map<string, string>[] {
  const groups = text.replaceAll(/\r\n?/g, '\n').split(/\n(?:[ \t]*\n)+/)
  return groups.flatMap(group => {
    const fields = new Map<string, string>()
    for (const line of group.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
      const [, name, value = ''] = /^([!-9;-~]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? []
      if (name && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim())
    }
    return fields.size > 0 ? [fields] : []
  })
}

const recipientField = new RegExp(`^\\s*(?:rfc822|utf-8|smtp)\\s*;\\s*<?(${addressForm})>?\\s*$`, 'i')

/** `rfc822; anna@town.example` (RFC 3464 2.3.2) as the address alone, in lower case. */
function addressIn(field: string | undefined): string | undefined {
  return recipientField.exec(field ?? '')?.[1]?.toLowerCase()
}

/** `smtp; 550 5.1.1 …` without the kind; control characters never come through. */
function diagnosis(field: string | undefined): string | undefined {
  const text = field?.replace(/^\s*[\w.-]+\s*;\s*/, '').replaceAll(/[\p{Cc}\s]+/gu, ' ')
  return text?.trim() || undefined
}

function contentOf({ content }: Attachment): string {
  return typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8')
}
