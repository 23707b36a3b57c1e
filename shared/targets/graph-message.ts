import PostalMime, { type Address, type Attachment } from 'postal-mime'
import { type Part as MimePart, takeApart } from '../repair/mime.ts'
import { attachedBytes, outerParts } from './graph-attached.ts'

/** A message as Graph’s JSON has it. Attachments of `large` follow by upload session. */
export type Made = { message: Record<string, unknown>; large: Part[] }

export type Part = { name: string; contentType: string; isInline: boolean; contentId?: string; bytes: Buffer }

/** Why a message cannot be made of JSON without breaking it. */
export type Unmade = { code: string; text: string }

/** What is lost of every message that is made of JSON. */
export const losesByJson = [
  'the MIME of the original: it is rebuilt of text, attachments and header text by Microsoft Graph',
] as const

/** From this size on an attachment goes by an upload session, bytes; and what all those before may have together in one request of 4 MB. */
export const inlineBytes = 3_000_000
const requestBytes = 2_700_000

/** Longest text of a body in the request, bytes: all of it has to fit in 4 MB. */
const mostText = 3_500_000

/** Takes a message apart, and makes of it what Graph’s JSON can hold; or says what it would break. */
export async function madeOf(raw: Buffer): Promise<Made | Unmade> {
  const within = [...outerParts(takeApart(raw))]
  const sealed = sealOf(within)
  if (sealed) return { code: 'SEALED', text: `Graph JSON would break what is ${sealed} in it` }
  const email = await PostalMime.parse(raw, { rfc822Attachments: true, attachmentEncoding: 'arraybuffer' })
  const html = email.html !== undefined
  const content = email.html ?? email.text ?? ''
  if (Buffer.byteLength(content) > mostText)
    return { code: 'TOOBIG', text: 'its text is larger than one request of Graph may be' }
  const exact = attachedBytes(
    raw,
    within,
    email.attachments.map(({ content }) => bytesOf(content)),
  )
  const parts = email.attachments.map((part, i) => partOf(part, i, exact[i] ?? bytesOf(part.content)))
  const small: Part[] = []
  const large: Part[] = []
  let room = requestBytes - Math.ceil(Buffer.byteLength(content) * 1.1)
  for (const part of parts) {
    const takes = Math.ceil((part.bytes.length * 4) / 3)
    if (takes > room) large.push(part)
    else {
      small.push(part)
      room -= takes
    }
  }
  const sentAt = email.date ? Date.parse(email.date) : Number.NaN
  const message = {
    ...(email.subject === undefined ? {} : { subject: email.subject }),
    body: { contentType: html ? 'html' : 'text', content },
    ...(email.from ? { from: recipients([email.from])[0], sender: recipients([email.sender ?? email.from])[0] } : {}),
    toRecipients: recipients(email.to),
    ccRecipients: recipients(email.cc),
    bccRecipients: recipients(email.bcc),
    replyTo: recipients(email.replyTo),
    ...(email.messageId ? { internetMessageId: email.messageId } : {}),
    attachments: small.map(attached),
    singleValueExtendedProperties: [
      { id: headersProperty, value: headerText(raw) },
      ...(Number.isNaN(sentAt) ? [] : [{ id: sentProperty, value: instant(sentAt) }]),
    ],
  }
  return { message, large }
}

/** PidTagTransportMessageHeaders, PidTagClientSubmitTime (MS-OXPROPS). */
export const headersProperty = 'String 0x007D'
const sentProperty = 'SystemTime 0x0039'

/** An instant (epoch ms) as Graph writes it, whole seconds. */
export function instant(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}

/** An attachment as it stands in the JSON of a message. */
export function attached({ name, contentType, isInline, contentId, bytes }: Part) {
  return {
    '@odata.type': '#microsoft.graph.fileAttachment',
    name,
    contentType,
    isInline,
    ...(contentId ? { contentId } : {}),
    contentBytes: bytes.toString('base64'),
  }
}

/** The header’s text, a byte a character, and never more than what tells one message from another needs. */
function headerText(raw: Buffer): string {
  const end = raw.indexOf('\r\n\r\n')
  return raw
    .subarray(0, Math.min(end < 0 ? raw.length : end + 2, 60_000))
    .toString('latin1')
    .replaceAll('\u0000', '')
}

/** What of a message would break if it were rebuilt. What is attached as a message is passed on whole. */
function sealOf(parts: readonly MimePart[]): string | undefined {
  const sealed = parts.find(({ seal }) => seal)?.seal
  return sealed ?? (parts.some(({ content }) => content.type === 'text/calendar') ? 'an invitation' : undefined)
}

function partOf({ filename, mimeType, disposition, related, contentId }: Attachment, i: number, bytes: Buffer): Part {
  const message = mimeType.toLowerCase() === 'message/rfc822'
  return {
    name: filename ?? (message ? `message-${i + 1}.eml` : `attachment-${i + 1}`),
    contentType: mimeType,
    isInline: disposition === 'inline' || related === true,
    ...(contentId ? { contentId: contentId.replace(/^<|>$/g, '') } : {}),
    bytes,
  }
}

function bytesOf(content: Attachment['content']): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer)
}

function recipients(addresses: readonly Address[] | undefined): { emailAddress: { name?: string; address: string } }[] {
  return (addresses ?? []).flatMap(one => {
    if (one.group) return recipients(one.group)
    if (!one.address) return []
    return [{ emailAddress: { ...(one.name ? { name: one.name } : {}), address: one.address } }]
  })
}
