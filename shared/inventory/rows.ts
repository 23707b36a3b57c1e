import type { CalendarShare } from '../intake/calendar-shares.ts'
import type { MailboxRow } from '../store/schema.ts'
import type { Said } from './answer.ts'
import type { Column } from './columns.ts'
import { attributeOf } from './identifiers.ts'
import type { Inventory, Item } from './inventory.ts'
import { hasNone } from './items-ahead.ts'
import { mostOf, needsOf } from './room.ts'
import type { Words } from './words.ts'

/** One row of the sheet of addresses; `cost` is what its formula comes to, `filled` the formula of how full the new mailbox will be. */
export type Row = { values: Partial<Record<Column, string | number | Date>>; cost: number; filled?: Filled }

/** The rows of an entity: its mailboxes with what was found, and what it said last, else what is proposed. */
export function rowsOf(inventory: Inventory, words: Words): Row[] {
  const today = new Set(inventory.items.map(({ row }) => row.address))
  const fresh = [...inventory.said.values()].filter(({ address }) => !today.has(address))
  return [
    ...inventory.items.map(item => rowOf(inventory, item, words)),
    ...fresh.map(said => priced(inventory, saidValues(said, words), words)),
  ]
}

function rowOf(inventory: Inventory, { row, found, proposal }: Item, words: Words): Row {
  const { measured } = found ?? {}
  const said = inventory.said.get(row.address)
  const { quota } = measured ?? {}
  // Nobody has looked yet: that it could not be opened would be untrue.
  const finding = found ? proposal.finding : undefined
  const own = priced(
    inventory,
    defined({
      address: row.address,
      size: measured && Math.round((measured.sizeBytes / 2 ** 20) * 10) / 10,
      used: quota && quota.usedBytes / quota.mostBytes,
      messages: measured?.messages,
      unread: measured?.unread,
      activity: proposal.lastActivityAt === undefined ? undefined : new Date(proposal.lastActivityAt),
      entries: beside(found, 'entries', words),
      contacts: beside(found, 'contacts', words),
      finding: finding && words.findings[finding],
      ...(said ? saidValues(said, words) : proposedValues(inventory, row, proposal, words)),
      calendarShares: sharesText(said?.calendarShares ?? row.wanted.calendarShares, words),
    }),
    words,
  )
  const needsBytes = needsOf(row, found)
  return needsBytes === undefined ? own : { ...own, filled: { needsBytes, rooms: roomsOf(inventory, row, found, words) } }
}

/** What a mailbox will hold, and how much it may hold, by what stands in its column `kind`. */
export type Filled = { needsBytes: number; rooms: readonly (readonly [kind: string, mostBytes: number])[] }

function roomsOf({ settings }: Inventory, row: MailboxRow, found: Item['found'], words: Words): Filled['rooms'] {
  const licences = Object.keys(settings.licences)
  const users = licences.length > 0 ? licences : [undefined]
  const kinds = [
    ...users.map(licence => [licence ?? words.personal, { kind: 'user' as const, ...(licence ? { licence } : {}) }] as const),
    [words.shared, { kind: 'shared' as const }] as const,
  ]
  const { licence: _, ...wanted } = row.wanted
  return kinds.flatMap(([kind, asked]) => {
    const most = mostOf(settings, { ...wanted, ...asked }, found)
    return most ? [[kind, most.mostBytes] as const] : []
  })
}

/** How many events and tasks, or contacts, there are; in words where nobody could look, or there is no calendar at all. */
function beside(found: Item['found'], what: 'entries' | 'contacts', { items }: Words): number | string | undefined {
  const known = found?.items?.[what]
  if (known !== undefined || !found?.itemsError) return known
  return hasNone(found) ? items.none : items.unread
}

function priced({ settings }: Inventory, values: Row['values'], words: Words): Row {
  const counts = values.keep !== words.no
  return { values, cost: counts ? (settings.licences[String(values.kind)]?.price ?? 0) : 0 }
}

function proposedValues({ settings }: Inventory, row: MailboxRow, { keep, kind }: Item['proposal'], words: Words): Row['values'] {
  const { surname, givenName, phone, jobTitle, department, aliasOf, members } = row.wanted
  const attribute = attributeOf(row.address, settings.inventory.addressPatterns)
  const wanted = row.wanted.kind === 'user' ? kind : row.wanted.kind
  return defined({
    keep: keep ? words.yes : undefined,
    kind: wanted === 'shared' ? words.shared : wanted === 'alias' ? words.alias : (wanted ?? words.personal),
    aliasOf,
    members: members?.join('; '),
    ...{ surname, givenName, phone, jobTitle, department },
    class: attribute?.class,
    ...(attribute ? { [`attribute:${attribute.name}`]: attribute.value } : {}),
  })
}

function saidValues(said: Said, words: Words): Row['values'] {
  const { address, keep, kind, licence, aliasOf, members, reason, surname, givenName, phone, jobTitle, department } = said
  const asked = [
    ...Object.entries(said.identifiers ?? {}).map(([name, value]) => [`identifier:${name}`, value] as const),
    ...Object.entries(said.attributes ?? {}).map(([name, value]) => [`attribute:${name}`, value] as const),
  ]
  return defined({
    address,
    keep: keep ? words.yes : words.no,
    kind: kind === 'shared' ? words.shared : kind === 'alias' ? words.alias : kind && (licence ?? words.personal),
    aliasOf,
    members: members?.join('; '),
    calendarShares: sharesText(said.calendarShares, words),
    ...{ reason, surname, givenName, phone, jobTitle, department },
    ...Object.fromEntries(asked),
  })
}

function sharesText(shares: readonly CalendarShare[] | undefined, { roles }: Words): string | undefined {
  return shares?.map(({ reader, role }) => `${reader}: ${roles[role]}`).join('; ')
}

function defined(values: Partial<Record<Column, string | number | Date | undefined>>): Row['values'] {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Row['values']
}
