/** One token of a Bicep file. `text` tokens carry their parts: literal text, or the tokens of an interpolation. */
export type Token = { line: number } & (
  | { kind: 'text'; parts: readonly (string | Token[])[] }
  | { kind: 'number'; value: number }
  | { kind: 'word' | 'sign' | 'directive'; value: string }
  | { kind: 'newline' }
)

/** The tokens of a Bicep text. Comments are left out; line ends are kept, since they part statements, properties and items. */
export function tokens(source: string, firstLine = 1): Token[] {
  const found: Token[] = []
  let line = firstLine
  let at = 0
  const rest = () => source.slice(at)
  while (at < source.length) {
    const [, space = ''] = /^([ \t\r]*)/.exec(rest()) ?? []
    at += space.length
    if (at >= source.length) break
    const comment = /^(\/\/[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest())?.[0]
    if (comment !== undefined) {
      line += lines(comment)
      at += comment.length
      continue
    }
    if (source[at] === '\n') {
      found.push({ kind: 'newline', line })
      line++
      at++
      continue
    }
    if (source.startsWith("'''", at)) {
      const end = source.indexOf("'''", at + 3)
      if (end < 0) throw new Error(`line ${line}: ''' is not closed`)
      const value = source.slice(at + 3, end)
      found.push({ kind: 'text', parts: [value.replace(/^\n/, '')], line })
      line += lines(value)
      at = end + 3
      continue
    }
    if (source[at] === "'") {
      const read = text(source, at, line)
      found.push(read.token)
      at = read.end
      continue
    }
    const match =
      /^(?<directive>#[^\n]*)|^(?<word>[A-Za-z_]\w*)|^(?<number>\d+)|^(?<sign>\.\.\.|\.\?|\?\?|::|==|!=|<=|>=|&&|\|\||=>|[@{}[\]()=:,.?!<>+\-*/%|])/.exec(
        rest(),
      )
    const group = match?.groups
    if (!match || !group) throw new Error(`line ${line}: ${JSON.stringify(source[at])} has no meaning in Bicep`)
    if (group.number !== undefined) found.push({ kind: 'number', value: Number(group.number), line })
    else if (group.word !== undefined) found.push({ kind: 'word', value: group.word, line })
    else if (group.directive !== undefined) found.push({ kind: 'directive', value: group.directive, line })
    else found.push({ kind: 'sign', value: group.sign ?? '', line })
    at += match[0].length
  }
  return found
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', "'": "'", '\\': '\\', $: '$' }

/** A quoted text from its first quote on; it ends on its own line. */
function text(source: string, start: number, line: number): { token: Token; end: number } {
  const parts: (string | Token[])[] = []
  let literal = ''
  let at = start + 1
  for (;;) {
    const char = source[at]
    if (char === undefined || char === '\n') throw new Error(`line ${line}: a text is not closed`)
    if (char === "'") break
    if (char === '\\') {
      const escaped = escapes[source[at + 1] ?? '']
      if (escaped === undefined) throw new Error(`line ${line}: \\${source[at + 1]} is no escape`)
      literal += escaped
      at += 2
    } else if (char === '$' && source[at + 1] === '{') {
      const end = closing(source, at + 2, line)
      if (literal) parts.push(literal)
      literal = ''
      parts.push(tokens(source.slice(at + 2, end), line))
      at = end + 1
    } else {
      literal += char
      at++
    }
  }
  if (literal || parts.length === 0) parts.push(literal)
  return { token: { kind: 'text', parts, line }, end: at + 1 }
}

/** Where the brace of an interpolation closes; texts inside it may hold braces of their own. */
function closing(source: string, start: number, line: number): number {
  let depth = 1
  for (let at = start; at < source.length && source[at] !== '\n'; at++) {
    if (source[at] === "'") at = text(source, at, line).end - 1
    else if (source[at] === '{') depth++
    else if (source[at] === '}' && --depth === 0) return at
  }
  throw new Error(`line ${line}: \${ is not closed`)
}

function lines(value: string): number {
  return value.split('\n').length - 1
}
