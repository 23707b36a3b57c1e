import { bare, lineEnd, type Span } from './bytes.ts'

/**
 * A header field with its continuation lines and line end. `name`: lower case, '' where the line is no field. `value`: where its
 * value starts.
 */
export type Field = Span & { name: string; value: number }

/** A header. Its fields follow each other without a gap; `separator` is the empty line after them, empty where it is missing. */
export type Header = { fields: Field[]; separator: Span }

/** Names that nobody uses to start a sentence: a line that bears one is a header field, whatever stands before it. */
const known =
  /^(?:x-|content-|resent-|list-|arc-|dkim-|thread-|received|from$|to$|cc$|bcc$|subject$|date$|message-id$|mime-version$|reply-to$|sender$|return-path$|in-reply-to$|references$|delivered-to$|authentication-results$|importance$|priority$)/

/**
 * Reads the header that starts at `start`. Where lines that are no fields stand before the empty line it is to be told whether
 * they are stray lines of the header or already the body: several of them after the last known field, or one that nothing ends,
 * are the body.
 */
export function readHeader(raw: Buffer, start: number, end: number): Header {
  const fields: Field[] = []
  let at = start
  let separator: Span | undefined
  // Index after the last proper field. A thousand lines that are none are a body, whatever comes after them.
  let stray = 0
  while (at < end) {
    const next = lineEnd(raw, at, end)
    const line = bare(raw, { start: at, end: next })
    // CR CR LF is what some gateway made of a line end: alone on a line it ends the header too.
    if (next > line.end && isEmpty(raw, line)) {
      separator = { start: at, end: next }
      break
    }
    const last = fields.at(-1)
    if (last?.name) stray = fields.length
    if (fields.length - stray > 1000) break
    if (last && (raw[at] === 32 || raw[at] === 9)) last.end = next
    else fields.push(fieldOf(raw, line, next))
    at = next
  }
  const within = bodyWithin(fields, separator !== undefined)
  const first = fields[within]
  if (first) return { fields: fields.slice(0, within), separator: { start: first.start, end: first.start } }
  return { fields, separator: separator ?? { start: end, end } }
}

function isEmpty(raw: Buffer, { start, end }: Span): boolean {
  for (let i = start; i < end; i++) if (raw[i] !== 13) return false
  return true
}

/** The index of the first field that is really a line of the body; the number of fields where none is. */
function bodyWithin(fields: readonly Field[], separated: boolean): number {
  const lastKnown = fields.findLastIndex(({ name }) => known.test(name))
  const stray = fields.findIndex(({ name }, i) => i > lastKnown && name === '')
  if (stray < 0) return fields.length
  const lines = fields.slice(stray).filter(({ name }) => name === '').length
  return lines > 1 || !separated || stray === 0 ? stray : fields.length
}

function fieldOf(raw: Buffer, line: Span, end: number): Field {
  // Only within the line: a search to the end of the message for each of its lines would never end.
  const within = raw.subarray(line.start, line.end).indexOf(58)
  const colon = line.start + within
  const name = within < 0 ? '' : raw.toString('latin1', line.start, Math.min(colon, line.start + 1000))
  const proper = /^[!-9;-~]+[ \t]*$/.test(name)
  return { start: line.start, end, name: proper ? name.trim().toLowerCase() : '', value: proper ? colon + 1 : line.start }
}

/** A field’s value on one line (RFC 5322 2.2.3), its bytes as Latin-1. */
export function fieldValue(raw: Buffer, field: Field): string {
  return raw
    .toString('latin1', field.value, Math.min(field.end, field.value + 65_536))
    .replaceAll(/\r?\n/g, '')
    .trim()
}

/** The first field of that name. */
export function fieldNamed(header: Header, name: string): Field | undefined {
  return header.fields.find(field => field.name === name)
}
