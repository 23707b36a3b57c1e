import { z } from 'zod'
import { Failure } from '../errors.ts'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import type { AccountState, Accounts, AccountWanted, Made, SoFar } from './accounts.ts'
import { findAlias, findShared } from './found.ts'
import { graphHolder } from './holder.ts'
import { graphIdentity } from './identity.ts'
import { assertInStock, assignedPlanShape, assignmentShape, givesMailbox, namedSku, servesMailbox, skuShape } from './licence.ts'
import { findList } from './list.ts'
import { openMailbox } from './mailbox.ts'
import { graphPasswords } from './passwords.ts'
import { newUser, principalName, throwawayPassword } from './person.ts'
import { refused } from './refused.ts'
import { againInMs, mailboxDeadlineMs } from './waits.ts'
import { graphWithdrawal } from './withdrawal.ts'

export type GraphAccountsOptions = {
  graph: Graph
  /** Multiplies the waits between looks, so that a sandbox need not wait minutes; the 24 h limit stays. */
  waitScale?: number
}

const userShape = z.object({
  id: z.string(),
  userType: z.string().nullish(),
  usageLocation: z.string().nullish(),
  assignedLicenses: z.array(assignmentShape).nullish(),
  assignedPlans: z.array(assignedPlanShape).nullish(),
})
type User = z.infer<typeof userShape>

const userFields = '$select=id,userType,usageLocation,assignedLicenses,assignedPlans'
/** A user just made may be refused as a conflict before it can be read, or read before it can be licensed: replicas differ for minutes. */
const replicationMs = 15 * 60_000

/** Accounts in Microsoft 365: user, licence, mailbox. Shared mailboxes, aliases and lists are only looked for, since Graph makes none. */
export function graphAccounts({ graph, waitScale = 1 }: GraphAccountsOptions): Accounts {
  return {
    ensure: async (wanted, soFar = { tries: 0, elapsedMs: 0 }) => {
      switch (wanted.kind) {
        case 'user':
          return ensureUser(graph, wanted, soFar, waitScale)
        case 'shared':
          return findShared(graph, wanted, soFar, waitScale)
        case 'alias':
          return findAlias(graph, wanted)
        case 'list':
          return findList(graph, wanted, soFar, waitScale)
      }
    },
    ...graphIdentity(graph),
    ...graphHolder(graph),
    ...graphPasswords(graph),
    ...graphWithdrawal(graph),
  }
}

async function ensureUser(graph: Graph, wanted: AccountWanted, soFar: SoFar, scale: number): Promise<AccountState> {
  const { upn } = principalName(wanted.address)
  const found = await findUser(graph, upn)
  const { user, created } = found ? { user: found, created: false } : await createUser(graph, wanted)
  const made: Made = soFar.made ?? (created ? 'created' : 'already')
  if (!user) return replicating(upn, { ...soFar, made }, scale)
  try {
    await license(graph, wanted, user)
  } catch (error) {
    if (error instanceof Failure && error.code === 'Request_ResourceNotFound') return replicating(upn, { ...soFar, made }, scale)
    throw error
  }
  return opened(graph, wanted, user, { ...soFar, made }, scale)
}

function findUser(graph: Graph, upn: string): Promise<User | undefined> {
  const ask = { during: `looking for the account ${upn}`, permission: 'User.ReadWrite.All' }
  return graph.find(`users/${segment(upn)}?${userFields}`, userShape, ask)
}

/** The new user; or the one another call made meanwhile; or undefined while that one cannot be read yet. */
async function createUser(graph: Graph, wanted: AccountWanted): Promise<{ user: User | undefined; created: boolean }> {
  const password = (await wanted.password?.()) ?? throwawayPassword()
  const body = { ...newUser(wanted), passwordProfile: { password, forceChangePasswordNextSignIn: true } }
  const during = `creating the account ${wanted.address}`
  try {
    const user = await graph.post('users', body, userShape, { during, permission: 'User.ReadWrite.All', hide: password })
    return { user: { ...user, usageLocation: wanted.usageLocation?.toUpperCase() }, created: true }
  } catch (error) {
    if (error instanceof Failure && error.code === 'ObjectConflict') {
      const user = (await findUser(graph, wanted.address)) ?? (await findByMail(graph, wanted.address))
      return { user, created: false }
    }
    throw error
  }
}

/** The user whose primary address this is although the sign-in name differs; an alias of somebody else is not taken. */
async function findByMail(graph: Graph, address: string): Promise<User | undefined> {
  const filter = encodeURIComponent(`mail eq '${odataQuoted(address)}'`)
  const ask = { during: `looking for the account with the address ${address}`, permission: 'User.Read.All' }
  const users = await graph.list(`users?$filter=${filter}&${userFields}`, userShape, ask)
  return users[0]
}

/** Waits while the directory's replicas differ; after that the address is another object's. */
function replicating(upn: string, { tries, elapsedMs, made }: SoFar & { made: Made }, scale: number): AccountState {
  if (elapsedMs < replicationMs) {
    return {
      ready: false,
      made,
      why: `${upn} exists, but not yet in every part of the directory`,
      againInMs: againInMs(tries, scale),
    }
  }
  throw refused(
    `creating the account ${upn}`,
    'ObjectConflict',
    'another object has this address, and it is not a user of that name',
    'Find the group, contact, shared mailbox or alias that has this address, rename or remove it, then retry.',
  )
}

async function license(graph: Graph, wanted: AccountWanted, user: User): Promise<void> {
  if (!wanted.licence) return
  const during = `licensing ${wanted.address}`
  const skus = await graph.list('subscribedSkus', skuShape, { during, permission: 'LicenseAssignment.Read.All' })
  const sku = namedSku(skus, wanted.licence, during)
  const has = user.assignedLicenses?.find(one => one.skuId.toLowerCase() === sku.skuId.toLowerCase())
  if (has && givesMailbox(sku, has)) return
  if (has) {
    throw refused(
      during,
      'ExchangePlanOff',
      `${sku.skuPartNumber} is assigned without its Exchange plan`,
      'Switch Exchange Online on in this licence of the account (admin centre, Licences and apps), then retry.',
    )
  }
  assertInStock(sku, during)
  await locate(graph, wanted, user, during)
  const body = { addLicenses: [{ skuId: sku.skuId, disabledPlans: [] }], removeLicenses: [] } // both are demanded, even empty
  await graph.post(`users/${segment(user.id)}/assignLicense`, body, z.object({ id: z.string() }), {
    during,
    permission: 'LicenseAssignment.ReadWrite.All',
  })
}

/** Sets the usage location of an account that has none; one that a person has set is not ours to change. */
async function locate(graph: Graph, { address, usageLocation }: AccountWanted, user: User, during: string): Promise<void> {
  if (user.usageLocation) return
  if (!usageLocation) {
    throw refused(
      during,
      'NoUsageLocation',
      `${address} has no usage location`,
      'Give the row (or the playbook) a usage location, the two-letter country of the user, then retry.',
    )
  }
  const ask = { during, permission: 'User.ReadWrite.All' }
  await graph.patch(`users/${segment(user.id)}`, { usageLocation: usageLocation.toUpperCase() }, ask)
}

/** Where the mailbox of a licensed account stands; the same 404 is given for what will never have one, so that is told apart. */
async function opened(
  graph: Graph,
  wanted: AccountWanted,
  user: User,
  soFar: SoFar & { made: Made },
  scale: number,
): Promise<AccountState> {
  const { address } = wanted
  const { made } = soFar
  if (await openMailbox(graph, user.id, address)) return { ready: true, made }
  const during = `looking for the mailbox of ${address}`
  if (user.userType === 'Guest') {
    throw refused(
      during,
      'GuestAccount',
      `${address} is a guest`,
      'Remove the guest, or move its mail to another address; then retry.',
    )
  }
  if (!wanted.licence && !user.assignedPlans?.some(servesMailbox)) {
    throw refused(
      during,
      'NoExchangePlan',
      `${address} has no licence with an Exchange plan`,
      'Give the row a licence, or assign one (also by group) in the admin centre, then retry.',
    )
  }
  if (soFar.elapsedMs >= mailboxDeadlineMs) {
    throw refused(
      during,
      'MailboxNotMade',
      `${address} has been licensed for 24 h without a mailbox`,
      'See whether its mailbox is still on-premises (hybrid), else open a case with Microsoft with this address; then retry.',
    )
  }
  return { ready: false, made, why: `Microsoft is making the mailbox of ${address}`, againInMs: againInMs(soFar.tries, scale) }
}
