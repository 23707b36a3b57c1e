import { type Edit, endsLinesByLf, linesOf, Sink, type Span } from './bytes.ts'
import { type Part, plainly } from './mime.ts'

/** Base64 in lines of 76 characters (RFC 2045 6.8), CRLF between and after them. */
export function base64Lines(bytes: Buffer): Buffer {
  const sink = new Sink(Math.ceil((bytes.length * 4) / 3) + Math.ceil(bytes.length / 57) * 2 + 8)
  for (let at = 0; at < bytes.length; at += 57 * 512) {
    const text = bytes.toString('base64', at, Math.min(at + 57 * 512, bytes.length))
    for (let i = 0; i < text.length; i += 76) sink.text(`${text.slice(i, i + 76)}\r\n`)
  }
  return sink.done()
}

/**
 * Quoted-printable (RFC 2045 6.7) of text whose line ends are CRLF; a bare CR or LF is encoded, so that decoding gives the same
 * bytes. `byLf`: LF ends lines too, and stays as it is.
 */
export function quotedPrintable(bytes: Buffer, byLf = false): Buffer {
  const sink = new Sink(bytes.length + (bytes.length >> 3) + 64)
  let column = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte === 13 && bytes[i + 1] === 10) {
      sink.text('\r\n')
      column = 0
      i++
      continue
    }
    if (byte === 10 && byLf) {
      sink.byte(10)
      column = 0
      continue
    }
    const next = bytes[i + 1]
    const ends = next === undefined || (next === 13 && bytes[i + 2] === 10) || (next === 10 && byLf)
    const blank = byte === 32 || byte === 9
    // A dash at the start of a broken line could make a delimiter of it.
    const asIs = (byte > 32 && byte < 127 && byte !== 61 && !(byte === 45 && column === 0)) || (blank && !ends)
    if (column + (asIs ? 1 : 3) > 75) {
      sink.text('=\r\n')
      column = 0
      i--
      continue
    }
    if (asIs) sink.byte(byte)
    else sink.text(escaped(byte))
    column += asIs ? 1 : 3
  }
  return sink.done()
}

/** `=` and two hexadecimal digits. */
export function escaped(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

/**
 * Encoded content broken into lines of at most 76 characters where it is longer than `longest`; what it decodes to does not
 * change.
 */
export function rewrapped(raw: Buffer, content: Span, encoding: 'base64' | 'quoted-printable', longest: number): Buffer {
  const sink = new Sink(content.end - content.start + 1024)
  for (const line of linesOf(raw, content)) {
    if (line.end - line.start <= longest) {
      sink.copy(raw, line.start, line.end)
      continue
    }
    let at = line.start
    while (line.end - at > 78) {
      let cut = at + (encoding === 'base64' ? 76 : 72)
      if (encoding === 'quoted-printable') {
        const dash = raw[at] === 45 && at > line.start
        if (dash) sink.text('=2D')
        if (raw[cut - 1] === 61) cut -= 1
        else if (raw[cut - 2] === 61) cut -= 2
        sink.copy(raw, dash ? at + 1 : at, cut)
        sink.text('=\r\n')
      } else {
        sink.copy(raw, at, cut)
        sink.text('\r\n')
      }
      at = cut
    }
    const dash = encoding === 'quoted-printable' && raw[at] === 45 && at > line.start
    if (dash) sink.text('=2D')
    sink.copy(raw, dash ? at + 1 : at, line.end)
  }
  return sink.done()
}

/** Is this part text whose lines are what they look like? UTF-16 and UTF-32 are not. */
export function isText({ content }: Part): boolean {
  const text = content.type === '' || content.type.startsWith('text/') || /^message\/(?!partial|external-body)/.test(content.type)
  return text && !/^(?:utf-?(?:16|32)|ucs-?[24]|iso-10646)/i.test(content.params.get('charset') ?? '')
}

/** Content that may not be encoded (RFC 2045 6.4, RFC 2046 5.2), or whose encoding we do not know. */
function mustStay(part: Part): boolean {
  return !plainly(part) || /^(?:multipart\/|message\/(?:rfc822|global$|partial|external-body))/.test(part.content.type)
}

/** The edits that write a part’s content in another encoding and say so in its header; decoding gives the same bytes. */
export function reencode(raw: Buffer, part: Part, as: 'base64' | 'quoted-printable'): Edit[] | 'cannot' {
  if (mustStay(part)) return 'cannot'
  const { header, body, message } = part
  const bytes = raw.subarray(body.start, body.end)
  const edits: Edit[] = []
  const fields = header.fields.filter(({ name }) => name === 'content-transfer-encoding')
  for (const [i, { start, end, value }] of fields.entries()) {
    const by = i === 0 ? Buffer.from(`${raw.toString('latin1', start, value)} ${as}\r\n`, 'latin1') : Buffer.alloc(0)
    edits.push({ start, end, by })
  }
  const version = message && !header.fields.some(({ name }) => name === 'mime-version') ? 'MIME-Version: 1.0\r\n' : ''
  const encoding = fields.length > 0 ? '' : `Content-Transfer-Encoding: ${as}\r\n`
  const separator = header.separator.end > header.separator.start ? '' : '\r\n'
  const added = version + encoding + separator
  if (added) edits.push({ start: header.separator.start, end: header.separator.start, by: Buffer.from(added) })
  edits.push({ ...body, by: as === 'base64' ? base64Lines(bytes) : quotedPrintable(bytes, endsLinesByLf(raw)) })
  return edits
}
