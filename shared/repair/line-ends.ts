import { type Edit, endsLinesByLf, measure, type Span } from './bytes.ts'
import { isText, reencode } from './encode.ts'
import { plainly, takeApart } from './mime.ts'
import { type Changed, changeRegions, type Region, regionsOf } from './region.ts'

/**
 * Bare CR and LF become CRLF. In content that is not text they may be data: that is written in base64 instead, unless the whole
 * message has its lines ended that way. A bare CR in a header becomes a space, for a line break there would make another field
 * of what follows.
 */
export function mendLineEnds(raw: Buffer): Changed {
  if (!raw.includes(10) && raw.includes(13)) return onlyCr(raw)
  const byLf = endsLinesByLf(raw)
  return changeRegions(raw, region => {
    const { bareLf, bareCr } = measure(raw, region)
    if (bareLf + bareCr === 0) return undefined
    if (region.sealed) return 'cannot'
    const { part, kind } = region
    const data = kind === 'content' && plainly(part) && !isText(part) && !(byLf && part.encoding !== 'binary' && bareCr === 0)
    return data ? reencode(raw, part, 'base64') : [mended(raw, region)]
  })
}

function mended(raw: Buffer, { start, end, kind }: Region): Edit {
  return { start, end, by: withCrlf(raw, { start, end }, kind === 'field' ? ' ' : '\r\n') }
}

/** `cr`: what a CR becomes that no LF follows. Several CR before an LF are one line end. */
function withCrlf(raw: Buffer, { start, end }: Span, cr: ' ' | '\r\n'): Buffer {
  const { bareLf, bareCr } = measure(raw, { start, end })
  const out = Buffer.allocUnsafe(end - start + bareLf + bareCr)
  let to = 0
  for (let i = start; i < end; i++) {
    const byte = raw[i] ?? 0
    if (byte !== 13 && byte !== 10) {
      out[to++] = byte
      continue
    }
    let run = i
    if (byte === 13) while (run < end && raw[run] === 13) run++
    if (run < end && raw[run] === 10) {
      to += out.write('\r\n', to, 'latin1')
      i = run
    } else for (; i < run; i++) to += out.write(cr, to, 'latin1')
    if (byte === 13 && i === run && raw[run] !== 10) i--
  }
  return out.subarray(0, to)
}

/** A message of an old Macintosh: CR alone ends its lines, so that its parts can be told only once they are CRLF. */
function onlyCr(raw: Buffer): Changed {
  const out = withCrlf(raw, { start: 0, end: raw.length }, '\r\n')
  for (const { sealed } of regionsOf(out, takeApart(out))) if (sealed) return 'cannot'
  return out
}
