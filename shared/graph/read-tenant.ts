import { z } from 'zod'
import { skuShape } from '../accounts/licence.ts'
import type { Ask, Graph } from './client.ts'
import { domains } from './domains.ts'
import type { Holder, HolderKind, Shelf, Tenant } from './tenant.ts'

const shape = z.object({
  id: z.string(),
  userType: z.string().nullish(),
  displayName: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  mail: z.string().nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
  groupTypes: z.array(z.string()).nullish(),
  assignedLicenses: z.array(z.object({ skuId: z.string() })).nullish(),
})
type Found = z.output<typeof shape>

const base = 'id,displayName,mail,proxyAddresses'
const user = `${base},userPrincipalName,userType`

const places: Readonly<Record<Shelf, { path: string; fields: string; permission: string }>> = {
  users: { path: 'users', fields: `${user},assignedLicenses`, permission: 'User.Read.All' },
  groups: { path: 'groups', fields: `${base},groupTypes`, permission: 'Group.Read.All' },
  contacts: { path: 'contacts', fields: base, permission: 'OrgContact.Read.All' },
  'deleted users': { path: 'directory/deletedItems/microsoft.graph.user', fields: user, permission: 'User.Read.All' },
  'deleted groups': { path: 'directory/deletedItems/microsoft.graph.group', fields: base, permission: 'Group.Read.All' },
}

/** The tenant behind `graph`. It is listed whole, in pages of 999: a question for each address would be thousands. `signal` ends what takes too long. */
export function graphTenant(graph: Graph, signal?: AbortSignal): Tenant {
  const asking = (during: string, permission: string): Ask => ({ during, permission, ...(signal ? { signal } : {}) })
  return {
    domain: domains(graph, signal).find,
    skus: () =>
      graph.list('subscribedSkus', skuShape, asking('reading the licences of the tenant', 'LicenseAssignment.Read.All')),
    holders: async shelf => {
      const { path, fields, permission } = places[shelf]
      const found = await graph.list(
        `${path}?$select=${fields}&$top=999`,
        shape,
        asking(`reading the tenant’s ${shelf}`, permission),
      )
      return found.map(one => holder(shelf, one))
    },
  }
}

function holder(
  shelf: Shelf,
  { id, userPrincipalName, displayName, mail, proxyAddresses, assignedLicenses, ...more }: Found,
): Holder {
  const kind = kindOf(shelf, more)
  // Whoever is deleted has his id before his name, so that somebody else may be called so.
  const signIn = userPrincipalName?.replace(shelf === 'deleted users' ? id.replaceAll('-', '') : '', '').toLowerCase()
  const smtp = (proxyAddresses ?? []).flatMap(one => (/^smtp:/i.test(one) ? [one.slice('smtp:'.length).toLowerCase()] : []))
  const primary = proxyAddresses?.find(one => one.startsWith('SMTP:'))?.slice('SMTP:'.length) ?? mail
  return {
    kind,
    name: displayName || mail || signIn || id,
    ...(signIn ? { signIn } : {}),
    ...(primary ? { primary: primary.toLowerCase() } : {}),
    addresses: [...new Set([...smtp, ...(mail ? [mail.toLowerCase()] : []), ...(signIn ? [signIn] : [])])],
    licences: (assignedLicenses ?? []).map(({ skuId }) => skuId.toLowerCase()),
  }
}

function kindOf(shelf: Shelf, { userType, groupTypes }: Pick<Found, 'userType' | 'groupTypes'>): HolderKind {
  switch (shelf) {
    case 'users':
      return userType === 'Guest' ? 'guest' : 'user'
    case 'groups':
      return groupTypes?.includes('Unified') ? 'group' : 'list'
    case 'contacts':
      return 'contact'
    case 'deleted users':
      return 'deleted user'
    case 'deleted groups':
      return 'deleted group'
  }
}
