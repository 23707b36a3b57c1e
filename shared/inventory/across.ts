import { sizeBytes, sizeText } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import { domainOf } from '../steps/switched.ts'
import type { Said } from './answer.ts'
import type { Column } from './columns.ts'
import type { Inventory } from './inventory.ts'
import { isGeneric } from './judge.ts'
import type { Judged } from './line.ts'
import type { AnswerFault, Sheet } from './read.ts'
import type { FaultCode, FaultParts } from './words.ts'

/** Exchange Online gives a shared mailbox so much without a licence, bytes. */
const sharedBytes = 50 * 2 ** 30

/** What must agree across the rows of an answer, and with what was found. */
export function across(judged: readonly Judged[], inventory: Inventory, sheet: Sheet): AnswerFault[] {
  const byAddress = new Map<string, Judged>()
  const faults: AnswerFault[] = []
  for (const one of judged) {
    const address = one.said?.address
    if (address === undefined) continue
    const first = byAddress.get(address)
    if (first) {
      const where = sheet.place(first.line.index, 'address')
      faults.push({ code: 'duplicate', parts: { got: address, where }, index: one.line.index, column: 'address' })
    } else byAddress.set(address, one)
  }
  const known = new Map([...byAddress].flatMap(([address, { said }]) => (said ? [[address, said] as const] : [])))
  const sizes = new Map(inventory.items.map(({ row, found }) => [row.address, found?.measured?.sizeBytes ?? 0]))
  const domains = [...new Set(inventory.items.map(({ row }) => domainOf(row.address)))].sort()
  const missing = inventory.items.filter(({ row }) => !known.has(row.address))
  for (const { row } of missing) faults.push({ code: 'missing', parts: { got: row.address } })
  for (const { line, said } of byAddress.values()) {
    if (!said) continue
    const tell: Tell = (code, column, parts = {}) => void faults.push({ code, parts, index: line.index, column })
    ownDomain(said, domains, tell)
    if (!said.keep) continue
    aliasLeads(said, known, tell)
    membersAreLicensed(said, known, inventory.lists, tell)
    readersCome(said, known, tell)
    fits(said, sizes.get(said.address) ?? 0, inventory.settings, tell)
  }
  return faults
}

type Tell = (code: FaultCode, column: Column, parts?: FaultParts) => void

/** New addresses are of the domains that the entity has already: others have no place in this wave. */
function ownDomain({ address, fresh }: Said, domains: readonly string[], tell: Tell): void {
  if (!fresh) return
  if (!domains.includes(domainOf(address))) tell('foreign-domain', 'address', { got: address, wanted: domains.join(', ') })
}

function aliasLeads({ address, kind, aliasOf }: Said, known: ReadonlyMap<string, Said>, tell: Tell): void {
  if (kind !== 'alias') {
    if (aliasOf !== undefined && kind !== undefined) tell('alias-stray', 'aliasOf')
    return
  }
  if (aliasOf === undefined) {
    tell('alias-missing', 'aliasOf')
    return
  }
  const got = { got: aliasOf }
  const owner = known.get(aliasOf)
  if (domainOf(aliasOf) !== domainOf(address)) tell('alias-domain', 'aliasOf', got)
  else if (!owner) tell('alias-unknown', 'aliasOf', got)
  else if (!owner.keep) tell('alias-dropped', 'aliasOf', got)
  else if (owner.kind === 'alias') tell('alias-chain', 'aliasOf', got)
}

/** Each member of a shared mailbox has a mailbox and a licence of his own, or is a list of the wave. */
function membersAreLicensed(
  { kind, members }: Said,
  known: ReadonlyMap<string, Said>,
  lists: ReadonlySet<string>,
  tell: Tell,
): void {
  if (kind !== 'shared') {
    if (members !== undefined && kind !== undefined) tell('members-stray', 'members')
    return
  }
  if (members === undefined) {
    tell('members-missing', 'members')
    return
  }
  for (const got of members) {
    if (lists.has(got)) continue
    const member = known.get(got)
    if (!member) tell('member-unknown', 'members', { got })
    else if (!member.keep || (member.kind ?? 'user') !== 'user') tell('member-licence', 'members', { got })
  }
}

/** Who may see a calendar is not left behind himself; he may be another’s, or move with another wave. An alias has no calendar. */
function readersCome({ kind, calendarShares = [] }: Said, known: ReadonlyMap<string, Said>, tell: Tell): void {
  if (kind === 'alias' && calendarShares.length > 0) tell('share-stray', 'calendarShares')
  for (const { reader: got } of calendarShares)
    if (known.get(got)?.keep === false) tell('share-dropped', 'calendarShares', { got })
}

/** The licence holds what the mailbox has today; the mailbox of a function is shared, or there is a reason why not. */
function fits({ address, kind, licence, reason }: Said, size: number, settings: Playbook, tell: Tell): void {
  if (kind === 'user' && reason === undefined && isGeneric(address, settings.inventory)) tell('generic', 'kind', { got: address })
  const quota = licence === undefined ? undefined : settings.licences[licence]?.quota
  const online = settings.target.kind === 'exchange-online'
  const most = kind === 'shared' && online ? sharedBytes : quota === undefined ? undefined : sizeBytes(quota)
  if (kind !== 'alias' && most !== undefined && size > most)
    tell('quota', 'kind', { got: sizeText(size), wanted: quota ?? sizeText(most) })
}
