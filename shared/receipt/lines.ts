import type { Outcome } from '../copy/ledger.ts'
import type { FolderState } from '../life/folder.ts'
import type { MailboxState } from '../life/mailbox.ts'
import type { Verdict } from '../store/schema.ts'

/** The format of a manifest, named in its first line. */
export const format = 'releve-receipt-1'

/** A mailbox's verdict; one that was taken out of its wave has none. */
export type MailboxVerdict = Verdict | 'cancelled'

/** How many messages had each outcome; outcomes that none had are left out. */
export type Counts = Partial<Record<Outcome, number>>

/** The first line: whose manifest it is. Servers as `host:port`; times ISO 8601 in UTC, null where it did not come to that. */
export type Header = {
  kind: 'header'
  format: string
  wave: string
  mailbox: string
  playbook: string
  playbookVersion: number
  day: string | null
  begun: string | null
  switched: string | null
  verified: string | null
  completed: string | null
  source: string
  target: string
  state: MailboxState
  verdict: MailboxVerdict
  reasons: string[]
}

/**
 * One message of the source. `sha256`: of its bytes as read, `reread`: as read again at the target; null where it was not. `keptDate`: INTERNALDATE
 * at the target, only where it is another than at the source. `flags`: as set at the target. `note`: the recorded repair, or why it did not arrive.
 */
export type MessageLine = {
  kind: 'message'
  folder: string
  uidValidity: string
  uid: number
  size: number
  sha256: string | null
  internalDate: string | null
  keptDate?: string
  flags: string[]
  target: { folder: string; uidValidity: string; uid: number } | null
  reread: string | null
  outcome: Outcome
  note: string | null
}

/**
 * One folder of the source. `counts` are of the messages under its `uidValidity`, which the source has now; `earlier` of those that it
 * had under others: their mail was taken over or had gone from the source. `checked`: the last comparison of source and target.
 */
export type FolderLine = {
  kind: 'folder'
  folder: string
  target: string
  state: FolderState
  uidValidity: string | null
  found: number
  expunged: number
  messages: number
  size: number
  counts: Counts
  earlier: Counts
  checked: { at: string; source: number; target: number; newer: number; differing: number } | null
}

/** The closing line: the sums over all folders. */
export type EndLine = {
  kind: 'end'
  wave: string
  mailbox: string
  folders: number
  messages: number
  size: number
  counts: Counts
  earlier: Counts
}

/** A line without its place in the chain. */
export type Line = Header | MessageLine | FolderLine | EndLine

/** Every outcome, and whether its message lies at the target. */
const lies: Readonly<Record<Outcome, boolean>> = {
  intended: false,
  copied: true,
  adopted: true,
  altered: true,
  'too-large': false,
  refused: false,
  unreadable: false,
  vanished: false,
  deleted: false,
  removed: false,
}

/** The closed list of outcomes. */
export const outcomes = Object.keys(lies) as Outcome[]

/** Outcomes whose messages lie at the target. */
export const arrived = outcomes.filter(outcome => lies[outcome])

/** Epoch ms as ISO 8601 in UTC; null for none or one that cannot be written. */
export function isoOf(at: number | undefined): string | null {
  if (at === undefined) return null
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
