import type { Declaration, Node } from './nodes.ts'
import { textOf } from './nodes.ts'
import { Parser } from './parser.ts'
import { tokens } from './tokens.ts'

/** What a Bicep file declares, in its order. Reads the language of infra/, not all of Bicep; what it does not know is an error. */
export function declarations(source: string): Declaration[] {
  const parser = new Parser(tokens(source))
  const found: Declaration[] = []
  let decorators: Node[] = []
  for (;;) {
    parser.skipLines()
    if (parser.done) break
    if (parser.takeSign('@')) {
      decorators.push(parser.value())
      parser.endOfLine()
      continue
    }
    const declared = statement(parser, decorators)
    parser.endOfLine()
    decorators = []
    if (!declared) continue
    if (declared.kind !== 'output' && found.some(each => each.kind !== 'output' && each.name === declared.name))
      throw new Error(`line ${declared.line}: ${declared.name} is declared twice`)
    found.push(declared)
  }
  return found
}

function statement(parser: Parser, decorators: readonly Node[]): Declaration | undefined {
  const { line } = parser
  const keyword = parser.word()
  if (keyword === 'targetScope') {
    parser.sign('=')
    parser.value()
    return undefined
  }
  const name = parser.word()
  const common = { name, decorators, line }
  switch (keyword) {
    case 'param': {
      const type = parser.word()
      return parser.takeSign('=') ? { kind: 'param', type, value: parser.value(), ...common } : { kind: 'param', type, ...common }
    }
    case 'var':
      parser.sign('=')
      return { kind: 'var', value: parser.value(), ...common }
    case 'output':
      parser.word()
      parser.sign('=')
      return { kind: 'output', value: parser.value(), ...common }
    case 'resource': {
      const [type = '', version = '', ...more] = quoted(parser).split('@')
      if (!version || more.length > 0) throw new Error(`line ${line}: expected 'type@version'`)
      const existing = parser.takeWord('existing')
      parser.sign('=')
      return { kind: 'resource', type, version, existing, value: parser.body(), ...common }
    }
    case 'module': {
      const file = quoted(parser)
      parser.sign('=')
      return { kind: 'module', file, value: parser.body(), ...common }
    }
    default:
      throw new Error(`line ${line}: ${keyword} begins no declaration`)
  }
}

function quoted(parser: Parser): string {
  const { line } = parser
  const text = textOf(parser.value())
  if (text === undefined) throw new Error(`line ${line}: expected a text without interpolation`)
  return text
}
