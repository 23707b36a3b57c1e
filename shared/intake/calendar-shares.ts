import { z } from 'zod'
import type { Fault } from '../errors.ts'
import { address } from './address.ts'

/** What somebody may do in another’s calendar, as Exchange names it (`AccessRights`); a `Delegate` edits, and gets the invitations, too. */
export const calendarRoles = ['AvailabilityOnly', 'LimitedDetails', 'Reviewer', 'Editor', 'Delegate'] as const

/** A calendar has at most so many readers, and so many characters of them: they stand beside its mailbox’s members. */
export const mostReaders = { count: 50, characters: 2_000 }

export type CalendarRole = (typeof calendarRoles)[number]

const share = z.strictObject({ reader: address, role: z.enum(calendarRoles) })

export type CalendarShare = z.output<typeof share>

/** Who else may see or change a calendar. */
export const calendarShares = z
  .array(share)
  .min(1)
  .max(mostReaders.count)
  .refine(shares => charactersIn(shares) <= mostReaders.characters, {
    error: ({ input }) =>
      `expected readers of at most ${mostReaders.characters} characters in all (got ${charactersIn(input as CalendarShare[])}): name a security group instead`,
  })

/** How many characters the addresses of readers come to. */
export function charactersIn(shares: readonly CalendarShare[]): number {
  return shares.reduce((sum, { reader }) => sum + reader.length, 0)
}

/** The readers that a cell names, each with the word behind it: `anna@town.example: Reviewer; ben@town.example: Editor`. */
export function sharesOf(text: string): { reader: string; role?: string }[] {
  return text.split(/[;,\n]|\s(?=[^\s;,]+@)/).flatMap(one => {
    const [, reader, role = ''] = /^([^:\s]+)[:\s]*(.*)$/.exec(one.trim()) ?? []
    return reader === undefined ? [] : [{ reader, ...(role === '' ? {} : { role }) }]
  })
}

/** Who has no calendar to share, and readers that are none. It runs beside the fields’ own faults, so it believes nothing about a field’s type. */
export function calendarFaults(mailboxes: readonly unknown[]): Fault[] {
  return mailboxes.flatMap((value, i) => {
    const { address, kind, calendarShares: sent }: Record<string, unknown> = Object(value)
    if (sent === undefined) return []
    const at = `mailboxes[${i}].calendarShares`
    if (kind === 'alias' || kind === 'list')
      return [{ path: at, message: `${kind === 'alias' ? 'an alias' : 'a list'} has no calendar of its own: leave it out` }]
    const readers = (Array.isArray(sent) ? sent : []).map(share => lower(Object(share).reader))
    return readers.flatMap((reader, n) => {
      if (reader === undefined) return []
      const path = `${at}[${n}].reader`
      if (reader === lower(address)) return [{ path, message: 'its owner: expected somebody else' }]
      const first = readers.indexOf(reader)
      return first === n ? [] : [{ path, message: `already stands at ${at}[${first}].reader: give each reader one role` }]
    })
  })
}

function lower(text: unknown): string | undefined {
  return typeof text === 'string' ? text.toLowerCase() : undefined
}
