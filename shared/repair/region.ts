import { type Edit, type Span, splice } from './bytes.ts'
import type { Field } from './header.ts'
import { type Part, takeApart } from './mime.ts'

/**
 * Regions lie side by side and together are the whole message. `outside`: before the first or after the last delimiter of a
 * multipart, which nobody is shown. `sealed`: not to be touched.
 */
export type Region = Span & { part: Part; sealed: boolean } & (
    | { kind: 'field'; field: Field }
    | { kind: 'separator' | 'content' | 'frame' | 'outside' }
  )

/** Every byte of a message once, in order. */
export function* regionsOf(raw: Buffer, part: Part = takeApart(raw)): Iterable<Region> {
  const sealed = part.within || part.seal !== undefined
  for (const field of part.header.fields) {
    const whole = part.within || (sealed && (!part.message || /^(?:content-|mime-version$)/.test(field.name)))
    yield { kind: 'field', part, field, sealed: whole, start: field.start, end: field.end }
  }
  const of = (kind: 'separator' | 'content' | 'frame' | 'outside', { start, end }: Span): Region[] =>
    start < end ? [{ kind, part, sealed, start, end }] : []
  const { body, frames, parts } = part
  yield* of('separator', part.header.separator)
  if (part.holds === 'content') yield* of('content', body)
  else if (part.holds === 'message') for (const inner of parts) yield* regionsOf(raw, inner)
  else {
    yield* of('outside', { start: body.start, end: frames[0]?.start ?? body.end })
    for (const [i, frame] of frames.entries()) {
      yield* of('frame', frame)
      const inner = parts[i]
      if (inner) yield* regionsOf(raw, inner)
    }
    if (part.closed) yield* of('outside', { start: frames.at(-1)?.end ?? body.end, end: body.end })
  }
}

/** A change that could be made; that nothing called for; or that would have to touch what must not or cannot be changed. */
export type Changed = Buffer | 'fine' | 'cannot'

/**
 * Changes regions: `how` gives the edits that a region needs, undefined where it needs none. A later region’s edit prevails over
 * an earlier one’s.
 */
export function changeRegions(raw: Buffer, how: (region: Region) => Edit[] | 'cannot' | undefined): Changed {
  const edits: Edit[] = []
  for (const region of regionsOf(raw)) {
    const made = how(region)
    if (made === undefined) continue
    if (made === 'cannot' || region.sealed) return 'cannot'
    edits.push(...made)
  }
  return edits.length > 0 ? splice(raw, prevailing(edits)) : 'fine'
}

function prevailing(edits: readonly Edit[]): Edit[] {
  const kept: Edit[] = []
  const inOrder = edits
    .map((edit, i) => ({ edit, i }))
    .sort((a, b) => a.edit.start - b.edit.start || a.edit.end - b.edit.end || a.i - b.i)
  let last = -1
  for (const { edit, i } of inOrder) {
    const before = kept.at(-1)
    if (before && edit.start < before.end) {
      if (i < last) continue
      kept.pop()
    }
    kept.push(edit)
    last = i
  }
  return kept
}
