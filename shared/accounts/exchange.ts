import { Failure } from '../errors.ts'
import { type Answered, type Exchange, unknownObject } from '../exchange/client.ts'
import { exchangeId } from '../inventory/exchange-name.ts'
import type { AccountState, Accounts, AccountWanted, SoFar } from './accounts.ts'
import { refused } from './refused.ts'
import { againInMs, mailboxDeadlineMs } from './waits.ts'

export type ExchangeAccountsOptions = {
  /** Who makes the accounts, and sees that all is there: what Exchange was asked for counts once the directory shows it. */
  accounts: Accounts
  exchange: Exchange
  /** The app, to which each mailbox is opened. */
  clientId: string
  waitScale?: number
}

/** What Graph says of what Exchange has made and the directory does not show yet. */
const behind = ['SharedMailboxMissing', 'NotShared', 'AliasMissing']

/**
 * Accounts of which Exchange Online makes what Graph cannot: shared mailboxes and their members, aliases, lists, and the right of the app to open each
 * mailbox. It looks before it makes, and sets members and rules of a list whole, so that it may be stopped anywhere and run again.
 */
export function exchangeAccounts({ accounts, exchange, clientId, waitScale = 1 }: ExchangeAccountsOptions): Accounts {
  const ensure = async (wanted: AccountWanted, soFar: SoFar = { tries: 0, elapsedMs: 0 }): Promise<AccountState> => {
    const made = soFar.made ?? 'already'
    const notYet = (why: string, by = made): AccountState => {
      if (soFar.elapsedMs < mailboxDeadlineMs)
        return { ready: false, made: by, why, againInMs: againInMs(soFar.tries, waitScale) }
      const hint = 'See in the Exchange admin centre what is there, mend it, then retry.'
      throw refused(`making ${wanted.address} at Exchange`, 'NotThereYet', `${why}, for a day`, hint)
    }
    const lacks = await make(exchange, wanted)
    if (lacks.length > 0) return notYet(`${lacks.slice(0, 5).join(', ')} to be there, for ${wanted.address}`)
    const state = await accounts.ensure(wanted, soFar).catch((error: unknown) => {
      if (error instanceof Failure && behind.includes(error.code)) return undefined
      throw error
    })
    const shown = `the directory to show ${wanted.address} as Exchange has made it`
    if (state === undefined) return notYet(shown)
    if (!state.ready) return wanted.kind === 'list' ? notYet(shown, state.made) : state
    const isMailbox = wanted.kind === 'user' || wanted.kind === 'shared'
    if (isMailbox && !(await open(exchange, wanted.address, clientId)))
      return notYet(`Exchange to know the mailbox of ${wanted.address}`, state.made)
    return state
  }
  return { ...accounts, ensure }
}

/** Makes what is wanted, as far as whom it names is there; resolves with those who are not. */
async function make(exchange: Exchange, wanted: AccountWanted): Promise<string[]> {
  switch (wanted.kind) {
    case 'user':
      return []
    case 'shared':
      return makeShared(exchange, wanted)
    case 'alias':
      return makeAlias(exchange, wanted)
    case 'list':
      return makeList(exchange, wanted)
  }
}

async function makeShared(exchange: Exchange, { address, displayName, members = [] }: AccountWanted): Promise<string[]> {
  const during = `making the shared mailbox ${address}`
  const there = await exchange.find('Get-Mailbox', { Identity: address }, during)
  if (!there) {
    const id = exchangeId(address)
    const named = { Name: id, Alias: id, DisplayName: displayName ?? address, PrimarySmtpAddress: address }
    await exchange.run('New-Mailbox', { Shared: true, ...named }, during)
  } else if (!same(there.PrimarySmtpAddress, address)) {
    throw refused(
      during,
      'AddressTaken',
      `the mailbox of ${there.PrimarySmtpAddress} has it`,
      'Take the address from that mailbox in the Exchange admin centre; then retry.',
    )
  } else if (there.RecipientTypeDetails !== 'SharedMailbox') {
    await exchange.run('Set-Mailbox', { Identity: address, Type: 'Shared' }, during)
  }
  const missing: string[] = []
  for (const member of members) if (!(await admit(exchange, address, member))) missing.push(member)
  return missing
}

/** Lets somebody open a mailbox and send from it; false where Exchange does not know him yet. */
async function admit(exchange: Exchange, mailbox: string, member: string): Promise<boolean> {
  const during = `opening ${mailbox} to ${member}`
  if (!(await exchange.find('Get-Recipient', { Identity: member }, during))) return false
  await grant(exchange, mailbox, member, true, during)
  const sends = await exchange.run('Get-RecipientPermission', { Identity: mailbox, Trustee: member }, during)
  if (!sends.some(one => has(one, 'SendAs')))
    await exchange.run(
      'Add-RecipientPermission',
      { Identity: mailbox, Trustee: member, AccessRights: ['SendAs'], Confirm: false },
      during,
    )
  return true
}

/** Opens a mailbox to the app, which reads and writes it by IMAP; false where Exchange does not know it yet. */
async function open(exchange: Exchange, mailbox: string, clientId: string): Promise<boolean> {
  const during = `opening ${mailbox} to the app`
  const app = await exchange.find('Get-ServicePrincipal', { Identity: clientId }, during)
  if (app === undefined)
    throw refused(
      during,
      'NoServicePrincipal',
      `Exchange knows no service principal of the app ${clientId}`,
      'Run New-ServicePrincipal once (docs/deploying.md, Exchange Online), then retry.',
    )
  try {
    await grant(exchange, mailbox, String(app.Id ?? app.ObjectId), false, during)
    return true
  } catch (error) {
    if (error instanceof Failure && error.code === unknownObject) return false
    throw error
  }
}

async function grant(exchange: Exchange, mailbox: string, who: string, mapped: boolean, during: string): Promise<void> {
  const rights = await exchange.run('Get-MailboxPermission', { Identity: mailbox, User: who }, during)
  if (rights.some(one => one.IsInherited !== true && has(one, 'FullAccess'))) return
  const right = { Identity: mailbox, User: who, AccessRights: ['FullAccess'], InheritanceType: 'All', AutoMapping: mapped }
  await exchange.run('Add-MailboxPermission', right, during)
}

async function makeAlias(exchange: Exchange, { address, aliasOf }: AccountWanted): Promise<string[]> {
  if (aliasOf === undefined) return []
  const during = `making the alias ${address}`
  const owner = await exchange.find('Get-Mailbox', { Identity: aliasOf }, during)
  if (!owner) return [aliasOf]
  if (!addressesOf(owner).some(one => same(one, `smtp:${address}`)))
    await exchange.run('Set-Mailbox', { Identity: aliasOf, EmailAddresses: { Add: [`smtp:${address}`] } }, during)
  return []
}

/** Of a list that another made nobody is taken away; whose address is another object’s is told by who looks at it next. */
async function makeList(exchange: Exchange, wanted: AccountWanted): Promise<string[]> {
  const { address, displayName, members = [], owners = [], senders = 'anyone', opens = false } = wanted
  const during = `making the list ${address}`
  const id = exchangeId(address)
  const there = await exchange.find('Get-Recipient', { Identity: address }, during)
  if (there && !/^MailUniversal.*Group$/.test(String(there.RecipientTypeDetails))) return []
  if (!there) {
    const closed = { MemberJoinRestriction: 'Closed', MemberDepartRestriction: 'Closed' }
    const named = { Name: id, Alias: id, DisplayName: displayName ?? address, PrimarySmtpAddress: address }
    await exchange.run('New-DistributionGroup', { ...named, Type: opens ? 'Security' : 'Distribution', ...closed }, during)
  }
  const found: string[] = []
  const missing: string[] = []
  for (const member of members) {
    const guid = await recipient(exchange, member, during)
    if (guid === undefined) missing.push(member)
    else found.push(guid)
  }
  if (missing.length > 0) return missing
  const bypass = { BypassSecurityGroupManagerCheck: true }
  if (there && there.Alias !== id) {
    const has = await exchange.run('Get-DistributionGroupMember', { Identity: address, ResultSize: 'Unlimited' }, during)
    const known = new Set(has.map(({ Guid }) => String(Guid)))
    for (const Member of found.filter(guid => !known.has(guid)))
      await exchange.run('Add-DistributionGroupMember', { Identity: address, Member, ...bypass }, during)
    return []
  }
  await exchange.run('Update-DistributionGroupMember', { Identity: address, Members: found, Confirm: false, ...bypass }, during)
  const settings = {
    RequireSenderAuthenticationEnabled: senders === 'organisation',
    AcceptMessagesOnlyFromSendersOrMembers: senders === 'members' ? [address] : [],
    ...(owners.length > 0 ? { ManagedBy: owners } : {}),
  }
  await exchange.run('Set-DistributionGroup', { Identity: address, ...settings, ...bypass }, during)
  return []
}

/** Somebody elsewhere becomes a contact. An address of the organisation never does: it would be in the way of its mailbox. */
async function recipient(exchange: Exchange, address: string, during: string): Promise<string | undefined> {
  const there = await exchange.find('Get-Recipient', { Identity: address }, during)
  if (there) return String(there.Guid)
  const [, domain = ''] = address.split('@')
  if (await exchange.find('Get-AcceptedDomain', { Identity: domain }, during)) return undefined
  const id = exchangeId(address)
  const [made] = await exchange.run('New-MailContact', { Name: id, Alias: id, ExternalEmailAddress: address }, during)
  return made && String(made.Guid)
}

/** Capitals do not tell two addresses apart. */
function same(one: unknown, other: string): boolean {
  return String(one).toLowerCase() === other.toLowerCase()
}

function addressesOf({ EmailAddresses }: Answered): string[] {
  return Array.isArray(EmailAddresses) ? EmailAddresses.map(String) : []
}

function has({ AccessRights }: Answered, right: string): boolean {
  return (Array.isArray(AccessRights) ? AccessRights : [AccessRights]).some(one => String(one).includes(right))
}
