import { randomUUID } from 'node:crypto'
import { badRequest, unknownObject } from './answers.ts'
import type { User } from './directory.ts'
import { type Asked, page, type Route } from './routes.ts'

/** A contact of the organisation: a recipient elsewhere. */
export type Contact = { contact: string }

/**
 * A group or list of the tenant; `proxyAddresses` as the directory has them, the primary one with `SMTP:` in capitals. `members`: users by name,
 * contacts, other groups by their `mail`.
 */
export type Group = {
  displayName: string
  mail: string
  proxyAddresses: string[]
  groupTypes?: string[]
  members?: (string | Contact)[]
}

export const groupReaders = ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All']

/** Who may read members of each kind; of others Graph tells type and id, and nulls. */
const mayRead = {
  user: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
  group: groupReaders,
  orgContact: ['OrgContact.Read.All', 'Directory.Read.All', 'Directory.ReadWrite.All'],
} as const

/** `/groups`, filtered by `mail` or `proxyAddresses`, which Graph compares without case, and the members of each. */
export function groupRoutes(groups: readonly Group[]): Route[] {
  const ids = new WeakMap<Group, string>()
  const idOf = (group: Group) => ids.get(group) ?? (ids.set(group, randomUUID()).get(group) as string)
  const shown = (asked: Asked) => (group: Group) => selected(asked, { groupTypes: [], ...group, id: idOf(group) })
  return [
    {
      method: 'GET',
      path: 'groups',
      permissions: groupReaders,
      run: asked => {
        const filter = asked.query.get('$filter')
        if (filter === null) return page(asked, 'groups', groups.map(shown(asked)), 100)
        const [, mail, proxy] = /^mail eq '((?:[^']|'')*)' or proxyAddresses\/any\(a:a eq '((?:[^']|'')*)'\)$/.exec(filter) ?? []
        if (mail === undefined || proxy === undefined) throw badRequest(`Invalid filter clause: ${filter}`)
        const is = (quoted: string, value: string) => quoted.replaceAll("''", "'").toLowerCase() === value.toLowerCase()
        const found = groups.filter(group => is(mail, group.mail) || group.proxyAddresses.some(one => is(proxy, one)))
        return page(asked, 'groups', found.map(shown(asked)), 100)
      },
    },
    {
      method: 'GET',
      path: 'groups/{id}/members',
      permissions: ['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...groupReaders],
      run: asked => {
        const group = groups.find(one => idOf(one) === asked.id)
        if (!group) throw unknownObject(asked.id)
        const members = (group.members ?? []).map(one => {
          const { kind, fields } = memberOf(one, asked, groups, idOf)
          const may = mayRead[kind].some(permission => asked.caller.roles.includes(permission))
          return { '@odata.type': `#microsoft.graph.${kind}`, ...selected(asked, may ? fields : { id: fields.id }) }
        })
        return page(asked, `groups/${asked.id}/members`, members, 100)
      },
    },
  ]
}

type Fields = Record<string, unknown> & { id: string }

function memberOf(
  one: string | Contact,
  asked: Asked,
  groups: readonly Group[],
  idOf: (group: Group) => string,
): { kind: keyof typeof mayRead; fields: Fields } {
  if (typeof one !== 'string')
    return { kind: 'orgContact', fields: { id: randomUUID(), mail: one.contact, proxyAddresses: [`SMTP:${one.contact}`] } }
  const group = groups.find(({ mail }) => mail.toLowerCase() === one.toLowerCase())
  if (group) return { kind: 'group', fields: { ...group, id: idOf(group) } }
  const { id, fields, proxyAddresses }: User = asked.tenant.user(one)
  return { kind: 'user', fields: { ...fields, id, proxyAddresses } }
}

export function selected(asked: Asked, fields: Fields): Record<string, unknown> {
  const names = asked.query.get('$select')?.split(',') ?? ['id', 'displayName', 'mail']
  return Object.fromEntries(['id', ...names].map(name => [name, fields[name] ?? null]))
}
