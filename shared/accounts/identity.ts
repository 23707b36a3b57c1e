import { z } from 'zod'
import { type Graph, odataQuoted, segment } from '../graph/client.ts'
import type { Accounts, Identity } from './accounts.ts'

const shape = z.object({
  userPrincipalName: z.string(),
  mail: z.string().nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
})
const fields = '$select=userPrincipalName,mail,proxyAddresses'

/** Names of accounts in Microsoft 365, read only. Needs User.Read.All. */
export function graphIdentity(graph: Graph): Required<Pick<Accounts, 'identity'>> {
  return {
    identity: async (signIn, address) => {
      const ask = { during: `reading the names of ${address}`, permission: 'User.Read.All' }
      const named = await graph.find(`users/${segment(signIn)}?${fields}`, shape, ask)
      if (named) return identity(named)
      const filter = encodeURIComponent(`proxyAddresses/any(a:a eq 'smtp:${odataQuoted(address)}')`)
      const [holder] = await graph.list(`users?$filter=${filter}&${fields}`, shape, ask)
      return holder && identity(holder)
    },
  }
}

/** The primary address is the one whose SMTP is in capitals; `mail` mirrors it, for accounts without a mailbox too. */
function identity({ userPrincipalName: signIn, mail, proxyAddresses }: z.output<typeof shape>): Identity {
  const primary = proxyAddresses?.find(one => one.startsWith('SMTP:'))?.slice('SMTP:'.length) ?? mail
  return { signIn, ...(primary ? { primary } : {}) }
}
