import { bare, type Edit, linesOf, Sink, type Span } from './bytes.ts'
import { reencode } from './encode.ts'
import { type Changed, changeRegions } from './region.ts'

/**
 * NUL bytes go: out of headers and base64, where they mean nothing; in quoted-printable they are written `=00`; other content is
 * written in base64, so that it decodes to the same bytes.
 */
export function removeNul(raw: Buffer): Changed {
  if (!raw.includes(0)) return 'fine'
  return changeRegions(raw, region => {
    if (!raw.subarray(region.start, region.end).includes(0)) return undefined
    if (region.sealed) return 'cannot'
    const { part, kind, start, end } = region
    if (kind !== 'content' || part.encoding === 'base64') return [{ start, end, by: without(raw, region, kind === 'field') }]
    if (part.encoding === 'quoted-printable') return [escapedNul(raw, region)]
    return reencode(raw, part, 'base64')
  })
}

/** `header`: a line that held nothing but NUL goes as a whole; left empty it would end the header. */
function without(raw: Buffer, span: Span, header: boolean): Buffer {
  const sink = new Sink(span.end - span.start)
  for (const line of linesOf(raw, span)) {
    const text = bare(raw, line)
    const kept = raw.subarray(text.start, text.end).filter(byte => byte !== 0)
    if (header && kept.every(byte => byte === 13)) continue
    sink.copy(Buffer.from(kept), 0, kept.length)
    sink.copy(raw, text.end, line.end)
  }
  return sink.done()
}

function escapedNul(raw: Buffer, { start, end }: Span): Edit {
  const text = raw.toString('latin1', start, end)
  return { start, end, by: Buffer.from(text.replaceAll('\0', '=00'), 'latin1') }
}
