/**
 * How long a Retry-After header asks to stay away, in milliseconds, from its seconds or its date (RFC 9110 10.2.3); undefined
 * when it is absent or cannot be read.
 */
export function retryAfterMs(header: string | null | undefined, now: number): number | undefined {
  const value = header?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}
