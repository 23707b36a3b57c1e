import { digestOf } from '../../shared/copy/match.ts'
import { type End, Failure } from '../../shared/errors.ts'
import { Heads } from '../../shared/source/heads.ts'
import type {
  Body,
  FolderStatus,
  Head,
  ListedFolder,
  Listing,
  Message,
  Portion,
  Portions,
  Source,
  Want,
} from '../../shared/source/source.ts'
import type { Appended, Outgoing, Target } from '../../shared/targets/target.ts'
import { type Held, type HeldFolder, keepsFlag, type MemoryMailbox } from './mailbox.ts'

/** A session with a mailbox in memory that only reads. Passes the contract of test/contracts/source.ts. */
export function memorySource(mailbox: MemoryMailbox): Source {
  const { alive, close, folders, standing, list, messages, holds } = session(mailbox, 'reading')
  return { folders, standing, list, messages, holds, alive, close }
}

/** A session with a mailbox in memory that appends. Passes the contract of test/contracts/target.ts. */
export function memoryTarget(mailbox: MemoryMailbox): Target {
  const { delimiter, prefix, mostBytes, mostLineBytes, permanentFlags, uidPlus, rebuilds, admits = true, ahead } = mailbox.manners
  const { alive, close, folders, standing, open, same, list, messages, holds, named, check, end } = session(mailbox, 'appending')
  return {
    traits: {
      delimiter,
      prefix,
      forbidden: `${delimiter}%*`,
      rebuilds: rebuilds && admits,
      tellsUids: uidPlus,
      ...(mostBytes === undefined ? {} : { mostBytes }),
      ...(mostLineBytes === undefined ? {} : { mostLineBytes }),
    },
    folders,
    async create(wanted) {
      for (const { path } of wanted) {
        check('making a folder')
        if (mailbox.manners.refusesFolder?.(path))
          throw new Failure({ verdict: 'permanent', during: `making folder “${path}”`, code: 'CANNOT', hint: 'Map it.' })
        const found = mailbox.folders.get(path)
        if (found) Object.assign(found, { subscribed: true, container: false })
        else mailbox.make(path, { subscribed: true })
      }
    },
    standing,
    async open(paths) {
      return paths.map(path => ({ ...statusOf(mailbox, open(path)), keeps: flag => keepsFlag(permanentFlags, flag) }))
    },
    list,
    messages,
    async *digests(portions) {
      for await (const { path, uid, raw, internalDate } of messages(portions))
        yield { path, uid, digest: digestOf(await bytesOf(raw)), internalDate }
    },
    async *append<T extends Outgoing>(outgoing: AsyncIterable<T>): AsyncIterable<Appended<T>> {
      const answers: Appended<T>[] = []
      try {
        for await (const message of outgoing) {
          check('appending')
          if (message.alone) yield* answers.splice(0)
          const raw = await bytesOf(message.raw)
          if (!mailbox.manners.heedless) message.go?.()
          if (mailbox.manners.ends?.('appending', raw)) throw end(answers[0]?.of ?? message)
          answers.push(take(mailbox, message, raw))
          if (answers.length >= ahead) yield answers.shift() as Appended<T>
        }
      } catch (error) {
        // Where there is no more to send, what has gone is answered all the same.
        if (await alive()) yield* answers
        throw error
      }
      yield* answers
    },
    async setFlags(at, changes, go) {
      check('setting flags')
      if (changes.size === 0) return new Map()
      same(at)
      go?.()
      for (const [uid, flags] of changes) mailbox.setFlags(at.path, uid, flags)
      return new Map()
    },
    holds,
    async withdraw(path, messageId) {
      for (const uid of named(path, messageId))
        if (uidPlus) mailbox.expunge(path, uid)
        else mailbox.setFlags(path, uid, ['\\Deleted'])
    },
    async removeOurs(at, uids, go) {
      check('removing')
      if (uids.length === 0) return true
      if (!uidPlus) return false
      same(at)
      go?.()
      for (const uid of uids) mailbox.expunge(at.path, uid)
      return true
    },
    alive,
    close,
  }
}

/** What the server does with one message that it is given. */
function take<T extends Outgoing>(mailbox: MemoryMailbox, message: T, raw: Buffer): Appended<T> {
  const { mostBytes, uidPlus, refuses } = mailbox.manners
  const folder = mailbox.folders.get(message.path)
  if (!folder) throw failure('appending', 'TRYCREATE', `there is no folder ${message.path}`)
  const tooBig = mostBytes !== undefined && raw.length > mostBytes
  const refused = tooBig ? { code: 'TOOBIG', text: 'message too large' } : refuses?.({ ...message, raw })
  if (refused) return { of: message, done: false, ...refused }
  const { uid } = mailbox.keep(folder, raw, message.flags, message.internalDate)
  mailbox.appended++
  return { of: message, done: true, ...(uidPlus ? { uid, uidValidity: String(folder.uidValidity) } : {}) }
}

function session(mailbox: MemoryMailbox, doing: End['doing']) {
  let closed = false
  /** The server ends the connection at a message. */
  const end = ({ path, uid }: { path: string; uid: number }): Failure => {
    closed = true
    const failed = failure(doing, 'ECONNRESET', 'the server closed the connection')
    failed.at = { doing, path, uid }
    return failed
  }
  const check = (during: string) => {
    if (closed) throw failure(during, 'NoConnection', 'the session is closed')
  }
  const open = (path: string, during = 'opening'): HeldFolder => {
    check(during)
    const found = mailbox.folders.get(path)
    if (!found || found.container) throw failure(during, 'NONEXISTENT', `there is no folder ${path}`)
    return found
  }
  const same = ({ path, uidValidity }: { path: string; uidValidity?: string }, during = 'opening'): HeldFolder => {
    const found = open(path, during)
    if (uidValidity !== undefined && String(found.uidValidity) !== uidValidity)
      throw failure(during, 'UIDVALIDITY', `${path} was numbered anew`)
    return found
  }
  const named = (path: string, messageId: string) =>
    open(path, 'searching').messages.flatMap(({ uid, raw }) =>
      raw.toString('latin1').toLowerCase().includes(`message-id: ${messageId.toLowerCase()}`) ? [uid] : [],
    )
  return {
    check,
    end,
    open,
    same,
    named,
    holds: async (path: string, messageId: string) => named(path, messageId).length > 0,
    async folders(): Promise<ListedFolder[]> {
      check('listing')
      return [...mailbox.folders].map(([path, folder]) => listed(mailbox, path, folder))
    },
    async standing(paths: readonly string[]): Promise<(FolderStatus | undefined)[]> {
      check('asking how folders stand')
      return paths.map(path => {
        const found = mailbox.folders.get(path)
        return found && !found.container ? statusOf(mailbox, found) : undefined
      })
    },
    async *list(wants: readonly Want[]): AsyncIterable<Listing> {
      for (const { path, fromUid } of wants) {
        const folder = open(path)
        mailbox.listings++
        const there = folder.messages.filter(({ uid }) => uid >= fromUid)
        const told = there.filter(message => !mailbox.manners.unlists?.(message))
        const unlisted = fromUid === 1 ? there.length - told.length : 0
        const heads = Heads.of(told.map(headOf))
        yield { path, status: statusOf(mailbox, folder), heads, ...(unlisted > 0 ? { unlisted } : {}) }
      }
    },
    async *messages(portions: Portions): AsyncIterable<Message> {
      for await (const portion of readAhead(portions)) {
        const wanted = new Set(portion.uids)
        const uids = same(portion, 'reading').messages.map(({ uid }) => uid)
        for (const uid of uids.filter(uid => wanted.has(uid))) {
          const message = same(portion, 'reading').messages.find(one => one.uid === uid)
          const { path } = portion
          if (message && doing === 'reading' && mailbox.manners.ends?.(doing, message.raw)) throw end({ path, uid })
          if (message && mailbox.manners.hollow?.(message))
            yield { path, ...headOf(message), raw: Buffer.alloc(0), unreadable: 'NIL' }
          else if (message && !mailbox.manners.keepsBack?.(message)) yield* handedOut(path, message, mailbox.manners.largeBytes)
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
async function* readAhead(portions: Portions): AsyncIterable<Portion> {
  let held: Portion | undefined
  for await (const portion of portions) {
    if (held) yield held
    held = portion
  }
  if (held) yield held
}

/** A large message arrives piece by piece, and only until the next one is asked for. */
async function* handedOut(path: string, message: Held, largeBytes = Number.POSITIVE_INFINITY): AsyncIterable<Message> {
  const { sizeBytes } = message
  if (sizeBytes < largeBytes) {
    // Whoever gives the memory back must not look at it again: it is somebody else’s from then on.
    const raw = Buffer.from(message.raw)
    return yield { path, ...headOf(message), raw, free: () => void raw.fill(0x21) }
  }
  let open = true
  async function* chunks() {
    if (!open) throw new Error('a large message is read once, before the next is asked for')
    open = false
    const step = Math.max(64, Math.ceil(message.raw.length / 1_000))
    for (let at = 0; at < message.raw.length; at += step) yield Buffer.from(message.raw.subarray(at, at + step))
  }
  yield { path, ...headOf(message), raw: { sizeBytes, chunks } }
  open = false
}

async function bytesOf(raw: Buffer | Body): Promise<Buffer> {
  if (Buffer.isBuffer(raw)) return raw
  const pieces: Buffer[] = []
  for await (const piece of raw.chunks()) pieces.push(piece)
  return Buffer.concat(pieces)
}

function listed(mailbox: MemoryMailbox, path: string, folder: HeldFolder): ListedFolder {
  const { prefix, delimiter, counts = true } = mailbox.manners
  const bare = prefix && path.startsWith(prefix) ? path.slice(prefix.length) : path
  return {
    path,
    segments: bare.split(delimiter),
    ...(folder.role ? { role: folder.role } : {}),
    subscribed: folder.subscribed ?? false,
    container: folder.container ?? false,
    virtual: folder.virtual ?? false,
    ...(counts ? { messages: folder.messages.length } : {}),
    ...(mailbox.manners.condstore && !folder.container ? { status: statusOf(mailbox, folder) } : {}),
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
