import { findSku, hasMailboxPlan, type Sku } from '../accounts/licence.ts'
import type { Holder } from '../graph/tenant.ts'
import { placeOf } from '../intake/mailbox.ts'
import { skuOf } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { MailboxRow } from '../store/schema.ts'

/**
 * Seats of one product. `wave`: how many this wave still needs, `all`: all planned waves together. `free`: bought and given to nobody, those of a
 * subscription that has run out not counted. Absent: the tenant has no such product, or (`noMailbox`) it makes no mailbox.
 */
export type Seats = { licence: string; wave: number; all: number; free?: number; noMailbox?: true }

/** A mailbox that is to be licensed, with the playbook of its wave. */
export type ToLicense = { row: Pick<MailboxRow, 'wave' | 'wanted' | 'state' | 'targetReadyAt'>; playbook: Playbook }

/** The licences that a wave assigns, whoever makes its accounts, against what the tenant has left; undefined `holders` could not be read. */
export function licencesNeeded(
  wave: string,
  mailboxes: readonly ToLicense[],
  skus: readonly Sku[],
  holders: readonly Holder[] | undefined,
): Seats[] {
  const licensed = new Map((holders ?? []).flatMap(({ addresses, licences }) => addresses.map(one => [one, licences] as const)))
  const counts = new Map<string, Seats>()
  for (const { row, playbook } of mailboxes) {
    const asked = licenceAsked(row, playbook)
    if (asked === undefined) continue
    const sku = findSku(skus, asked)
    const has = sku && licensed.get(placeOf(row.wanted).toLowerCase())?.includes(sku.skuId.toLowerCase())
    const licence = sku?.skuPartNumber ?? asked
    const before = counts.get(licence) ?? { licence, wave: 0, all: 0, ...stock(sku) }
    const one = has ? 0 : 1
    counts.set(licence, { ...before, all: before.all + one, wave: before.wave + (row.wave === wave ? one : 0) })
  }
  return [...counts.values()].filter(seats => seats.wave > 0).sort((a, b) => (a.licence < b.licence ? -1 : 1))
}

/** What is to be assigned to a mailbox that is not there yet, by id or part number. */
export function licenceAsked(
  { state, targetReadyAt, wanted }: ToLicense['row'],
  { target, licences }: Playbook,
): string | undefined {
  if (target.kind !== 'exchange-online' || target.accounts === 'existing') return undefined
  if (wanted.kind !== 'user' || state === 'cancelled' || targetReadyAt !== undefined) return undefined
  const asked = wanted.licence ?? target.licence
  return asked === undefined ? undefined : skuOf(licences, asked)
}

function stock(sku: Sku | undefined): Pick<Seats, 'free' | 'noMailbox'> {
  if (!sku) return {}
  if (!hasMailboxPlan(sku)) return { noMailbox: true }
  return { free: Math.max(0, sku.prepaidUnits.enabled - sku.consumedUnits) }
}
