import { graphTenant } from '../../shared/graph/read-tenant.ts'
import { memoryTenant } from '../fakes/tenant.ts'
import { clientId, clients, permissions, secret, tenantId } from '../graph/tenant.ts'
import { e1 } from '../sandbox/graph/skus.ts'
import { startGraph } from '../sandbox/graph/start.ts'
import { contractTenant, tenantContract } from './tenant.ts'

const { domains, users, groups, contact, deletedUser, deletedGroup, free } = contractTenant
const seats = e1(free + 1)

tenantContract('in memory', async () => {
  const holder = (
    kind: 'group' | 'list' | 'contact' | 'deleted group',
    { name, address }: { name: string; address: string },
  ) => ({
    kind,
    name,
    primary: address,
    addresses: [address],
    licences: [],
  })
  const tenant = memoryTenant({
    domains: Object.fromEntries(
      domains.map(({ id, mx, verified = true }) => [
        id,
        { verified, mail: mx !== undefined, mx: mx ? [`0 ${mx}`] : [], ...(verified ? {} : { proof: 'MS=ms1234' }) },
      ]),
    ),
    skus: [{ ...seats, consumedUnits: 1, prepaidUnits: { enabled: seats.enabled } }],
    holders: [
      ...users.map(({ name, signIn, mail, proxyAddresses = [], guest, licensed }) => ({
        kind: guest ? ('guest' as const) : ('user' as const),
        name,
        signIn,
        primary: mail ?? signIn,
        addresses: [
          ...new Set([
            ...proxyAddresses.filter(one => /^smtp:/i.test(one)).map(one => one.slice(5).toLowerCase()),
            ...(mail ? [mail] : []),
            signIn,
          ]),
        ],
        licences: licensed ? [seats.skuId] : [],
      })),
      ...groups.map(one => holder(one.unified ? 'group' : 'list', one)),
      holder('contact', contact),
      { kind: 'deleted user', name: deletedUser.name, signIn: deletedUser.signIn, addresses: [deletedUser.signIn], licences: [] },
      holder('deleted group', deletedGroup),
    ],
  })
  let next = false
  const holders = tenant.holders
  tenant.holders = async shelf => {
    tenant.scene.weather = next
    next = false
    return holders(shelf).finally(() => {
      tenant.scene.weather = false
    })
  }
  return {
    tenant,
    deny: shelf => {
      tenant.scene.denied = shelf ? [shelf] : []
    },
    fail: () => {
      next = true
    },
    close: async () => {},
  }
})

tenantContract('Microsoft Graph', async () => {
  const all = [...permissions, 'Group.Read.All', 'OrgContact.Read.All']
  const named = ({ name, address }: { name: string; address: string }) => ({
    displayName: name,
    mail: address,
    proxyAddresses: [`SMTP:${address}`],
  })
  const service = await startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: all }],
    domains: domains.map(one => ({ ...one })),
    skus: [seats],
    groups: groups.map(one => ({ ...named(one), ...(one.unified ? { groupTypes: ['Unified'] } : {}) })),
    aside: {
      contacts: [named(contact)],
      users: [{ displayName: deletedUser.name, userPrincipalName: deletedUser.signIn }],
      groups: [named(deletedGroup)],
    },
    mailboxDelayMs: 0,
    deliver: async () => {},
  })
  for (const { name, signIn, mail, proxyAddresses = [], guest, licensed } of users)
    service.tenant.addUser(
      { userPrincipalName: signIn, displayName: name, ...(mail ? { mail } : {}), userType: guest ? 'Guest' : 'Member' },
      { proxyAddresses, licences: licensed ? [{ skuId: seats.skuId, disabledPlans: [] }] : [] },
    )
  let { graph } = clients(service, Date.now)
  const needs = { contacts: 'OrgContact.Read.All' } as Readonly<Record<string, string>>
  return {
    tenant: {
      domain: name => graphTenant(graph).domain(name),
      skus: () => graphTenant(graph).skus(),
      holders: shelf => graphTenant(graph).holders(shelf),
    },
    // A grant shows in a new token.
    deny: shelf => {
      const [app] = service.apps
      if (app) app.permissions = all.filter(one => one !== needs[shelf ?? ''])
      graph = clients(service, Date.now).graph
    },
    fail: () => service.refuse({ times: 1, status: 429 }),
    close: () => service.stop(),
  }
})
