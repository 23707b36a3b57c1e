import { Failure } from '../../shared/errors.ts'
import type { Batches, Body, FolderStatus, Head, ListedFolder, Message, Source } from '../../shared/source/source.ts'
import type { Appended, Outgoing, Target } from '../../shared/targets/target.ts'
import { type Held, type HeldFolder, keepsFlag, type MemoryMailbox } from './mailbox.ts'

/** A session with a mailbox in memory that only reads. Passes the contract of test/contracts/source.ts. */
export function memorySource(mailbox: MemoryMailbox): Source {
  const { alive, close, folders, open, heads, messages } = session(mailbox)
  return { folders, open: async path => statusOf(mailbox, await open(path)), heads, messages, alive, close }
}

/** A session with a mailbox in memory that appends. Passes the contract of test/contracts/target.ts. */
export function memoryTarget(mailbox: MemoryMailbox): Target {
  const { delimiter, prefix, mostBytes, permanentFlags, uidPlus, rebuilds, admits = true, ahead } = mailbox.manners
  const { alive, close, folders, open, opened, heads, messages, check } = session(mailbox)
  return {
    traits: {
      delimiter,
      prefix,
      forbidden: `${delimiter}%*`,
      rebuilds: rebuilds && admits,
      tellsUids: uidPlus,
      ...(mostBytes === undefined ? {} : { mostBytes }),
    },
    folders,
    async create(path) {
      check('making a folder')
      const found = mailbox.folders.get(path)
      if (found) Object.assign(found, { subscribed: true, container: false })
      else mailbox.make(path, { subscribed: true })
    },
    async open(path) {
      return { ...statusOf(mailbox, await open(path)), keeps: flag => keepsFlag(permanentFlags, flag) }
    },
    heads,
    messages,
    async *append(path, outgoing: AsyncIterable<Outgoing>): AsyncIterable<Appended> {
      const answers: Appended[] = []
      for await (const message of outgoing) {
        check('appending')
        answers.push(take(mailbox, path, { ...message, raw: await bytesOf(message.raw) }))
        if (answers.length >= ahead) yield answers.shift() as Appended
      }
      yield* answers
    },
    async setFlags(changes) {
      check('setting flags')
      for (const [uid, flags] of changes) mailbox.setFlags(opened(), uid, flags)
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

/** What the server does with one message that it is given. */
function take(mailbox: MemoryMailbox, path: string, message: Outgoing & { raw: Buffer }): Appended {
  const { mostBytes, uidPlus, refuses } = mailbox.manners
  const folder = mailbox.folders.get(path)
  if (!folder) throw failure('appending', 'TRYCREATE', `there is no folder ${path}`)
  const tooBig = mostBytes !== undefined && message.raw.length > mostBytes
  const refused = tooBig ? { code: 'TOOBIG', text: 'message too large' } : refuses?.(message)
  if (refused) return { of: message.uid, done: false, ...refused }
  const { uid } = mailbox.keep(folder, message.raw, message.flags, message.internalDate)
  mailbox.appended++
  return { of: message.uid, done: true, ...(uidPlus ? { uid, uidValidity: String(folder.uidValidity) } : {}) }
}

function session(mailbox: MemoryMailbox) {
  let path = 'INBOX'
  let uidValidity = mailbox.folder(path).uidValidity
  let closed = false
  const check = (during: string) => {
    if (closed) throw failure(during, 'NoConnection', 'the session is closed')
  }
  const here = (during: string): HeldFolder => {
    check(during)
    const found = mailbox.folders.get(path)
    if (!found || found.container) throw failure(during, 'NONEXISTENT', `there is no folder ${path}`)
    // A server ends a session whose folder was built or made anew under it.
    if (found.uidValidity !== uidValidity) closed = true
    check(during)
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
      uidValidity = mailbox.folders.get(path)?.uidValidity ?? 0
      return here('opening')
    },
    async *heads(fromUid: number): AsyncIterable<Head> {
      for (const message of [...here('listing messages').messages]) {
        check('listing messages')
        if (message.uid >= fromUid) yield headOf(message)
      }
    },
    async *messages(batches: Batches): AsyncIterable<Message> {
      for await (const batch of readAhead(batches)) {
        const wanted = new Set(batch)
        const uids = here('reading').messages.map(({ uid }) => uid)
        for (const uid of uids.filter(uid => wanted.has(uid))) {
          const message = here('reading').messages.find(one => one.uid === uid)
          if (message && mailbox.manners.hollow?.(message)) yield { ...headOf(message), raw: Buffer.alloc(0), unreadable: 'NIL' }
          else if (message && !mailbox.manners.keepsBack?.(message)) yield* handedOut(message, mailbox.manners.largeBytes)
        }
      }
    },
    alive: async () => !closed,
    async close() {
      closed = true
    },
  }
}

/** The next batch is asked for before the first has been handed out. */
async function* readAhead(batches: Batches): AsyncIterable<readonly number[]> {
  let held: readonly number[] | undefined
  for await (const batch of batches) {
    if (held) yield held
    held = batch
  }
  if (held) yield held
}

/** A large message arrives piece by piece, and only until the next one is asked for. */
async function* handedOut(message: Held, largeBytes = Number.POSITIVE_INFINITY): AsyncIterable<Message> {
  const { sizeBytes } = message
  if (sizeBytes < largeBytes) return yield { ...headOf(message), raw: Buffer.from(message.raw) }
  let open = true
  async function* chunks() {
    if (!open) throw new Error('a large message is read once, before the next is asked for')
    open = false
    for (let at = 0; at < message.raw.length; at += 64) yield Buffer.from(message.raw.subarray(at, at + 64))
  }
  yield { ...headOf(message), raw: { sizeBytes, chunks } }
  open = false
}

async function bytesOf(raw: Buffer | Body): Promise<Buffer> {
  if (Buffer.isBuffer(raw)) return raw
  const pieces: Buffer[] = []
  for await (const piece of raw.chunks()) pieces.push(piece)
  return Buffer.concat(pieces)
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
    messages: folder.messages.length,
  }
}

function statusOf({ manners, changes }: MemoryMailbox, { uidValidity, uidNext, messages }: HeldFolder): FolderStatus {
  const status = { uidValidity: String(uidValidity), uidNext, exists: messages.length }
  return manners.condstore ? { ...status, highestModseq: String(changes) } : status
}

function headOf({ uid, flags, internalDate, sizeBytes }: Held): Head {
  return { uid, flags: [...flags], internalDate, sizeBytes }
}

function failure(during: string, code: string, text: string): Failure {
  return new Failure({ verdict: 'transient', during, code, text, hint: 'It is tried again by itself.' })
}
