import { z } from 'zod'
import { overridable } from './entities.ts'
import { playbookSchema } from './playbook.ts'

type Node = { [key: string]: unknown }

/**
 * The JSON Schema (draft 2020-12) of a playbook as it is written, for editors: names, types, choices, what each word means. What only the whole
 * text can show (that a notice is named, that hours meet) is found when it is sent.
 */
export function playbookJsonSchema(): Node {
  const made: Node = z.toJSONSchema(playbookSchema, { io: 'input', target: 'draft-2020-12', unrepresentable: 'any' })
  const properties = made.properties as Record<string, Node>
  const entity = (properties.entities?.additionalProperties ?? {}) as { properties?: Record<string, Node> }
  for (const part of overridable) if (entity.properties) entity.properties[part] = override(properties[part] ?? {})
  const { $schema, ...rest } = made
  return { $schema, title: 'Playbook of Relève', ...rest }
}

/** What an entity may say of a part: any of it, since the rest stays as it is for all. */
function override(part: Node): Node {
  return relaxed(part) as Node
}

/** A copy in which nothing is asked for and nothing is filled in; choices by `kind` or `mode` are told apart by what is written. */
function relaxed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relaxed)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (key === 'required' || key === 'default') return []
    // Without what tells them apart several may fit.
    return [[key === 'oneOf' ? 'anyOf' : key, relaxed(value)]]
  })
  return Object.fromEntries(entries)
}
