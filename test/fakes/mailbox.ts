import type { End } from '../../shared/errors.ts'
import type { Head, Role } from '../../shared/source/source.ts'
import type { Outgoing } from '../../shared/targets/target.ts'

/** A message as the server holds it. `sent`: the bytes that were handed to it, where it rebuilt them. */
export type Held = Head & { raw: Buffer; sent: Buffer }

/** A folder as the server holds it. */
export type HeldFolder = {
  uidValidity: number
  uidNext: number
  messages: Held[]
  role?: Role
  container?: boolean
  virtual?: boolean
  subscribed?: boolean
}

/** What distinguishes one server from another. */
export type Manners = {
  delimiter: string
  /** Personal namespace prefix. */
  prefix: string
  /** False: APPEND tells no UID, and nothing can be expunged by UID (no RFC 4315). */
  uidPlus: boolean
  /** True: it parses what it is given and writes it anew; identity headers stay. */
  rebuilds: boolean
  /** False: it rebuilds and does not say so. */
  admits?: boolean
  /** PERMANENTFLAGS; absent: everything is kept. */
  permanentFlags?: readonly string[]
  mostBytes?: number
  /** The quota that it tells of (RFC 9208), and does not enforce. */
  quotaBytes?: number
  /** The longest line that it says it takes. */
  mostLineBytes?: number
  /** From this size on a message is handed out piece by piece. */
  largeBytes?: number
  /** How many messages a target takes before it answers for the first. */
  ahead: number
  /** A message may leave though its sender was stopped right before it, and has lost its claim. */
  heedless?: boolean
  /** Counts a message but does not list it. */
  unlists?: (message: Held) => boolean
  /** False: LIST does not tell how many messages a folder has (no RFC 5819). */
  counts?: boolean
  /** Lists a message but does not hand it out, as where its file is broken. */
  keepsBack?: (message: Held) => boolean
  /** Lists a message and answers NIL where its bytes should be. */
  hollow?: (message: Held) => boolean
  /** Ends the connection where it is to hand out a message, or to take one. */
  ends?: (doing: End['doing'], raw: Buffer) => boolean
  /** Offers CONDSTORE (RFC 7162): tells HIGHESTMODSEQ. */
  condstore?: boolean
  /** Refuses to make a folder for good. */
  refusesFolder?: (path: string) => boolean
  /** The date that it keeps of a message, epoch ms. */
  dates?: (internalDate: number) => number
  /** Refuses a message for good. */
  refuses?: (message: Outgoing & { raw: Buffer }) => { code: string; text: string } | undefined
}

const plain: Manners = { delimiter: '/', prefix: '', uidPlus: true, rebuilds: false, ahead: 3 }

/** One account on an IMAP server in memory, and the hands of its owner. */
export class MemoryMailbox {
  readonly manners: Manners
  readonly folders = new Map<string, HeldFolder>()
  /** Grows with every change, as HIGHESTMODSEQ does. */
  changes = 1
  /** How many messages were appended through IMAP, and how many removed. */
  appended = 0
  removed: Held[] = []
  private validity = 1_000

  /** How many folders were listed message by message. */
  listings = 0

  constructor(manners: Partial<Manners> = {}) {
    this.manners = { ...plain, ...manners }
    this.make('INBOX', { role: '\\Inbox' })
  }

  make(path: string, traits: Pick<HeldFolder, 'role' | 'container' | 'virtual' | 'subscribed'> = {}): this {
    this.folders.set(path, { uidValidity: ++this.validity, uidNext: 1, messages: [], ...traits })
    return this
  }

  folder(path: string): HeldFolder {
    const found = this.folders.get(path)
    if (!found) throw new Error(`there is no folder ${path}`)
    return found
  }

  /** A message arrives. Returns its UID. */
  deliver(path: string, raw: Buffer, flags: readonly string[] = [], internalDate = Date.UTC(2020, 0, 1)): number {
    return this.keep(this.folder(path), raw, flags, internalDate).uid
  }

  expunge(path: string, uid: number): void {
    const { messages } = this.folder(path)
    const at = messages.findIndex(message => message.uid === uid)
    if (at < 0) return
    this.changes++
    this.removed.push(...messages.splice(at, 1))
  }

  setFlags(path: string, uid: number, flags: readonly string[]): void {
    const message = this.folder(path).messages.find(message => message.uid === uid)
    if (!message) return
    this.changes++
    message.flags = kept(flags, this.manners.permanentFlags)
  }

  /** The folder’s index is built anew: the same messages under other UIDs and another UIDVALIDITY. */
  renumber(path: string, firstUid = 1): void {
    const folder = this.folder(path)
    folder.uidValidity = ++this.validity
    folder.uidNext = firstUid
    for (const message of folder.messages) message.uid = folder.uidNext++
  }

  /** The folder is deleted and made anew, empty. */
  recreate(path: string): void {
    const { messages: _, uidValidity: __, uidNext: ___, ...traits } = this.folder(path)
    this.make(path, traits)
  }

  /** Keeps a message as this server does. */
  keep(folder: HeldFolder, sent: Buffer, flags: readonly string[], internalDate: number): Held {
    const uid = folder.uidNext++
    this.changes++
    const raw = this.manners.rebuilds ? rebuilt(sent, uid) : Buffer.from(sent)
    const held: Held = {
      uid,
      raw,
      sent: Buffer.from(sent),
      flags: kept(flags, this.manners.permanentFlags),
      // INTERNALDATE has whole seconds.
      internalDate: Math.floor((this.manners.dates?.(internalDate) ?? internalDate) / 1000) * 1000,
      sizeBytes: raw.length,
    }
    folder.messages.push(held)
    return held
  }
}

/** PERMANENTFLAGS, as RFC 9051 7.1 has it: `\*` keeps any keyword. */
export function keepsFlag(permanent: readonly string[] | undefined, flag: string): boolean {
  if (!permanent) return true
  const lower = flag.toLowerCase()
  return permanent.some(name => name.toLowerCase() === lower) || (permanent.includes('\\*') && !flag.startsWith('\\'))
}

function kept(flags: readonly string[], permanent: readonly string[] | undefined): string[] {
  return flags.filter(flag => keepsFlag(permanent, flag)).sort()
}

/** The same message with a line of the server’s own before it, as a server writes that stores parts instead of bytes. */
function rebuilt(sent: Buffer, uid: number): Buffer {
  return Buffer.concat([Buffer.from(`X-Stored: ${uid}\r\n`), sent])
}
