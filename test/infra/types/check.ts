import type { Declaration, Node } from '../bicep/nodes.ts'
import { bodyOf, property } from '../bicep/nodes.ts'
import { literalFault } from './literal.ts'
import type { ObjectType, PropertyType, ResourceType } from './schema.ts'

/** What Bicep itself reads of a resource, beside the properties that are sent. */
const ofBicep = new Set(['parent', 'scope', 'dependsOn'])

type Resource = Declaration & { kind: 'resource' }
type Known = { declared: readonly Declaration[]; loops: ReadonlyMap<string, Node>; objects: ReadonlyMap<string, ObjectType> }

/** What is wrong with a resource by its type: properties it does not have, ones that are missing, values it does not take. */
export function resourceFaults(resource: Resource, type: ResourceType, declared: readonly Declaration[]): string[] {
  const at = `line ${resource.line}: ${resource.name}`
  if (type.version !== resource.version) return [`${at}: ${resource.type} is ${resource.version}, its types are ${type.version}`]
  const body = bodyOf(resource.value)
  const known = { declared, loops: loopsIn(resource.value, declared), objects: type.objects }
  return objectFaults(body, type.body, known, resource.name, ofBicep)
}

/** What is wrong with members such as `vault.properties.vaultUri` anywhere in a value. */
export function memberFault(path: readonly string[], type: ResourceType): string | undefined {
  let object: ObjectType | undefined = type.body
  for (const [index, name] of path.entries()) {
    if (!object || object.others) return undefined
    const found: PropertyType | undefined = object.properties.find(each => each.name === name)
    if (!found) return `${path.slice(0, index + 1).join('.')} is not there`
    object = type.objects.get(found.type.replace(/\[\]$/, ''))
  }
  return undefined
}

function objectFaults(
  node: Node,
  type: ObjectType,
  known: Known,
  at: string,
  besides: ReadonlySet<string> = new Set(),
): string[] {
  if (node.kind !== 'object') return valueFaults(node, undefined, known, at)
  const faults = node.properties.flatMap(({ name, value, line }) => {
    if (name !== undefined && besides.has(name)) return []
    const found = type.properties.find(each => each.name === name)
    const here = `${at}.${name ?? '[…]'}`
    if (found?.readOnly) return [`line ${line}: ${here} cannot be set`]
    if (found) return valueFaults(value, found, known, here)
    if (type.others) return valueFaults(value, { type: type.others }, known, here)
    return [`line ${line}: ${here} is no property; there are ${type.properties.map(each => each.name).join(', ')}`]
  })
  const missing = type.properties.filter(each => each.required && !each.readOnly && !property(node, each.name))
  return [...faults, ...missing.map(each => `line ${node.line}: ${at}.${each.name} is missing`)]
}

function valueFaults(node: Node, wanted: Pick<PropertyType, 'type' | 'limits'> | undefined, known: Known, at: string): string[] {
  if (node.kind === 'choice')
    return [...valueFaults(node.then, wanted, known, at), ...valueFaults(node.otherwise, wanted, known, at)]
  if (node.kind === 'name' || node.kind === 'member')
    return meant(node, known).flatMap(value => valueFaults(value, wanted, known, at))
  if (!wanted || wanted.type === 'any') return []
  const isList = wanted.type.endsWith('[]')
  const item = { ...wanted, type: wanted.type.replace(/\[\]$/, '') }
  if (node.kind === 'array' || node.kind === 'for') {
    if (!isList) return [`line ${node.line}: ${at} is a list, expected ${wanted.type}`]
    const items = node.kind === 'for' ? [node.body] : node.items
    const inner = node.kind === 'for' ? { ...known, loops: new Map([...known.loops, ...loopsIn(node, known.declared)]) } : known
    return items.flatMap((each, index) => valueFaults(each, item, inner, `${at}[${index}]`))
  }
  const objects = item.type.split(' | ').flatMap(name => known.objects.get(name) ?? [])
  if (node.kind === 'object') {
    // Where a type is one of several objects, by the resource’s name: the one that fits best is meant.
    const [nearest] = objects.map(object => objectFaults(node, object, known, at)).sort((a, b) => a.length - b.length)
    return isList || !nearest ? [`line ${node.line}: ${at} is an object, expected ${wanted.type}`] : nearest
  }
  if (node.kind !== 'literal' && node.kind !== 'text') return []
  if (node.kind === 'literal' && node.value === null) return []
  if (isList || known.objects.has(item.type)) return [`line ${node.line}: ${at} is a single value, expected ${wanted.type}`]
  const fault = literalFault(node.kind === 'literal' ? node.value : undefined, item)
  return fault ? [`line ${node.line}: ${at} ${fault}`] : []
}

/** The values a name may have, as far as the file says: a variable's, a parameter's default and choices, each of a loop's. */
function meant(node: Node, { declared, loops }: Known): readonly Node[] {
  if (node.kind === 'member') {
    return meant(node.of, { declared, loops, objects: new Map() }).flatMap(value => property(value, node.name) ?? [])
  }
  if (node.kind !== 'name') return []
  const over = loops.get(node.name)
  if (over) return over.kind === 'array' ? over.items : []
  const found = declared.find(each => each.name === node.name && each.kind !== 'output')
  if (found?.kind === 'var') return [found.value]
  return found?.kind === 'param' ? [...(found.value ? [found.value] : []), ...choices(found)] : []
}

/** The values that `@allowed` gives a parameter. */
export function choices({ decorators }: Declaration): readonly Node[] {
  const allowed = decorators.find(each => each.kind === 'call' && each.of.kind === 'name' && each.of.name === 'allowed')
  const [list] = allowed?.kind === 'call' ? allowed.values : []
  return list?.kind === 'array' ? list.items : []
}

/** Each loop variable with the list it goes over, where that is written out. */
function loopsIn(node: Node, declared: readonly Declaration[]): Map<string, Node> {
  if (node.kind !== 'for') return new Map()
  const [name = ''] = node.names
  const over = node.over.kind === 'name' ? declared.find(each => each.name === (node.over as { name: string }).name) : undefined
  return new Map([[name, over?.kind === 'var' ? over.value : node.over]])
}
