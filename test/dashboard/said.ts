import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import ts from '@vscode/tree-sitter-wasm'

const { Language, Parser } = ts
await Parser.init()
const wasm = dirname(createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm'))
const parser = new Parser().setLanguage(await Language.load(join(wasm, 'tree-sitter-typescript.wasm')))
const root = join(import.meta.dirname, '../..')

/** What stands in a text where the program puts something in. */
export const hole = '\u0000'

/** Every text that the program can say, with its holes, and the file that says it. */
export function textsSaid(): { path: string; text: string }[] {
  const files = readdirSync(join(root, 'shared'), { recursive: true, encoding: 'utf8' }).filter(
    name => name.endsWith('.ts') && !/^(?:dashboard|coordinators)\b|\/words|\/templates\b/.test(name),
  )
  const trees = files.map(path => {
    const tree = parser.parse(readFileSync(join(root, 'shared', path), 'utf8'))
    if (!tree) throw new Error(`${path} could not be parsed`)
    const consts = new Map<string, ts.Node[]>()
    for (const node of tree.rootNode.descendantsOfType('variable_declarator')) {
      const [name, value] = [node?.childForFieldName('name')?.text, node?.childForFieldName('value')]
      if (name !== undefined && value) consts.set(name, [...(consts.get(name) ?? []), value])
    }
    return { path, rootNode: tree.rootNode, consts }
  })
  const everywhere = new Map(trees.flatMap(({ consts }) => [...consts]))
  return trees.flatMap(({ path, rootNode, consts }) => {
    const valuesOf = (name: string) => consts.get(name) ?? everywhere.get(name) ?? []
    const texts = rootNode.descendantsOfType(['string', 'template_string', 'binary_expression'])
    return texts.flatMap(node => (node ? (read(node, valuesOf, 0) ?? []) : [])).map(text => ({ path, text }))
  })
}

/** What a literal can say, a name in it being read where it stands for literals; undefined for what is none. */
function read(node: ts.Node, valuesOf: (name: string) => readonly ts.Node[], depth: number): string[] | undefined {
  if (depth > 4) return undefined
  const named = node.namedChildren.flatMap(child => child ?? [])
  switch (node.type) {
    case 'string_fragment':
      return [node.text]
    case 'escape_sequence':
      return [node.text === '\\n' ? '\n' : node.text.slice(1)]
    case 'identifier': {
      const found = valuesOf(node.text).flatMap(value => read(value, valuesOf, depth + 1) ?? [])
      return found.length > 0 ? found : undefined
    }
    case 'template_substitution': {
      // A name may be another’s, unless it stands for whole words.
      const values = (named[0]?.type === 'identifier' && read(named[0], valuesOf, depth + 1)) || [hole]
      return values.some(value => value.includes(hole)) ? [hole, ...values] : values
    }
    case 'string':
    case 'template_string':
      return inTurn(named.map(child => read(child, valuesOf, depth) ?? ['']))
    case 'binary_expression': {
      const sides = named.map(child => read(child, valuesOf, depth))
      const isText = node.childForFieldName('operator')?.text === '+' && sides.every(side => side !== undefined)
      return isText ? inTurn(sides.map(side => side ?? [])) : undefined
    }
    default:
      return undefined
  }
}

function inTurn(parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>((before, part) => before.flatMap(one => part.map(other => one + other)).slice(0, 64), [''])
}
