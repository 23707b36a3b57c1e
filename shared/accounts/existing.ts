import type { Graph } from '../graph/client.ts'
import type { Accounts } from './accounts.ts'
import { graphHolder } from './holder.ts'
import { graphIdentity } from './identity.ts'
import { findList } from './list.ts'

/** Accounts that somebody else makes: taken as ready at once, the sign-in to the mailbox is the proof. */
export const existingAccounts: Accounts = { ensure: () => Promise.resolve({ ready: true, made: 'already' }) }

/** The same in a directory that can be asked: what they are called, and whether the lists are there. */
export function existingInTenant(graph: Graph, waitScale = 1): Accounts {
  return {
    ensure: (wanted, soFar = { tries: 0, elapsedMs: 0 }) =>
      wanted.kind === 'list' ? findList(graph, wanted, soFar, waitScale) : existingAccounts.ensure(wanted),
    ...graphIdentity(graph),
    ...graphHolder(graph),
  }
}
