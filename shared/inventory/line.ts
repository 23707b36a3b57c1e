import { addressFault } from '../intake/address.ts'
import { type CalendarShare, charactersIn, mostReaders, sharesOf } from '../intake/calendar-shares.ts'
import { charactersOf, mostMembers } from '../intake/mailbox.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Said } from './answer.ts'
import { kindOf, roleOf, yesOrNo } from './choices.ts'
import type { Column } from './columns.ts'
import { attributesOf } from './columns.ts'
import { addressFrom, identifierOf } from './identifiers.ts'
import type { AnswerFault, Line } from './read.ts'
import type { FaultCode, FaultParts, Words } from './words.ts'

/** What a row says by itself, with its faults; `said` undefined where even its address is not known. */
export type Judged = { line: Line; said?: Said; faults: AnswerFault[] }

/** Longest texts of the directory, as Microsoft 365 takes them. */
const texts = { surname: 64, givenName: 64, phone: 64, jobTitle: 128, department: 64, reason: 200 } as const

/** Longest value of an attribute that makes an address: what stands before the @. */
const mostAttribute = 64

/** Reads one row without looking at the others. `today`: the addresses that are there already. */
export function judgedLine(line: Line, today: ReadonlySet<string>, { licences, inventory }: Playbook, words: Words): Judged {
  const { values } = line
  const faults: AnswerFault[] = []
  const fault = (code: FaultCode, column: Column, parts: FaultParts = {}) =>
    void faults.push({ code, parts, index: line.index, column })
  const address = addressOf(line, inventory.addressPatterns, fault)
  if (address === undefined) return { line, faults }
  const fresh = today.has(address) ? {} : { fresh: true as const }

  const keep = values.keep === undefined ? (fresh.fresh ? true : undefined) : yesOrNo(values.keep)
  if (keep === undefined) fault('no-keep', 'keep', values.keep === undefined ? {} : { got: values.keep })
  if (keep === false) return { line, said: { address, keep, ...fresh, ...reasonOf(values.reason) }, faults }

  const kind = kindOf(values.kind ?? '', licences)
  const names = Object.keys(licences)
  const wanted = [...(names.length > 0 ? names : [words.personal]), words.shared, words.alias].join(', ')
  if (!kind) fault('no-kind', 'kind', { wanted, ...(values.kind === undefined ? {} : { got: values.kind }) })
  if (kind?.kind !== 'alias' && !isPrincipal(address)) fault('upn', 'address', { got: address })

  const said: Said = { address, keep: keep ?? true, ...kind, ...fresh }
  for (const [name, most] of Object.entries(texts) as [keyof typeof texts, number][]) {
    const text = values[name]
    if (text === undefined) continue
    if (text.length > most || /\p{Cc}/u.test(text)) fault('text', name, { wanted: String(most) })
    said[name] = text
  }
  if (values.aliasOf !== undefined) said.aliasOf = values.aliasOf.toLowerCase()
  const members = (values.members ?? '').split(/[;,\s]+/).filter(Boolean)
  if (members.length > 0) said.members = [...new Set(members.map(one => one.toLowerCase()))].sort()
  if (members.length > mostMembers.count || charactersOf(members) > mostMembers.characters)
    fault('members-many', 'members', { wanted: String(mostMembers.count) })
  const calendarShares = sharesIn(values.calendarShares, address, words, fault)
  if (calendarShares) said.calendarShares = calendarShares
  const identifiers = identifiersOf(line, inventory.identifiers, fault)
  if (Object.keys(identifiers).length > 0) said.identifiers = identifiers
  const attributes = given(line, attributesOf(Object.values(inventory.addressPatterns)))
  for (const [name, text] of Object.entries(attributes))
    if (text.length > mostAttribute) fault('text', `attribute:${name}`, { wanted: String(mostAttribute) })
  if (Object.keys(attributes).length > 0) said.attributes = attributes
  return { line, said, faults }
}

type Tell = (code: FaultCode, column: Column, parts?: FaultParts) => void

/** Who may see the calendar of a row, as its cell says; undefined where nothing is said of it. */
function sharesIn(text: string | undefined, owner: string, { roles }: Words, fault: Tell): CalendarShare[] | undefined {
  if (text === undefined) return undefined
  const named = sharesOf(text)
  const shares = new Map<string, CalendarShare>()
  // A cell that is full of something else is told so, not word for word.
  for (const { reader: written, role: word = '' } of named.slice(0, mostReaders.count)) {
    const [reader, role] = [written.toLowerCase(), roleOf(word)]
    if (addressFault(reader) !== undefined || role === undefined || reader === owner || shares.has(reader)) {
      const got = `${written}${word && `: ${word}`}`.slice(0, 80)
      fault('share', 'calendarShares', { got, wanted: Object.values(roles).join(', ') })
    } else shares.set(reader, { reader, role })
  }
  const all = [...shares.values()]
  if (named.length > mostReaders.count || charactersIn(all) > mostReaders.characters)
    fault('shares-many', 'calendarShares', { wanted: String(mostReaders.count) })
  return all
}

/** The address of a row: as written, or as its attribute makes it (`ec00{FASE}@…`). */
function addressOf(line: Line, patterns: Readonly<Record<string, string>>, fault: Tell): string | undefined {
  const names = attributesOf(Object.values(patterns))
  const attributes = given(line, names)
  const asked = names.find(name => attributes[name] !== undefined)
  const classes = Object.keys(patterns)
  const chosen = classes.find(name => name.toLowerCase() === line.values.class?.toLowerCase())
  const fits = chosen === undefined ? classes : [chosen]
  const made = fits.flatMap(name => addressFrom(patterns[name] ?? '', attributes) ?? [])
  const written = line.values.address?.replace(/^mailto:/i, '').toLowerCase()
  if (written === undefined) {
    if (asked !== undefined && made.length > 1) fault('class', 'class', { wanted: classes.join(', ') })
    else if (made[0] !== undefined) return addressFault(made[0]) ? bad(made[0], `attribute:${asked}`, fault) : made[0]
    else fault('no-address', 'address')
    return undefined
  }
  if (addressFault(written) !== undefined) return bad(written, 'address', fault)
  if (asked !== undefined && made.length > 0 && !made.includes(written))
    fault('attribute', `attribute:${asked}`, { got: written, wanted: made.join(', ') })
  return written
}

function bad(text: string, column: Column, fault: Tell): undefined {
  const accents = /^[^@\s]+@[A-Za-z0-9.-]+$/.test(text) && /[^ -~]/.test(text)
  fault(accents ? 'upn' : 'bad-address', column, { got: text.slice(0, 80) })
}

function given({ values }: Line, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => (values[`attribute:${name}`] ? [[name, String(values[`attribute:${name}`])]] : [])),
  )
}

function identifiersOf(
  { values }: Line,
  asked: Readonly<Record<string, readonly string[]>>,
  fault: Tell,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asked).flatMap(([name, patterns]) => {
      const code = values[`identifier:${name}`]
      if (code === undefined) return []
      // What an earlier workbook had back from us is the identifier itself.
      const found = identifierOf(code, patterns) ?? (/^\d{1,20}$/.test(code) ? code.replace(/^0+(?=\d)/, '') : undefined)
      if (found === undefined) fault('identifier', `identifier:${name}`, { got: code.slice(0, 60), wanted: patterns.join(', ') })
      return found === undefined ? [] : [[name, found] as const]
    }),
  )
}

/** Can it be a sign-in name (userPrincipalName) in Microsoft 365 and Active Directory? */
function isPrincipal(address: string): boolean {
  const [local = '', domain = ''] = address.split('@')
  return /^[A-Za-z0-9'._!#^~-]{1,64}$/.test(local) && !/^\.|\.$|\.\./.test(local) && domain.length <= 48
}

function reasonOf(reason: string | undefined): { reason?: string } {
  return reason === undefined ? {} : { reason: reason.slice(0, texts.reason) }
}
