import type { Node, Property } from './nodes.ts'
import type { Token } from './tokens.ts'

const binary = new Set(['??', '||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '%'])

/** Reads values from tokens. The precedence of operators is not kept: nothing here computes. */
export class Parser {
  private at = 0
  private readonly tokens: readonly Token[]

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  get done(): boolean {
    return this.at >= this.tokens.length
  }

  get line(): number {
    return (this.tokens[this.at] ?? this.tokens.at(-1))?.line ?? 1
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.at + ahead]
  }

  next(): Token {
    const token = this.tokens[this.at++]
    if (!token) throw new Error(`line ${this.line}: the file ends too early`)
    return token
  }

  isSign(value: string, ahead = 0): boolean {
    const token = this.peek(ahead)
    return token?.kind === 'sign' && token.value === value
  }

  isWord(value: string): boolean {
    const token = this.peek()
    return token?.kind === 'word' && token.value === value
  }

  takeSign(value: string): boolean {
    if (!this.isSign(value)) return false
    this.at++
    return true
  }

  takeWord(value: string): boolean {
    if (!this.isWord(value)) return false
    this.at++
    return true
  }

  sign(value: string): void {
    if (!this.takeSign(value)) throw new Error(`line ${this.line}: expected ${value}, got ${shown(this.peek())}`)
  }

  word(): string {
    const token = this.next()
    if (token.kind !== 'word') throw new Error(`line ${token.line}: expected a name, got ${shown(token)}`)
    return token.value
  }

  skipLines(): void {
    while (this.peek()?.kind === 'newline' || this.peek()?.kind === 'directive') this.at++
  }

  endOfLine(): void {
    const token = this.peek()
    if (token && token.kind !== 'newline')
      throw new Error(`line ${token.line}: expected the end of the line, got ${shown(token)}`)
    this.skipLines()
  }

  value(): Node {
    const { line } = this
    const test = this.operation()
    if (!this.aheadOnNextLine('?')) return test
    this.skipLines()
    this.sign('?')
    this.skipLines()
    const then = this.value()
    this.skipLines()
    this.sign(':')
    this.skipLines()
    return { kind: 'choice', test, then, otherwise: this.value(), line }
  }

  private aheadOnNextLine(value: string): boolean {
    let ahead = 0
    while (this.peek(ahead)?.kind === 'newline') ahead++
    return this.isSign(value, ahead)
  }

  private operation(): Node {
    const { line } = this
    const values = [this.unary()]
    for (;;) {
      const token = this.peek()
      if (token?.kind !== 'sign' || !binary.has(token.value)) break
      this.at++
      this.skipLines()
      values.push(this.unary())
    }
    return values.length === 1 && values[0] ? values[0] : { kind: 'operation', values, line }
  }

  private unary(): Node {
    const { line } = this
    if (this.takeSign('!') || this.takeSign('-')) return { kind: 'operation', values: [this.unary()], line }
    let of = this.primary()
    for (;;) {
      if (this.takeSign('.') || this.takeSign('.?') || this.takeSign('::')) of = { kind: 'member', of, name: this.word(), line }
      else if (this.isSign('[')) {
        this.sign('[')
        this.takeSign('?')
        of = { kind: 'index', of, index: this.value(), line }
        this.sign(']')
      } else if (this.isSign('(')) of = { kind: 'call', of, values: this.callValues(), line }
      else if (this.isSign('!') && !this.isSign('=', 1)) this.sign('!')
      else return of
    }
  }

  callValues(): Node[] {
    this.sign('(')
    return this.list(')')
  }

  private primary(): Node {
    const token = this.next()
    const { line } = token
    if (token.kind === 'number') return { kind: 'literal', value: token.value, line }
    if (token.kind === 'text') return text(token)
    if (token.kind === 'word') {
      if (token.value === 'true' || token.value === 'false') return { kind: 'literal', value: token.value === 'true', line }
      return token.value === 'null' ? { kind: 'literal', value: null, line } : { kind: 'name', name: token.value, line }
    }
    if (token.kind === 'sign' && token.value === '(') {
      this.skipLines()
      const value = this.value()
      this.skipLines()
      this.sign(')')
      return value
    }
    if (token.kind === 'sign' && token.value === '{') return { kind: 'object', properties: this.properties(), line }
    if (token.kind === 'sign' && token.value === '[') {
      this.skipLines()
      return this.isWord('for') ? this.loop(line) : { kind: 'array', items: this.list(']'), line }
    }
    throw new Error(`line ${line}: expected a value, got ${shown(token)}`)
  }

  /** Values up to the closing sign, parted by commas or line ends. */
  private list(close: ')' | ']'): Node[] {
    const items: Node[] = []
    for (;;) {
      this.skipLines()
      if (this.takeSign(close)) return items
      items.push(this.value())
      if (this.isSign(close) || this.takeSign(',')) continue
      if (this.peek()?.kind !== 'newline')
        throw new Error(`line ${this.line}: expected a comma or ${close}, got ${shown(this.peek())}`)
    }
  }

  private properties(): Property[] {
    const properties: Property[] = []
    for (;;) {
      this.skipLines()
      if (this.takeSign('}')) return properties
      const key = this.next()
      const { line } = key
      const node = key.kind === 'text' ? text(key) : undefined
      if (key.kind !== 'word' && !node) throw new Error(`line ${line}: expected a property, got ${shown(key)}`)
      this.sign(':')
      this.skipLines()
      const value = this.value()
      const name = key.kind === 'word' ? key.value : node?.kind === 'literal' ? String(node.value) : undefined
      if (name !== undefined && properties.some(each => each.name === name))
        throw new Error(`line ${line}: ${name} is given twice`)
      properties.push(name === undefined && node ? { computed: node, value, line } : { ...(name ? { name } : {}), value, line })
      if (this.isSign('}') || this.takeSign(',')) continue
      if (this.peek()?.kind !== 'newline')
        throw new Error(`line ${this.line}: expected the end of the line, got ${shown(this.peek())}`)
    }
  }

  private loop(line: number): Node {
    this.takeWord('for')
    const names: string[] = []
    if (this.takeSign('(')) {
      names.push(this.word())
      this.sign(',')
      names.push(this.word())
      this.sign(')')
    } else names.push(this.word())
    if (!this.takeWord('in')) throw new Error(`line ${this.line}: expected in, got ${shown(this.peek())}`)
    const over = this.value()
    this.sign(':')
    this.skipLines()
    const body = this.body()
    this.skipLines()
    this.sign(']')
    return { kind: 'for', names, over, body, line }
  }

  /** A value that may stand under `if (…)`, as resources and modules do. */
  body(): Node {
    const { line } = this
    if (!this.takeWord('if')) return this.value()
    this.sign('(')
    this.skipLines()
    const test = this.value()
    this.skipLines()
    this.sign(')')
    return { kind: 'if', test, body: this.value(), line }
  }
}

function text({ parts, line }: Token & { kind: 'text' }): Node {
  const [only] = parts
  if (parts.length === 1 && typeof only === 'string') return { kind: 'literal', value: only, line }
  return { kind: 'text', parts: parts.map(part => (typeof part === 'string' ? part : whole(part))), line }
}

function whole(tokens: readonly Token[]): Node {
  const parser = new Parser(tokens)
  const value = parser.value()
  parser.endOfLine()
  return value
}

function shown(token: Token | undefined): string {
  if (!token) return 'the end of the file'
  return token.kind === 'newline' ? 'the end of the line' : token.kind === 'text' ? 'a text' : String(token.value)
}
