/** The charsets that generated mail is written in. */
export type Charset = 'utf-8' | 'iso-8859-1' | 'iso-8859-15' | 'windows-1252'

const latin9: Readonly<Record<string, number>> = { '€': 0xa4, Š: 0xa6, š: 0xa8, Ž: 0xb4, ž: 0xb8, Œ: 0xbc, œ: 0xbd, Ÿ: 0xbe }

const windows: Readonly<Record<string, number>> = {
  '€': 0x80,
  '…': 0x85,
  Œ: 0x8c,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '–': 0x96,
  '—': 0x97,
  œ: 0x9c,
}

const plain: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  œ: 'oe',
  '€': 'EUR',
}

/** The bytes of a text, one character per byte (`latin1`); what a charset lacks is written in ASCII, else as `?`. */
export function bytesOf(text: string, charset: Charset): string {
  if (charset === 'utf-8') return Buffer.from(text, 'utf8').toString('latin1')
  const extra = charset === 'iso-8859-15' ? latin9 : charset === 'windows-1252' ? windows : {}
  let out = ''
  for (const character of text) {
    const code = extra[character]
    if (code !== undefined) out += String.fromCharCode(code)
    else if ((character.codePointAt(0) ?? 0) < 256) out += character
    else out += plain[character] ?? '?'
  }
  return out
}

/** Quoted-printable (RFC 2045 6.7) of byte characters whose lines end in CRLF. */
export function quotedPrintable(bytes: string): string {
  return bytes.split('\r\n').map(quotedLine).join('\r\n')
}

/** Base64 in lines of 76 (RFC 2045 6.8) of byte characters. */
export function base64Text(bytes: string): string {
  const all = Buffer.from(bytes, 'latin1').toString('base64')
  return (all.match(/.{1,76}/g) ?? []).join('\r\n')
}

/** An unstructured header's value: as it is where it is ASCII, else encoded words of at most 75 characters (RFC 2047). */
export function headerText(text: string, charset: Charset, encoding: 'Q' | 'B'): string {
  if (!/[^\x20-\x7e]/.test(text)) return text
  const words: string[] = []
  let piece = ''
  for (const character of text) {
    if (bytesOf(piece + character, charset).length > (encoding === 'B' ? 42 : 17)) {
      words.push(piece)
      piece = ''
    }
    piece += character
  }
  words.push(piece)
  return words.map(word => `=?${charset}?${encoding}?${encoded(bytesOf(word, charset), encoding)}?=`).join('\r\n ')
}

function encoded(bytes: string, encoding: 'Q' | 'B'): string {
  if (encoding === 'B') return Buffer.from(bytes, 'latin1').toString('base64')
  return bytes.replace(/[^A-Za-z0-9 ]/g, escaped).replaceAll(' ', '_')
}

const escapes = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)

const escaped = (character: string) => escapes[character.charCodeAt(0)] ?? character

function quotedLine(line: string): string {
  const safe = line.replace(/[^\x20-\x3c\x3e-\x7e\t]/g, escaped).replace(/[ \t]$/, escaped)
  if (safe.length <= 76) return safe
  const pieces: string[] = []
  for (let at = 0; at < safe.length; ) {
    let end = Math.min(at + 75, safe.length)
    const lastEscape = safe.lastIndexOf('=', end - 1)
    // An escape is never cut in two.
    if (end < safe.length && lastEscape > end - 3) end = lastEscape
    pieces.push(safe.slice(at, end))
    at = end
  }
  return pieces.join('=\r\n')
}
