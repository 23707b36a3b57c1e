import type { Reading } from './calendar.ts'
import { distinct, readCards } from './grammar.ts'
import type { Exception, Found, Item, Kind } from './item.ts'

/**
 * One entry of a calendar or an address book as the old server keeps it. `at`: its path there; `shelf`: the name of what it lies in, where that is not
 * the one that things of a kind go to by themselves; `refused`: why it could not be read.
 */
export type OldEntry = { at: string; shelf?: { name: string; unlike: readonly Kind[] } } & (
  | { text: string }
  | { refused: { reason: string; remedy: string } }
)

/** What one person has at the old server. `others`: calendars and books of other people, which come with their own mailboxes. */
export type Shelves = { calendars: number; books: number; others: number }

/** How much that is. `entries`: events and tasks, which one listing does not tell apart. */
export type Counted = Shelves & { entries: number; contacts: number }

/** Calendars and address books of one mailbox at the old server; they are only read. All may throw a Failure. */
export type OldItems = {
  shelves(): Promise<Shelves>
  /** Counts without reading any: each calendar and address book is listed once. */
  count(): Promise<Counted>
  entries(): AsyncIterable<OldEntry>
}

/** Reads all that a person has there. What lies in a further calendar or book bears its name as a category. */
export async function readOld(old: OldItems, reading: Reading): Promise<Found> {
  const items: Item[] = []
  const exceptions: Exception[] = []
  const categories = new Map<Item, string>()
  for await (const entry of old.entries()) {
    const { at, shelf } = entry
    if ('refused' in entry) {
      exceptions.push({ at, name: '', ...entry.refused })
      continue
    }
    const read = readEntry(entry.text, at, reading)
    exceptions.push(...read.exceptions)
    for (const item of read.items) {
      items.push(item)
      if (shelf?.unlike.includes(item.kind)) categories.set(item, shelf.name)
    }
  }
  const unique = distinct({ items, exceptions }).items
  return { items: unique.map((item, i) => filed(item, categories.get(items[i] as Item))), exceptions }
}

function readEntry(text: string, at: string, reading: Reading): Found {
  const here = <T extends { at: string }>(one: T): T => ({ ...one, at })
  const read = readCards(Buffer.from(text), reading)
  if (read) return { items: read.items.map(here), exceptions: read.exceptions.map(here) }
  const remedy = 'Look at this entry at the old server: is it wanted?'
  return { items: [], exceptions: [{ at, name: '', reason: 'it is neither a card nor a calendar', remedy }] }
}

function filed(item: Item, category: string | undefined): Item {
  if (category === undefined) return item
  const known = Array.isArray(item.body.categories) ? item.body.categories : []
  return { ...item, body: { ...item.body, categories: [...new Set([...known, category])] } }
}
