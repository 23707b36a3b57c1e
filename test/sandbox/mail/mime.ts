import { base64Text, bytesOf, type Charset, headerText, quotedPrintable } from './charsets.ts'
import { type Prng, prngOf } from './prng.ts'

/** One MIME entity: its header lines without the last CRLF, and its body, which ends where it ends. */
export type Entity = { header: string; body: readonly (string | Buffer)[] }

/** How a text is carried. */
export type TextCoding = { charset: Charset; transfer: '8bit' | 'quoted-printable' | 'base64' }

/** A text part. */
export function textEntity(text: string, subtype: 'plain' | 'html', coding: TextCoding): Entity {
  const bytes = bytesOf(text, coding.charset)
  const body =
    coding.transfer === 'base64' ? base64Text(bytes) : coding.transfer === 'quoted-printable' ? quotedPrintable(bytes) : bytes
  const format = subtype === 'plain' && coding.transfer === '8bit' ? '; format=flowed' : ''
  return {
    header: `Content-Type: text/${subtype}; charset=${coding.charset}${format}\r\nContent-Transfer-Encoding: ${coding.transfer}`,
    body: [body, '\r\n'],
  }
}

/** A multipart of any kind; `preamble` is what old readers see. */
export function multipart(prng: Prng, type: string, parts: readonly Entity[], preamble = ''): Entity {
  const boundary = `----=_${prng.letters(6).replace(/[+/]/g, '_')}.${prng.bits().toString(36)}`
  const body: (string | Buffer)[] = [preamble]
  for (const part of parts) body.push(`--${boundary}\r\n${part.header}\r\n\r\n`, ...part.body, '\r\n')
  body.push(`--${boundary}--\r\n`)
  return { header: `Content-Type: multipart/${type};\r\n boundary="${boundary}"`, body }
}

/** An attachment of about `sizeBytes` on the wire, its bytes random, its name encoded as mail programs of the time did. */
export function attachment(prng: Prng, name: string, sizeBytes: number): Entity {
  const type = contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  const start = name.endsWith('.pdf') ? '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nend' : ''
  const ascii = name.replace(/[^ -~]/g, '_')
  const filename = prng.chance(0.5)
    ? `filename="${headerText(name, 'iso-8859-1', 'Q').replaceAll('\r\n ', '')}"`
    : ascii === name
      ? `filename="${name}"`
      : `filename*=utf-8''${encodeURIComponent(name)}`
  return {
    header: `Content-Type: ${type};\r\n name="${ascii}"\r\nContent-Disposition: attachment;\r\n ${filename}\r\nContent-Transfer-Encoding: base64`,
    body: randomBase64(prng, sizeBytes, start),
  }
}

/** An image that an HTML part shows by its Content-ID. */
export function inlineImage(prng: Prng, contentId: string, sizeBytes: number): Entity {
  return {
    header: `Content-Type: image/png; name="image001.png"\r\nContent-Disposition: inline; filename="image001.png"\r\nContent-ID: <${contentId}>\r\nContent-Transfer-Encoding: base64`,
    body: randomBase64(prng, sizeBytes, '\x89PNG\r\n\x1a\n'),
  }
}

/** A whole message inside another. */
export function nestedMessage(raw: Buffer): Entity {
  return { header: 'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="message.eml"', body: [raw] }
}

/** The bytes of an entity below the header lines of a message. */
export function assemble(header: string, entity: Entity): Buffer {
  const pieces = [`${header}\r\nMIME-Version: 1.0\r\n${entity.header}\r\n\r\n`, ...entity.body]
  return Buffer.concat(pieces.map(piece => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)))
}

const contentTypes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

const lineBytes = 78
const poolLines = 20_000
let pool: Buffer | undefined

/** Made once a process from a fixed seed: a message takes a window of it, and makes it its own with a first line that is only its own. */
function base64Pool(): Buffer {
  if (pool !== undefined) return pool
  const prng = prngOf('base64 pool')
  const bytes = Buffer.alloc(poolLines * 57)
  for (let at = 0; at + 4 <= bytes.length; at += 4) bytes.writeUInt32LE(prng.bits(), at)
  pool = Buffer.from(`${base64Text(bytes.toString('latin1'))}\r\n`, 'latin1')
  return pool
}

function randomBase64(prng: Prng, sizeBytes: number, start: string): (string | Buffer)[] {
  const first = Buffer.from(start.slice(0, 57).padEnd(57, '\n'), 'latin1').toString('base64')
  const pieces: (string | Buffer)[] = [`${start === '' ? '' : `${first}\r\n`}${prng.letters(76)}\r\n`]
  const lines = base64Pool()
  let left = Math.max(0, Math.round(sizeBytes / lineBytes) - 1)
  for (let line = prng.between(0, poolLines - 1); left > 0; line = 0) {
    const taken = Math.min(left, poolLines - line)
    pieces.push(lines.subarray(line * lineBytes, (line + taken) * lineBytes))
    left -= taken
  }
  return pieces
}
