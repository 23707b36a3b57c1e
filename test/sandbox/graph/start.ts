import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import { type Answer, asAnswer, Problem } from './answers.ts'
import { type Aside, asideRoutes } from './aside.ts'
import { batch } from './batch.ts'
import { type Directory, type DomainOption, directory, type SkuOption, type User } from './directory.ts'
import { domainRoutes, type Txt } from './domains.ts'
import { type ExchangeAdmin, exchangeAdmin } from './exchange-admin.ts'
import { type Group, groupRoutes } from './groups.ts'
import { type ItemStore, itemRoutes, itemStore } from './items.ts'
import { licenceRoutes } from './licences.ts'
import { type App, type Checked, login } from './login.ts'
import { mailRoutes } from './mail-routes.ts'
import { type MailStore, mailStore } from './mail-store.ts'
import { uploads } from './mail-upload.ts'
import { type Deliver, mailboxRoutes, type Sent, withMailbox } from './mailboxes.ts'
import { type PassPolicy, passRoutes } from './passes.ts'
import { reports, type Usage } from './reports.ts'
import { type Asked, assertPermitted, type Route, routeFor } from './routes.ts'
import { type Refusing, throttle } from './throttle.ts'
import { userRoutes } from './users.ts'
import { parsedJson, refusing, serve } from './wire.ts'

export type GraphOptions = {
  port?: number
  tenantId: string
  apps: App[]
  domains: (DomainOption | string)[]
  skus: SkuOption[]
  /** How long after its licence a user's mailbox opens. */
  mailboxDelayMs: number
  /** Really delivers what sendMail accepts. */
  deliver: Deliver
  /** Called before a mailbox shows itself; again after a restart that came between, so it must be repeatable. */
  onMailboxCreated?: (address: string) => Promise<void>
  /** The tenant’s policy for Temporary Access Passes; by default on, with Microsoft’s own limit of eight hours. */
  passPolicy?: PassPolicy
  /** What the usage report of Teams says; by default nobody used it. */
  usage?: Usage
  /** Groups and lists; by default none. */
  groups?: Group[]
  /** Contacts, and what was deleted; by default none. */
  aside?: Partial<Aside>
  /** What DNS has, for domain verification; by default nothing. */
  txt?: Txt
  clock?: () => number
  /** JSON file that keeps users and domains over a kill. */
  stateFile?: string
}

export type GraphStandIn = {
  /** Base of Graph, without the version. */
  url: string
  loginUrl: string
  port: number
  stop(): Promise<void>
  tenant: Directory
  /** Groups and lists; what an administrator makes is put here. */
  groups: Group[]
  aside: Aside
  apps: App[]
  sent: Sent[]
  /** What lies in the mailboxes. */
  mail: MailStore
  /** What else lies there. */
  items: ItemStore
  /** What Exchange keeps, and its cmdlets. */
  exchange: ExchangeAdmin
  /** Every request so far, as `METHOD /path`. */
  requests: string[]
  refuse(next: Refusing): void
  /** A user whose mailbox is open from the start, such as the sender of notices; the one there is when it exists. */
  addMailbox(address: string, fields?: Record<string, unknown>): Promise<User>
  checkToken(bearer: string, audience: string): Checked
}

const largestBody = 4 * 1024 * 1024
const graphAudience = 'https://graph.microsoft.com'

/**
 * Microsoft Graph v1.0 and its login, as far as this product speaks to them, on a loopback port: paths, bodies, statuses and error
 * codes follow Microsoft's published description, and what the service refuses is refused.
 */
export async function startGraph(options: GraphOptions): Promise<GraphStandIn> {
  const clock = options.clock ?? Date.now
  const tenant = directory({ domains: options.domains, skus: options.skus, stateFile: options.stateFile, clock })
  const authority = login(options.tenantId, options.apps, clock)
  const limits = throttle()
  const mail = mailStore()
  const items = itemStore()
  const files = uploads()
  const usage = reports(options.usage ?? { people: [] }, clock)
  const sent: Sent[] = []
  const groups = options.groups ?? []
  const exchange = exchangeAdmin(options.tenantId, tenant, groups, authority.check, clock)
  const aside: Aside = { contacts: [], users: [], groups: [], ...options.aside }
  const requests: string[] = []
  const closing = new AbortController()
  let opening = Promise.resolve()

  /** Opens the mailboxes whose time has come, one call at a time. */
  function openMailboxes(): Promise<void> {
    opening = opening.then(async () => {
      for (const user of tenant.users) {
        const due = user.mailboxSince !== undefined && clock() >= user.mailboxSince + options.mailboxDelayMs
        if (due !== user.mailboxOpen) await turn(user, due)
      }
    })
    return opening
  }

  async function turn(user: User, open: boolean): Promise<void> {
    const address = user.fields.userPrincipalName
    if (open) await options.onMailboxCreated?.(address)
    user.mailboxOpen = open
    if (open) user.fields.mail ??= address
    if (open && user.proxyAddresses.length === 0) user.proxyAddresses.push(`SMTP:${address}`)
    tenant.save()
  }

  /** Opens by the real clock too, so that mail finds a mailbox nobody asks Graph about. */
  function licensed(): void {
    if (options.clock) return
    after(options.mailboxDelayMs + 1, undefined, { ref: false, signal: closing.signal })
      .then(openMailboxes)
      .catch(() => {})
  }

  const routes: Route[] = [
    ...userRoutes,
    ...passRoutes(clock, () => options.passPolicy ?? { enabled: true, maximumLifetimeInMinutes: 480 }),
    ...licenceRoutes(clock, licensed),
    ...mailboxRoutes(options.deliver, sent),
    ...mailRoutes(mail, files, clock, withMailbox),
    ...itemRoutes(items, withMailbox),
    ...usage.routes,
    ...groupRoutes(groups),
    ...asideRoutes(aside),
    ...domainRoutes(options.txt ?? (async () => [])),
  ]

  async function graph(
    method: string,
    url: URL,
    headers: IncomingMessage['headers'],
    body: Buffer,
    base: string,
  ): Promise<Answer> {
    const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]
    if (!bearer) throw new Problem(401, 'InvalidAuthenticationToken', 'Access token is empty.')
    const checked = authority.check(bearer, graphAudience)
    if (!checked.ok) throw new Problem(401, 'InvalidAuthenticationToken', checked.why)
    if (body.length > largestBody) throw new Problem(413, 'RequestEntityTooLarge', 'The request body is too large.')
    const [, version, ...parts] = url.pathname.split('/')
    if (version !== 'v1.0' && version !== 'beta') throw new Problem(400, 'BadRequest', `Invalid version: ${version}`)
    const path = parts.join('/')
    if (path === '$batch')
      return batch(method, parsedJson(body), headers.authorization, (inner, step, own, bytes) =>
        guarded(inner, step, own, bytes, base),
      )
    const { route, params } = routeFor(routes, method, path, version)
    const id = params.get('id') ?? ''
    assertPermitted(route, checked.caller)
    await openMailboxes()
    const contentType = headers['content-type'] ?? ''
    if (method !== 'GET' && body.length > 0 && !/^(application\/json|text\/plain)/.test(contentType)) {
      throw new Problem(415, 'UnsupportedMediaType', `The media type '${contentType}' is not supported.`)
    }
    const asked: Asked = {
      id,
      param: name => params.get(name) ?? '',
      path,
      query: url.searchParams,
      contentType,
      body,
      json: () => parsedJson(body),
      caller: checked.caller,
      base,
      tenant,
    }
    if (!route.outlook) return route.run(asked)
    const leave = limits.enter(checked.caller.clientId, tenant.user(id).id)
    try {
      return await route.run(asked)
    } finally {
      leave()
    }
  }

  async function guarded(
    method: string,
    url: URL,
    headers: IncomingMessage['headers'],
    body: Buffer,
    base: string,
  ): Promise<Answer> {
    try {
      const asked = `${method} ${decodeURIComponent(url.pathname)}`
      requests.push(asked)
      const due = limits.due(asked)
      if (due) return refusing(due)
      if (method === 'PUT' && url.pathname.startsWith('/upload/'))
        return files.put(url.pathname.slice('/upload/'.length), headers, body)
      if (method === 'GET' && url.pathname.startsWith(usage.at)) return usage.download(url.pathname, headers)
      if (url.pathname.startsWith('/adminapi/')) return exchange.answer(method, url.pathname, headers.authorization, body)
      if (!/^\/(v\d|beta)/.test(url.pathname)) {
        const { host = '' } = headers
        return authority.answer(method, url.pathname, host, body.toString())
      }
      return await graph(method, url, headers, body, base)
    } catch (error) {
      return asAnswer(error, String(headers['client-request-id'] ?? ''), clock())
    }
  }

  const server = createServer((request, response) => {
    void serve(request, response, guarded, base())
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject))
  const { port } = server.address() as AddressInfo
  const base = () => `http://127.0.0.1:${port}`

  return {
    url: base(),
    loginUrl: base(),
    port,
    tenant,
    groups,
    aside,
    apps: options.apps,
    sent,
    mail,
    items,
    exchange,
    requests,
    refuse: limits.refuse,
    checkToken: authority.check,
    addMailbox: async (address, fields) => {
      const known = tenant.users.find(one => one.fields.userPrincipalName.toLowerCase() === address.toLowerCase())
      const user =
        known ?? tenant.addUser({ ...fields, userPrincipalName: address }, { mailboxSince: clock() - options.mailboxDelayMs })
      await openMailboxes()
      return user
    },
    stop: async () => {
      closing.abort()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
      if (items.invited.length > 0) throw new Error(`invitations went out to ${items.invited.join(', ')}`)
    },
  }
}
