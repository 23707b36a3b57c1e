import { bare, linesOf, type Span } from './bytes.ts'
import { charsetOf } from './charset.ts'
import { encodedWords } from './encoded-word.ts'
import type { Field } from './header.ts'
import { isStructured, mostFieldBytes } from './structured.ts'

/**
 * A header field with no line longer than `longest` bytes: folded at white space, which unfolding takes back; else after a comma
 * or semicolon; else, where the value is free text, as encoded words. Undefined where none of this is possible.
 */
export function folded(raw: Buffer, field: Field, longest: number, declared: string): Buffer | undefined {
  if (field.end - field.start > mostFieldBytes) return undefined
  let out = ''
  for (const line of linesOf(raw, field)) {
    const text = bare(raw, line)
    const from = line.start === field.start ? field.value - field.start : 1
    const lines = foldedLine(raw.toString('latin1', text.start, text.end), longest, from, isStructured(field.name))
    if (lines === undefined) return asWords(raw, field, declared)
    out += lines + raw.toString('latin1', text.end, line.end)
  }
  return Buffer.from(out, 'latin1')
}

function foldedLine(line: string, longest: number, from: number, structured: boolean): string | undefined {
  const pieces: string[] = []
  let at = 0
  let added = 0
  const text = line.trimEnd().length
  while (line.length - at + added > longest) {
    const start = at === 0 ? from : at
    const white = whiteBefore(line, start, Math.min(at + longest - added, text - 1))
    const comma = white === undefined && structured ? afterComma(line, start, at + longest - added) : undefined
    const cut = white ?? comma
    if (cut === undefined) return undefined
    pieces.push((added ? ' ' : '') + line.slice(at, cut))
    added = comma === undefined ? 0 : 1
    at = cut
  }
  pieces.push((added ? ' ' : '') + line.slice(at))
  return pieces.join('\r\n')
}

/** The last white space at or before `to` with text before it; `to` is not after the last text of the line. */
function whiteBefore(line: string, start: number, to: number): number | undefined {
  for (let i = to; i > start; i--) {
    if (line[i] !== ' ' && line[i] !== '\t') continue
    let first = i
    while (first > start && (line[first - 1] === ' ' || line[first - 1] === '\t')) first--
    return first > start ? i : undefined
  }
  return undefined
}

/**
 * After the last comma or semicolon outside quotes, or between `>` and `<`: white space may stand there without meaning
 * anything.
 */
function afterComma(line: string, start: number, to: number): number | undefined {
  let quoted = false
  let found: number | undefined
  for (let i = start; i < Math.min(to, line.length - 1); i++) {
    if (line[i] === '\\') i++
    else if (line[i] === '"') quoted = !quoted
    else if (!quoted && (line[i] === ',' || line[i] === ';' || (line[i] === '>' && line[i + 1] === '<'))) found = i + 1
  }
  return found
}

/**
 * Free text as encoded words; it reads the same. Not where it holds encoded words already: they would be shown as they are
 * written.
 */
function asWords(raw: Buffer, field: Field, declared: string): Buffer | undefined {
  const span: Span = bare(raw, { start: field.value, end: field.end })
  const text = raw.toString('latin1', span.start, span.end)
  if (field.name === '' || isStructured(field.name) || text.includes('=?') || /[^\t\r\n\x20-\xff]/.test(text)) return undefined
  const { bytes, charset } = charsetOf(Buffer.from(text.replaceAll(/\r?\n/g, '').trim(), 'latin1'), declared)
  const eol = raw.toString('latin1', span.end, field.end)
  return Buffer.from(`${raw.toString('latin1', field.start, field.value)} ${encodedWords(bytes, charset)}${eol}`, 'latin1')
}
