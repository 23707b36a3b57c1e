import MailComposer from 'nodemailer/lib/mail-composer'
import { Problem } from './answers.ts'
import { propertyId } from './mail-properties.ts'
import type { Folder, Mail, Message } from './mail-store.ts'

/** A folder as the service shows it. */
export function shownFolder(mail: Mail, { id, name, parent }: Folder, user: string) {
  const within = mail.messages.filter(message => message.folder === id)
  return {
    id,
    displayName: name,
    parentFolderId: parent ?? `root-${user}`,
    childFolderCount: mail.folders.filter(one => one.parent === id).length,
    totalItemCount: within.length,
    unreadItemCount: within.filter(({ isRead }) => !isRead).length,
    isHidden: false,
  }
}

/** A message as the service shows it: extended properties only where they are asked for by `$expand`. */
export function shownMessage(message: Message, query: URLSearchParams) {
  const { fields, properties, attachments } = message
  const all: Record<string, unknown> = {
    ...fields,
    id: message.id,
    parentFolderId: message.folder,
    createdDateTime: seconds(message.createdAt),
    receivedDateTime: seconds(message.receivedAt),
    isDraft: message.isDraft,
    isRead: message.isRead,
    flag: { flagStatus: message.flagStatus },
    hasAttachments: attachments.some(({ isInline }) => !isInline),
  }
  const select = query.get('$select')?.split(',')
  const shown = select ? Object.fromEntries(Object.entries(all).filter(([name]) => name === 'id' || select.includes(name))) : all
  const wanted = expanded(query.get('$expand'))
  if (!wanted) return shown
  const size = { id: 'Integer 0xe08', value: String(sizeOf(message)) }
  const found = [...properties, size].filter(({ id }) => wanted.includes(id))
  return found.length > 0 ? { ...shown, singleValueExtendedProperties: found } : shown
}

/** The message as MIME: what was imported, or what Exchange makes of the parts. */
export async function mimeOf(message: Message): Promise<Buffer> {
  if (message.mime) return message.mime
  const { subject, body, internetMessageId, from, toRecipients } = message.fields as {
    subject?: string
    body?: { contentType?: string; content?: string }
    internetMessageId?: string
    from?: { emailAddress?: { address?: string } }
    toRecipients?: { emailAddress?: { address?: string } }[]
  }
  const content = body?.content ?? ''
  const sent = message.properties.find(({ id }) => id === 'SystemTime 0x39')?.value
  const composer = new MailComposer({
    ...(from?.emailAddress?.address ? { from: from.emailAddress.address } : {}),
    to: (toRecipients ?? []).map(one => one.emailAddress?.address ?? ''),
    subject: subject ?? '',
    ...(internetMessageId ? { messageId: internetMessageId } : {}),
    date: new Date(sent ?? message.receivedAt),
    ...(body?.contentType === 'html' ? { html: content } : { text: content }),
    attachments: message.attachments.map(one => ({
      filename: one.name,
      contentType: one.contentType,
      content: one.bytes,
      ...(one.contentId ? { cid: one.contentId } : {}),
    })),
  })
  return composer.compile().build()
}

function sizeOf({ fields, attachments, mime }: Message): number {
  return mime?.length ?? JSON.stringify(fields).length + attachments.reduce((sum, { bytes }) => sum + bytes.length, 0)
}

/** Ids of the properties that `$expand` asks for; undefined without one. */
export function expanded(expand: string | null): string[] | undefined {
  if (expand === null) return undefined
  const [, filter = ''] = /^singleValueExtendedProperties\(\$filter=(.*)\)$/.exec(expand) ?? []
  const ids = [...filter.matchAll(/id eq '([^']+)'/g)].map(([, id = '']) => propertyId(id))
  if (ids.length > 0) return ids
  throw new Problem(400, 'ErrorInvalidUrlQuery', "The $expand needs a $filter by 'id'.")
}

function seconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
}
