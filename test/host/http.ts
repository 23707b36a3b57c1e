import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { RegisteredFunction } from './core-types.ts'
import { HostFault } from './fault.ts'
import { toHttpData, writeAnswer } from './http-message.ts'
import type { Invoke } from './invocation.ts'
import { type AuthLevel, isAllowed } from './keys.ts'
import { byPrecedence, parseRoute, type RouteTemplate } from './route-template.ts'

/** One HTTP function as it is reached. */
export type Route = RouteTemplate & { fn: RegisteredFunction; methods: Set<string>; authLevel: AuthLevel }

/** The routes of the app's HTTP functions in the order in which they are tried. */
export function routesOf(functions: Iterable<RegisteredFunction>, routePrefix: string): Route[] {
  const routes: Route[] = []
  for (const fn of functions) {
    const trigger = Object.values(fn.metadata.bindings).find(binding => binding.type.toLowerCase() === 'httptrigger')
    if (!trigger) continue
    const { route, methods, authLevel } = trigger as { route?: string; methods?: string[]; authLevel?: string }
    routes.push({
      ...parseRoute([routePrefix, route ?? fn.name].filter(Boolean).join('/')),
      fn,
      methods: new Set((methods ?? []).map(method => method.toUpperCase())),
      authLevel: authLevelOf(fn, authLevel),
    })
  }
  return routes.sort(byPrecedence)
}

/** How many queue messages are being worked on, and how many timers’ functions run. */
export type Running = { running: number; timers: number }

/** The HTTP front of the host: opened on the loopback address, closed after the last answer. */
export class HttpFront {
  readonly #server: Server
  readonly #routes: Route[]
  readonly #invoke: Invoke
  readonly #hostKey: string | undefined
  readonly #running: () => Running
  readonly #answering = new Set<Promise<void>>()
  #closing = false

  /** `running`: what is being done, as GET /admin/host/status tells whoever has the key. */
  constructor(routes: Route[], hostKey: string | undefined, invoke: Invoke, running: () => Running) {
    this.#running = running
    this.#routes = routes
    this.#hostKey = hostKey
    this.#invoke = invoke
    this.#server = createServer((request, response) => {
      const sent: Promise<void> = once(response, 'close').then(() => void this.#answering.delete(sent))
      this.#answering.add(sent)
      this.#answer(request, response).catch(() => response.destroy())
    })
  }

  /** Listens and returns the port; 0 takes any. */
  async open(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const taken = `Port ${port} of 127.0.0.1 is taken. Stop what listens there, or choose another port: PORT=${port + 1} npm start.`
        reject(error.code === 'EADDRINUSE' ? new HostFault([taken]) : error)
      })
      this.#server.listen(port, '127.0.0.1', resolve)
    })
    return (this.#server.address() as AddressInfo).port
  }

  /** Takes no new connection, lets running answers end, then drops the connections that only idle. */
  async close(): Promise<void> {
    this.#closing = true
    const closed = new Promise<void>(resolve => this.#server.close(() => resolve()))
    await Promise.all(this.#answering)
    this.#server.closeAllConnections()
    await closed
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#closing) response.setHeader('Connection', 'close')
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`)
    const key = request.headers['x-functions-key']
    if (url.pathname === '/admin/host/status' && isAllowed('admin', this.#hostKey, key, url.searchParams.get('code'))) {
      request.resume()
      response.writeHead(200, { 'content-type': 'application/json' })
      return void response.end(JSON.stringify({ state: 'Running', ...this.#running() }))
    }
    const found = this.#find(request.method ?? 'GET', url)
    if (typeof found === 'number') return empty(request, response, found)
    const { route, params } = found
    if (!isAllowed(route.authLevel, this.#hostKey, key, url.searchParams.get('code'))) {
      return empty(request, response, 401)
    }
    if (Number(request.headers['content-length'] ?? 0) > largestBodyBytes) return empty(request, response, 413)
    const data = await toHttpData(request, url, params)
    const outcome = await this.#invoke(route.fn, { input: { http: data }, metadata: {} })
    if (this.#closing) response.setHeader('Connection', 'close')
    if (outcome.ok) writeAnswer(request, response, outcome.response.returnValue?.http)
    else response.writeHead(500).end()
  }

  #find(method: string, url: URL): { route: Route; params: Record<string, string> } | number {
    const path = decodePath(url.pathname)
    if (path === undefined) return 400
    for (const route of this.#routes) {
      const params = route.methods.size === 0 || route.methods.has(method) ? route.match(path) : undefined
      if (params) return { route, params }
    }
    return path === '/' && method === 'GET' ? 200 : 404
  }
}

/** Kestrel's own limit as the Functions host sets it. */
const largestBodyBytes = 104_857_600

const authLevels = ['anonymous', 'function', 'admin'] satisfies AuthLevel[]

function authLevelOf(fn: RegisteredFunction, text = 'anonymous'): AuthLevel {
  const level = authLevels.find(each => each === text.toLowerCase())
  if (!level)
    throw new HostFault([`Function ${fn.name}: authLevel "${text}" is not one of ${authLevels.join(', ')}. Correct it.`])
  return level
}

/** The path as Kestrel decodes it: %2F stays, since a slash inside a segment is no separator. Undefined when it is malformed. */
function decodePath(pathname: string): string | undefined {
  try {
    return pathname
      .split(/(%2f)/i)
      .map((part, at) => (at % 2 === 1 ? part : decodeURIComponent(part)))
      .join('')
  } catch {
    return undefined
  }
}

function empty(request: IncomingMessage, response: ServerResponse, status: number): void {
  request.resume()
  response.writeHead(status).end()
}
