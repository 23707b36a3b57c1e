import type { Sku } from '../accounts/licence.ts'
import type { TenantDomain } from './domains.ts'

/** Parts of a directory that are read apart, since an app may read some and not others. */
export const shelves = ['users', 'groups', 'contacts', 'deleted users', 'deleted groups'] as const
export type Shelf = (typeof shelves)[number]

/** What can have an address. A shared mailbox is a user; a list is what Exchange made, a group a Microsoft 365 group (of Teams). */
export type HolderKind = 'user' | 'guest' | 'group' | 'list' | 'contact' | 'deleted user' | 'deleted group'

/** Something of a tenant that has addresses. `addresses`: all of them, its sign-in name too, in lower case; `licences`: ids of its products. */
export type Holder = {
  kind: HolderKind
  name: string
  signIn?: string
  primary?: string
  addresses: string[]
  licences: string[]
}

/** What a tenant has, read only; each may throw a Failure. */
export type Tenant = {
  /** Undefined: it has no such domain. */
  domain(name: string): Promise<TenantDomain | undefined>
  skus(): Promise<Sku[]>
  holders(shelf: Shelf): Promise<Holder[]>
}
