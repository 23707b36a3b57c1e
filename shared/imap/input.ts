import { createHash, type Hash, hash } from 'node:crypto'
import type { Body } from '../source/source.ts'
import type { Expected } from '../targets/target.ts'
import { memory } from './memory.ts'

/** A response as read: its text with `{n}` where a literal stood, and the literals in order. */
export type Response = { text: string; literals: Literal[] }
export type Literal = Buffer | LargeLiteral | Digested

/** Literals above this are handed on while they arrive, so that no message has to fit into memory. */
export const largeBytes = 2 * 1024 * 1024

/** A literal that is still arriving. Read it once, to its end. */
export class LargeLiteral implements Body {
  readonly sizeBytes: number
  private readonly queue: Buffer[] = []
  private queued = 0
  private read = 0
  private failure: unknown
  private wake: (() => void) | undefined
  private readonly onQueued: (bytes: number) => void

  constructor(sizeBytes: number, onQueued: (bytes: number) => void) {
    this.sizeBytes = sizeBytes
    this.onQueued = onQueued
  }

  push(chunk: Buffer): void {
    this.queue.push(chunk)
    this.queued += chunk.length
    this.onQueued(chunk.length)
    this.wake?.()
  }

  fail(error: unknown): void {
    this.failure ??= error
    this.wake?.()
  }

  async *chunks(): AsyncIterable<Buffer> {
    while (this.read < this.sizeBytes) {
      const chunk = this.queue.shift()
      if (chunk) {
        this.read += chunk.length
        this.queued -= chunk.length
        this.onQueued(-chunk.length)
        yield chunk
      } else if (this.failure) throw this.failure
      else
        await new Promise<void>(wake => {
          this.wake = wake
        })
    }
  }

  give(piece: Buffer): void {
    memory.give(piece)
  }

  /** Reads what is left and throws it away, so that the connection goes on. */
  async discard(): Promise<void> {
    for await (const _ of this.chunks());
  }
}

/** A literal of which only the SHA-256 was kept, base64url. */
export class Digested {
  readonly digest: string

  constructor(digest: string) {
    this.digest = digest
  }

  static of(bytes: Uint8Array): string {
    return hash('sha256', bytes, 'base64url')
  }
}

/** A literal that is being digested: compared with what is expected as long as it is the same, else hashed. */
type Running = { known: Pieces | undefined; hash: Hash | undefined; left: number }

/** What is expected, up to where it was the same. */
class Pieces {
  readonly digest: string
  private readonly pieces: readonly Buffer[]
  private piece = 0
  private at = 0

  constructor({ pieces, digest }: Expected) {
    this.pieces = pieces
    this.digest = digest
  }

  /** Does it go on with these bytes? Where it does not, nothing has moved. */
  goesOn(part: Buffer): boolean {
    let { piece, at } = this
    for (let from = 0; from < part.length; ) {
      const known = this.pieces[piece]
      if (!known) return false
      const bytes = Math.min(known.length - at, part.length - from)
      if (part.compare(known, at, at + bytes, from, from + bytes) !== 0) return false
      from += bytes
      at += bytes
      if (at === known.length) {
        piece++
        at = 0
      }
    }
    this.piece = piece
    this.at = at
    return true
  }

  /** A hash of what was the same. */
  hashed(): Hash {
    const running = createHash('sha256')
    for (const known of this.pieces.slice(0, this.piece)) running.update(known)
    return running.update(this.pieces[this.piece]?.subarray(0, this.at) ?? '')
  }
}

/**
 * Cuts a stream of bytes into responses (RFC 9051 2.2.2). A response is given out when its line ends, or, where it holds a large literal,
 * as soon as that begins: what follows a large literal in the same response is read over (servers put BODY[] last when asked last).
 */
export class Input {
  private rest: Buffer | undefined
  private text = ''
  private literals: Literal[] = []
  /** A literal that is being filled, or the next piece of the large one. */
  private filling: { buffer: Buffer; filled: number } | undefined
  private large: { literal: LargeLiteral; left: number; last?: Buffer } | undefined
  private running: Running | undefined
  private given = false
  private broken = false
  /**
   * Set: literals are digested as they come by, instead of being kept. Given the text before a literal it tells the bytes that are expected there:
   * where they are the same their digest holds, and is not computed again.
   */
  digesting: ((text: string) => Expected | undefined) | undefined
  private readonly onResponse: (response: Response) => void
  private readonly onQueued: (bytes: number) => void
  private readonly onBroken: (why: Error) => void

  /** `onBroken`: what comes is no answer any more, and nothing of it is given out. */
  constructor(onResponse: Input['onResponse'], onQueued: Input['onQueued'], onBroken: Input['onBroken'] = () => {}) {
    this.onResponse = onResponse
    this.onQueued = onQueued
    this.onBroken = onBroken
  }

  /** Where the next bytes are best read into: a literal itself as long as much of it is due; undefined where anything may come. */
  room(): Buffer | undefined {
    const { filling } = this
    return filling && filling.buffer.length - filling.filled > leastRoom ? filling.buffer.subarray(filling.filled) : undefined
  }

  /** What is kept is copied, unless it was read into `room()`: `data` may be overwritten as soon as this returns. */
  feed(data: Buffer): void {
    const bytes = this.rest ? Buffer.concat([this.rest, data]) : data
    this.rest = undefined
    for (let at = 0; at < bytes.length && !this.broken; ) {
      if (this.filling) at = this.fill(this.filling, bytes, at)
      else if (this.running) at = this.digest(this.running, bytes, at)
      else {
        const end = endOfLine(bytes, at)
        if (end < 0) {
          if (bytes.length - at > longestLine) this.breakOff(`a line of the server is longer than ${longestLine} bytes`)
          else this.rest = Buffer.from(bytes.subarray(at))
          return
        }
        this.line(bytes.toString('latin1', at, end))
        at = end + 2
      }
    }
  }

  /** Is a large literal on its way? */
  get arriving(): boolean {
    return this.large !== undefined
  }

  /** The connection is gone: whoever reads a large literal hears of it. */
  fail(error: unknown): void {
    this.large?.literal.fail(error)
  }

  private line(line: string): void {
    const size = line.endsWith('}') && !isWords.test(this.text || line) ? /~?\{(\d+)\}$/.exec(line)?.[1] : undefined
    if (this.literals.length > 0 && !goesOn(this.text, line, size !== undefined))
      return void this.breakOff('the server sends another number of bytes than it tells of')
    this.text += line
    this.endLarge()
    if (size !== undefined) return void this.begin(Number(size))
    const { text, literals, given } = this
    this.text = ''
    this.literals = []
    this.given = false
    if (!given) this.onResponse({ text, literals })
  }

  private begin(bytes: number): void {
    if (this.digesting) {
      const expected = this.digesting(this.text)
      const known = expected?.sizeBytes === bytes ? new Pieces(expected) : undefined
      this.running = { known, hash: known ? undefined : createHash('sha256'), left: bytes }
      if (bytes === 0) this.digest(this.running, nothing, 0)
    } else if (bytes === 0) this.literals.push(nothing)
    else if (bytes <= largeBytes) this.filling = { buffer: memory.take(bytes), filled: 0 }
    else {
      const literal = new LargeLiteral(bytes, this.onQueued)
      this.large = { literal, left: bytes }
      this.filling = nextPiece(bytes)
      this.literals.push(literal)
      this.given = true
      this.onResponse({ text: this.text, literals: this.literals })
    }
  }

  private digest(running: Running, bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + running.left)
    const part = bytes.subarray(at, end)
    if (running.known && !running.known.goesOn(part)) {
      running.hash = running.known.hashed()
      running.known = undefined
    }
    running.hash?.update(part)
    running.left -= part.length
    if (running.left === 0) {
      this.literals.push(new Digested(running.known?.digest ?? running.hash?.digest('base64url') ?? ''))
      this.running = undefined
    }
    return end
  }

  private fill(filling: { buffer: Buffer; filled: number }, bytes: Buffer, at: number): number {
    const { buffer, filled } = filling
    const inPlace = bytes.buffer === buffer.buffer
    const taken = inPlace ? bytes.length : bytes.copy(buffer, filled, at)
    filling.filled += taken
    if (filling.filled === buffer.length) this.filled(buffer)
    return at + taken
  }

  private filled(buffer: Buffer): void {
    const { large } = this
    this.filling = undefined
    if (!large) return void this.literals.push(buffer)
    large.left -= buffer.length
    if (large.left === 0) return void Object.assign(large, { last: buffer })
    this.filling = nextPiece(large.left)
    large.literal.push(buffer)
  }

  /** The last piece is handed on once what follows it shows that it was the last, or who reads it would take a part for the whole. */
  private endLarge(): void {
    const { large } = this
    this.large = undefined
    if (large?.last) large.literal.push(large.last)
  }

  private breakOff(why: string): void {
    this.broken = true
    this.onBroken(new Error(why))
  }
}

/** A response that ends in words for people (RFC 9051 7.1): no literal follows, whatever they end in. */
const isWords = /^(\+|\* (OK|NO|BAD|BYE|PREAUTH)|[^*\s]+ (OK|NO|BAD))( |$)/i

/** No answer has a line like that. */
const longestLine = 8 * 1024 * 1024

/** Can a response go on like this behind a literal (RFC 9051 9)? Where it cannot, the literal was not as long as the server said. */
function goesOn(text: string, line: string, more: boolean): boolean {
  if (line !== '' && line[0] !== ' ' && line[0] !== ')') return false
  return more || !/^\* \d+ /.test(text) || line.trimEnd().endsWith(')')
}

/** A large literal is handed on in pieces of this size. */
const pieceBytes = 128 * 1024

/** Where less of a literal is due than this, one read takes it and what comes behind it. */
const leastRoom = 16 * 1024

const nothing = Buffer.alloc(0)

function nextPiece(left: number): { buffer: Buffer; filled: number } {
  return { buffer: memory.take(Math.min(left, pieceBytes)), filled: 0 }
}

/** Where the CRLF stands that ends a line; -1 where it has not come yet. */
function endOfLine(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0x0d, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0x0d, at + 1))
    if (bytes[at + 1] === 0x0a) return at
  return -1
}
