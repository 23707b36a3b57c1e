import { isAnother } from '../copy/dates.ts'
import { flagsFor, sameFlags } from '../copy/flags.ts'
import { digesting, digestOf } from '../copy/match.ts'
import { messages } from '../imap/bodies.ts'
import { openFolder } from '../imap/reading.ts'
import { Wire } from '../imap/wire.ts'
import type { Message } from '../source/source.ts'
import type { Server } from './endpoint.ts'
import { type FolderLine, isoOf, type MessageLine } from './lines.ts'
import type { ReceiptFault } from './verify.ts'

/** Which of the two servers is asked. */
export type Side = 'source' | 'target'

/** How a server is signed in to: a password, or a token for XOAUTH2. */
export type Credential = { pass: string } | { accessToken: string }

/** What one server is to hold for a line. `digest` null: nobody recorded its bytes there, since the target rebuilds what it is given. */
type Expected = { at: number; line: MessageLine; folder: string; uidValidity: string; uid: number; digest: string | null }

/** How many messages are read from one folder before the next portion of lines is taken. */
const portion = 400

/** Reads the messages of a manifest again at one server and says what is not as its lines say. Opened, given lines in their order, closed. */
export class Rereading {
  /** Messages compared so far. */
  compared = 0
  /** Of these, how many have other bytes than at the source and no record of what they were at the target. */
  unrecorded = 0
  readonly faults: ReceiptFault[] = []
  private readonly wire: Wire
  private readonly side: Side
  private readonly folders: ReadonlyMap<string, FolderLine>
  /** By folder, how many messages may be missing at the source: those it lost after they had been copied. */
  private readonly expunged = new Map<string, number>()
  private waiting: Expected[] = []
  private opened: string | undefined
  private uidValidity = ''

  private constructor(wire: Wire, side: Side, folders: ReadonlyMap<string, FolderLine>) {
    this.wire = wire
    this.side = side
    this.folders = folders
    for (const { folder, expunged } of folders.values()) this.expunged.set(folder, expunged)
  }

  /** Signs in. `folders`: the manifest's folders by their paths. Throws a `Failure`. */
  static async open(
    side: Side,
    { user, ...server }: Server,
    credential: Credential,
    folders: ReadonlyMap<string, FolderLine>,
  ): Promise<Rereading> {
    const wire = await Wire.open({ ...server, login: async () => ({ user, ...credential }) }, user)
    return new Rereading(wire, side, folders)
  }

  /** Takes a line; those that the server cannot hold anything for are passed over. */
  async take(line: MessageLine, at: number): Promise<void> {
    const expected = expectedOf(this.side, line, at)
    if (!expected || !this.holds(line)) return
    const [first] = this.waiting
    const same = first?.folder === expected.folder && first.uidValidity === expected.uidValidity && sameSource(first.line, line)
    if (first && (!same || this.waiting.length >= portion)) await this.flush()
    this.waiting.push(expected)
  }

  /** Compares what is still waiting. */
  async flush(): Promise<void> {
    const waiting = this.waiting
    this.waiting = []
    const [first] = waiting
    if (!first) return
    if (!(await this.open(first.folder))) {
      this.fault(first, `${this.name} folder ${first.folder} cannot be opened: it is there no more, or not under this name`)
      return
    }
    if (this.uidValidity !== first.uidValidity) {
      const now = `${this.name} folder ${first.folder} has UIDVALIDITY ${this.uidValidity}, not ${first.uidValidity}`
      this.fault(first, `${now}: it was made anew, and ${waiting.length} messages cannot be found by their UIDs`)
      return
    }
    const left = new Map(waiting.map(expected => [expected.uid, expected]))
    const uids = [...left.keys()].sort((a, b) => a - b)
    for await (const message of messages(this.wire, 'EXAMINE', [{ path: first.folder, uids, uidValidity: first.uidValidity }])) {
      const expected = left.get(message.uid)
      left.delete(message.uid)
      const digest = await digestOfMessage(message)
      if (expected) this.compare(expected, message, digest)
    }
    for (const expected of left.values()) this.missing(expected)
  }

  async close(): Promise<void> {
    await this.wire.logout()
  }

  /** The source has no longer what it had under an earlier UIDVALIDITY, or in a folder that is gone. */
  private holds({ folder, uidValidity }: MessageLine): boolean {
    const now = this.folders.get(folder)
    return this.side === 'target' || (now?.uidValidity === uidValidity && now.state !== 'gone')
  }

  private missing(expected: Expected): void {
    const allowed = this.side === 'source' ? (this.expunged.get(expected.folder) ?? 0) : 0
    if (allowed > 0) this.expunged.set(expected.folder, allowed - 1)
    else this.fault(expected, `${this.name} UID ${expected.uid} in ${expected.folder} is there no more`)
  }

  private get name(): string {
    return `at the ${this.side},`
  }

  private async open(folder: string): Promise<boolean> {
    if (this.opened === folder) return true
    try {
      this.uidValidity = (await openFolder(this.wire, 'EXAMINE', folder)).uidValidity
    } catch (error) {
      if (!this.wire.alive) throw error
      this.opened = undefined
      return false
    }
    this.opened = folder
    return true
  }

  private compare(expected: Expected, { flags, internalDate }: Message, digest: string): void {
    this.compared++
    const { line, digest: sealed, uid, folder } = expected
    const what = `${this.name} UID ${uid} in ${folder}`
    if (sealed === null) this.unrecorded += digest === line.sha256 ? 0 : 1
    else if (digest !== sealed) this.fault(expected, `${what} has other bytes: SHA-256 ${digest}, sealed ${sealed}`)
    const flagged = line.target !== null
    const kept = this.side === 'source' ? flagsFor(flags, flag => !mentioned(line, flag)).flags : flags
    if (flagged && !sameFlags(kept, line.flags))
      this.fault(expected, `${what} has the flags ${kept.join(' ') || '(none)'}, sealed ${line.flags.join(' ') || '(none)'}`)
    const date = (this.side === 'target' ? line.keptDate : undefined) ?? line.internalDate
    if (date !== null && isAnother(internalDate, Date.parse(date)))
      this.fault(expected, `${what} has the INTERNALDATE ${isoOf(internalDate)}, sealed ${date}`)
  }

  private fault({ at, line }: Expected, message: string): void {
    this.faults.push({ line: at, folder: line.folder, uid: line.uid, message })
  }
}

/** What a side is to hold for a line; undefined where it holds nothing, or nobody knows its bytes. */
function expectedOf(side: Side, line: MessageLine, at: number): Expected | undefined {
  const { folder, uidValidity, uid, sha256, reread, target } = line
  if (side === 'source') return sha256 === null ? undefined : { at, line, folder, uidValidity, uid, digest: sha256 }
  return target === null ? undefined : { at, line, ...target, digest: reread }
}

/** Lines of one folder under one UIDVALIDITY: only among these is each place at the target named once. */
function sameSource(a: MessageLine, b: MessageLine): boolean {
  return a.folder === b.folder && a.uidValidity === b.uidValidity
}

/** A flag that the target could not hold is named in the note. */
function mentioned({ note }: MessageLine, flag: string): boolean {
  return (note ?? '').split(' ').includes(flag)
}

async function digestOfMessage({ raw }: Message): Promise<string> {
  let digest = ''
  if (Buffer.isBuffer(raw)) digest = digestOf(raw)
  else {
    const body = digesting(raw, told => {
      digest = told
    })
    for await (const _ of body.chunks());
  }
  return Buffer.from(digest, 'base64url').toString('hex')
}
