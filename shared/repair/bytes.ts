/** Some bytes of a message, from `start` to just before `end`. */
export type Span = { start: number; end: number }

/** What is to stand in place of a span; an empty span is an insertion. */
export type Edit = Span & { by: Buffer }

/** The same bytes with the edits made; everything else stays as it is. Edits are ascending and do not overlap. */
export function splice(raw: Buffer, edits: readonly Edit[]): Buffer {
  const pieces: Buffer[] = []
  let at = 0
  for (const { start, end, by } of edits) {
    pieces.push(raw.subarray(at, start), by)
    at = end
  }
  pieces.push(raw.subarray(at))
  return Buffer.concat(pieces)
}

/** What a span of whole lines holds. `longest`: bytes of its longest line without the line end. */
export type Measure = { longest: number; nul: number; eightBit: number; bareLf: number; bareCr: number }

/** Measures in one look at each byte. */
export function measure(raw: Buffer, { start, end }: Span): Measure {
  const found = { longest: 0, nul: 0, eightBit: 0, bareLf: 0, bareCr: 0 }
  let line = start
  for (let i = start; i < end; i++) {
    const byte = raw[i] ?? 0
    if (byte > 13 && byte < 128) continue
    if (byte === 10) {
      const crlf = i > start && raw[i - 1] === 13
      if (!crlf) found.bareLf++
      found.longest = Math.max(found.longest, i - line - (crlf ? 1 : 0))
      line = i + 1
    } else if (byte === 13) {
      if (raw[i + 1] !== 10 || i + 1 >= end) found.bareCr++
    } else if (byte === 0) found.nul++
    else if (byte > 127) found.eightBit++
  }
  found.longest = Math.max(found.longest, end - line)
  return found
}

/** Has it a line of more than `most` bytes, its line end left out? Looks at few of its bytes only. */
export function hasLineOver(raw: Buffer, most: number): boolean {
  for (let at = 0; raw.length - at > most; ) {
    const lf = raw.lastIndexOf(10, at + most)
    if (lf >= at) at = lf + 1
    else if (raw[at + most] === 13 && raw[at + most + 1] === 10) at += most + 2
    else return true
  }
  return false
}

/** Lines of a span, each with its line end; only LF ends one. */
export function* linesOf(raw: Buffer, { start, end }: Span): Iterable<Span> {
  for (let at = start; at < end; ) {
    const next = lineEnd(raw, at, end)
    yield { start: at, end: next }
    at = next
  }
}

/** Where the line that starts at `at` is over, its line end included. */
export function lineEnd(raw: Buffer, at: number, end: number): number {
  const lf = raw.indexOf(10, at)
  return lf < 0 || lf >= end ? end : lf + 1
}

/** A line without its line end (CRLF or LF). */
export function bare(raw: Buffer, { start, end }: Span): Span {
  if (end <= start || raw[end - 1] !== 10) return { start, end }
  return { start, end: end - 1 > start && raw[end - 2] === 13 ? end - 2 : end - 1 }
}

/** Does the message end its lines by LF alone, as its first line does? */
export function endsLinesByLf(raw: Buffer): boolean {
  const lf = raw.indexOf(10)
  return lf >= 0 && raw[lf - 1] !== 13
}

/** Bytes that grow. */
export class Sink {
  private bytes: Buffer
  private length = 0

  constructor(expected: number) {
    this.bytes = Buffer.allocUnsafe(Math.max(64, expected))
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.grow(1)
    this.bytes[this.length++] = value
  }

  text(ascii: string): void {
    if (this.length + ascii.length > this.bytes.length) this.grow(ascii.length)
    this.length += this.bytes.write(ascii, this.length, 'latin1')
  }

  copy(raw: Buffer, start: number, end: number): void {
    if (this.length + end - start > this.bytes.length) this.grow(end - start)
    this.length += raw.copy(this.bytes, this.length, start, end)
  }

  done(): Buffer {
    return this.bytes.subarray(0, this.length)
  }

  private grow(by: number): void {
    const bytes = Buffer.allocUnsafe(this.bytes.length * 2 + by)
    this.bytes.copy(bytes, 0, 0, this.length)
    this.bytes = bytes
  }
}
