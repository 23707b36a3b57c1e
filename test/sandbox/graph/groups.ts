import { badRequest } from './answers.ts'
import { page, type Route } from './routes.ts'

/** A group or list of the tenant; `proxyAddresses` as the directory has them, the primary one with `SMTP:` in capitals. */
export type Group = { displayName: string; mail: string; proxyAddresses: string[] }

const readers = ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All']

/** `/groups`, filtered by `mail` or `proxyAddresses`, which Graph compares without case. */
export function groupRoutes(groups: readonly Group[]): Route[] {
  return [
    {
      method: 'GET',
      path: 'groups',
      permissions: readers,
      run: asked => {
        const filter = asked.query.get('$filter') ?? ''
        const [, mail, proxy] = /^mail eq '((?:[^']|'')*)' or proxyAddresses\/any\(a:a eq '((?:[^']|'')*)'\)$/.exec(filter) ?? []
        if (mail === undefined || proxy === undefined) throw badRequest(`Invalid filter clause: ${filter}`)
        const is = (quoted: string, value: string) => quoted.replaceAll("''", "'").toLowerCase() === value.toLowerCase()
        const found = groups.filter(group => is(mail, group.mail) || group.proxyAddresses.some(one => is(proxy, one)))
        const named = found.map(({ displayName }, i) => ({ id: `group-${i}`, displayName }))
        return page(asked, 'groups', named, 100)
      },
    },
  ]
}
