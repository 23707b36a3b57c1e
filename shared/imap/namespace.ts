import type { Response } from './input.ts'
import { pathOf } from './syntax.ts'
import type { Wire } from './wire.ts'

/**
 * The personal namespace (RFC 2342). `own`: prefixes of what is the owner’s; `others`: of what other people have, or all have together.
 * Absent: nobody else’s is told of.
 */
export type Personal = { prefix: string; delimiter: string; own?: readonly string[]; others?: readonly string[] }

/** What a server tells of its personal namespace; without NAMESPACE an empty LIST tells the delimiter (RFC 9051 6.3.9). */
export async function personalOf(wire: Wire): Promise<Personal> {
  const found: Personal = { prefix: '', delimiter: '/' }
  if (wire.has('NAMESPACE'))
    await wire.must('NAMESPACE', response => void Object.assign(found, namespacesIn(response, wire.utf8)))
  else
    await wire.must('LIST "" ""', ({ text }) => {
      found.delimiter = /^\* LIST \([^)]*\) "\\?(.)"/i.exec(text)?.[1] ?? found.delimiter
    })
  return found
}

/**
 * Does a folder lie in a namespace of other people, or of all? The longest prefix tells: some have an empty one for what all share. Their own is
 * in doubt what is there, INBOX always.
 */
export function isForeign(path: string, delimiter: string, { own = [], others = [] }: Personal): boolean {
  const name = path.toUpperCase()
  const longest = (prefixes: readonly string[]) =>
    prefixes
      .map(prefix => prefix.toUpperCase())
      .reduce((most, prefix) => (within(name, prefix, delimiter) ? Math.max(most, prefix.length) : most), -1)
  return name !== 'INBOX' && own.length > 0 && longest(others) > longest(own)
}

/** Below a prefix, or the folder that all below it lie in. */
function within(name: string, prefix: string, delimiter: string): boolean {
  return name.startsWith(prefix) || (delimiter !== '' && name + delimiter === prefix)
}

/** Reads `* NAMESPACE personal others shared`, each NIL or a list of prefixes with their delimiters. */
function namespacesIn({ text, literals }: Response, utf8: boolean): Partial<Personal> {
  const lists: [string, string][][] = [[]]
  let depth = 0
  let words: string[] = []
  let literal = 0
  for (const [word] of text.replace(/^\* NAMESPACE /i, '').matchAll(/[()]|"(?:[^"\\]|\\.)*"|~?\{\d+\}|[^\s()"]+/g)) {
    if (word === '(') words = ++depth === 2 ? [] : words
    else if (word === ')') {
      if (depth-- === 2 && words.length > 0) lists.at(-1)?.push([words[0] ?? '', words[1] ?? ''])
      if (depth === 0) lists.push([])
    } else if (depth === 0) lists.push([])
    else if (depth === 2) words.push(/^~?\{/.test(word) ? `${literals[literal++]}` : unquoted(word))
  }
  const [personal = [], ...rest] = lists
  const [first] = personal
  const prefixes = (list: [string, string][]) => list.map(([prefix]) => pathOf(prefix, utf8))
  return {
    ...(first ? { prefix: pathOf(first[0], utf8), delimiter: first[1] || '/' } : {}),
    own: prefixes(personal),
    others: prefixes(rest.flat()),
  }
}

function unquoted(word: string): string {
  if (/^NIL$/i.test(word)) return ''
  return word.startsWith('"') ? word.slice(1, -1).replaceAll(/\\(.)/g, '$1') : word
}
