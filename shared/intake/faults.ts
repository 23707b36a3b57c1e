import { z } from 'zod'
import type { Fault } from '../errors.ts'
import { nearest } from './nearest.ts'

type Issue = z.core.$ZodRawIssue
type Path = readonly PropertyKey[]

/** What a schema made of a value: the value, or every fault in it. */
export type Checked<T> = { value: T; faults?: never } | { value?: never; faults: Fault[] }

/** Holds a value against a schema; all faults at once, each in words, in the order of the schema. */
export function check<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const { value: read, found } = held(schema, value)
  if (!found) return { value: read }
  return { faults: unique(found.map(({ path, message }) => ({ path: pathText(path), message }))) }
}

/**
 * One of several mappings, told apart by a key. Where that one is wrong nobody knows which was meant: what stands beside it is held against each, and
 * what is wrong in all of them is told at once.
 */
export function kinds<const Kinds extends readonly [Mapping, ...Mapping[]], Key extends string>(
  key: Key,
  options: Kinds,
  params?: z.core.$ZodDiscriminatedUnionParams,
) {
  const each = options.flatMap(option =>
    [...(option._zod.propValues?.[key] ?? [])].map(kind => ({ kind, option: option as unknown as z.ZodType })),
  )
  return z.discriminatedUnion(key, options, params).superRefine((value: unknown, ctx) => {
    const given: Record<string, unknown> = Object(value)
    if (given !== value || Array.isArray(value) || each.some(({ kind }) => kind === given[key])) return
    const [first = [], ...others] = each.map(({ kind, option }) => held(option, { ...given, [key]: kind }).found ?? [])
    for (const { path } of first) {
      const there = [first, ...others].map(faults => faults.filter(one => pathText(one.path) === pathText(path)))
      if (there.some(faults => faults.length === 0)) continue
      const same = there.flat()
      const keys = [...new Set(same.flatMap(one => one.keys ?? []))]
      const message = same.find(one => !one.keys)?.message ?? unknownKey(String(path.at(-1)), keys)
      ctx.addIssue({ code: 'custom', path: [...path], message })
    }
  }, always)
}

type Mapping = z.core.$ZodTypeDiscriminable

/** A fault with its path in parts; `keys`: the key there is none of these. */
type Found = { path: Path; message: string; keys?: string[] }

function held<S extends z.ZodType>(
  schema: S,
  value: unknown,
): { value: z.output<S>; found?: never } | { value?: never; found: Found[] } {
  const known = new Map<string, string[]>()
  const error = (issue: Issue): string => {
    if (issue.code === 'unrecognized_keys') known.set(pathText(issue.path ?? []), keysOf(issue.inst))
    return inWords(issue)
  }
  const result = schema.safeParse(value, { error })
  if (result.success) return { value: result.data }
  const found = result.error.issues.flatMap((issue): Found[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }]
    const keys = known.get(pathText(issue.path)) ?? []
    return issue.keys.map(name => ({ path: [...issue.path, name], message: unknownKey(name, keys), keys }))
  })
  return { found }
}

/** An error for a field: `expected a port (got 0)`, or `is missing: expected a port`. */
export function expected(what: string): (issue: { input?: unknown }) => string {
  return ({ input }) => (input === undefined ? `is missing: expected ${what}` : `expected ${what} (got ${show(input)})`)
}

/** The same for a field that may hold a secret by mistake: what was given is never repeated. */
export function expectedQuietly(what: string): (issue: { input?: unknown }) => string {
  return ({ input }) =>
    input === undefined ? `is missing: expected ${what}` : `expected ${what}; the ${kindOf(input)} given is not repeated here`
}

/** For refinements that must speak even when something beside them is at fault. */
export const always = { when: () => true }

/** `source.imap.port`, `mailboxes[3].address`; the whole document is `(document)`. */
export function pathText(path: Path): string {
  const text = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`
    const name = printable(String(part))
    if (/^[\w-]+$/.test(name)) return before === '' ? name : `${before}.${name}`
    return `${before}["${name}"]`
  }, '')
  return text === '' ? '(document)' : text
}

/** A value in quotes, cut and without control characters; lists and mappings only by their kind. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty text' : `“${printable(value)}”`
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return kindOf(value)
}

/** One of several, with the likely meaning of a misspelt one. */
export function oneOf(options: readonly string[], got: unknown): string {
  const near = typeof got === 'string' ? nearest(got, options) : undefined
  return `one of ${options.join(', ')} (got ${show(got)}${near === undefined ? '' : `; did you mean ${near}?`})`
}

function inWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing: expected ${noun(issue.expected)}`
      return `expected ${noun(issue.expected)} (got ${kindOf(issue.input)})`
    case 'invalid_value': {
      const options = issue.values.map(String)
      return issue.input === undefined
        ? `is missing: expected one of ${options.join(', ')}`
        : `expected ${oneOf(options, issue.input)}`
    }
    case 'invalid_union':
      return unionInWords(issue)
    case 'too_small':
      return `expected at least ${issue.minimum} (got ${size(issue.input)})`
    case 'too_big':
      return `expected at most ${issue.maximum} (got ${size(issue.input)})`
    case 'invalid_key':
      return `not a name that can stand here: ${issue.issues[0]?.message ?? 'expected a name'}`
    default:
      return 'expected another value here'
  }
}

function unionInWords(issue: Issue & { code: 'invalid_union' }): string {
  const key = typeof issue.discriminator === 'string' ? issue.discriminator : undefined
  if (key === undefined || !Array.isArray(issue.options)) return 'expected another value here'
  const got: unknown = Object(issue.input)[key]
  const options = issue.options.map(String)
  return got === undefined ? `is missing: expected one of ${options.join(', ')}` : `expected ${oneOf(options, got)}`
}

function unknownKey(key: string, known: string[]): string {
  const taken = `known here: ${known.join(', ')}`
  if (/pass|pwd|token|credential/i.test(key))
    return `unknown key; a secret is given by its name only, as \`secret: NAME\`; ${taken}`
  if (key.trim() === '') return `an empty key: expected one before the colon; ${taken}`
  const near = nearest(key, known)
  return near === undefined ? `unknown key; ${taken}` : `unknown key; did you mean ${near}? (${taken})`
}

function keysOf(inst: unknown): string[] {
  return inst instanceof z.ZodObject ? Object.keys(inst.shape) : []
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing (null)'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value === 'string') return 'text'
  return typeof value
}

function noun(type: string): string {
  const nouns: Record<string, string> = {
    object: 'a mapping',
    record: 'a mapping',
    array: 'a list',
    string: 'text',
    int: 'a whole number',
  }
  return nouns[type] ?? `a ${type}`
}

function size(value: unknown): string {
  if (Array.isArray(value)) return String(value.length)
  return typeof value === 'string' ? `${value.length} characters` : show(value)
}

function printable(text: string): string {
  const flat = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return flat.length > 80 ? `${flat.slice(0, 80)}…` : flat
}

function unique(faults: Fault[]): Fault[] {
  return [...new Map(faults.map(fault => [`${fault.path}\n${fault.message}`, fault])).values()]
}
