import { Refusal } from '../errors.ts'
import { csvRows } from '../intake/csv.ts'
import { type Heading, headingOf } from './headings.ts'
import { brief, type Exception, type Found, type Item, keyOf } from './item.ts'
import { type Address, aside, contactOf, nameOf, type Person, put, somebody } from './person.ts'

type Column = { label: string; heading: Heading | undefined }
type Cell = Column & { text: string }

/** The contacts of a CSV file: Outlook, Google, Thunderbird, webmails. Throws a Refusal for what is no address book. */
export function contactsOfTable(bytes: Uint8Array, contentType: string | undefined): Found {
  const rows = read(bytes, contentType)
  const at = rows.findIndex(row => row.some(cell => cell !== ''))
  const columns = headed(rows[at] ?? [])
  const reached = columns.filter(({ heading }) => heading && /^(text|email|phone|numbered)$/.test(heading.of))
  if (reached.length === 0) throw unknown(rows[at] ?? [])
  const found: Found = { items: [], exceptions: [] }
  // Americans write the month first; whoever has no English headings, the day.
  const english = columns.some(({ label }) => /^(first name|given name|last name|e-mail address|primary email)$/i.test(label))
  for (const [i, row] of rows.entries()) {
    const cells = columns.flatMap((column, j) => (row[j] ? [{ ...column, text: row[j] ?? '' }] : []))
    if (i <= at || cells.length === 0) continue
    const item = contactOfRow(cells, `row ${i + 1}`, english)
    if ('reason' in item) found.exceptions.push(item)
    else found.items.push(item)
  }
  return found
}

function contactOfRow(cells: readonly Cell[], at: string, english: boolean): Item | Exception {
  const person = somebody()
  for (const cell of cells) take(person, cell, english)
  born(person, cells)
  numbered(person, cells)
  addresses(person, cells)
  const name = nameOf(person)
  if (name === '')
    return {
      at,
      name: '',
      reason: 'the row has no name, no address and no telephone',
      remedy: 'Look at it in the file: is it wanted?',
    }
  const key = keyOf('row', ...cells.map(({ label, text }) => `${label.toLowerCase()}: ${text}`).sort())
  return { kind: 'contacts', key, at, name: brief(name), ...contactOf(person) }
}

function take(person: Person, { heading, label, text }: Cell, english: boolean): void {
  if (heading === undefined) aside(person, label, text)
  else if (heading.of === 'text') put(person, heading.name, text, label)
  else if (heading.of === 'email') person.emails.push({ address: text, label })
  else if (heading.of === 'phone') person.phones.push({ kind: heading.kind, number: text, label })
  else if (heading.of === 'page') person.pages.push({ url: text, label })
  else if (heading.of === 'chat') person.chats.push({ address: text, label })
  else if (heading.of === 'child') person.children.push(...listOf(text))
  else if (heading.of === 'category') person.categories.push(...listOf(text).filter(one => !one.startsWith('*')))
  else if (heading.of === 'note') person.note.push(text)
  else if (heading.of === 'birthday') birthday(person, label, text, english)
}

/** Several in one cell. Google marks its own groups with a star. */
function listOf(text: string): string[] {
  return text
    .split(/;|,| ::: /)
    .map(one => one.trim())
    .filter(Boolean)
}

function birthday(person: Person, label: string, text: string, english: boolean): void {
  if (/^0+[/.-]0+[/.-]0+$/.test(text)) return
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/.exec(text) ?? []
  const [, a = '', b = '', y = ''] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text) ?? []
  const dotted = /^\d{1,2}\./.test(text)
  const dayFirst = Number(a) > 12 || (dotted && Number(b) <= 12) || (!english && Number(b) <= 12)
  const sure = year !== '' || dayFirst || Number(b) > 12 || a === b
  const date = year ? [year, month, day] : dayFirst ? [y, b, a] : [y, a, b]
  if (sure && isDay(date)) person.birthday ??= dateOf(date)
  else aside(person, label, text, 'birthday')
}

/** Thunderbird’s three columns. */
function born(person: Person, cells: readonly Cell[]): void {
  const of = (part: string) => cells.find(({ heading }) => heading?.of === 'birth' && heading.part === part)?.text ?? ''
  const date = [of('year'), of('month'), of('day')]
  if (date.every(part => part === '')) return
  if (isDay(date)) person.birthday ??= dateOf(date)
  else aside(person, 'Birthday', date.filter(Boolean).join('-'), 'birthday')
}

function dateOf([year = '', month = '', day = '']: string[]): string {
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

function isDay(parts: string[]): boolean {
  const text = dateOf(parts)
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^[1-9]/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** Google’s columns that belong together by their number; several values stand in one cell between ` ::: `. */
function numbered(person: Person, cells: readonly Cell[]): void {
  const groups = new Map<string, Map<string, string>>()
  for (const { heading, text } of cells) {
    if (heading?.of !== 'numbered') continue
    const name = `${heading.what} ${heading.no}`
    groups.set(name, (groups.get(name) ?? new Map()).set(heading.part, text))
  }
  for (const [name, parts] of groups) {
    const [what] = name.split(' ')
    const type = (parts.get('label') ?? parts.get('type') ?? '').replace(/^\* /, '')
    const label = type ? `${name} (${type})` : name
    const values = (parts.get('value') ?? '').split(' ::: ').filter(Boolean)
    if (what === 'address') googleAddress(person, parts, type, label)
    for (const value of values) {
      if (what === 'email') person.emails.push({ address: value, label })
      if (what === 'page') person.pages.push({ url: value, label })
      if (what === 'chat') person.chats.push({ address: value, label })
      if (what === 'phone' && /fax|pager/i.test(type)) aside(person, label, value, 'fax')
      else if (what === 'phone') person.phones.push({ kind: phoneKind(type), number: value, label })
    }
  }
}

function phoneKind(type: string): 'mobile' | 'home' | 'other' | 'business' {
  if (/mobil|portable|cell|gsm/i.test(type)) return 'mobile'
  if (/home|domicile|thuis|privat/i.test(type)) return 'home'
  return /other|autre|overig|sonst/i.test(type) ? 'other' : 'business'
}

function googleAddress(person: Person, parts: ReadonlyMap<string, string>, type: string, label: string): void {
  const street = [parts.get('street') ?? '', parts.get('extended address') ?? '', parts.get('po box') ?? '']
    .filter(Boolean)
    .join('\n')
  const all = {
    street,
    city: parts.get('city'),
    state: parts.get('region'),
    postalCode: parts.get('postal code'),
    countryOrRegion: parts.get('country'),
  }
  const address = Object.fromEntries(Object.entries(all).filter(([, text]) => text)) as Address
  const kind = /work|bureau|travail|werk|arbeit|geschäft/i.test(type)
    ? 'business'
    : /home|domicile|thuis|privat/i.test(type)
      ? 'home'
      : 'other'
  if (Object.keys(address).length > 0) person.addresses.push({ kind, address, label })
  else aside(person, label, parts.get('formatted') ?? '', 'address')
}

/** The columns of one address, put together; its second and third line of a street below the first. */
function addresses(person: Person, cells: readonly Cell[]): void {
  for (const kind of ['business', 'home', 'other'] as const) {
    const address: Address = {}
    for (const { heading, text } of cells)
      if (heading?.of === 'address' && heading.kind === kind)
        address[heading.part] = address[heading.part] === undefined ? text : `${address[heading.part]}\n${text}`
    if (Object.keys(address).length > 0) person.addresses.push({ kind, address, label: `${kind} address` })
  }
}

/** In French exports of Outlook `Titre` stands for a form of address first, and then for a function. */
function headed(row: readonly string[]): Column[] {
  const seen = new Set<string>()
  return row.map(label => {
    const heading = headingOf(label)
    const again = heading?.of === 'text' && heading.name === 'title' && seen.has(label.toLowerCase())
    seen.add(label.toLowerCase())
    return { label, heading: again ? { of: 'text', name: 'jobTitle' } : heading }
  })
}

function read(bytes: Uint8Array, contentType: string | undefined): string[][] {
  try {
    return csvRows(bytes, contentType) as string[][]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const message = 'a workbook or an Outlook data file (.pst) cannot be read: export it as .vcf, .ics or .csv'
    const details = bytes.includes(0) ? [{ path: '(document)', message }] : error.details
    throw new Refusal(400, 'invalid-items', 'the file cannot be read; nothing was brought', details)
  }
}

function unknown(row: readonly string[]): Refusal {
  const got = row.slice(0, 8).map(cell => `“${cell.slice(0, 40)}”`)
  const message =
    `no card (BEGIN:VCARD), no calendar (BEGIN:VCALENDAR), and no heading of an address book in the first row (got ${got.join(', ') || 'nothing'}): ` +
    'export it as .vcf, .ics or .csv with its headings, in French, Dutch, German or English'
  return new Refusal(400, 'invalid-items', 'the file cannot be read; nothing was brought', [{ path: '(document)', message }])
}
