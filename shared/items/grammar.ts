import { eventsOf, type Reading } from './calendar.ts'
import { contactOfCard } from './card.ts'
import { type Component, components } from './content-lines.ts'
import { brief, type Exception, type Found, type Item, keyOf } from './item.ts'
import { tasksOf } from './task.ts'

/** Reads cards and calendars; undefined for what begins as neither. */
export function readCards(bytes: Uint8Array, reading: Reading): (Found & { format: 'vcard' | 'icalendar' }) | undefined {
  if (!components(bytes.subarray(0, 4096)).some(({ name }) => name !== '')) return undefined
  const all = wrapped(components(bytes))
  const found = all.map(one => itemsOf(one, reading))
  return {
    format: all.some(({ name }) => name === 'VCARD') ? 'vcard' : 'icalendar',
    items: found.flatMap(one => one.items),
    exceptions: found.flatMap(one => one.exceptions),
  }
}

function itemsOf(one: Component, reading: Reading): Found {
  if (one.name === 'VCARD') {
    const read = contactOfCard(one)
    return 'reason' in read ? { items: [], exceptions: [read] } : { items: [read], exceptions: [] }
  }
  if (one.name !== 'VCALENDAR') return { items: [], exceptions: [notKnown(one)] }
  const [events, tasks] = [eventsOf(one, reading), tasksOf(one, reading)]
  const others = one.parts.filter(({ name }) => !/^(VEVENT|VTODO|VTIMEZONE|VALARM|X-.*)$/.test(name)).map(notKnown)
  const unread = one.unread.map(({ line }) => notKnown({ ...one, name: '', line }))
  const open = one.open ? [cutOff(one)] : []
  return {
    items: [...events.items, ...tasks.items],
    exceptions: [...events.exceptions, ...tasks.exceptions, ...others, ...unread, ...open],
  }
}

/** Entries that stand in no calendar are of one. */
function wrapped(all: Component[]): Component[] {
  const bare = all.filter(({ name }) => /^(VEVENT|VTODO|VTIMEZONE)$/.test(name))
  const calendar: Component = { name: 'VCALENDAR', line: 1, open: false, properties: [], parts: bare, unread: [] }
  return bare.length > 0 ? [...all.filter(one => !bare.includes(one)), calendar] : all
}

function cutOff({ name, line }: Component): Exception {
  const reason = `${name} has no END:${name}: the file may be cut off, and what stood behind it is not known`
  return { at: `line ${line}`, name, reason, remedy: 'Export the calendar again, and send it whole.' }
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
export function distinct({ items, exceptions }: Found): Found {
  const seen = new Map<string, string>()
  const kept = items.map((item): Item => {
    const says = JSON.stringify(item.body)
    const before = seen.get(item.key)
    if (before === undefined) seen.set(item.key, says)
    return before === undefined || before === says ? item : { ...item, key: keyOf(item.key, says) }
  })
  return { items: kept, exceptions }
}
