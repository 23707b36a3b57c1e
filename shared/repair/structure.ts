import { type Edit, splice } from './bytes.ts'
import type { Field } from './header.ts'
import { type Part, partsOf, plainly, takeApart } from './mime.ts'
import { type Changed, changeRegions } from './region.ts'

const moved = Buffer.from('X-Unparsable: ')

/** Header lines that are no fields go behind `X-Unparsable:`, and white space before a colon goes. */
export function moveUnparsable(raw: Buffer): Changed {
  return changeRegions(raw, region => {
    if (region.kind !== 'field' || isProper(raw, region.field)) return undefined
    const { start, value, name } = region.field
    if (name === '') return [{ start, end: start, by: moved }]
    return [{ start: start + name.length, end: value - 1, by: Buffer.alloc(0) }]
  })
}

/** Is it a field as RFC 5322 2.2 has it: a name, a colon at once? */
export function isProper(raw: Buffer, { start, value, name }: Field): boolean {
  return name !== '' && raw[value - 2] !== 32 && raw[value - 2] !== 9 && value - 1 - start === name.length
}

/** Puts the empty line between header and body where it is missing. */
export function addSeparator(raw: Buffer): Changed {
  if (raw.length === 0) return Buffer.from('\r\n')
  return changeParts(raw, part => {
    if (!lacksSeparator(part)) return undefined
    const { start } = part.header.separator
    const ended = start === 0 || raw[start - 1] === 10
    return { start, end: start, by: Buffer.from(ended ? '\r\n' : '\r\n\r\n') }
  })
}

/** Does nothing part header and body? A part without a single byte needs nothing. */
export function lacksSeparator({ header, body, message }: Part): boolean {
  const { start, end } = header.separator
  return end === start && (message || header.fields.length > 0 || body.end > body.start)
}

/**
 * A Content-Type that cannot be read, a second one, a multipart whose delimiter never comes and an encoding that does not exist
 * go behind `X-Unparsable:`, so that the default holds; a multipart that is not closed is closed.
 */
export function mendContentType(raw: Buffer): Changed {
  const named = changeRegions(raw, ({ kind, part, ...region }) => {
    if (kind !== 'field' || !('field' in region) || !isBroken(region.field, part)) return undefined
    return [{ start: region.start, end: region.start, by: moved }]
  })
  if (named === 'cannot') return named
  const closed = changeParts(named === 'fine' ? raw : named, part => {
    if (part.closed) return undefined
    const boundary = (part.content.params.get('boundary') ?? '').trimEnd()
    return { start: part.body.end, end: part.body.end, by: Buffer.from(`\r\n--${boundary}--\r\n`, 'latin1') }
  })
  return closed === 'fine' ? named : closed
}

/** Is it a Content-Type or Content-Transfer-Encoding that means nothing, or one too many? */
export function isBroken(field: Field, part: Part): boolean {
  const { content, encoding, holds, header } = part
  if (field.name !== 'content-type' && field.name !== 'content-transfer-encoding') return false
  if (header.fields.find(({ name }) => name === field.name) !== field) return true
  if (field.name === 'content-type') {
    return !content.type.includes('/') || (content.type.startsWith('multipart/') && holds !== 'parts')
  }
  const whole = encoding === 'base64' || encoding === 'quoted-printable'
  return holds === 'parts' ? !plainly(part) : !(plainly(part) || whole || /^(?:x-|uue)/.test(encoding))
}

/** One edit for each part that needs it; none within a sealed part, nor at its seams. */
function changeParts(raw: Buffer, how: (part: Part) => Edit | undefined): Changed {
  const edits: Edit[] = []
  for (const part of partsOf(takeApart(raw))) {
    const edit = how(part)
    if (!edit) continue
    if (part.within || part.seal) return 'cannot'
    edits.push(edit)
  }
  return edits.length > 0
    ? splice(
        raw,
        edits.sort((a, b) => a.start - b.start),
      )
    : 'fine'
}
