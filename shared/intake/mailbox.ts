import { z } from 'zod'
import { secretName } from '../playbooks/secret.ts'
import { address } from './address.ts'
import { calendarShares } from './calendar-shares.ts'
import { languages, licence, line, login, name, usageLocation } from './words.ts'

/** A shared mailbox or a list has at most so many members, and so many characters of them: a column takes 32 Ki. */
export const mostMembers = { count: 500, characters: 24_000 }

/** How many characters the addresses of members come to. */
export function charactersOf(members: readonly string[]): number {
  return members.reduce((sum, one) => sum + one.length, 0)
}

/** Addresses of those who open a shared mailbox, or are on a list. */
export const members = z
  .array(address)
  .max(mostMembers.count)
  .refine(list => charactersOf(list) <= mostMembers.characters, {
    error: ({ input }) =>
      `expected addresses of at most ${mostMembers.characters} characters in all (got ${charactersOf(input as string[])}): add the others at the target afterwards`,
  })

/** Who answers for a list: Exchange takes more, nobody needs them. */
const owners = z.array(address).max(10)

const side = z.strictObject({
  user: login('the login of the mailbox').exactOptional().describe('where it is not the address'),
  secret: secretName.exactOptional().describe('the name of its secret, where the playbook’s pattern does not fit'),
})

/** Who may write to a list. Until all have moved, colleagues at the old server write from outside, too. */
export const senders = ['anyone', 'members', 'organisation'] as const

/** One mailbox as an operator asks for it in a wave. */
export const wantedMailbox = z.strictObject({
  address,
  kind: z.enum(['user', 'shared', 'alias', 'list']).default('user'),
  aliasOf: address.exactOptional().describe('alias: the mailbox that gets its mail'),
  entity: name.exactOptional().describe('the entity of the playbook that it belongs to; absent: that of its domain'),
  source: side.exactOptional(),
  target: side.exactOptional(),
  displayName: line('a name').exactOptional(),
  givenName: line('a name', 64).exactOptional(),
  surname: line('a name', 64).exactOptional(),
  phone: line('a telephone number', 64).exactOptional(),
  jobTitle: line('a function', 128).exactOptional(),
  department: line('a department', 64).exactOptional(),
  language: z.enum(languages).exactOptional().describe('the language of its owner'),
  class: name.exactOptional().describe('its class, where its address does not say it: a key of the playbook’s windows'),
  licence: licence.exactOptional(),
  usageLocation: usageLocation.exactOptional(),
  members: members
    .exactOptional()
    .describe(
      'shared: who may open it, each with a licence of his own, or a security group; list: who gets its mail, here or elsewhere',
    ),
  owners: owners.exactOptional().describe('list: who answers for it; absent: whoever runs the script'),
  senders: z.enum(senders).exactOptional().describe('list: who may write to it; absent: anyone'),
  calendarShares: calendarShares.exactOptional().describe('who else may see or change its calendar at the target'),
  answered: z.literal(true).exactOptional().describe('an answer to the inventory has said what it becomes'),
  fresh: z.literal(true).exactOptional().describe('it is new: there is nothing at the source to copy'),
  identifier: line('an identifier', 64)
    .exactOptional()
    .describe('the number of its structure in the organisation’s own register'),
  reason: line('a reason').exactOptional().describe('why it is kept against the usual'),
})

/** One mailbox of a wave. `addressAsWritten`: for display, where the operator used capitals. */
export type WantedMailbox = z.output<typeof wantedMailbox> & { addressAsWritten?: string }

/** Aliases and lists are addresses at the target without a mailbox of their own: nothing to open, copy, license or sign in to. */
export function isMailbox({ kind }: Pick<WantedMailbox, 'kind'>): boolean {
  return kind === 'user' || kind === 'shared'
}

/** What an address is at the target; a login that is no address (`TOWN\\contact`) is none of the mailbox’s addresses. */
export function placeOf({ address, target }: Pick<WantedMailbox, 'address' | 'target'>): string {
  const { user } = target ?? {}
  return user?.includes('@') ? user : address
}
