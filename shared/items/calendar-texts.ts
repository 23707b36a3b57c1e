import { type Component, first, type Property, plain, textOf, words } from './content-lines.ts'
import { brief } from './item.ts'

/** What an entry of a calendar says in words: its text, with all that Graph has no property for behind it, and the words of that. */
export type Texts = { text: string; reduced: string[] }

/** Has a place of its own, or says only how the entry was made. */
const placed =
  /^(UID|DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE|DTSTART|DTEND|DUE|DURATION|SUMMARY|DESCRIPTION|STYLED-DESCRIPTION|LOCATION|CATEGORIES|STATUS|CLASS|TRANSP|PRIORITY|RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID|COMPLETED|REQUEST-STATUS|COLOR|X-.*)$/
const people = /^(ORGANIZER|ATTENDEE)$/

/** The words of an entry. Of files within the file only the count is left. */
export function textsOf(entry: Component): Texts {
  const rest = entry.properties
    .filter(({ name, value }) => (!placed.test(name) || name === 'X-GOOGLE-CONFERENCE') && value.trim() !== '')
    .map(property => ({ what: what(property), line: `${property.name}: ${said(property)}` }))
  const lost = rest.filter(({ line, what }) => what === 'attachment' && line.endsWith(': '))
  const unread = entry.unread.map(({ line, text }) => ({ what: 'unreadable line', line: `line ${line}: ${brief(text)}` }))
  const lines = [...rest.filter(one => !lost.includes(one)), ...unread].map(({ line }) => line)
  const text = [textOf(entry, 'DESCRIPTION'), lines.join('\n')].filter(Boolean).join('\n\n')
  return { text, reduced: [...new Set([...rest, ...unread].map(one => one.what))] }
}

/** Categories, of all properties of that name. */
export function categoriesOf({ properties }: Component): string[] {
  const all = properties.filter(({ name }) => name === 'CATEGORIES').flatMap(({ value }) => value.split(/(?<!\\),/).map(plain))
  return [...new Set(all.filter(Boolean))]
}

/** How much it matters: 1 most (RFC 5545 3.8.1.9); undefined where nothing is said. */
export function importanceOf(entry: Component): 'high' | 'normal' | 'low' | undefined {
  const priority = Number(first(entry, 'PRIORITY')?.value ?? 0)
  if (!(priority >= 1 && priority <= 9)) return undefined
  return priority < 5 ? 'high' : priority === 5 ? 'normal' : 'low'
}

function what({ name }: Property): string {
  if (name === 'ATTENDEE') return 'attendees'
  return name === 'ATTACH' ? 'attachment' : name.toLowerCase()
}

function said(property: Property): string {
  const { name, value, params } = property
  if (people.test(name)) {
    const address = plain(value).replace(/^mailto:/i, '')
    const [common] = params.get('CN') ?? []
    const [answer] = words(property, 'PARTSTAT')
    const who = common && common !== address ? `${common} <${address}>` : address
    return name === 'ATTENDEE' && answer ? `${who} (${answer})` : who
  }
  // Files within the file.
  if (words(property, 'VALUE').includes('binary') || words(property, 'ENCODING').includes('base64')) return ''
  return plain(value)
}
