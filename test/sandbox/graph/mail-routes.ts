import { randomUUID } from 'node:crypto'
import PostalMime from 'postal-mime'
import { type Answer, Problem } from './answers.ts'
import type { User } from './directory.ts'
import { expanded, mimeOf, shownFolder, shownMessage } from './mail-answers.ts'
import { propertiesOf, setProperties } from './mail-properties.ts'
import { type Attachment, folderOf, type Mail, type MailStore, type Message, makeFolder, messageOf } from './mail-store.ts'
import type { Uploads } from './mail-upload.ts'
import type { Asked, Route } from './routes.ts'

const reading = ['Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite']
const writing = ['Mail.ReadWrite']
const advanced = 'Mail-Advanced.ReadWrite.All'

/** What can be changed of a message that is no draft without the advanced permission. */
const free = new Set(['isRead', 'flag', 'categories', 'importance', 'inferenceClassification', 'singleValueExtendedProperties'])

/** Everything that Exchange Online serves of folders and messages, as far as this product asks for it. */
export function mailRoutes(
  store: MailStore,
  uploads: Uploads,
  clock: () => number,
  withMailbox: (asked: Asked) => User,
): Route[] {
  const route = (
    method: Route['method'],
    path: string,
    run: (asked: Asked, mail: Mail, user: User) => Answer | Promise<Answer>,
    permissions = method === 'GET' ? reading : writing,
  ): Route => ({
    method,
    path: `users/{id}/${path}`,
    permissions,
    outlook: true,
    run: asked => {
      const user = withMailbox(asked)
      return run(asked, store.of(user), user)
    },
  })

  const listFolders = (parent: (mail: Mail, asked: Asked) => string | undefined) => (asked: Asked, mail: Mail, user: User) => {
    const below = parent(mail, asked)
    const shown = mail.folders.filter(one => one.parent === below).map(one => shownFolder(mail, one, user.id))
    return pageOf(asked, shown, 10)
  }
  const below = (mail: Mail, asked: Asked) => folderOf(mail, asked.param('folder')).id

  const createMessage = (asked: Asked, mail: Mail): Answer => {
    const folder = folderOf(mail, asked.param('folder'))
    if (asked.contentType.startsWith('text/plain')) {
      const message = blank(folder.id, clock(), { isDraft: true })
      message.mime = decoded(asked.body)
      mail.messages.push(message)
      return { status: 201, body: shownMessage(message, new URLSearchParams()) }
    }
    const body = object(asked)
    const message = fromBody(body, folder.id, clock())
    mail.messages.push(message)
    return { status: 201, body: shownMessage(message, new URLSearchParams()) }
  }

  const importMime = async (asked: Asked, mail: Mail): Promise<Answer> => {
    const folder = folderOf(mail, asked.param('folder'))
    if (!asked.contentType.startsWith('text/plain'))
      throw new Problem(415, 'UnsupportedMediaType', `The media type '${asked.contentType}' is not supported.`)
    const mime = decoded(asked.body)
    const { messageId, subject, date } = await PostalMime.parse(mime)
    const message = blank(folder.id, clock(), { isDraft: false })
    message.mime = mime
    message.fields = { ...(messageId ? { internetMessageId: messageId } : {}), subject: subject ?? '' }
    const sent = Date.parse(date ?? '')
    if (!Number.isNaN(sent)) message.receivedAt = sent
    mail.messages.push(message)
    return { status: 201, body: shownMessage(message, new URLSearchParams()) }
  }

  const listMessages = (asked: Asked, mail: Mail): Answer => {
    const folder = folderOf(mail, asked.param('folder'))
    expanded(asked.query.get('$expand'))
    const wanted = messageIdWanted(asked.query.get('$filter'))
    const by = asked.query.get('$orderby')?.split(' ')[0] === 'createdDateTime' ? 'createdAt' : 'receivedAt'
    const found = mail.messages
      .filter(one => one.folder === folder.id && (wanted === undefined || one.fields.internetMessageId === wanted))
      .sort((a, b) => (by === 'createdAt' ? a.createdAt - b.createdAt : b.receivedAt - a.receivedAt))
    if (Number(asked.query.get('$top') ?? 10) > 1000)
      throw new Problem(400, 'ErrorInvalidUrlQueryParameter', 'The value of $top must be between 1 and 1000.')
    return pageOf(
      asked,
      found.map(one => shownMessage(one, asked.query)),
      10,
    )
  }

  const change = (asked: Asked, mail: Mail): Answer => {
    const message = messageOf(mail, asked.param('message'))
    const body = object(asked)
    const sensitive = Object.keys(body).filter(name => !free.has(name))
    if (!message.isDraft && sensitive.length > 0 && !asked.caller.roles.includes(advanced))
      throw new Problem(
        403,
        'ErrorAccessDenied',
        `Access is denied to change ${sensitive.join(', ')} of a message that is no draft.`,
      )
    const properties = propertiesOf(body)
    const { isRead, flag, singleValueExtendedProperties: _, ...fields } = body
    if (typeof isRead === 'boolean') message.isRead = isRead
    message.flagStatus = (flag as { flagStatus?: string } | undefined)?.flagStatus ?? message.flagStatus
    Object.assign(message.fields, fields)
    setProperties(message, properties, false)
    return { status: 200, body: shownMessage(message, new URLSearchParams()) }
  }

  return [
    route(
      'GET',
      'mailFolders',
      listFolders(() => undefined),
    ),
    route('POST', 'mailFolders', (asked, mail, user) => madeFolder(asked, mail, user, undefined)),
    route('GET', 'mailFolders/{folder}', (asked, mail, user) => ({
      status: 200,
      body: shownFolder(mail, folderOf(mail, asked.param('folder')), user.id),
    })),
    route('GET', 'mailFolders/{folder}/childFolders', listFolders(below)),
    route('POST', 'mailFolders/{folder}/childFolders', (asked, mail, user) => madeFolder(asked, mail, user, below(mail, asked))),
    route('GET', 'mailFolders/{folder}/messages', listMessages),
    route('POST', 'mailFolders/{folder}/messages', createMessage),
    { ...route('POST', 'mailFolders/{folder}/importMime', importMime, [advanced]), version: 'beta' },
    route('GET', 'messages/{message}', (asked, mail) => ({
      status: 200,
      body: shownMessage(messageOf(mail, asked.param('message')), asked.query),
    })),
    route('GET', 'messages/{message}/$value', async (asked, mail) => ({
      status: 200,
      body: await mimeOf(messageOf(mail, asked.param('message'))),
      headers: { 'content-type': 'text/plain' },
    })),
    route('PATCH', 'messages/{message}', change),
    route('POST', 'messages/{message}/permanentDelete', (asked, mail) => {
      const message = messageOf(mail, asked.param('message'))
      mail.messages.splice(mail.messages.indexOf(message), 1)
      return { status: 204 }
    }),
    route('POST', 'messages/{message}/attachments', (asked, mail) => {
      const attachment = attachmentOf(object(asked))
      if (attachment.bytes.length >= 3 * 1024 * 1024)
        throw new Problem(413, 'ErrorMessageSizeExceeded', 'The attachment is too large for one request: use an upload session.')
      messageOf(mail, asked.param('message')).attachments.push(attachment)
      return { status: 201, body: { id: attachment.id, name: attachment.name } }
    }),
    route('POST', 'messages/{message}/attachments/createUploadSession', (asked, mail) =>
      uploads.open(asked, messageOf(mail, asked.param('message'))),
    ),
  ]

  function madeFolder(asked: Asked, mail: Mail, user: User, parent: string | undefined): Answer {
    return { status: 201, body: shownFolder(mail, makeFolder(mail, object(asked).displayName, parent), user.id) }
  }
}

/** A message made of JSON: a draft, unless PidTagMessageFlags says otherwise at its creation. Dates in the body mean nothing. */
function fromBody(body: Record<string, unknown>, folder: string, now: number): Message {
  const headers = (body.internetMessageHeaders ?? []) as { name?: string }[]
  if (headers.some(({ name }) => !/^x-/i.test(name ?? '')))
    throw new Problem(400, 'InvalidInternetMessageHeader', "The internet message header name should start with 'x-' or 'X-'.")
  const properties = propertiesOf(body)
  const { isRead, flag, attachments = [], singleValueExtendedProperties: _, ...rest } = body
  for (const name of ['receivedDateTime', 'sentDateTime', 'isDraft', 'createdDateTime']) delete rest[name]
  const message = blank(folder, now, { isDraft: true })
  message.fields = { internetMessageId: `<${randomUUID()}@exchange.example>`, ...rest }
  message.attachments = (attachments as Record<string, unknown>[]).map(attachmentOf)
  setProperties(message, properties, true)
  if (typeof isRead === 'boolean') message.isRead = isRead
  message.flagStatus = (flag as { flagStatus?: string } | undefined)?.flagStatus ?? 'notFlagged'
  return message
}

function blank(folder: string, now: number, { isDraft }: { isDraft: boolean }): Message {
  const id = `AAkAL${randomUUID()}`
  const times = { createdAt: now, receivedAt: Math.floor(now / 1000) * 1000 }
  return { id, folder, ...times, isDraft, isRead: isDraft, flagStatus: 'notFlagged', fields: {}, properties: [], attachments: [] }
}

function attachmentOf(one: Record<string, unknown>): Attachment {
  if (
    one['@odata.type'] !== '#microsoft.graph.fileAttachment' ||
    typeof one.name !== 'string' ||
    typeof one.contentBytes !== 'string'
  )
    throw new Problem(400, 'ErrorInvalidParameter', 'An attachment needs its @odata.type, name and contentBytes.')
  return {
    id: randomUUID(),
    name: one.name,
    contentType: String(one.contentType ?? 'application/octet-stream'),
    isInline: one.isInline === true,
    ...(typeof one.contentId === 'string' ? { contentId: one.contentId } : {}),
    bytes: Buffer.from(one.contentBytes, 'base64'),
  }
}

function object(asked: Asked): Record<string, unknown> {
  const body = asked.json()
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  throw new Problem(400, 'BadRequest', 'Empty Payload. JSON content expected.')
}

function decoded(body: Buffer): Buffer {
  const text = body.toString('latin1').replaceAll(/\s/g, '')
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0) return Buffer.from(text, 'base64')
  throw new Problem(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.')
}

function messageIdWanted(filter: string | null): string | undefined {
  if (filter === null) return undefined
  const [, id] = /^internetMessageId eq '(.*)'$/.exec(filter) ?? []
  if (id === undefined)
    throw new Problem(400, 'ErrorInvalidUrlQueryFilter', 'The query filter contains one or more invalid nodes.')
  return id.replaceAll("''", "'")
}

/** Pages by `$top` and `$skip`, as Exchange does. */
function pageOf(asked: Asked, all: object[], defaultSize: number): Answer {
  const from = Number(asked.query.get('$skip') ?? 0)
  const size = Number(asked.query.get('$top') ?? defaultSize)
  const next = new URLSearchParams(asked.query)
  next.set('$skip', String(from + size))
  const more = from + size < all.length ? { '@odata.nextLink': `${asked.base}/v1.0/${asked.path}?${next}` } : {}
  return { status: 200, body: { ...more, value: all.slice(from, from + size) } }
}
