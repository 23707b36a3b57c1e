const hour = 3_600_000

/** When the old server is looked at after the switch, ms: soon, then ever more rarely, then daily. */
const passes = [5 * 60_000, hour, 6 * hour, 24 * hour, 72 * hour]

/** After this the old server is no longer asked, whatever it still brings. SMTP senders give up after 4-5 days (RFC 5321 4.5.4.1). */
const mostMs = 14 * 24 * hour

/** A mailbox’s late mail so far; `lateAt`: when its last pass ended. */
export type LateMail = {
  switchedAt?: number | undefined
  lateAt?: number | undefined
  latePasses: number
  lateEmpty: number
}

/**
 * When the next late-mail pass is due, epoch ms; undefined once the old server counts as silent: `forMs` are over and the last passes
 * found nothing (two in a row, one where the playbook follows for less than a day). `forMs` 0 follows nothing.
 */
export function nextLatePass(
  { switchedAt = 0, lateAt = switchedAt, latePasses, lateEmpty }: LateMail,
  forMs: number,
  now: number,
): number | undefined {
  if (forMs === 0 || now >= switchedAt + mostMs) return undefined
  const silent = lateEmpty >= (forMs < 24 * hour ? 1 : 2)
  const planned = [...passes.filter(ms => ms < forMs), forMs]
  const at = planned[latePasses]
  if (at !== undefined) return switchedAt + at
  if (silent && now >= switchedAt + forMs) return undefined
  // From the last pass, not from now: seen again when it is due, it must be due still.
  return Math.min(lateAt + Math.max(Math.min(forMs, 24 * hour), 1_000), switchedAt + mostMs)
}

/** Did mail still arrive at the old server so long after the switch that senders who remember the old way do not explain it? `routed`: by the MX, which they may. */
export function stillArrives({ switchedAt, lateAt, lateEmpty }: LateMail, routed: boolean): boolean {
  return lateEmpty === 0 && switchedAt !== undefined && lateAt !== undefined && lateAt - switchedAt >= (routed ? 24 : 1) * hour
}
