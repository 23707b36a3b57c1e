import { type Answer, Problem } from './answers.ts'
import type { Directory } from './directory.ts'
import type { Caller } from './login.ts'

/** One request that has passed the door: its parameters, its body, and who asks. */
export type Asked = {
  id: string
  /** What stands in the path for another `{name}`. */
  param(name: string): string
  path: string
  query: URLSearchParams
  contentType: string
  body: Buffer
  json(): unknown
  caller: Caller
  base: string
  tenant: Directory
}

/** One path of the service, with the application permissions of which any is enough (least first). */
export type Route = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  permissions: string[]
  /** Exchange words a missing permission otherwise than the directory does, and counts requests for each mailbox. */
  outlook?: true
  /** Only there; absent: v1.0. */
  version?: 'beta'
  run(asked: Asked): Answer | Promise<Answer>
}

/** The route for a path, and what its parameters are there; refuses as the service does what it does not know. */
export function routeFor(
  all: readonly Route[],
  method: string,
  path: string,
  version = 'v1.0',
): { route: Route; params: Map<string, string> } {
  const routes = all.filter(route => (route.version ?? 'v1.0') === version)
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent)
  const fits = routes.flatMap(route => {
    const params = match(route.path.split('/'), parts)
    return params === undefined ? [] : [{ route, params }]
  })
  const found = fits.find(one => one.route.method === method)
  if (found) return found
  if (fits.length > 0)
    throw new Problem(405, 'Request_BadRequest', 'Specified HTTP method is not allowed for the request target.')
  const known = new Set(routes.flatMap(route => route.path.split('/')))
  const segment = parts.find((part, at) => at !== 1 && !known.has(part)) ?? parts.at(-1) ?? ''
  throw new Problem(400, 'BadRequest', `Resource not found for the segment '${segment}'.`)
}

/** Refuses a caller whose token carries none of the route's permissions. */
export function assertPermitted(route: Route, caller: Caller): void {
  if (route.permissions.some(one => caller.roles.includes(one))) return
  if (route.outlook) throw new Problem(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.')
  throw new Problem(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.')
}

/** A list as OData sends it, in pages by `$top` and `$skiptoken`. */
export function page(asked: Asked, path: string, all: object[], defaultSize: number): Answer {
  const from = Number(asked.query.get('$skiptoken') ?? 0)
  const size = Number(asked.query.get('$top') ?? defaultSize)
  const next = new URLSearchParams(asked.query)
  next.set('$skiptoken', String(from + size))
  const more = from + size < all.length ? { '@odata.nextLink': `${asked.base}/v1.0/${path}?${next}` } : {}
  return {
    status: 200,
    body: { '@odata.context': `${asked.base}/v1.0/$metadata#${path}`, ...more, value: all.slice(from, from + size) },
  }
}

function match(pattern: string[], parts: string[]): Map<string, string> | undefined {
  if (pattern.length !== parts.length) return undefined
  const fits = pattern.every((part, at) => part.startsWith('{') || part === parts[at])
  if (!fits) return undefined
  return new Map(pattern.flatMap((part, at) => (part.startsWith('{') ? [[part.slice(1, -1), parts[at] ?? ''] as const] : [])))
}
