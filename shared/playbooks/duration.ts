import { z } from 'zod'
import { expected } from '../intake/faults.ts'

const most = 90 * 86_400_000
const what = 'a duration of at most 90 days in days, hours, minutes and seconds (ISO 8601), such as PT72H or P7D'

/** Milliseconds of an ISO 8601 duration without years and months, whose length depends on the date; undefined where it is none. */
export function durationMs(text: string): number | undefined {
  const parts = /^P(?=.)(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/.exec(text)
  if (!parts) return undefined
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map(part => Number(part ?? 0))
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
}

/** The schema of such a duration. */
export const duration = z
  .string({ error: expected(what) })
  .refine(text => (durationMs(text) ?? most + 1) <= most, { error: expected(what) })
