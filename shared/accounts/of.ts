import type { Exchange } from '../exchange/client.ts'
import type { Graph } from '../graph/client.ts'
import { graphTenant } from '../graph/read-tenant.ts'
import type { Tenant } from '../graph/tenant.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { Accounts } from './accounts.ts'
import { exchangeAccounts } from './exchange.ts'
import { existingAccounts, existingInTenant } from './existing.ts'
import { graphAccounts } from './graph.ts'

/** What accounts are made with, or looked for. `clientId` absent: no tenant can be asked. */
export type Makers = { graph: Graph; exchange: Exchange; clientId?: string | undefined; waitScale: number }

/** Who makes the accounts of a playbook, or sees that they are there. */
export function accountsOf({ target }: Playbook, { graph, exchange, clientId, waitScale }: Makers): Accounts {
  if (target.kind !== 'exchange-online') return existingAccounts
  if (target.accounts === 'graph') return administered(graphAccounts({ graph, waitScale }))
  return clientId === undefined ? existingAccounts : administered(existingInTenant(graph, waitScale))

  function administered(accounts: Accounts): Accounts {
    if (target.kind !== 'exchange-online' || target.admin === 'manual' || clientId === undefined) return accounts
    return exchangeAccounts({ accounts, exchange, clientId, waitScale })
  }
}

/** The tenant of a playbook's target, to be read only; undefined where it has none, or none can be asked. `signal` ends what takes too long. */
export function tenantBehind({ target }: Playbook, { graph, clientId }: Makers, signal: AbortSignal): Tenant | undefined {
  const isAsked = target.kind === 'exchange-online' && (target.accounts === 'graph' || clientId !== undefined)
  return isAsked ? graphTenant(graph, signal) : undefined
}
