import { join } from 'node:path'
import { permissions } from '../graph/login.ts'
import { e1, e3 } from '../graph/skus.ts'
import { type GraphStandIn, startGraph } from '../graph/start.ts'
import type { Dovecot } from '../mail/dovecot.ts'
import { type ExchangeFront, startExchangeFront } from '../mail/exchange-front.ts'
import { exchangeFolders } from '../mail/exchange-words.ts'
import type { Kept } from './kept.ts'

/** The Microsoft 365 of a world: the directory that makes mailboxes, and the way into them. */
export type Tenant = { graph: GraphStandIn; front: ExchangeFront; stop(): Promise<void> }

export type TenantOptions = {
  dir: string
  kept: Kept
  /** The server behind it; mailboxes appear there when Microsoft has made them. */
  server: Dovecot
  domains: readonly { id: string; mx: string }[]
  seats: number
  mailboxDelayMs: number
  /** The mailbox that notices are sent from. */
  noticesFrom: string
  deliver: (recipient: string, mime: Buffer) => Promise<void>
}

export const tenantId = '7d1c0f52-6a3e-4b8f-9c11-2f4e5a6b7c80'
export const clientId = '3b9e2a17-0d44-4c55-8e66-aa77bb88cc99'
/** Whom mail tokens are for. */
export const exchangeResource = 'https://outlook.office365.com'
/** The folders of a new mailbox. */
export const newFolders = exchangeFolders('fr')

/** Microsoft 365 E3, by its published id. */
const m365e3 = (seats: number) => e3(seats, { skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965', skuPartNumber: 'SPE_E3' })

/** Starts both; users, licences and mailboxes of an earlier start in the same directory are there again. */
export async function startTenant({
  dir,
  kept,
  server,
  domains,
  seats,
  mailboxDelayMs,
  ...rest
}: TenantOptions): Promise<Tenant> {
  const { ports, secrets } = kept
  const opened = new Set<string>()
  let running: GraphStandIn | undefined
  const users = (which: (user: GraphStandIn['tenant']['users'][number]) => boolean) =>
    (running?.tenant.users ?? []).filter(which).map(({ fields }) => fields.userPrincipalName.toLowerCase())
  const open = async (addresses: readonly string[]) => {
    const closed = addresses.filter(address => !opened.has(address))
    await server.addUsers(closed)
    for (const address of closed) opened.add(address)
  }
  const graph = await startGraph({
    port: ports.graph,
    tenantId,
    apps: [{ clientId, secret: secrets.app, permissions: [...permissions, 'Group.Read.All', 'OrgContact.Read.All'] }],
    domains: [...domains],
    skus: [e1(seats), e3(seats), m365e3(seats)],
    mailboxDelayMs,
    stateFile: join(dir, 'tenant.json'),
    deliver: rest.deliver,
    // All that are due at once, since the server reads its list of users only once a second.
    onMailboxCreated: async address => {
      const due = users(({ mailboxSince }) => mailboxSince !== undefined && mailboxSince + mailboxDelayMs <= Date.now())
      await open([address.toLowerCase(), ...due])
    },
  })
  running = graph
  await open(users(({ mailboxOpen }) => mailboxOpen))
  await graph.addMailbox(rest.noticesFrom, { displayName: 'Équipe de transition' })
  const front = await startExchangeFront({
    backend: { port: ports.newImap, master: server.master },
    token: async bearer => {
      const checked = graph.checkToken(bearer, exchangeResource)
      return checked.ok && checked.caller.roles.includes('IMAP.AccessAsApp') ? { appId: checked.caller.clientId } : undefined
    },
    mailboxExists: async address => users(({ mailboxOpen }) => mailboxOpen).includes(address.toLowerCase()),
    folders: newFolders,
    port: ports.exchange,
  }).catch(async error => {
    await graph.stop()
    throw error
  })
  return { graph, front, stop: () => Promise.all([front.stop(), graph.stop()]).then(() => undefined) }
}
