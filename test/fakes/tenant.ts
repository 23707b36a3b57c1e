import type { Sku } from '../../shared/accounts/licence.ts'
import { Failure } from '../../shared/errors.ts'
import type { TenantDomain } from '../../shared/graph/domains.ts'
import type { Holder, HolderKind, Shelf, Tenant } from '../../shared/graph/tenant.ts'

/** What a tenant has. `denied`: what the app may not read. `weather`: nothing is answered. */
export type TenantScene = {
  domains: Record<string, TenantDomain>
  skus: Sku[]
  holders: Holder[]
  denied?: (Shelf | 'licences' | 'domains')[]
  weather?: boolean
}

const kinds: Readonly<Record<Shelf, HolderKind[]>> = {
  users: ['user', 'guest'],
  groups: ['group', 'list'],
  contacts: ['contact'],
  'deleted users': ['deleted user'],
  'deleted groups': ['deleted group'],
}

/** A tenant in memory; what a test changes in its scene is so at the next look. `asked`: how often anything was. */
export function memoryTenant(scene: TenantScene): Tenant & { scene: TenantScene; asked: number } {
  const told = <T>(what: Shelf | 'licences' | 'domains', value: () => T): T => {
    tenant.asked++
    const during = `reading ${what}`
    if (scene.weather)
      throw new Failure({
        verdict: 'transient',
        during,
        code: 'TooManyRequests',
        hint: 'Nothing to do: the work goes on by itself.',
      })
    if (scene.denied?.includes(what))
      throw new Failure({ verdict: 'permanent', during, code: 'Authorization_RequestDenied', hint: 'Grant it.' })
    return value()
  }
  const tenant = {
    scene,
    asked: 0,
    domain: async (name: string) => told('domains', () => scene.domains[name]),
    skus: async () => told('licences', () => scene.skus),
    holders: async (shelf: Shelf) => told(shelf, () => scene.holders.filter(({ kind }) => kinds[shelf].includes(kind))),
  }
  return tenant
}
