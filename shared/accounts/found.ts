import { z } from 'zod'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import type { AccountState, AccountWanted, SoFar } from './accounts.ts'
import { openMailbox } from './mailbox.ts'
import { principalName } from './person.ts'
import { refused } from './refused.ts'
import { againInMs, mailboxDeadlineMs } from './waits.ts'

const idOnly = z.object({ id: z.string() })
const named = z.object({
  userPrincipalName: z.string(),
  mail: z.string().nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
})

const runScript = 'Run the script of the wave, GET /api/waves/{wave}/exchange.ps1, in Exchange Online PowerShell; then retry.'

/** A shared mailbox an administrator has made; one that is absent, or is a person's, is a permanent Failure. */
export async function findShared(graph: Graph, wanted: AccountWanted, soFar: SoFar, scale: number): Promise<AccountState> {
  const { address } = wanted
  const { upn } = principalName(address)
  const during = `looking for the shared mailbox ${address}`
  const ask = { during, permission: 'User.Read.All' }
  // Its sign-in name is its alias in the tenant's first domain, unless somebody changed that.
  const filter = encodeURIComponent(`mail eq '${odataQuoted(address)}'`)
  const user =
    (await graph.find(`users/${segment(upn)}?$select=id`, idOnly, ask)) ??
    (await graph.list(`users?$filter=${filter}&$select=id`, idOnly, ask))[0]
  if (!user) throw refused(during, 'SharedMailboxMissing', 'it is not there, and Graph cannot make shared mailboxes', runScript)
  const made = soFar.made ?? 'already'
  const mailbox = await openMailbox(graph, user.id, address)
  if (mailbox?.userPurpose === 'user')
    throw refused(during, 'NotShared', 'the mailbox of that address is not a shared one', runScript)
  if (mailbox) return { ready: true, made }
  if (soFar.elapsedMs >= mailboxDeadlineMs) {
    throw refused(
      during,
      'MailboxNotMade',
      'an account of that name exists without a mailbox',
      'See in the Exchange admin centre whether it is a shared mailbox at all; then retry.',
    )
  }
  return { ready: false, made, why: `the shared mailbox ${address} is not open yet`, againInMs: againInMs(soFar.tries, scale) }
}

/** An alias its owner has; one that is absent, or leads to somebody else, is a permanent Failure. */
export async function findAlias(graph: Graph, { address, aliasOf }: AccountWanted): Promise<AccountState> {
  const filter = encodeURIComponent(`proxyAddresses/any(a:a eq 'smtp:${odataQuoted(address)}')`)
  const during = `looking for the alias ${address}`
  const ask = { during, permission: 'User.Read.All' }
  const [owner] = await graph.list(`users?$filter=${filter}&$select=userPrincipalName,mail,proxyAddresses`, named, ask)
  if (!owner) throw refused(during, 'AliasMissing', 'nobody has it, and Graph cannot write aliases', runScript)
  const { userPrincipalName, mail, proxyAddresses } = owner
  const names = [userPrincipalName, mail ?? '', ...(proxyAddresses ?? []).map(one => one.replace(/^smtp:/i, ''))]
  if (aliasOf === undefined || names.some(one => one.toLowerCase() === aliasOf.toLowerCase()))
    return { ready: true, made: 'already' }
  throw refused(
    during,
    'AliasElsewhere',
    `it leads to ${mail ?? userPrincipalName}, not to ${aliasOf}`,
    'Take it from that mailbox in the Exchange admin centre and run the script of the wave (exchange.ps1) again; then retry.',
  )
}
