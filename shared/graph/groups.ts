import { z } from 'zod'
import { type Ask, type Graph, odataQuoted, segment } from './client.ts'

const group = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  mail: z.string().nullish(),
  groupTypes: z.array(z.string()).nullish(),
})
export type Group = z.output<typeof group>

const member = z.object({
  mail: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  proxyAddresses: z.array(z.string()).nullish(),
})

/** The Microsoft 365 group, list or mail-enabled security group that has an address, its first or another. Needs Group.Read.All. */
export async function groupAt(graph: Graph, address: string): Promise<Group | undefined> {
  const quoted = odataQuoted(address)
  const filter = encodeURIComponent(`mail eq '${quoted}' or proxyAddresses/any(a:a eq 'smtp:${quoted}')`)
  const ask = { during: `looking for a group with the address ${address}`, permission: 'Group.Read.All' }
  const [found] = await graph.list(`/groups?$filter=${filter}&$select=id,displayName,mail,groupTypes`, group, ask)
  return found
}

/** The name of the group that has an address, or undefined. */
export async function groupWith(graph: Graph, address: string): Promise<string | undefined> {
  const found = await groupAt(graph, address)
  return found && (found.displayName ?? address)
}

/** The addresses of each direct member of a group, lower case; none of a member that the app may not read, which Graph names without them. */
export async function membersOf(graph: Graph, { id }: Group, ask: Ask): Promise<string[][]> {
  const members = await graph.list(`groups/${segment(id)}/members?$select=id,mail,userPrincipalName,proxyAddresses`, member, ask)
  return members.map(({ mail, userPrincipalName, proxyAddresses }) =>
    [mail, userPrincipalName, ...(proxyAddresses ?? []).map(one => one.replace(/^smtp:/i, ''))].flatMap(one =>
      one ? [one.toLowerCase()] : [],
    ),
  )
}
