import type { Fault } from '../errors.ts'
import type { WantedMailbox } from './mailbox.ts'

const alone = ['owners', 'senders'] as const
const ofMailboxes = ['source', 'target', 'licence'] as const

/** What a list must have and cannot have. It runs beside the fields’ own faults, so it believes nothing about a field’s type. */
export function listFaults(mailboxes: readonly unknown[]): Fault[] {
  return mailboxes.flatMap((value, i) => {
    const sent: Record<string, unknown> = Object(value)
    const at = (field: string, message: string): Fault => ({ path: `mailboxes[${i}].${field}`, message })
    if (sent.kind !== 'list')
      return alone.flatMap(field =>
        sent[field] === undefined ? [] : [at(field, 'only a list has it: expected kind: list beside it')],
      )
    const found = ofMailboxes.flatMap(field =>
      sent[field] === undefined ? [] : [at(field, 'a list has no mailbox of its own: leave it out')],
    )
    if (sent.members === undefined) return [...found, at('members', 'is missing: expected the addresses of the list’s members')]
    if (!Array.isArray(sent.members)) return found
    if (sent.members.length === 0) return [...found, at('members', 'expected at least one member (got an empty list)')]
    const itself = sent.members.findIndex(one => same(one, sent.address))
    return itself < 0 ? found : [...found, at(`members[${itself}]`, 'the list itself: expected its members')]
  })
}

/** Whom a mailbox or a calendar is opened to: of lists only a security group can be. */
export function opening(rows: readonly { wanted: WantedMailbox }[]): Set<string> {
  return new Set(
    rows.flatMap(({ wanted: { kind, members = [], calendarShares = [] } }) => [
      ...(kind === 'shared' ? members : []),
      ...calendarShares.map(({ reader }) => reader),
    ]),
  )
}

function same(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase()
}
