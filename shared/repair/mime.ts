import { lineEnd, type Span } from './bytes.ts'
import { type ContentType, readContentType } from './content-type.ts'
import { type Field, fieldNamed, fieldValue, type Header, readHeader } from './header.ts'
import { type Seal, sealByArmour, sealByType } from './sealed.ts'

/**
 * A part of a message and where its bytes are. `number`: as IMAP numbers it, '' for the message itself. `message`: the message
 * itself or one within message/rfc822. `within`: inside a sealed part. `encoding`: lower case, '' where there is none.
 */
export type Part = {
  number: string
  header: Header
  body: Span
  message: boolean
  content: ContentType
  encoding: string
  /** What is in its body: parts between `frames`, one message, or content that we do not look into. */
  holds: 'parts' | 'message' | 'content'
  parts: Part[]
  /** Delimiter lines, each with the line end before it (RFC 2046 5.1.1). */
  frames: Span[]
  closed: boolean
  seal?: Seal
  within: boolean
}

/** Deeper than this a message is content. */
const deepest = 100

/** Encodings under which the bytes are the content itself (RFC 2045 6.2), and how they are misspelt. */
const identities = new Set(['', '7bit', '8bit', 'binary', '7-bit', '8-bit', '7 bit', '8 bit'])

/** Is a part’s content written as it is? */
export function plainly({ encoding }: Part): boolean {
  return identities.has(encoding)
}

/** Takes a message apart, however broken it is. Never throws. */
export function takeApart(raw: Buffer): Part {
  return partOf(raw, { start: 0, end: raw.length }, { number: '', message: true, type: 'text/plain', within: false, depth: 0 })
}

/** A part and all parts within it, in order. */
export function* partsOf(part: Part): Iterable<Part> {
  yield part
  for (const inner of part.parts) yield* partsOf(inner)
}

type Place = { number: string; message: boolean; type: string; within: boolean; depth: number }

function partOf(raw: Buffer, { start, end }: Span, place: Place): Part {
  const { number, message, within, depth } = place
  const header = readHeader(raw, start, end)
  const body = { start: header.separator.end, end }
  const field = fieldNamed(header, 'content-type')
  const content = field ? readContentType(fieldValue(raw, field)) : { type: place.type, params: new Map<string, string>() }
  const encoding = encodingOf(raw, fieldNamed(header, 'content-transfer-encoding'))
  const seal = sealOf(raw, header, body, content, encoding)
  const part: Part = {
    number,
    header,
    body,
    message,
    content,
    encoding,
    holds: 'content',
    parts: [],
    frames: [],
    closed: true,
    within,
  }
  if (seal) part.seal = seal
  if (depth >= deepest) return part
  const inner = { within: within || seal !== undefined, depth: depth + 1 }
  if (content.type === 'message/rfc822' || content.type === 'message/global') {
    if (!plainly(part) || body.end === body.start) return part
    part.holds = 'message'
    part.parts = [partOf(raw, body, { ...inner, number: below(number, 1), message: true, type: 'text/plain' })]
  } else if (content.type.startsWith('multipart/')) {
    const boundary = (content.params.get('boundary') ?? '').trimEnd()
    const { frames, closed } = boundary ? delimiters(raw, body, Buffer.from(boundary, 'latin1')) : { frames: [], closed: true }
    if (frames.length === 0) return part
    const type = content.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
    const opening = closed ? frames.slice(0, -1) : frames
    part.holds = 'parts'
    part.frames = frames
    part.closed = closed
    part.parts = opening.map((frame, i) => {
      const span = { start: frame.end, end: frames[i + 1]?.start ?? body.end }
      return partOf(raw, span, { ...inner, number: below(number, i + 1), message: false, type })
    })
  }
  return part
}

function below(number: string, i: number): string {
  return number ? `${number}.${i}` : `${i}`
}

function encodingOf(raw: Buffer, field: Field | undefined): string {
  const value = field ? fieldValue(raw, field) : ''
  return value
    .replaceAll(/\([^()]*\)/g, '')
    .replaceAll('\0', '')
    .trim()
    .toLowerCase()
}

function sealOf(raw: Buffer, header: Header, body: Span, content: ContentType, encoding: string): Seal | undefined {
  const disposition = fieldNamed(header, 'content-disposition')
  const fileName = disposition && readContentType(fieldValue(raw, disposition)).params.get('filename')
  const byType = sealByType(content, fileName)
  if (byType || content.type.startsWith('multipart/') || content.type === 'message/rfc822') return byType
  return sealByArmour(raw, body, encoding, content.type.startsWith('text/') || content.type === '')
}

/** Delimiter lines of a boundary within a span, to the closing one. */
function delimiters(raw: Buffer, { start, end }: Span, boundary: Buffer): { frames: Span[]; closed: boolean } {
  const frames: Span[] = []
  const dashes = Buffer.concat([Buffer.from('--'), boundary])
  const within = raw.subarray(0, end)
  for (let at = within.indexOf(dashes, start); at >= 0; at = within.indexOf(dashes, at + 1)) {
    if (at > start && raw[at - 1] !== 10) continue
    let after = at + dashes.length
    const closing = raw[after] === 45 && raw[after + 1] === 45 && after + 2 <= end
    if (closing) after += 2
    while (after < end && (raw[after] === 32 || raw[after] === 9)) after++
    const next = lineEnd(raw, after, end)
    const rest = next - after
    if (rest > 2 || (rest > 0 && raw[after] !== 10 && !(raw[after] === 13 && (rest === 1 || raw[after + 1] === 10)))) continue
    const before = at > start + 1 && raw[at - 2] === 13 ? at - 2 : at > start ? at - 1 : at
    frames.push({ start: Math.max(before, frames.at(-1)?.end ?? start), end: next })
    if (closing) return { frames, closed: true }
  }
  return { frames, closed: false }
}
