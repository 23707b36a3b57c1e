import { randomUUID } from 'node:crypto'
import { Problem } from './answers.ts'
import type { User } from './directory.ts'

/** An extended property as Graph gives it out: its id in Graph’s own letters. */
export type Property = { id: string; value: string }

export type Attachment = { id: string; name: string; contentType: string; isInline: boolean; contentId?: string; bytes: Buffer }

/** A message as Exchange holds it. `mime`: what was imported; absent for one made of JSON. */
export type Message = {
  id: string
  folder: string
  createdAt: number
  receivedAt: number
  isDraft: boolean
  isRead: boolean
  flagStatus: string
  fields: Record<string, unknown>
  properties: Property[]
  attachments: Attachment[]
  mime?: Buffer
}

export type Folder = { id: string; name: string; parent: string | undefined; wellKnown?: string }

export type Mail = { folders: Folder[]; messages: Message[] }

/** What is in the mailboxes, by user. */
export type MailStore = { of(user: User): Mail }

const names: Record<string, Record<string, string>> = {
  en: {
    inbox: 'Inbox',
    drafts: 'Drafts',
    sentitems: 'Sent Items',
    deleteditems: 'Deleted Items',
    junkemail: 'Junk Email',
    archive: 'Archive',
  },
  fr: {
    inbox: 'Boîte de réception',
    drafts: 'Brouillons',
    sentitems: 'Éléments envoyés',
    deleteditems: 'Éléments supprimés',
    junkemail: 'Courrier indésirable',
    archive: 'Archive',
  },
}

/** Mailboxes as Exchange makes them: the usual folders, in the language of their user. */
export function mailStore(): MailStore {
  const boxes = new Map<string, Mail>()
  return {
    of(user) {
      const language = String(user.fields.preferredLanguage ?? 'en').slice(0, 2)
      const found = boxes.get(user.id) ?? {
        folders: Object.entries(names[language] ?? names.en ?? {}).map(([wellKnown, name]) => ({
          id: `${wellKnown}-${user.id}`,
          name,
          parent: undefined,
          wellKnown,
        })),
        messages: [],
      }
      boxes.set(user.id, found)
      return found
    },
  }
}

/** A folder by its id or well-known name, or the refusal of one that is not there. */
export function folderOf(mail: Mail, idOrName: string): Folder {
  const lower = idOrName.toLowerCase()
  const found = mail.folders.find(({ id, wellKnown }) => id === idOrName || wellKnown === lower)
  if (found) return found
  throw notFound()
}

export function messageOf(mail: Mail, id: string): Message {
  const found = mail.messages.find(message => message.id === id)
  if (found) return found
  throw notFound()
}

export function makeFolder(mail: Mail, name: unknown, parent: string | undefined): Folder {
  if (typeof name !== 'string' || name.trim() === '' || name.length > 255)
    throw new Problem(400, 'ErrorInvalidParameter', 'The displayName of a folder is missing or too long.')
  const lower = name.toLowerCase()
  if (mail.folders.some(one => one.parent === parent && one.name.toLowerCase() === lower))
    throw new Problem(409, 'ErrorFolderExists', 'A folder with the specified name already exists.')
  const folder = { id: `AAMk${randomUUID()}`, name, parent }
  mail.folders.push(folder)
  return folder
}

function notFound(): Problem {
  return new Problem(404, 'ErrorItemNotFound', 'The specified object was not found in the store.')
}
