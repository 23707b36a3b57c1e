import { bare, type Edit, linesOf, measure, Sink, type Span } from './bytes.ts'
import { declaredCharset } from './charset.ts'
import { isText, reencode, rewrapped } from './encode.ts'
import { folded } from './fold.ts'
import { takeApart } from './mime.ts'
import { type Changed, changeRegions, type Region } from './region.ts'

/**
 * No line longer than `longest` bytes: header fields are folded, plain text is written in quoted-printable, other plain content
 * in base64, and what is so encoded already is broken into lines. What each decodes to does not change.
 */
export function breakLongLines(raw: Buffer, longest: number): Changed {
  const declared = declaredCharset(takeApart(raw))
  return changeRegions(raw, region => {
    if (region.end - region.start <= longest || measure(raw, region).longest <= longest) return undefined
    return region.sealed ? 'cannot' : broken(raw, region, longest, declared)
  })
}

function broken(raw: Buffer, region: Region, longest: number, declared: string): Edit[] | 'cannot' {
  const { start, end, part } = region
  switch (region.kind) {
    case 'field': {
      const by = folded(raw, region.field, longest, declared)
      return by ? [{ start, end, by }] : 'cannot'
    }
    case 'outside':
      return [{ start, end, by: wrapped(raw, region, longest) }]
    case 'content':
      if (part.encoding === 'base64' || part.encoding === 'quoted-printable') {
        return [{ start, end, by: rewrapped(raw, region, part.encoding, longest) }]
      }
      return reencode(raw, part, isText(part) ? 'quoted-printable' : 'base64')
    default:
      return 'cannot'
  }
}

/** Text that nobody is shown: cut wherever the limit is. */
function wrapped(raw: Buffer, span: Span, longest: number): Buffer {
  const sink = new Sink(span.end - span.start + 1024)
  for (const line of linesOf(raw, span)) {
    const text = bare(raw, line)
    let at = line.start
    for (; text.end - at > longest; at += longest) {
      sink.copy(raw, at, at + longest)
      sink.text('\r\n')
    }
    sink.copy(raw, at, line.end)
  }
  return sink.done()
}
