import { z } from 'zod'
import { expected } from '../intake/faults.ts'
import { name } from '../intake/words.ts'
import { localised } from './localised.ts'

/** The parts of a playbook that an entity may say otherwise. */
export const overridable = [
  'people',
  'contact',
  'issuers',
  'channels',
  'copy',
  'languages',
  'layout',
  'wording',
  'branding',
  'classification',
  'desks',
  'links',
  'tutorials',
  'programs',
  'signature',
  'hideAddress',
  'texts',
  'passwords',
  'licences',
  'inventory',
] as const
type Overridable = (typeof overridable)[number]

const domainWhat = 'a domain such as town.example'
const domain = z
  .string({ error: expected(domainWhat) })
  .regex(/^(?=.{4,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$/, {
    error: expected(domainWhat),
  })
  .overwrite(text => text.toLowerCase())

const overrides = Object.fromEntries(overridable.map(part => [part, z.unknown().exactOptional()])) as Record<
  Overridable,
  z.ZodExactOptional<z.ZodUnknown>
>

/** A part of the organisation: which mailboxes are its, and what it says otherwise. What it overrides is held against the playbook's own schema. */
export const entity = z.strictObject({
  title: localised('the name that readers see').exactOptional(),
  domains: z.array(domain).exactOptional().describe('its mailboxes are those of these domains and of what lies below them'),
  ...overrides,
})

export type Entity = z.output<typeof entity>

/** The schema of all of them, by a short name. */
export const entities = z.record(name, entity)

/**
 * A playbook's text with what one entity says otherwise: mappings are merged key by key, lists and values replaced. A mapping that names another
 * `kind` or `mode` is another thing: it is replaced as a whole.
 */
export function overridden(playbook: object, override: object): Record<string, unknown> {
  const { entities: _, ...base } = playbook as Record<string, unknown>
  return merged(base, Object.fromEntries(Object.entries(override).filter(([part]) => overridable.some(one => one === part))))
}

function merged(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const both = Object.entries(over).flatMap(([key, value]) => {
    if (value === undefined) return []
    const below = Object.hasOwn(base, key) ? base[key] : undefined
    return [[key, isMapping(below) && isMapping(value) && sameKind(below, value) ? merged(below, value) : value] as const]
  })
  return { ...base, ...Object.fromEntries(both) }
}

function sameKind(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return ['kind', 'mode'].every(key => b[key] === undefined || b[key] === a[key])
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
