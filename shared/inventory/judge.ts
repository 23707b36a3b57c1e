import { durationMs } from '../playbooks/duration.ts'
import type { InventoryRules } from '../playbooks/inventory.ts'
import { type Licences, sizeBytes } from '../playbooks/licences.ts'
import type { Measured } from './measured.ts'

/**
 * What stands out about a mailbox. `empty`: nothing on the server, so its owner probably fetches by POP; `unread`: mail comes and nobody reads
 * it; `inactive`: nothing was read, sent or received for long.
 */
export type Finding = 'unmeasured' | 'empty' | 'unread' | 'inactive'

/** What a mailbox may become, as proposed: a licence by its name, `shared`, or nothing where the playbook names no licence. */
export type Proposal = { finding?: Finding; lastActivityAt?: number; generic: boolean; kind?: string; keep?: boolean }

/** Judges a mailbox by what was measured. */
export function proposed(
  address: string,
  measured: Measured | undefined,
  rules: InventoryRules,
  licences: Licences,
  now: number,
): Proposal {
  const generic = isGeneric(address, rules)
  const kind = generic ? 'shared' : fitting(measured?.sizeBytes ?? 0, licences)
  const named = { generic, ...(kind === undefined ? {} : { kind }) }
  if (!measured) return { ...named, finding: 'unmeasured' }
  const { messages, unread, newestAt = 0, lastReadAt = 0, lastSentAt = 0 } = measured
  const since = now - (durationMs(rules.inactiveAfter) ?? 0)
  const here = Math.max(lastReadAt, lastSentAt)
  const lastActivityAt = Math.max(here, newestAt)
  const seen = lastActivityAt > 0 ? { lastActivityAt } : {}
  if (messages === 0) return { ...named, ...seen, finding: 'empty' }
  if (here < since && unread > 0 && newestAt >= since) return { ...named, ...seen, finding: 'unread' }
  if (lastActivityAt < since) return { ...named, ...seen, finding: 'inactive' }
  return { ...named, ...seen, keep: true }
}

/** Is it the mailbox of a function, not of a person, by its name? */
export function isGeneric(address: string, { generic }: InventoryRules): boolean {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase()
  return generic.includes(local) || generic.includes(local.replace(/[0-9._-]+$/, ''))
}

/** The cheapest licence that a mailbox of this size fits in. */
export function fitting(bytes: number, licences: Licences): string | undefined {
  const fits = Object.entries(licences).filter(([, { quota }]) => quota === undefined || (sizeBytes(quota) ?? 0) >= bytes)
  return fits.sort(([, a], [, b]) => a.price - b.price)[0]?.[0]
}
