import { measure } from './bytes.ts'
import { fieldNamed } from './header.ts'
import { type Part, partsOf, takeApart } from './mime.ts'
import { type Region, regionsOf } from './region.ts'
import type { Limits } from './rung.ts'
import { isBroken, isProper, lacksSeparator } from './structure.ts'

/** What can be odd about a message. The last three are no defects: they are why a part is never changed. */
export type Oddity =
  | 'empty'
  | 'no-header'
  | 'no-separator'
  | 'no-message-id'
  | 'no-date'
  | 'unparsable-header'
  | 'eight-bit-header'
  | 'nul'
  | 'bare-lf'
  | 'bare-cr'
  | 'long-line'
  | 'broken-content-type'
  | 'unclosed-multipart'
  | 'invalid-base64'
  | 'signed'
  | 'encrypted'
  | 'tnef'

/**
 * One oddity at one place. `count`: bytes of the longest line for `long-line`, else how many. `sealed`: it stands where nothing
 * is ever changed.
 */
export type Fact = { odd: Oddity; where: string; inHeader: boolean; count: number; sealed: boolean }

/**
 * Everything odd about a message, in order; lines count as long above 998 bytes (RFC 5322 2.1.1), or what is given. Never
 * throws.
 */
export function diagnose(raw: Buffer, longLine = 998): Fact[] {
  const root = takeApart(raw)
  const facts = new Map<string, Fact>()
  const note: Note = (odd, region, count) => {
    if (count === 0) return
    const inHeader = region.kind === 'field' || region.kind === 'separator'
    const where = placeOf(region)
    const before = facts.get(`${odd} ${where}`)
    const total = odd === 'long-line' ? Math.max(count, before?.count ?? 0) : count + (before?.count ?? 0)
    facts.set(`${odd} ${where}`, { odd, where, inHeader, count: total, sealed: region.sealed || (before?.sealed ?? false) })
  }
  if (raw.length === 0) note('empty', { part: root, kind: 'content', sealed: false }, 1)
  else if (root.header.fields.length === 0) note('no-header', { part: root, kind: 'field', sealed: false }, 1)
  for (const part of partsOf(root)) ofPart(part, note)
  for (const name of ['message-id', 'date'] as const) {
    if (!fieldNamed(root.header, name)) note(`no-${name}`, { part: root, kind: 'field', sealed: false }, 1)
  }
  for (const region of regionsOf(raw, root)) {
    const { longest, nul, eightBit, bareLf, bareCr } = measure(raw, region)
    note('long-line', region, longest > longLine ? longest : 0)
    note('nul', region, nul)
    note('bare-lf', region, bareLf)
    note('bare-cr', region, bareCr)
    if (region.kind === 'field') {
      note('eight-bit-header', region, eightBit)
      note('unparsable-header', region, isProper(raw, region.field) ? 0 : 1)
      note('broken-content-type', region, isBroken(region.field, region.part) ? 1 : 0)
    } else if (region.kind === 'content' && region.part.encoding === 'base64')
      note('invalid-base64', region, notBase64(raw, region))
  }
  return [...facts.values()]
}

/** Where a note belongs; `whole`: a part with all that is in it. */
type Place = Pick<Region, 'part' | 'sealed'> & { kind: Region['kind'] | 'whole' }
type Note = (odd: Oddity, place: Place, count: number) => void

function ofPart(part: Part, note: Note): void {
  const sealed = part.within || part.seal !== undefined
  if (lacksSeparator(part)) note('no-separator', { part, kind: 'separator', sealed }, 1)
  if (!part.closed) note('unclosed-multipart', { part, kind: 'whole', sealed }, 1)
  if (part.seal && !part.within) note(part.seal, { part, kind: 'whole', sealed }, 1)
}

function placeOf({ part, kind }: Place): string {
  if (kind === 'whole') return part.number === '' ? 'the message' : `part ${part.number}`
  const inHeader = kind === 'field' || kind === 'separator'
  if (part.number === '') return inHeader ? 'header' : part.holds === 'content' ? 'body' : 'between the parts'
  return inHeader ? `header of part ${part.number}` : `part ${part.number}`
}

/** Bytes that are neither base64 nor white space. */
function notBase64(raw: Buffer, { start, end }: Region): number {
  let found = 0
  for (let i = start; i < end; i++) {
    const byte = raw[i] ?? 0
    const letter = (byte > 64 && byte < 91) || (byte > 96 && byte < 123) || (byte > 46 && byte < 58)
    if (!letter && byte !== 43 && byte !== 61 && byte !== 13 && byte !== 10 && byte !== 32 && byte !== 9) found++
  }
  return found
}

/** Those facts for which a target with these limits would refuse the message as it is: will it land? */
export function obstacles(facts: readonly Fact[], limits: Limits): Fact[] {
  return facts.filter(
    ({ odd, count }) =>
      (odd === 'nul' && !limits.takesNul) ||
      (odd === 'eight-bit-header' && !limits.takes8BitHeaders) ||
      (odd === 'long-line' && limits.mostLineBytes !== undefined && count > limits.mostLineBytes),
  )
}

/** A fact in an operator’s words: `a line of 12,345 bytes in part 1.2`. */
export function inWords({ odd, where, count }: Fact): string {
  const n = count.toLocaleString('en-US')
  const several = count > 1 ? 's' : ''
  switch (odd) {
    case 'empty':
      return 'not one byte'
    case 'no-header':
      return 'no header'
    case 'no-separator':
      return `no empty line after the ${where}`
    case 'no-message-id':
      return 'no Message-ID'
    case 'no-date':
      return 'no Date'
    case 'unparsable-header':
      return `${n} line${several} in the ${where} that no header has`
    case 'eight-bit-header':
      return `${n} raw 8-bit byte${several} in the ${where}`
    case 'nul':
      return `${n} NUL byte${several} in ${where}`
    case 'bare-lf':
      return `${n} bare LF in ${where}`
    case 'bare-cr':
      return `${n} bare CR in ${where}`
    case 'long-line':
      return `a line of ${n} bytes ${where.startsWith('between') ? '' : 'in '}${where}`
    case 'broken-content-type':
      return `a broken Content-Type or encoding in the ${where}`
    case 'unclosed-multipart':
      return `a multipart that is not closed in ${where}`
    case 'invalid-base64':
      return `${n} byte${several} that no base64 has in ${where}`
    default:
      return `${odd === 'tnef' ? 'TNEF' : odd}: ${where}`
  }
}
