/** A licence as the playbook prices it: per mailbox and month. */
export type Priced = { price: number; currency: string }

/** What a wave's licences cost a month. `unpriced`: licences that the playbook gives no price for, with how many want them. */
export type Cost = { perMonth: number; currency: string; licences: Record<string, number>; unpriced: Record<string, number> }

/** Adds up the licences of mailboxes; undefined where none has one. Amounts are counted in cents, so that sums come out even. */
export function costOf(wanted: readonly string[], prices: Readonly<Record<string, Priced>>): Cost | undefined {
  if (wanted.length === 0) return undefined
  const licences: Record<string, number> = {}
  const unpriced: Record<string, number> = {}
  let cents = 0
  for (const name of wanted) {
    const priced = prices[name]
    const among = priced ? licences : unpriced
    among[name] = (among[name] ?? 0) + 1
    cents += Math.round((priced?.price ?? 0) * 100)
  }
  return { perMonth: cents / 100, currency: Object.values(prices)[0]?.currency ?? 'EUR', licences, unpriced }
}
