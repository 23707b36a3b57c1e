import { Refusal } from '../errors.ts'
import type { Reading } from './calendar.ts'
import { contactsOfTable } from './contact-table.ts'
import { distinct, readCards } from './grammar.ts'
import type { Found } from './item.ts'

/** What an exported file is. */
export type Format = 'vcard' | 'icalendar' | 'csv'

/** The most that a file may hold: address books and calendars of one person are far smaller. */
export const mostBytes = 30 * 1024 * 1024

/** Reads an exported file: cards, calendars, or an address book as CSV. Throws a Refusal (400) for one that cannot be read at all. */
export function readFile(bytes: Uint8Array, contentType: string | undefined, reading: Reading): Found & { format: Format } {
  if (bytes.length === 0) throw refused('the file is empty: export it again')
  const { format, ...found } = readCards(bytes, reading) ?? { format: 'csv', ...contactsOfTable(bytes, contentType) }
  return { format, ...distinct(found) }
}

function refused(message: string): Refusal {
  return new Refusal(400, 'invalid-items', 'the file cannot be read; nothing was brought', [{ path: '(document)', message }])
}
