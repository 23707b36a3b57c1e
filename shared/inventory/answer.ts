import type { CalendarShare } from '../intake/calendar-shares.ts'

/** What an entity said of one of its mailboxes. Addresses in lower case; `licence` by the playbook's own name for it. */
export type Said = {
  address: string
  keep: boolean
  kind?: 'user' | 'shared' | 'alias'
  licence?: string
  aliasOf?: string
  members?: string[]
  /** Empty: nobody; absent: it was not asked. */
  calendarShares?: CalendarShare[]
  reason?: string
  surname?: string
  givenName?: string
  phone?: string
  jobTitle?: string
  department?: string
  identifiers?: Record<string, string>
  attributes?: Record<string, string>
  /** It is not among the addresses of today. */
  fresh?: true
}
