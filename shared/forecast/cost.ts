/** A licence that a mailbox wants, by the name it is known by, and what the playbook says it costs a month. */
export type Wanted = { name: string; priced?: { price: number; currency: string } | undefined }

/** What a wave's licences cost a month. `unpriced`: licences that the playbook gives no price for, or one in another currency, with how many want them. */
export type Cost = { perMonth: number; currency: string; licences: Record<string, number>; unpriced: Record<string, number> }

/** Adds up the licences of mailboxes; undefined where none has one. Amounts are counted in cents, so that sums come out even. */
export function costOf(wanted: readonly Wanted[]): Cost | undefined {
  if (wanted.length === 0) return undefined
  const licences: Record<string, number> = {}
  const unpriced: Record<string, number> = {}
  let cents = 0
  const currency = wanted.find(({ priced }) => priced)?.priced?.currency ?? 'EUR'
  for (const { name, priced } of wanted) {
    const counts = priced?.currency === currency
    const among = counts ? licences : unpriced
    among[name] = (among[name] ?? 0) + 1
    if (counts) cents += Math.round(priced.price * 100)
  }
  return { perMonth: cents / 100, currency, licences, unpriced }
}
