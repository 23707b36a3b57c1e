import { canonicalJson } from '../intake/canonical.ts'
import { type Link, nothingBefore, sha256 } from './chain.ts'
import { type EndLine, type FolderLine, format, type Header, type Line, type MessageLine } from './lines.ts'
import { byPath } from './path-order.ts'
import { folderFaults, headerFaults, messageFaults } from './rules.ts'
import { parse, readLine } from './shape.ts'
import { addFolder, addMessage, noSum, type Sum } from './sums.ts'
import { UidSet } from './uid-set.ts'

/** Something that is not as it was sealed: the line of the file, from 1, and where it is about a message, its folder and UID. */
export type ReceiptFault = { line: number; folder?: string; uid?: number; message: string }

/**
 * What a manifest came to. `header` undefined: the file is none. `faults` names some hundred; `more` counts the others. `crlf`: its lines end with
 * CR LF, as a transfer makes them.
 */
export type Verified = { faults: ReceiptFault[]; more: number; seal: string; crlf: boolean; header?: Header; end?: EndLine }

/** How many faults are named: one cut in a large file makes thousands. */
const named = 100

/**
 * Checks a manifest by itself, line by line: form, numbering, chain, order, sums, and whether its verdict follows from its lines. Lines come as
 * bytes with their LF; a seal is over lines without their ends, so CR LF are as good, in all of them. `onLine` is given each line that can be read, and its number, before the next is taken.
 */
export async function verifyManifest(
  lines: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onLine: (line: Line, at: number) => Promise<void> | void = () => {},
): Promise<Verified> {
  const check = new ManifestCheck()
  for await (const bytes of lines) {
    const line = check.take(bytes)
    if (line) await onLine(line, check.at)
  }
  return check.finish()
}

type Before = { said: number | undefined; name: string; where: { folder?: string; uid?: number } }

/** One manifest being read. */
class ManifestCheck {
  at = 0
  private hash = nothingBefore
  private before: Before | undefined
  private expected = 1
  private highest = 0
  private header: Header | undefined
  private end: EndLine | undefined
  private ended = true
  private crlf = false
  private mixed = false
  private headless = false
  private message: MessageLine | undefined
  private folder: FolderLine | undefined
  private folders = 0
  private readonly sum: Sum = noSum()
  /** By folder, then by UIDVALIDITY. */
  private readonly sums = new Map<string, Map<string, Sum>>()
  private readonly targets = new Map<string, UidSet>()
  private readonly faults: ReceiptFault[] = []
  private more = 0

  take(bytes: Uint8Array): (Line & Link) | undefined {
    this.at++
    const whole = bytes.at(-1) === 10
    if (!whole) this.fault('has no end: the file was cut off here, or something was appended')
    this.ended = whole
    if (this.end) this.fault('stands after the closing line: it was appended')
    const crlf = whole && bytes.at(-2) === 13
    if (whole && this.at > 1 && crlf !== this.crlf && !this.mixed) {
      this.mixed = true
      this.fault('ends otherwise than the lines before it: CR LF stands in one place and LF in another')
    }
    this.crlf = crlf
    const body = whole ? bytes.subarray(0, crlf ? -2 : -1) : bytes
    const line = this.read(body)
    this.follow(line)
    this.hash = sha256(body)
    this.before = { said: line?.line, name: line ? nameOf(line) : 'a line that cannot be read', where: line ? whereOf(line) : {} }
    if (line) this.judge(line)
    return line
  }

  finish(): Verified {
    const { header, end, folders, sum, crlf } = this
    if (this.at === 0) this.fault('the file is empty')
    else if (!end && this.ended) this.fault('there is no closing line: the file was cut off after this line')
    for (const folder of this.sums.keys()) this.fault('there is no line that sums up this folder', { folder })
    if (end && header) {
      if (end.wave !== header.wave || end.mailbox !== header.mailbox)
        this.fault(`closes the manifest of ${end.mailbox} in ${end.wave}, not that of ${header.mailbox} in ${header.wave}`)
      if (end.folders !== folders) this.fault(`counts ${end.folders} folders; there are ${folders}`)
      this.compare(end, sum)
    }
    const { faults, more, hash } = this
    return { faults, more, seal: hash, crlf, ...(header ? { header } : {}), ...(end ? { end } : {}) }
  }

  private read(body: Uint8Array): (Line & Link) | undefined {
    const value = parse(body)
    if (value === undefined) return this.fault('is no line of a manifest: it is not JSON in UTF-8')
    const found = readLine(value)
    if ('wrong' in found) {
      const { folder, uid } = Object(value) as { folder?: unknown; uid?: unknown }
      const where = { ...(typeof folder === 'string' ? { folder } : {}), ...(typeof uid === 'number' ? { uid } : {}) }
      return this.fault(`is not as a manifest has it: ${found.wrong.join(', ')}`, where)
    }
    if (canonicalJson(value) !== Buffer.from(body).toString())
      this.fault('is not written as it was sealed: other layout, order or spelling', whereOf(found.line))
    return found.line
  }

  /** Its number and its link to the line before. */
  private follow(line: (Line & Link) | undefined): void {
    const { before, expected } = this
    if (!line) {
      this.expected++
      return
    }
    const { line: said, prev } = line
    const back = said === this.highest + 1 && expected <= this.highest
    if (said > expected && !back) {
      const gap = said - expected === 1 ? `line ${expected} is missing` : `lines ${expected} to ${said - 1} are missing`
      this.fault(`${gap} between ${before?.name ?? 'the beginning'} and ${nameOf(line)}`, whereOf(line))
    } else if (said < expected)
      this.fault(`${nameOf(line)} is line ${said}: it stands here again, or out of its place`, whereOf(line))
    this.highest = Math.max(this.highest, said)
    this.expected = said + 1
    const follows = before === undefined ? this.at === 1 : before.said === undefined || said === before.said + 1
    if (!follows || prev === this.hash) return
    if (before === undefined) this.fault('is not the first line that was sealed: it names one before it', whereOf(line))
    else this.fault(`${before.name} is not what was sealed: line ${this.at} names another hash for it`, before.where, this.at - 1)
  }

  private judge(line: Line & Link): void {
    switch (line.kind) {
      case 'header':
        this.begin(line)
        break
      case 'message':
        this.count(line)
        break
      case 'folder':
        this.close(line)
        break
      case 'end':
        this.end ??= line
    }
  }

  private begin(line: Header): void {
    if (this.at > 1) this.fault('a header stands in the middle')
    if (line.format !== format) this.fault(`its format is ${line.format}; this program checks ${format}`)
    this.header ??= line
    for (const fault of headerFaults(line)) this.fault(fault)
  }

  private count(line: MessageLine): void {
    const where = whereOf(line)
    this.followsHeader(where)
    if (this.folder) this.fault('a message stands after the folders', where)
    if (this.message && inOrder(this.message, line) >= 0)
      this.fault(`stands after ${nameOf(this.message)}: twice, or out of order`, where)
    this.message = line
    const { folder, uidValidity, target } = line
    const byValidity = this.sums.get(folder) ?? new Map<string, Sum>()
    const sum = byValidity.get(uidValidity) ?? noSum()
    addMessage(sum, line, true)
    this.sums.set(folder, byValidity.set(uidValidity, sum))
    for (const fault of messageFaults(line)) this.fault(fault, where)
    if (!target) return
    // What was taken over from an earlier UIDVALIDITY has two lines and one place.
    const key = JSON.stringify([folder, uidValidity, target.folder, target.uidValidity])
    const taken = this.targets.get(key) ?? new UidSet()
    this.targets.set(key, taken)
    if (!taken.add(target.uid)) this.fault(`claims UID ${target.uid} in ${target.folder}, as a line before it does`, where)
  }

  /** Says once that there is no header: said of each line it would hide what else is wrong. */
  private followsHeader(where: { folder?: string; uid?: number }): void {
    if (this.header || this.headless) return
    this.headless = true
    this.fault('no header that can be read stands before it', where)
  }

  private close(line: FolderLine): void {
    const where = whereOf(line)
    this.followsHeader(where)
    if (this.folder && byPath(this.folder.folder, line.folder) >= 0) this.fault('stands twice, or out of order', where)
    this.folder = line
    this.folders++
    const sum = noSum()
    for (const [uidValidity, found] of this.sums.get(line.folder) ?? []) {
      if (uidValidity === line.uidValidity) Object.assign(sum, { ...found, earlier: sum.earlier })
      else addFolder(sum, { ...noSum(), earlier: found.counts })
    }
    this.sums.delete(line.folder)
    this.compare(line, sum)
    addFolder(this.sum, line)
    if (this.header) for (const fault of folderFaults(this.header, line)) this.fault(fault, where)
  }

  /** Sums as a line states them against those of the lines before it. */
  private compare(line: FolderLine | EndLine, sum: Sum): void {
    const where = whereOf(line)
    for (const name of ['messages', 'size', 'counts', 'earlier'] as const) {
      const [stated, counted] = [canonicalJson(line[name]), canonicalJson(sum[name])]
      if (stated !== counted) this.fault(`states ${name} ${stated}, but the lines come to ${counted}`, where)
    }
  }

  private fault(message: string, where: { folder?: string; uid?: number } = {}, line = this.at): undefined {
    if (this.faults.length < named) this.faults.push({ line, ...where, message })
    else this.more++
  }
}

function inOrder(a: MessageLine, b: MessageLine): number {
  if (a.folder !== b.folder) return byPath(a.folder, b.folder)
  return a.uidValidity === b.uidValidity ? a.uid - b.uid : Number(a.uidValidity) - Number(b.uidValidity)
}

function whereOf(line: Line): { folder?: string; uid?: number } {
  if (line.kind === 'message') return { folder: line.folder, uid: line.uid }
  return line.kind === 'folder' ? { folder: line.folder } : {}
}

function nameOf(line: Line): string {
  switch (line.kind) {
    case 'header':
      return 'the header'
    case 'message':
      return `${line.folder} UID ${line.uid}`
    case 'folder':
      return `the line of folder ${line.folder}`
    case 'end':
      return 'the closing line'
  }
}
