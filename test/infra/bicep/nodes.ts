/** A value as a Bicep file writes it. */
export type Node = { line: number } & (
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'text'; parts: readonly (string | Node)[] }
  | { kind: 'object'; properties: readonly Property[] }
  | { kind: 'array'; items: readonly Node[] }
  | { kind: 'for'; names: readonly string[]; over: Node; body: Node }
  | { kind: 'if'; test: Node; body: Node }
  | { kind: 'choice'; test: Node; then: Node; otherwise: Node }
  | { kind: 'name'; name: string }
  | { kind: 'member'; of: Node; name: string }
  | { kind: 'index'; of: Node; index: Node }
  | { kind: 'call'; of: Node; values: readonly Node[] }
  | { kind: 'operation'; values: readonly Node[] }
)

/** One property of an object; without a name where the name is interpolated. */
export type Property = { name?: string; computed?: Node; value: Node; line: number }

/** One declaration of a Bicep file. */
export type Declaration = { name: string; decorators: readonly Node[]; line: number } & (
  | { kind: 'param'; type: string; value?: Node }
  | { kind: 'var' | 'output'; value: Node }
  | { kind: 'resource'; type: string; version: string; existing: boolean; value: Node }
  | { kind: 'module'; file: string; value: Node }
)

/** What an object says of a property. */
export function property(node: Node | undefined, name: string): Node | undefined {
  return node?.kind === 'object' ? node.properties.find(each => each.name === name)?.value : undefined
}

/** A declared resource's or module's own object, out of its `if` and `for`. */
export function bodyOf(node: Node): Node {
  return node.kind === 'if' || node.kind === 'for' ? bodyOf(node.body) : node
}

/** A text without interpolation. */
export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === 'literal' && typeof node.value === 'string' ? node.value : undefined
}

/** Every node in a node, itself first. */
export function* within(node: Node): Generator<Node> {
  yield node
  for (const child of children(node)) yield* within(child)
}

function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return []
    case 'text':
      return node.parts.filter(part => typeof part !== 'string')
    case 'object':
      return node.properties.flatMap(({ computed, value }) => (computed ? [computed, value] : [value]))
    case 'array':
      return node.items
    case 'for':
      return [node.over, node.body]
    case 'if':
      return [node.test, node.body]
    case 'choice':
      return [node.test, node.then, node.otherwise]
    case 'member':
      return [node.of]
    case 'index':
      return [node.of, node.index]
    case 'call':
      return [node.of, ...node.values]
    case 'operation':
      return node.values
  }
}
