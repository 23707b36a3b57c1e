import { z } from 'zod'
import type { Graph } from './client.ts'

const group = z.object({ displayName: z.string().nullish() })

/** The name of the Microsoft 365 group or list that has an address, or undefined. Needs Group.Read.All. */
export async function groupWith(graph: Graph, address: string): Promise<string | undefined> {
  const quoted = address.replaceAll("'", "''")
  const filter = encodeURIComponent(`mail eq '${quoted}' or proxyAddresses/any(a:a eq 'smtp:${quoted}')`)
  const ask = { during: `looking for a group with the address ${address}`, permission: 'Group.Read.All' }
  const [found] = await graph.list(`/groups?$filter=${filter}&$select=displayName`, group, ask)
  return found && (found.displayName ?? address)
}
