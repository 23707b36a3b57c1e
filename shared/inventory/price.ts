import type { InventoryRules } from '../playbooks/inventory.ts'
import type { Licences } from '../playbooks/licences.ts'
import type { Inventory } from './inventory.ts'

/**
 * What licences cost a month. `projected`: what as many would cost in the mix that was reckoned with; `surcharge`: what is above it. Amounts
 * in `currency`, to the cent.
 */
export type Price = {
  licences: Record<string, number>
  perMonth: number
  currency: string
  projected?: number
  surcharge?: number
}

/** Adds up licences by the playbook's names; undefined where the playbook prices none. Reckoned in cents, so that sums come out even. */
export function priceOf(wanted: readonly string[], licences: Licences, { mix }: Pick<InventoryRules, 'mix'>): Price | undefined {
  const currency = Object.values(licences)[0]?.currency
  if (currency === undefined) return undefined
  const cents = (name: string) => Math.round((licences[name]?.price ?? 0) * 100)
  const counts = Object.fromEntries(Object.keys(licences).map(name => [name, wanted.filter(one => one === name).length]))
  const paid = wanted.filter(name => Object.hasOwn(licences, name))
  const total = paid.reduce((sum, name) => sum + cents(name), 0)
  const price = { licences: counts, perMonth: total / 100, currency }
  const parts = Object.entries(mix).reduce((sum, [, part]) => sum + part, 0)
  if (parts === 0) return price
  const average = Object.entries(mix).reduce((sum, [name, part]) => sum + (part * cents(name)) / parts, 0)
  const projected = Math.round(average * paid.length)
  return { ...price, projected: projected / 100, surcharge: Math.max(0, total - projected) / 100 }
}

/** The licences that an entity wants, each as often as it wants it: by its answer, else as proposed. */
export function paidOf({ items, said }: Pick<Inventory, 'items' | 'said'>): string[] {
  const wanted = items.flatMap(({ row, proposal }) => {
    const line = said.get(row.address)
    if (line) return line.keep && line.licence !== undefined ? [line.licence] : []
    return proposal.kind === undefined ? [] : [proposal.kind]
  })
  const fresh = [...said.values()].filter(one => one.fresh && one.keep && !items.some(({ row }) => row.address === one.address))
  return [...wanted, ...fresh.flatMap(({ licence }) => licence ?? [])]
}
