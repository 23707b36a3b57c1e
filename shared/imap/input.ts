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
  private reading: { buffer: Buffer; filled: number } | undefined
  private large: LargeLiteral | undefined
  private running: Running | undefined
  private given = false
  /**
   * Set: literals are digested as they come by, instead of being kept. Given the text before a literal it tells the bytes that are expected there:
   * where they are the same their digest holds, and is not computed again.
   */
  digesting: ((text: string) => Expected | undefined) | undefined
  private readonly onResponse: (response: Response) => void
  private readonly onQueued: (bytes: number) => void

  constructor(onResponse: (response: Response) => void, onQueued: (bytes: number) => void) {
    this.onResponse = onResponse
    this.onQueued = onQueued
  }

  /** What is kept is copied: `data` may be overwritten as soon as this returns. */
  feed(data: Buffer): void {
    let chunk = this.rest ? Buffer.concat([this.rest, data]) : data
    this.rest = undefined
    while (chunk.length > 0) {
      if (this.large) chunk = this.intoLarge(this.large, chunk)
      else if (this.reading) chunk = this.intoLiteral(this.reading, chunk)
      else if (this.running) chunk = this.intoDigest(this.running, chunk)
      else {
        const end = chunk.indexOf('\r\n')
        if (end < 0) {
          this.rest = Buffer.from(chunk)
          return
        }
        const line = chunk.toString('latin1', 0, end)
        chunk = this.line(line, chunk.subarray(end + 2))
      }
    }
  }

  /** Is a large literal on its way? */
  get arriving(): boolean {
    return this.large !== undefined
  }

  /** The connection is gone: whoever reads a large literal hears of it. */
  fail(error: unknown): void {
    this.large?.fail(error)
  }

  private line(line: string, chunk: Buffer): Buffer {
    this.text += line
    const size = line.endsWith('}') ? /~?\{(\d+)\}$/.exec(line)?.[1] : undefined
    if (size === undefined) {
      const response = { text: this.text, literals: this.literals }
      const given = this.given
      this.text = ''
      this.literals = []
      this.given = false
      if (!given) this.onResponse(response)
      return chunk
    }
    const bytes = Number(size)
    if (this.digesting) {
      const expected = this.digesting(this.text)
      const known = expected?.sizeBytes === bytes ? new Pieces(expected) : undefined
      this.running = { known, hash: known ? undefined : createHash('sha256'), left: bytes }
      return this.intoDigest(this.running, chunk)
    }
    if (bytes > largeBytes) {
      const large = new LargeLiteral(bytes, this.onQueued)
      this.large = large
      this.literals.push(large)
      this.given = true
      this.onResponse({ text: this.text, literals: this.literals })
      return chunk
    }
    const buffer = memory.take(bytes)
    if (chunk.length >= bytes) {
      chunk.copy(buffer, 0, 0, bytes)
      this.literals.push(buffer)
      return chunk.subarray(bytes)
    }
    this.reading = { buffer, filled: 0 }
    return chunk
  }

  private intoDigest(running: Running, chunk: Buffer): Buffer {
    const part = chunk.length > running.left ? chunk.subarray(0, running.left) : chunk
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
    return chunk.subarray(part.length)
  }

  private intoLiteral(reading: { buffer: Buffer; filled: number }, chunk: Buffer): Buffer {
    const taken = chunk.copy(reading.buffer, reading.filled)
    reading.filled += taken
    if (reading.filled === reading.buffer.length) {
      this.literals.push(reading.buffer)
      this.reading = undefined
    }
    return chunk.subarray(taken)
  }

  private intoLarge(large: LargeLiteral, chunk: Buffer): Buffer {
    const left = large.sizeBytes - this.largeRead
    const part = chunk.subarray(0, left)
    this.largeRead += part.length
    if (this.largeRead === large.sizeBytes) {
      this.large = undefined
      this.largeRead = 0
    }
    const piece = memory.take(part.length)
    part.copy(piece)
    large.push(piece)
    return chunk.subarray(part.length)
  }
  private largeRead = 0
}
