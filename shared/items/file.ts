import { Refusal } from '../errors.ts'
import { contactOfCard } from './card.ts'
import { contactsOfTable } from './contact-table.ts'
import { type Component, components } from './content-lines.ts'
import { brief, type Exception, type Found, type Item, keyOf } from './item.ts'

/** What an exported file is. */
export type Format = 'vcard' | 'icalendar' | 'csv'

/** The most that a file may hold: address books and calendars of one person are far smaller. */
export const mostBytes = 30 * 1024 * 1024

/** Reads an exported file: cards, calendars, or an address book as CSV. Throws a Refusal (400) for one that cannot be read at all. */
export function readFile(bytes: Uint8Array, contentType: string | undefined): Found & { format: Format } {
  if (bytes.length === 0) throw refused('the file is empty: export it again')
  const begins = components(bytes.subarray(0, 4096)).map(({ name }) => name)
  if (!begins.some(name => name !== '')) return { format: 'csv', ...distinct(contactsOfTable(bytes, contentType)) }
  const all = components(bytes)
  const found = all.map(one => itemsOf(one))
  const format = all.some(({ name }) => name === 'VCARD') ? 'vcard' : 'icalendar'
  return {
    format,
    ...distinct({ items: found.flatMap(one => one.items), exceptions: found.flatMap(one => one.exceptions) }),
  }
}

function itemsOf(one: Component): Found {
  if (one.name === 'VCARD') {
    const read = contactOfCard(one)
    return 'reason' in read ? { items: [], exceptions: [read] } : { items: [read], exceptions: [] }
  }
  return { items: [], exceptions: [notKnown(one)] }
}

function notKnown({ name, line, unread, properties }: Component): Exception {
  const text = unread[0]?.text ?? properties[0]?.name ?? ''
  return {
    at: `line ${line}`,
    name: brief(name || text),
    reason: name ? `${name} is nothing that a mailbox holds` : 'lines that stand outside of every card and calendar',
    remedy: 'Look at the file there: is something cut off?',
  }
}

/** Two that are of one UID and do not say the same are two; what stands there twice is one, and counts as such. */
function distinct({ items, exceptions }: Found): Found {
  const seen = new Map<string, string>()
  const kept = items.map((item): Item => {
    const says = JSON.stringify(item.body)
    const before = seen.get(item.key)
    if (before === undefined) seen.set(item.key, says)
    return before === undefined || before === says ? item : { ...item, key: keyOf(item.key, says) }
  })
  return { items: kept, exceptions }
}

function refused(message: string): Refusal {
  return new Refusal(400, 'invalid-items', 'the file cannot be read; nothing was brought', [{ path: '(document)', message }])
}
