import { createHash } from 'node:crypto'
import { bare } from './bytes.ts'
import { declaredCharset } from './charset.ts'
import { isGivable, parseDate, writtenDate } from './date.ts'
import { diagnose, type Oddity } from './diagnose.ts'
import { encodeHeaders } from './eight-bit.ts'
import { base64Lines, quotedPrintable } from './encode.ts'
import { fieldNamed, fieldValue, type Header, readHeader } from './header.ts'
import { breakLongLines } from './long-lines.ts'
import { takeApart } from './mime.ts'
import type { Refused } from './rung.ts'
import { enveloped } from './words.ts'

/** The name of the attached original. */
const file = 'original.eml'

/** The field by which an envelope of ours is known: the original’s SHA-256 and size. */
const mark = 'X-Releve-Original'

/** What tells where a message belongs in a list, and what its answers are. In this order. */
const carried = ['From', 'Sender', 'Reply-To', 'To', 'Cc', 'Date', 'Subject', 'Message-ID', 'In-Reply-To', 'References']

/** Longer values are not carried over, a subject in part. Bytes. */
const longestValue = 4000

/** Oddities with which the original can still be attached as message/rfc822: its bytes are 7-bit lines, and its header is one. */
const harmless: ReadonlySet<Oddity> = new Set(['no-message-id', 'no-date', 'invalid-base64', 'signed', 'encrypted', 'tnef'])

/**
 * A new message in the place of one that a target refuses: readable names and date of the original, a few words, and the
 * original, attached whole. The same message gives the same bytes each time. `as`: how it is attached; `rfc822` only where the
 * bytes allow it (RFC 2046 5.2.1 forbids to encode it), else undefined. `longest`: bytes of a line.
 */
export function envelop(
  { raw, internalDate }: { raw: Buffer; internalDate: number },
  { code, text }: Refused,
  as: 'rfc822' | 'base64',
  longest = 998,
): Buffer | undefined {
  if (as === 'rfc822' && !fitsAsMessage(raw)) return undefined
  const digest = createHash('sha256').update(raw).digest('hex')
  let boundary = `releve-${digest.slice(0, 32)}`
  for (let i = 0; as === 'rfc822' && raw.includes(boundary); i++) boundary = `releve-${digest.slice(0, 32)}-${i}`
  const said = `${code} ${text}`.replaceAll(/[^ -~\u{a0}-\u{ffff}]+/gu, ' ').trim()
  const head = [
    ...carriedOver(raw, internalDate, Math.min(longest, 998)),
    `${mark}: sha256=${digest};\r\n bytes=${raw.length}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    quotedPrintable(Buffer.from(enveloped(file, said.slice(0, 200)))).toString('latin1'),
    `--${boundary}`,
    as === 'rfc822' ? 'Content-Type: message/rfc822' : `Content-Type: application/octet-stream; name="${file}"`,
    `Content-Transfer-Encoding: ${as === 'rfc822' ? '7bit' : 'base64'}`,
    `Content-Disposition: attachment; filename="${file}"`,
    '',
    '',
  ].join('\r\n')
  const attached = as === 'rfc822' ? [raw, Buffer.from('\r\n')] : [base64Lines(raw)]
  return Buffer.concat([Buffer.from(head, 'latin1'), ...attached, Buffer.from(`--${boundary}--\r\n`)])
}

/**
 * The original out of an envelope of ours, byte for byte; undefined where it is none, or where the original in it is not whole
 * any more.
 */
export function retrieve(envelope: Buffer): Buffer | undefined {
  const root = takeApart(envelope)
  const field = fieldNamed(root.header, mark.toLowerCase())
  const [, digest] = (field && /^sha256=([0-9a-f]{64})\b/.exec(fieldValue(envelope, field))) ?? []
  const part = root.parts[1]
  if (!digest || !part) return undefined
  const bytes = envelope.subarray(part.body.start, part.body.end)
  const original = part.encoding === 'base64' ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes
  return createHash('sha256').update(original).digest('hex') === digest ? original : undefined
}

function fitsAsMessage(raw: Buffer): boolean {
  if (raw.length === 0 || raw.some(byte => byte > 127)) return false
  return diagnose(raw).every(({ odd }) => harmless.has(odd))
}

function carriedOver(raw: Buffer, internalDate: number, longest: number): string[] {
  const header = readHeader(raw, 0, raw.length)
  const charset = charsetField(raw)
  const lines = new Map(carried.map(name => [name, carriedField(raw, header, name, longest, charset)]))
  const date = fieldNamed(header, 'date')
  if (!lines.get('Date') || Number.isNaN(date ? parseDate(fieldValue(raw, date)) : Number.NaN)) {
    lines.set('Date', isGivable(internalDate) ? `Date: ${writtenDate(internalDate)}` : undefined)
  }
  if (!lines.get('From')) lines.set('From', 'From: unknown@sender.invalid')
  if (!lines.get('Subject')) lines.set('Subject', `Subject: ${file}`)
  return [...lines.values()].filter(line => line !== undefined)
}

/** The field on 7-bit lines, read as before; undefined where there is none, or none that can be carried over. */
function carriedField(raw: Buffer, header: Header, name: string, longest: number, charset: Buffer): string | undefined {
  const field = fieldNamed(header, name.toLowerCase())
  if (!field) return undefined
  const { start, end } = bare(raw, { start: field.value, end: field.end })
  let value = Buffer.from(raw.subarray(start, Math.min(end, start + 65_536)))
    .toString('latin1')
    .replaceAll('\0', '')
    .replaceAll(/[\r\n]+/g, run => (run.includes('\n') ? '' : ' '))
    .replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ' ')
    .trim()
  if (value.length > longestValue && name === 'Subject') value = shortened(value)
  if (value === '' || value.length > longestValue) return undefined
  const line = Buffer.from(`${name}: ${value}\r\n`, 'latin1')
  // The charset that the text declares tells how its header is to be read.
  const encoded = encodeHeaders(Buffer.concat([line, charset, Buffer.from('\r\n')]))
  if (encoded === 'cannot') return undefined
  const first = encoded === 'fine' ? line : upToNextField(encoded)
  const broken = breakLongLines(Buffer.concat([first, Buffer.from('\r\n')]), longest)
  const done = broken === 'fine' ? first : broken === 'cannot' ? undefined : upToNextField(broken)
  return done?.toString('latin1').trimEnd()
}

function upToNextField(raw: Buffer): Buffer {
  const [first] = readHeader(raw, 0, raw.length).fields
  return raw.subarray(0, first?.end ?? 0)
}

function charsetField(raw: Buffer): Buffer {
  const charset = declaredCharset(takeApart(raw)).replaceAll(/[^\w.-]/g, '')
  return Buffer.from(charset ? `Content-Type: text/plain; charset=${charset}\r\n` : '', 'latin1')
}

/** The first 200 bytes or so of a subject, cut between characters and words. */
function shortened(value: string): string {
  const cut = value.slice(0, 200).replace(/[\xc0-\xff][\x80-\xbf]{0,3}$/, '')
  return `${cut.includes(' ') ? cut.slice(0, cut.lastIndexOf(' ')) : cut.includes('=?') ? file : cut} ...`
}
