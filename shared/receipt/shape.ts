import type { Link } from './chain.ts'
import { isoOf, type Line, type MailboxVerdict, type MessageLine, outcomes } from './lines.ts'

const verdicts = ['complete', 'complete-with-exceptions', 'incomplete', 'cancelled'] as const satisfies readonly MailboxVerdict[]

type Test = (value: unknown) => boolean
const text: Test = value => typeof value === 'string'
const whole: Test = value => Number.isSafeInteger(value) && Number(value) >= 0
const hash: Test = value => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
const instant: Test = value => typeof value === 'string' && isoOf(Date.parse(value)) === value
const validity: Test = value => typeof value === 'string' && /^\d*$/.test(value)
const listOf =
  (test: Test): Test =>
  value =>
    Array.isArray(value) && value.every(test)
const orNull =
  (test: Test): Test =>
  value =>
    value === null || test(value)
const optional =
  (test: Test): Test =>
  value =>
    value === undefined || test(value)
const among =
  (list: readonly string[]): Test =>
  value =>
    list.includes(value as string)
const record =
  (tests: Readonly<Record<string, Test>>): Test =>
  value =>
    wrongIn(tests, value).length === 0
const counts: Test = value =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).every(([name, n]) => among(outcomes)(name) && whole(n) && n > 0)

const link = { line: whole, prev: hash } satisfies Record<keyof Link, Test>
const places = { folder: text, uidValidity: validity, uid: whole }
const comparison = { at: instant, source: whole, target: whole, newer: whole, differing: whole }
const times = { begun: orNull(instant), switched: orNull(instant), verified: orNull(instant), completed: orNull(instant) }

/** What each kind of line holds; nothing more and nothing less. */
const shapes: { [K in Line['kind']]: Record<Exclude<keyof Extract<Line, { kind: K }>, 'kind'>, Test> } = {
  header: {
    ...times,
    format: text,
    wave: text,
    mailbox: text,
    playbook: text,
    playbookVersion: whole,
    day: orNull(text),
    source: text,
    target: text,
    state: text,
    verdict: among(verdicts),
    reasons: listOf(text),
  },
  message: {
    ...places,
    size: whole,
    sha256: orNull(hash),
    internalDate: orNull(instant),
    keptDate: optional(instant),
    flags: listOf(text),
    target: orNull(record(places)),
    reread: orNull(hash),
    outcome: among(outcomes),
    note: orNull(text),
  },
  folder: {
    folder: text,
    target: text,
    state: text,
    uidValidity: orNull(validity),
    found: whole,
    expunged: whole,
    messages: whole,
    size: whole,
    counts,
    earlier: counts,
    checked: orNull(record(comparison)),
  },
  end: { wave: text, mailbox: text, folders: whole, messages: whole, size: whole, counts, earlier: counts },
}

/** The message on a line's bytes; undefined where it is another kind of line or none. */
export function messageIn(bytes: Uint8Array): MessageLine | undefined {
  const found = readLine(parse(bytes))
  return 'line' in found && found.line.kind === 'message' ? found.line : undefined
}

/** A line's bytes as JSON in UTF-8; undefined where they are not. */
export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** A parsed line as what it is, or the names of the fields that are missing, too many or not of their kind. */
export function readLine(value: unknown): { line: Line & Link } | { wrong: string[] } {
  const { kind } = Object(value) as { kind?: unknown }
  if (typeof kind !== 'string' || !Object.hasOwn(shapes, kind)) return { wrong: ['kind'] }
  const wrong = wrongIn({ ...shapes[kind as Line['kind']], ...link, kind: text }, value)
  return wrong.length > 0 ? { wrong } : { line: value as Line & Link }
}

/** Fields of a record that are missing, too many or not of their kind. */
export function wrongIn(tests: Readonly<Record<string, Test>>, value: unknown): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return Object.keys(tests)
  const fields = new Map(Object.entries(value))
  const names = new Set([...Object.keys(tests), ...fields.keys()])
  return [...names].filter(name => !Object.hasOwn(tests, name) || !tests[name]?.(fields.get(name)))
}
