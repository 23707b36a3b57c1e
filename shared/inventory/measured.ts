import type { Counted } from '../items/old.ts'

/** What a mailbox has beside mail at the old server, and when that was looked into. */
export type ItemsAhead = Counted & { at: number }

/** What a mailbox holds, of all that its quota lets it hold. */
export type Quota = { usedBytes: number; mostBytes: number }

/** The quota of a new mailbox, as its server tells it; `oursBytes`: how much of it we had brought by then. */
export type RoomThere = Quota & { oursBytes: number; at: number }

/**
 * How a mailbox was found at the source. Dates are epoch ms of INTERNALDATE. `lastReadAt`: of the newest message in the inbox that has been
 * read, so its owner was there at that time or later; `lastSentAt`: of the newest message in the folder of what was sent. IMAP does not tell
 * when somebody signed in last.
 */
export type Measured = {
  folders: number
  messages: number
  unread: number
  sizeBytes: number
  quota?: Quota
  newestAt?: number
  lastReadAt?: number
  lastSentAt?: number
}
