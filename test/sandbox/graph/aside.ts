import { randomUUID } from 'node:crypto'
import { groupReaders, selected } from './groups.ts'
import { page, type Route } from './routes.ts'
import { userReaders } from './users.ts'

/** What the tenant has beside users and groups: contacts of the organisation, and what was deleted in the last thirty days. */
export type Aside = {
  contacts: { displayName: string; mail: string; proxyAddresses: string[] }[]
  users: { displayName: string; userPrincipalName: string; mail?: string; proxyAddresses?: string[] }[]
  groups: { displayName: string; mail: string; proxyAddresses: string[] }[]
}

/** `/contacts` and `/directory/deletedItems` by type. The name of a user that is deleted begins with his id. */
export function asideRoutes({ contacts, users, groups }: Aside): Route[] {
  const ids = new WeakMap<object, string>()
  const idOf = (one: object) => ids.get(one) ?? (ids.set(one, randomUUID()).get(one) as string)
  const renamed = (one: Aside['users'][number]) => ({
    ...one,
    userPrincipalName: `${idOf(one).replaceAll('-', '')}${one.userPrincipalName}`,
  })
  const list = <T extends object>(
    path: string,
    permissions: string[],
    all: T[],
    shown: (one: T) => object = one => one,
  ): Route => ({
    method: 'GET',
    path,
    permissions,
    run: asked => {
      const found = all.map(one => selected(asked, { ...shown(one), id: idOf(one) }))
      return page(asked, path, found, 100)
    },
  })
  return [
    list('contacts', ['OrgContact.Read.All', 'Directory.Read.All'], contacts),
    list('directory/deletedItems/microsoft.graph.user', userReaders, users, renamed),
    list('directory/deletedItems/microsoft.graph.group', groupReaders, groups),
  ]
}
