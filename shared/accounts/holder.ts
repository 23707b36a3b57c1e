import { z } from 'zod'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import type { Accounts } from './accounts.ts'
import { openMailbox } from './mailbox.ts'

const shape = z.object({ id: z.string() })

/** Whose mailbox an address is in Microsoft 365, read only. Needs User.Read.All and MailboxSettings.Read. */
export function graphHolder(graph: Graph): Required<Pick<Accounts, 'holder'>> {
  return {
    holder: async address => {
      const ask = { during: `looking for the account ${address}`, permission: 'User.Read.All' }
      const filter = encodeURIComponent(`mail eq '${odataQuoted(address)}'`)
      const user =
        (await graph.find(`users/${segment(address)}?$select=id`, shape, ask)) ??
        (await graph.list(`users?$filter=${filter}&$select=id`, shape, ask))[0]
      if (!user) return undefined
      const mailbox = await openMailbox(graph, user.id, address)
      return mailbox ? { purpose: mailbox.userPurpose ?? 'user' } : {}
    },
  }
}
