import type { MailboxRow } from '../answers.ts'
import type { Choice } from './model.ts'
import { isCopied, isTrouble, share, troubleOf } from './standing.ts'

/** How many mailboxes are in the table at once: more would be slow to draw, and nobody reads them. */
export const perPage = 100

/** The mailboxes that a choice shows, in its order. */
export function chosen(rows: readonly MailboxRow[], { state, search, order }: Choice): MailboxRow[] {
  const wanted = search.trim().toLowerCase()
  const shown = rows.filter(
    row =>
      (state === 'all' || (state === 'trouble' ? isTrouble(row) : row.state === state)) &&
      (wanted === '' || row.address.toLowerCase().includes(wanted)),
  )
  const through = (row: MailboxRow) => share(row.messages, isCopied(row.state))
  const byAddress = (a: MailboxRow, b: MailboxRow) => (a.address < b.address ? -1 : 1)
  const orders: Record<Choice['order'], (a: MailboxRow, b: MailboxRow) => number> = {
    trouble: (a, b) => troubleOf(a) - troubleOf(b),
    address: () => 0,
    progress: (a, b) => through(a) - through(b),
    size: (a, b) => b.bytes.found - a.bytes.found,
    exceptions: (a, b) => b.messages.excepted - a.messages.excepted,
  }
  return shown.sort((a, b) => orders[order](a, b) || byAddress(a, b))
}

/** The last page that a number of mailboxes has, from 0. */
export function lastPage(count: number): number {
  return Math.max(0, Math.ceil(count / perPage) - 1)
}
