const minute = 60_000
const waits = [1, 2, 5, 10, 15].map(minutes => minutes * minute)

/** A mailbox usually comes within half an hour of its licence; Microsoft says up to 24 h, after which a person must look. */
export const mailboxDeadlineMs = 24 * 60 * minute

/** How long to wait before the next look for a new mailbox, in milliseconds: 1, 2, 5, 10, then every 15 minutes, times `scale`. */
export function againInMs(tries: number, scale = 1): number {
  const wait = waits[Math.min(Math.max(0, tries), waits.length - 1)] ?? minute
  return Math.max(1, Math.round(wait * scale))
}
