import type { Taken } from './addresses-taken.ts'
import type { Seats } from './licences-needed.ts'

/** How a domain of a wave stands in the tenant. `no-mail`: it is verified, and Exchange is not switched on for it. */
export type DomainSeen = {
  domain: string
  state: 'missing' | 'unverified' | 'no-mail' | 'ready'
  /** What Microsoft wants as its MX, `preference exchange`. */
  mx?: string[]
  /** The text of the TXT record that verifies it. */
  proof?: string
}

/** A part of the tenant that was not read, and why. */
export type Unread = { what: string; code: string; message: string; hint: string }

/** What a look at the target’s tenant has found for a wave. `taken`: how many addresses something else has, and the first of them. */
export type TenantSeen = {
  domains: DomainSeen[]
  licences: Seats[]
  taken: { inAll: number; some: Taken[] }
  unread: Unread[]
}
