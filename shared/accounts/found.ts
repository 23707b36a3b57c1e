import { z } from 'zod'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import type { AccountState, AccountWanted, SoFar } from './accounts.ts'
import { mailboxOpen } from './mailbox.ts'
import { principalName } from './person.ts'
import { refused } from './refused.ts'
import { againInMs, mailboxDeadlineMs } from './waits.ts'

const idOnly = z.object({ id: z.string() })

/** A shared mailbox an administrator has made; an absent one is a permanent Failure with the cmdlet that makes it. */
export async function findShared(graph: Graph, wanted: AccountWanted, soFar: SoFar, scale: number): Promise<AccountState> {
  const { address, displayName } = wanted
  const { upn, nickname } = principalName(address)
  const during = `looking for the shared mailbox ${address}`
  const user = await graph.find(`users/${segment(upn)}?$select=id`, idOnly, { during, permission: 'User.Read.All' })
  if (!user) {
    const cmdlet = `New-Mailbox -Shared -Name '${powershellQuoted(displayName ?? nickname)}' -PrimarySmtpAddress '${powershellQuoted(address)}'`
    throw refused(
      during,
      'SharedMailboxMissing',
      'Graph cannot make shared mailboxes',
      `In Exchange Online PowerShell: ${cmdlet}; then retry.`,
    )
  }
  const made = soFar.made ?? 'already'
  if (await mailboxOpen(graph, user.id, address)) return { ready: true, made }
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

/** An alias some account has; an absent one is a permanent Failure with the cmdlet that adds it. */
export async function findAlias(graph: Graph, { address }: AccountWanted): Promise<AccountState> {
  const filter = encodeURIComponent(`proxyAddresses/any(a:a eq 'smtp:${odataQuoted(address)}')`)
  const during = `looking for the alias ${address}`
  const owners = await graph.list(`users?$filter=${filter}&$select=id`, idOnly, { during, permission: 'User.Read.All' })
  if (owners.length > 0) return { ready: true, made: 'already' }
  const cmdlet = `Set-Mailbox -Identity OWNER -EmailAddresses @{Add='smtp:${powershellQuoted(address)}'}`
  throw refused(during, 'AliasMissing', 'Graph cannot write aliases', `In Exchange Online PowerShell: ${cmdlet}; then retry.`)
}

function powershellQuoted(text: string): string {
  return text.replaceAll("'", "''")
}
