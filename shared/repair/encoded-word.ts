import { escaped } from './encode.ts'

/** How a text with 8-bit bytes is written in a header: Latin-1 in, ASCII out. */
export type Words = (latin1: string) => string

/** Bytes as encoded words (RFC 2047) of at most 75 characters, folded between them; characters of UTF-8 stay whole. */
export function encodedWords(bytes: Buffer, charset: string): string {
  const room = 75 - `=?${charset}?Q??=`.length
  const plain = qOf(bytes)
  const q = plain.length <= Math.ceil(bytes.length / 3) * 4
  const words: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const end = cut(bytes, at, q ? room : Math.floor(room / 4) * 3, charset === 'utf-8', q ? room : undefined)
    const piece = bytes.subarray(at, end)
    words.push(`=?${charset}?${q ? `Q?${qOf(piece)}` : `B?${piece.toString('base64')}`}?=`)
    at = end
  }
  return words.join('\r\n ')
}

/** How far a piece of at most `most` bytes reaches, and of at most `room` characters in Q. */
function cut(bytes: Buffer, at: number, most: number, utf8: boolean, room?: number): number {
  let end = Math.min(at + most, bytes.length)
  if (room !== undefined) {
    let width = 0
    for (end = at; end < bytes.length && end < at + most; end++) {
      width += unescapedInQ(bytes[end] ?? 0) ? 1 : 3
      if (width > room) break
    }
  }
  if (!utf8 || end >= bytes.length) return end
  let whole = end
  while (whole > at && ((bytes[whole] ?? 0) & 0xc0) === 0x80) whole--
  return whole > at ? whole : end
}

/** What Q leaves as it is even in a phrase (RFC 2047 5 (3)); a space becomes `_`. */
function unescapedInQ(byte: number): boolean {
  return byte === 32 || /[A-Za-z0-9!*+\-/]/.test(String.fromCharCode(byte))
}

function qOf(bytes: Buffer): string {
  let text = ''
  for (const byte of bytes) text += byte === 32 ? '_' : unescapedInQ(byte) ? String.fromCharCode(byte) : escaped(byte)
  return text
}
