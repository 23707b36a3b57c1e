import { insteadOf, isAbsurd } from './date.ts'
import { diagnose, obstacles } from './diagnose.ts'
import { encodeHeaders } from './eight-bit.ts'
import { mendLineEnds } from './line-ends.ts'
import { breakLongLines } from './long-lines.ts'
import { removeNul } from './nul.ts'
import type { Changed } from './region.ts'
import type { Limits, Refused, Repairable, RungName } from './rung.ts'
import { addSeparator, mendContentType, moveUnparsable } from './structure.ts'

/** A rung that changes something of the message itself. */
export type Change = Exclude<RungName, 'enveloped'>

/** A message as it is to be tried. `made`: which changes it has; `notes`: a sentence for each. */
export type Attempt = Repairable & { made?: Change[]; notes: string[]; limits: Limits; refused: Refused; now: number }

type Bytes = Exclude<Change, 'flags' | 'date'>

/** No standard allows longer lines (RFC 5322 2.1.1). */
const longestLine = 998

const bytes: Readonly<Record<Bytes, { make: (raw: Buffer, limits: Limits) => Changed; note: string }>> = {
  'line-ends': {
    make: mendLineEnds,
    note: 'Bare CR and LF were made whole line ends (CRLF), because a server may refuse them.',
  },
  nul: {
    make: removeNul,
    note: 'NUL bytes were taken out of the header, and content that has them was encoded, because the target does not take them.',
  },
  'long-lines': {
    make: (raw, { mostLineBytes }) => breakLongLines(raw, longLine(raw, mostLineBytes)),
    note: 'Header lines that are too long were folded and content that has such lines was encoded, because the target does not take them.',
  },
  'eight-bit-headers': {
    make: encodeHeaders,
    note: 'Raw 8-bit characters in the header were written as encoded words, because the target takes ASCII there only.',
  },
  'unparsable-header': {
    make: moveUnparsable,
    note: 'Lines of the header that are no header fields were put behind X-Unparsable, because the target does not take them.',
  },
  separator: {
    make: addSeparator,
    note: 'The empty line between header and body was put in, because the message lacks it.',
  },
  'content-type': {
    make: mendContentType,
    note: 'What says how the message is made up was put right, because it cannot be read as it was.',
  },
}

/** Smallest first. */
export const ladder: readonly Change[] = ['flags', 'date', ...(Object.keys(bytes) as Bytes[])]

/** Several changes are made in this order: what tells where the parts are comes before what changes them. */
export const order: readonly Change[] = [
  ...(['flags', 'date', 'line-ends', 'nul', 'separator', 'unparsable-header'] as const),
  ...(['content-type', 'eight-bit-headers', 'long-lines'] as const),
]

/** The message with one change more; `fine` where nothing gives cause for it, `cannot` where it would touch what must stay. */
export function changed(attempt: Attempt, change: Change): Attempt | 'fine' | 'cannot' {
  if (change === 'flags') return withFewerFlags(attempt)
  if (change === 'date') return withLikelyDate(attempt)
  const { make, note } = bytes[change]
  const raw = make(attempt.raw, attempt.limits)
  return raw === 'fine' || raw === 'cannot' ? raw : { ...attempt, raw, notes: [...attempt.notes, note] }
}

/** What the target’s limits call for. Where CR alone ends the lines, nothing else can be told before they are whole. */
export function calledFor({ raw, flags, limits }: Attempt): Change[] {
  const odd = new Set(obstacles(diagnose(raw, limits.mostLineBytes), limits).map(fact => fact.odd))
  const called: Change[] = [
    ...(hasKeyword(flags) && !limits.takesKeywords ? (['flags'] as const) : []),
    ...(odd.has('nul') ? (['nul'] as const) : []),
    ...(odd.has('long-line') ? (['long-lines'] as const) : []),
    ...(odd.has('eight-bit-header') ? (['eight-bit-headers'] as const) : []),
  ]
  return odd.size > 0 && raw.includes(13) && !raw.includes(10) ? [...called, 'line-ends'] : called
}

/** Is nothing about it known to be beyond the limits? */
export function fits({ raw, flags, limits }: Attempt): boolean {
  if (raw.length > (limits.mostBytes ?? Number.POSITIVE_INFINITY) || (hasKeyword(flags) && !limits.takesKeywords)) return false
  return obstacles(diagnose(raw, limits.mostLineBytes), limits).length === 0
}

/** The limit where a line is beyond it; else what the standard allows. */
function longLine(raw: Buffer, most: number | undefined): number {
  if (most === undefined || most <= longestLine) return most ?? longestLine
  return diagnose(raw, most).some(({ odd }) => odd === 'long-line') ? most : longestLine
}

const system = new Set(['\\seen', '\\answered', '\\flagged', '\\draft', '\\deleted'])

function hasKeyword(flags: readonly string[]): boolean {
  return flags.some(flag => !flag.startsWith('\\'))
}

/**
 * Without the flags that the server’s answer names; where it names none, or keywords are known to be refused, without all that
 * are not of RFC 9051.
 */
function withFewerFlags(attempt: Attempt): Attempt | 'fine' {
  const said = new Set(
    attempt.refused.text
      .toLowerCase()
      .split(/[\s"'(){},;:[\]]+/)
      .map(word => word.replace(/\.$/, '')),
  )
  const isNamed = (flag: string) => said.has(flag.toLowerCase())
  const named = attempt.flags.some(isNamed)
  const dropped = attempt.flags.filter(flag => {
    if (flag.startsWith('\\') ? named : named && attempt.limits.takesKeywords) return isNamed(flag)
    return !system.has(flag.toLowerCase())
  })
  if (dropped.length === 0) return 'fine'
  const flags = attempt.flags.filter(flag => !dropped.includes(flag))
  const note = `The ${dropped.length === 1 ? 'flag' : 'flags'} ${dropped.join(' ')} were left out, because the target does not keep them.`
  return {
    ...attempt,
    flags,
    notes: [...attempt.notes, dropped.length === 1 ? note.replace(' were ', ' was ').replace('them.', 'it.') : note],
  }
}

function withLikelyDate(attempt: Attempt): Attempt | 'fine' {
  const { raw, internalDate, now, notes } = attempt
  if (!isAbsurd(internalDate, now)) return 'fine'
  const { at, note } = insteadOf(internalDate, raw, now)
  return { ...attempt, internalDate: at, notes: [...notes, note] }
}
