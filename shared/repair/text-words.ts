import type { Words } from './encoded-word.ts'

const encodedWord = /^=\?[^?\s]+\?[bq]\?[^?\s]*\?=$/i

/**
 * Free text with its 8-bit words, and the white space between them, as encoded words; every other word stays as it is. Beside an
 * encoded word that was there before, the white space is encoded too, for between two encoded words it is not shown (RFC 2047
 * 6.2). `column`: where the text starts.
 */
export function encodedText(value: string, words: Words, column = 0): string {
  const tokens = value.split(/([ \t\r\n]+)/)
  const raw = (i: number) => /[\x80-\xff]/.test(tokens[i] ?? '')
  let out = ''
  for (let i = 0; i < tokens.length; i += 2) {
    const white = i > 0 ? (tokens[i - 1] ?? '') : ''
    if (!raw(i)) {
      out += white + (tokens[i] ?? '')
      continue
    }
    let text = i > 1 && encodedWord.test(tokens[i - 2] ?? '') ? ' ' : ''
    text += tokens[i]
    while (raw(i + 2)) {
      text += unfolded(tokens[i + 1] ?? '') + (tokens[i + 2] ?? '')
      i += 2
    }
    if (encodedWord.test(tokens[i + 2] ?? '')) text += unfolded(tokens[i + 1] ?? '')
    const written = words(text)
    const first = written.split('\r\n')[0] ?? ''
    const at = out.length - (out.lastIndexOf('\n') + 1) + (out.includes('\n') ? 0 : column)
    const full = /\S/.test(out) && !white.includes('\n') && white !== '' && at + white.length + first.length > 76
    out += (full ? `\r\n${white}` : white) + written
  }
  return out
}

function unfolded(white: string): string {
  return white.replaceAll(/\r?\n/g, '')
}
