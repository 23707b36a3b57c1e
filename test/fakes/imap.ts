import { Failure } from '../../shared/errors.ts'
import type { FolderStatus, Head, ListedFolder, Message, Source } from '../../shared/source/source.ts'
import type { Appended, Outgoing, Target } from '../../shared/targets/target.ts'
import { type Held, type HeldFolder, keepsFlag, type MemoryMailbox } from './mailbox.ts'

/** A session with a mailbox in memory that only reads. Passes the contract of test/contracts/source.ts. */
export function memorySource(mailbox: MemoryMailbox): Source {
  const { alive, close, folders, open, heads, messages } = session(mailbox)
  return { folders, open: async path => statusOf(await open(path)), heads, messages, alive, close }
}

/** A session with a mailbox in memory that appends. Passes the contract of test/contracts/target.ts. */
export function memoryTarget(mailbox: MemoryMailbox): Target {
  const { delimiter, prefix, mostBytes, permanentFlags, uidPlus, refuses } = mailbox.manners
  const { alive, close, folders, open, opened, heads, messages, check } = session(mailbox)
  return {
    traits: { delimiter, prefix, forbidden: `${delimiter}%*`, ...(mostBytes === undefined ? {} : { mostBytes }) },
    folders,
    async create(path) {
      check('making a folder')
      const found = mailbox.folders.get(path)
      if (found) Object.assign(found, { subscribed: true, container: false })
      else mailbox.make(path, { subscribed: true })
    },
    async open(path) {
      return { ...statusOf(await open(path)), keeps: flag => keepsFlag(permanentFlags, flag) }
    },
    heads,
    messages,
    async *append(path, outgoing: AsyncIterable<Outgoing>): AsyncIterable<Appended> {
      for await (const message of outgoing) {
        check('appending')
        const folder = mailbox.folders.get(path)
        if (!folder) throw failure('appending', 'TRYCREATE', `there is no folder ${path}`)
        const tooBig = mostBytes !== undefined && message.raw.length > mostBytes
        const refused = tooBig ? { code: 'TOOBIG', text: 'message too large' } : refuses?.(message)
        if (refused) {
          yield { of: message.uid, done: false, ...refused }
          continue
        }
        const { uid } = mailbox.keep(folder, message.raw, message.flags, message.internalDate)
        mailbox.appended++
        const told = uidPlus ? { uid, uidValidity: String(folder.uidValidity) } : {}
        yield { of: message.uid, done: true, ...told }
      }
    },
    async setFlags(uid, flags) {
      check('setting flags')
      mailbox.setFlags(opened(), uid, flags)
    },
    async holds(messageId) {
      check('searching')
      const { messages: there } = mailbox.folder(opened())
      return there.some(({ raw }) => raw.toString('latin1').toLowerCase().includes(`message-id: ${messageId.toLowerCase()}`))
    },
    async removeOurs(uids) {
      check('removing')
      if (uids.length === 0) return true
      if (!uidPlus) return false
      for (const uid of uids) mailbox.expunge(opened(), uid)
      return true
    },
    alive,
    close,
  }
}

function session(mailbox: MemoryMailbox) {
  let path = 'INBOX'
  let closed = false
  const check = (during: string) => {
    if (closed) throw failure(during, 'NoConnection', 'the session is closed')
  }
  const here = (during: string): HeldFolder => {
    check(during)
    const found = mailbox.folders.get(path)
    if (!found || found.container) throw failure(during, 'NONEXISTENT', `there is no folder ${path}`)
    return found
  }
  return {
    check,
    opened: () => path,
    async folders(): Promise<ListedFolder[]> {
      check('listing')
      return [...mailbox.folders].map(([path, folder]) => listed(mailbox, path, folder))
    },
    async open(wanted: string) {
      check('opening')
      path = wanted
      return here('opening')
    },
    async *heads(fromUid: number): AsyncIterable<Head> {
      for (const message of [...here('listing messages').messages]) {
        check('listing messages')
        if (message.uid >= fromUid) yield headOf(message)
      }
    },
    async *messages(uids: readonly number[]): AsyncIterable<Message> {
      const wanted = new Set(uids)
      for (const uid of here('reading').messages.map(({ uid }) => uid).filter(uid => wanted.has(uid))) {
        const message = here('reading').messages.find(one => one.uid === uid)
        if (message) yield { ...headOf(message), raw: Buffer.from(message.raw) }
      }
    },
    alive: () => !closed,
    async close() {
      closed = true
    },
  }
}

function listed(mailbox: MemoryMailbox, path: string, folder: HeldFolder): ListedFolder {
  const { prefix, delimiter } = mailbox.manners
  const bare = prefix && path.startsWith(prefix) ? path.slice(prefix.length) : path
  return {
    path,
    segments: bare.split(delimiter),
    ...(folder.role ? { role: folder.role } : {}),
    subscribed: folder.subscribed ?? false,
    container: folder.container ?? false,
    virtual: folder.virtual ?? false,
  }
}

function statusOf({ uidValidity, uidNext, messages }: HeldFolder): FolderStatus {
  return { uidValidity: String(uidValidity), uidNext, exists: messages.length }
}

function headOf({ uid, flags, internalDate, sizeBytes }: Held): Head {
  return { uid, flags: [...flags], internalDate, sizeBytes }
}

function failure(during: string, code: string, text: string): Failure {
  return new Failure({ verdict: 'transient', during, code, text, hint: 'It is tried again by itself.' })
}
