import { z } from 'zod'
import { show } from '../intake/faults.ts'
import { nearest } from '../intake/nearest.ts'

/** An IANA time zone that this runtime knows. */
export const zone = z.string({ error: zoneError }).refine(isZone, { error: zoneError })

/** Whether the runtime's time zone data has this zone. Offsets such as +01:00 are not zones: they know no summer time. */
function isZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return true
  } catch {
    return false
  }
}

function zoneError({ input }: { input?: unknown }): string {
  const what = 'an IANA time zone such as Europe/Paris'
  if (input === undefined) return `is missing: expected ${what}`
  const near = typeof input === 'string' ? nearest(input, Intl.supportedValuesOf('timeZone')) : undefined
  return `expected ${what} (got ${show(input)}${near === undefined ? '' : `; did you mean ${near}?`})`
}
