import type { Resident } from '../world/people.ts'
import type { Cast } from './cast.ts'
import type { Stage } from './errands.ts'

/** A list as a wave has it. */
export type List = { address: string; kind: 'list'; displayName: string; members: string[]; entity?: string }

/**
 * What a wave has beside people where their accounts are there already and the directory can be asked: its last mailbox is a function’s, which a group
 * opens, and all of it get the mail of a list, as does somebody elsewhere.
 */
export function withLists(residents: Resident[], { target }: Cast['playbook']): Pick<Cast, 'residents' | 'lists'> {
  const box = residents.at(-1)
  if (target.kind !== 'exchange-online' || target.accounts !== 'existing' || residents.length < 3 || !box)
    return { residents, lists: [] }
  const people = residents.slice(0, -1).map(({ address }) => address)
  const [, domain = ''] = box.address.split('@')
  const access = `access@${domain}`
  const entity = box.entity ? { entity: box.entity } : {}
  return {
    residents: [...residents.slice(0, -1), { ...box, kind: 'shared', members: [access] }],
    lists: [
      { address: access, kind: 'list', displayName: 'Accès', members: people.slice(0, 1), ...entity },
      {
        address: `unit@${domain}`,
        kind: 'list',
        displayName: 'Unité',
        members: [...people, box.address, 'partner@elsewhere.example'],
        ...entity,
      },
    ],
  }
}

/** An administrator runs the script of the wave: what it makes of lists is there afterwards. */
export async function runScript({ host, world, cast }: Stage): Promise<void> {
  const asked = await fetch(`${host.url}/api/waves/${cast.wave}/exchange.ps1`, { headers: { 'x-functions-key': host.key } })
  if (!asked.ok) throw new Error(`the script of ${cast.wave} was answered with ${asked.status}`)
  const { groups, tenant } = world.parts.tenant.graph
  const people = new Set(tenant.users.map(({ fields }) => fields.userPrincipalName.toLowerCase()))
  const text = (quoted: string) => quoted.slice(1, -1).replaceAll("''", "'")
  for (const line of (await asked.text()).split('\r\n')) {
    const [, address, members] = /^Set-List ('[^ ]+') '[^ ]+' @\(([^)]*)\)/.exec(line) ?? []
    if (address === undefined || members === undefined) continue
    const mail = text(address)
    groups.push({
      displayName: mail,
      mail,
      proxyAddresses: [`SMTP:${mail}`],
      members: members
        .split(', ')
        .map(text)
        .map(one => (people.has(one) ? one : { contact: one })),
    })
  }
}
