import { unquoted } from './content-type.ts'
import type { Words } from './encoded-word.ts'
import { encodedText } from './text-words.ts'

type Token = { kind: 'white' | 'quoted' | 'comment' | 'angle' | 'mark' | 'word'; text: string }

const tokens =
  /(?<white>[ \t\r\n]+)|(?<quoted>"(?:[^"\\]|\\.)*(?:"|$))|(?<comment>\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*(?:\)|$))|(?<angle><[^<>]*(?:>|$))|(?<mark>[,;:])|(?<word>[^ \t\r\n"(<,;:]+|.)/gs

/**
 * An address list (RFC 5322 3.4) with the 8-bit bytes of names and comments as encoded words; those of addresses themselves
 * stay.
 */
export function encodedAddresses(value: string, words: Words): string {
  let out = ''
  let phrase: Token[] = []
  for (const { groups = {} } of value.matchAll(tokens)) {
    const [kind, text] = Object.entries(groups).find(([, text]) => text !== undefined) ?? ['word', '']
    const token = { kind, text } as Token
    if (token.kind !== 'angle' && token.kind !== 'mark') {
      phrase.push(token)
      continue
    }
    out += written(phrase, words, token.kind === 'angle' || token.text === ':') + token.text
    phrase = []
  }
  return out + written(phrase, words, false)
}

/** What stands before an address or between two commas. `name`: it is a name for certain, an @ in it notwithstanding. */
function written(phrase: readonly Token[], words: Words, name: boolean): string {
  const whole = phrase.map(({ text }) => text).join('')
  if (!/[\x80-\xff]/.test(whole)) return whole
  const outside = phrase.filter(({ kind }) => kind !== 'comment')
  const isAddress = !name && outside.some(({ text }) => text.includes('@'))
  let out = ''
  let run: Token[] = []
  const flush = () => {
    out += isAddress ? run.map(({ text }) => text).join('') : named(run, words)
    run = []
  }
  for (const token of phrase) {
    if (token.kind !== 'comment' || !/[\x80-\xff]/.test(token.text)) run.push(token)
    else {
      flush()
      out += `(${words(token.text.slice(1, token.text.endsWith(')') ? -1 : undefined).replaceAll(/\r?\n/g, ''))})`
    }
  }
  flush()
  return out
}

/** A name; one with a quoted string becomes encoded words as a whole, for inside quotes they would not be read. */
function named(run: readonly Token[], words: Words): string {
  const text = run.map(({ text }) => text).join('')
  if (!/[\x80-\xff]/.test(text)) return text
  if (!run.some(({ kind }) => kind === 'quoted')) return encodedText(text, words)
  const plain = run.map(({ kind, text }) => (kind === 'quoted' ? unquoted(text) : text.replaceAll(/\r?\n/g, ''))).join('')
  const before = text.slice(0, text.length - text.trimStart().length)
  const after = text.slice(text.trimEnd().length)
  return before + words(plain.replaceAll(/\r?\n/g, '').trim()) + after
}
