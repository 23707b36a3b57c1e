import { z } from 'zod'
import { type Graph, odataQuoted } from '../graph/client.ts'
import { groupAt, membersOf } from '../graph/groups.ts'
import type { AccountState, AccountWanted, SoFar } from './accounts.ts'
import { refused } from './refused.ts'
import { againInMs, mailboxDeadlineMs } from './waits.ts'

const named = z.object({ userPrincipalName: z.string() })

const script = 'the script of GET /api/waves/{wave}/exchange.ps1'

/**
 * A distribution list, or mail-enabled security group, that an administrator’s script has made: it has the address as its first and the members that
 * were asked for, no others. It is waited for, a day at the most; an address that is another object’s is a permanent Failure at once.
 */
export async function findList(graph: Graph, wanted: AccountWanted, soFar: SoFar, scale: number): Promise<AccountState> {
  const { address } = wanted
  const during = `looking for the list ${address}`
  const notYet = (code: string, why: string): AccountState => {
    if (soFar.elapsedMs >= mailboxDeadlineMs)
      throw refused(
        during,
        code,
        why,
        `Run ${script} and read what it says; members of a list that it did not make are taken away by hand. Then retry.`,
      )
    return { ready: false, made: 'already', why: `${why}: run ${script}`, againInMs: againInMs(soFar.tries, scale) }
  }
  const group = await groupAt(graph, address)
  if (!group) {
    await assertNobodys(graph, address, during)
    return notYet('ListMissing', `the list ${address} is not there, and Graph makes none`)
  }
  const name = group.displayName ?? address
  if (group.groupTypes?.includes('Unified'))
    throw refused(
      during,
      'GroupHasAddress',
      `the Microsoft 365 group (of Teams) “${name}” has this address`,
      'Give that group another address and take this one from it (Set-UnifiedGroup, or the Exchange admin centre), run the script of the wave (exchange.ps1), then retry; or cancel the list and go on using the group.',
    )
  if (group.mail?.toLowerCase() !== address)
    throw refused(
      during,
      'ListElsewhere',
      `it is another address of the list “${name}” (${group.mail ?? 'without mail'})`,
      'Take it from that list in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.',
    )
  const found = await membersOf(graph, group, {
    during: `reading the members of the list ${address}`,
    permission: 'Group.Read.All',
  })
  if (found.some(one => one.length === 0))
    throw refused(
      during,
      'MembersUnread',
      'some of its members cannot be read',
      'Grant the app OrgContact.Read.All (contacts) and User.Read.All (people): sh infra/grant-graph.sh OBJECT_ID lists; then retry.',
    )
  const differs = difference(wanted.members ?? [], found)
  return differs === undefined ? { ready: true, made: 'already' } : notYet('ListDiffers', `the list ${address} ${differs}`)
}

/** Throws where a person or a shared mailbox has the address: no list can have it, too. */
async function assertNobodys(graph: Graph, address: string, during: string): Promise<void> {
  const filter = encodeURIComponent(`proxyAddresses/any(a:a eq 'smtp:${odataQuoted(address)}')`)
  const ask = { during, permission: 'User.Read.All' }
  const [owner] = await graph.list(`users?$filter=${filter}&$select=userPrincipalName`, named, ask)
  if (!owner) return
  throw refused(
    during,
    'AddressTaken',
    `the mailbox of ${owner.userPrincipalName} has this address`,
    'Take the address from that mailbox in the Exchange admin centre, or cancel the list; run the script of the wave (exchange.ps1), then retry.',
  )
}

/** What the members that are there lack and have too many of, in words; undefined where they are those that were asked for. */
function difference(wanted: readonly string[], found: readonly string[][]): string | undefined {
  const has = new Set(found.flat())
  const asked = new Set(wanted.map(one => one.toLowerCase()))
  const missing = [...asked].filter(one => !has.has(one))
  const more = found.flatMap(one => (one.some(name => asked.has(name)) ? [] : one.slice(0, 1)))
  const said = [
    ...(missing.length > 0 ? [`lacks ${shortly(missing)}`] : []),
    ...(more.length > 0 ? [`has ${shortly(more)}, of whom the wave says nothing`] : []),
  ]
  return said.length === 0 ? undefined : said.join(' and ')
}

function shortly(names: readonly string[]): string {
  const most = 5
  return names.slice(0, most).join(', ') + (names.length > most ? ` and ${names.length - most} more` : '')
}
