/** How many sessions a worker allows itself with a server that asked for patience, as of `at` (epoch ms). */
export type Allowance = { sessions: number; at: number }

/** How long a server must be quiet for one session more, ms. */
const quietMs = 60_000

/** Complaints that come together are one: several sessions hear of the same crowd. */
const togetherMs = 10_000

/** Additive increase: one session more for each quiet minute, never more than `most`. */
export function allowed(allowance: Allowance | undefined, most: number, now: number): number {
  if (!allowance) return most
  return Math.min(most, allowance.sessions + Math.max(0, Math.floor((now - allowance.at) / quietMs)))
}

/** Multiplicative decrease: half of the sessions that are open or allowed, whichever are fewer; at least one. */
export function throttled(before: Allowance | undefined, most: number, open: number, now: number): Allowance {
  if (before && now - before.at < togetherMs) return before
  const inUse = Math.min(allowed(before, most, now), Math.max(open, 1))
  return { sessions: Math.max(1, Math.floor(inUse / 2)), at: now }
}

/** Codes by which a server says that it has too much to do. */
const complaints = new Set([
  ...['ETHROTTLE', 'LIMIT', 'UNAVAILABLE', 'BYE'],
  ...['ApplicationThrottled', 'TooManyRequests', 'activityLimitReached', 'MailboxConcurrency', 'ErrorServerBusy', 'HTTP 429'],
])

/** Does a failure with this code ask for fewer sessions? */
export function complains(code: string): boolean {
  return complaints.has(code)
}
