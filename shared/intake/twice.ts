import type { Fault } from '../errors.ts'
import { addressFault } from './address.ts'
import { calendarFaults } from './calendar-shares.ts'
import { show } from './faults.ts'
import { listFaults } from './lists.ts'

type Seen = {
  i: number
  address?: string
  kind?: unknown
  aliasOf?: string
  targetUser?: string
  source: unknown
  targetSecret: unknown
}

/**
 * What must agree between the mailboxes of a wave: no address twice, no target account twice, aliases that lead to a mailbox, lists of others, calendars shared with others. It runs beside the
 * fields' own faults, so it believes nothing about a field's type. `place` names a mailbox's field for people.
 */
export function twice(mailboxes: unknown, place: (path: string) => string): Fault[] {
  if (!Array.isArray(mailboxes)) return []
  const seen = mailboxes.map(read)
  return [
    ...addressesTwice(seen, place),
    ...targetsTwice(seen, place),
    ...aliasesLead(seen, place),
    ...listFaults(mailboxes),
    ...calendarFaults(mailboxes),
  ]
}

function addressesTwice(seen: Seen[], place: (path: string) => string): Fault[] {
  const first = new Map<string, number>()
  return seen.flatMap(({ i, address }) => {
    if (address === undefined) return []
    const before = first.get(address)
    if (before === undefined) first.set(address, i)
    if (before === undefined) return []
    return [
      { path: `mailboxes[${i}].address`, message: `${show(address)} already stands at ${place(`mailboxes[${before}].address`)}` },
    ]
  })
}

function targetsTwice(seen: Seen[], place: (path: string) => string): Fault[] {
  const first = new Map<string, Seen>()
  return seen.flatMap(mailbox => {
    if (mailbox.kind === 'alias') return []
    const login = mailbox.targetUser ?? mailbox.address
    if (login === undefined) return []
    const before = first.get(login)
    if (before === undefined) first.set(login, mailbox)
    // The same address twice has been said already.
    if (before === undefined || (before.address === mailbox.address && before.targetUser === mailbox.targetUser)) return []
    const field = (one: Seen) => `mailboxes[${one.i}].${one.targetUser === undefined ? 'address' : 'target.user'}`
    return [
      {
        path: field(mailbox),
        message: `leads into the same target account as ${place(field(before))}: two mailboxes would be mixed`,
      },
    ]
  })
}

function aliasesLead(seen: Seen[], place: (path: string) => string): Fault[] {
  const byAddress = new Map(seen.map(one => [one.address, one]))
  return seen.flatMap((one): Fault[] => {
    const at = (field: string, message: string): Fault => ({ path: `mailboxes[${one.i}].${field}`, message })
    if (one.kind !== 'alias')
      return one.aliasOf === undefined ? [] : [at('aliasOf', 'only an alias has it: expected kind: alias beside it')]
    const found: Fault[] = []
    if (one.source !== undefined) found.push(at('source', 'an alias has no mailbox of its own at the source: leave it out'))
    if (one.targetSecret !== undefined)
      found.push(at('target.secret', 'an alias has no account of its own at the target: leave it out'))
    if (one.aliasOf !== undefined && one.targetUser !== undefined)
      return [...found, at('target.user', 'an alias names its mailbox once: leave this out beside aliasOf')]
    const [field, owner] = one.aliasOf === undefined ? ['target.user', one.targetUser] : ['aliasOf', one.aliasOf]
    if (owner === undefined)
      return [...found, at('aliasOf', 'is missing: an alias needs the address of the mailbox that gets its mail')]
    if (field === 'target.user' && addressFault(owner))
      return [...found, at(field, 'expected the address of the mailbox that gets the alias’s mail')]
    if (owner === one.address) return [...found, at(field, 'an alias of itself: expected another mailbox’s address')]
    const other = byAddress.get(owner)
    if (other?.kind !== 'alias' && other?.kind !== 'list') return found
    const what = other.kind === 'alias' ? 'an alias too' : 'a list'
    return [...found, at(field, `leads to ${place(`mailboxes[${other.i}].address`)}, which is ${what}: expected a mailbox`)]
  })
}

function read(value: unknown, i: number): Seen {
  const sent: Record<string, unknown> = Object(value)
  const target: Record<string, unknown> = Object(sent.target)
  const found: Seen = { i, kind: sent.kind, source: sent.source, targetSecret: target.secret }
  if (typeof sent.address === 'string' && !addressFault(sent.address)) found.address = sent.address.toLowerCase()
  if (typeof sent.aliasOf === 'string') found.aliasOf = sent.aliasOf.toLowerCase()
  if (typeof target.user === 'string') found.targetUser = target.user.toLowerCase()
  return found
}
