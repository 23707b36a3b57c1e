import assert from 'node:assert/strict'
import { measure } from '../../shared/repair/bytes.ts'
import { retrieve } from '../../shared/repair/envelope.ts'
import { regionsOf } from '../../shared/repair/region.ts'
import { repairs } from '../../shared/repair/repairs.ts'
import type { Limits, Refused, Rung } from '../../shared/repair/rung.ts'

/** Takes everything; only its answer tells what is wrong. */
export const open: Limits = { takesNul: true, takes8BitHeaders: true, takesKeywords: true }

/** As Exchange is. */
export const strict: Limits = { mostLineBytes: 9900, takesNul: false, takes8BitHeaders: false, takesKeywords: false }

/** Stricter than any server, so that ordinary mail has to be changed too. */
export const narrow: Limits = { ...strict, mostLineBytes: 100 }

export const no: Refused = { code: 'NO', text: 'not this one' }
export const now = Date.UTC(2026, 0, 1)
export const arrived = Date.UTC(2025, 3, 7, 12)

/**
 * All attempts for a message, each checked: within the limits, sealed and sound bytes as they were, the original in every
 * envelope.
 */
export function attempts(
  raw: Buffer,
  limits: Limits,
  refused = no,
  more: { flags?: string[]; internalDate?: number } = {},
): Rung[] {
  const copy = Buffer.from(raw)
  const rungs = [...repairs({ raw, flags: [], internalDate: arrived, ...more }, refused, limits, now)]
  assert.ok(raw.equals(copy), 'the message itself was changed')
  for (const { rung, raw: result, flags = more.flags ?? [] } of rungs) {
    assertWithin(result, limits)
    assert.ok(limits.takesKeywords || flags.every(flag => flag.startsWith('\\')), 'a keyword is left')
    if (rung === 'enveloped') assert.ok(retrieve(result)?.equals(raw), 'the original is not in the envelope')
    else assertSoundBytesStay(raw, result, limits)
  }
  assert.equal(rungs.at(-1)?.rung, 'enveloped')
  return rungs
}

function assertWithin(raw: Buffer, { mostLineBytes = Number.POSITIVE_INFINITY, takesNul, takes8BitHeaders }: Limits): void {
  let longest = 0
  for (let at = 0; at <= raw.length; ) {
    const lf = raw.indexOf(10, at)
    const end = lf < 0 ? raw.length : lf
    longest = Math.max(longest, end - at - (raw[end - 1] === 13 ? 1 : 0))
    at = end + 1
  }
  assert.ok(longest <= mostLineBytes, `a line of ${longest} bytes`)
  assert.ok(takesNul || !raw.includes(0), 'a NUL is left')
  if (takes8BitHeaders) return
  for (const region of regionsOf(raw))
    assert.ok(region.kind !== 'field' || measure(raw, region).eightBit === 0, 'an 8-bit header is left')
}

/** Every region of the original in which nothing is wrong, or that is sealed, stands in the result, in the same order. */
export function assertSoundBytesStay(raw: Buffer, result: Buffer, { mostLineBytes = 998 }: Limits): void {
  if (!raw.includes(10) && raw.includes(13)) return
  let at = 0
  for (const region of regionsOf(raw)) {
    const { longest, nul, eightBit, bareCr, bareLf } = measure(raw, region)
    const inHeader = region.kind === 'field'
    const name = region.kind === 'field' ? region.field.name : '-'
    const sound = longest <= Math.min(mostLineBytes, 998) && nul + bareCr + bareLf === 0 && !(inHeader && eightBit > 0)
    if (!region.sealed && (!sound || name === '' || name.startsWith('content-'))) continue
    const bytes = raw.subarray(region.start, region.end)
    const from = region.sealed ? 0 : inHeader ? bytes.indexOf(58) : region.kind === 'frame' ? bytes.indexOf('--') : 0
    const text = bytes.subarray(from)
    const found = result.indexOf(text, at)
    assert.ok(
      found >= 0,
      `${region.kind} of part ${region.part.number || 0} is not there any more: ${text.toString('latin1').slice(0, 80)}`,
    )
    at = found + text.length
  }
}
