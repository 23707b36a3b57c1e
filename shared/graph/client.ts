import { randomUUID } from 'node:crypto'
import {
  Client,
  type Context,
  GraphClientError,
  HTTPMessageHandler,
  type Middleware,
  ResponseType,
} from '@microsoft/microsoft-graph-client'
import { z } from 'zod'
import { networkCode } from '../deadline.ts'
import { Failure } from '../errors.ts'
import { baseUrl } from '../identity/base-url.ts'
import { json, readProblem } from './answer.ts'
import { classify } from './codes.ts'
import { retryAfterMs } from './retry-after.ts'

/**
 * What a Failure says of a call: what it was for, the least application permission it needs, and what must never be shown. `signal` ends a call for which
 * nobody waits any more.
 */
export type Ask = { during: string; permission?: string; hide?: string; signal?: AbortSignal }

/**
 * Microsoft Graph v1.0 as this product speaks it: one request per call (a page each for `list`), nothing repeated and nothing
 * slept; each may throw a Failure. Paths start after the version, their parts made by `segment`.
 */
export type Graph = {
  get<T>(path: string, shape: z.ZodType<T>, ask: Ask): Promise<T>
  /** As `get`, but undefined when Graph knows no such object. */
  find<T>(path: string, shape: z.ZodType<T>, ask: Ask): Promise<T | undefined>
  list<T>(path: string, shape: z.ZodType<T>, ask: Ask): Promise<T[]>
  post<T>(path: string, body: unknown, shape: z.ZodType<T>, ask: Ask): Promise<T>
  patch(path: string, body: unknown, ask: Ask): Promise<void>
  remove(path: string, ask: Ask): Promise<void>
  /** POST without an answer’s content. */
  act(path: string, body: unknown, ask: Ask): Promise<void>
  /** What is no JSON: the bytes of the answer. */
  bytes(path: string, ask: Ask): Promise<Buffer>
  /** What a report redirects to, which opens without a token: none goes there. */
  report(path: string, ask: Ask): Promise<Buffer>
  /** POST of base64 MIME to a call that only beta has. */
  postMime<T>(path: string, base64: string, shape: z.ZodType<T>, ask: Ask): Promise<T>
  /** PUT of a range of a file to the URL of an upload session, which bears its own permission: no token goes there. */
  putRange(url: string, range: Buffer, from: number, total: number, ask: Ask): Promise<void>
  /** POST of a text body, answered without content. */
  postText(path: string, text: string, ask: Ask): Promise<void>
}

export type GraphOptions = {
  baseUrl: string
  token: () => Promise<string>
  /** Called when Graph refuses the token (401), so that the next call is made with a new one. */
  tokenRefused?: () => void
  fetch?: typeof globalThis.fetch
  timeoutMs?: number
  now?: () => number
}

type Answer = { status: number; body: string; bytes: Buffer; contentType: string | null; location: string | null }
type Method = { name: 'GET' | 'POST' | 'PATCH' | 'DELETE'; body?: unknown; contentType?: string; version?: 'beta'; moves?: true }

const version = 'v1.0'
const unknownObject = ['Request_ResourceNotFound', 'ResourceNotFound', 'ErrorItemNotFound']

/** One part of a path, encoded: `users/${segment(address)}`. */
export const segment = encodeURIComponent

/** Text as it stands between the quotes of an OData string, to be encoded afterwards. */
export const odataQuoted = (text: string): string => text.replaceAll("'", "''")

/** A client of the Graph at `baseUrl`; the token goes to that origin and to no other. */
export function graphClient(options: GraphOptions): Graph {
  const base = baseUrl('GRAPH_BASE_URL', options.baseUrl).replace(/\/v1\.0$/, '')
  const now = options.now ?? Date.now
  const client = Client.initWithMiddleware({ baseUrl: base, defaultVersion: version, middleware: chain(base, options) })

  async function call(path: string, method: Method, ask: Ask): Promise<Answer> {
    const request = client
      .api(path)
      .version(method.version ?? version)
      .responseType(ResponseType.RAW)
      .option('signal', AbortSignal.any([AbortSignal.timeout(options.timeoutMs ?? 100_000), ...(ask.signal ? [ask.signal] : [])]))
      .option('redirect', 'manual')
    if (method.contentType) request.header('Content-Type', method.contentType)
    try {
      const response: Response = await {
        GET: () => request.get(),
        POST: () => request.post(method.body),
        PATCH: () => request.patch(method.body),
        DELETE: () => request.delete(),
      }[method.name]()
      return await answered(response, ask, method.moves)
    } catch (error) {
      throw unreachable(error, ask, base)
    }
  }

  /** A request to an address that bears its own permission. */
  async function openly(url: string, init: RequestInit, ask: Ask): Promise<Answer> {
    try {
      const signal = AbortSignal.timeout(options.timeoutMs ?? 100_000)
      return await answered(await (options.fetch ?? globalThis.fetch)(url, { ...init, signal }), ask)
    } catch (error) {
      throw unreachable(error, ask, new URL(url).origin)
    }
  }

  async function answered(response: Response, ask: Ask, moves = false): Promise<Answer> {
    const bytes = Buffer.from(await response.arrayBuffer())
    const contentType = response.headers.get('content-type')
    const location = response.headers.get('location')
    const answer = { status: response.status, body: bytes.toString(), bytes, contentType, location }
    if (response.ok || (moves && response.status === 302 && location)) return answer
    if (response.status === 401) options.tokenRefused?.()
    throw refusal(answer, ask, retryAfterMs(response.headers.get('retry-after'), now()))
  }

  const graph: Graph = {
    get: async (path, shape, ask) => parsed(await call(path, { name: 'GET' }, ask), shape, ask),
    find: async (path, shape, ask) => {
      try {
        return await graph.get(path, shape, ask)
      } catch (error) {
        if (error instanceof Failure && unknownObject.includes(error.code)) return undefined
        throw error
      }
    },
    list: async (path, shape, ask) => {
      const page = z.object({ value: z.array(shape), '@odata.nextLink': z.string().optional() })
      const items = []
      for (let next: string | undefined = path; next !== undefined; ) {
        const answer: z.infer<typeof page> = parsed(await call(next, { name: 'GET' }, ask), page, ask)
        items.push(...answer.value)
        next = answer['@odata.nextLink'] && withinBase(answer['@odata.nextLink'], base, ask)
      }
      return items
    },
    post: async (path, body, shape, ask) => parsed(await call(path, { name: 'POST', body }, ask), shape, ask),
    patch: async (path, body, ask) => void (await call(path, { name: 'PATCH', body }, ask)),
    remove: async (path, ask) => void (await call(path, { name: 'DELETE' }, ask)),
    act: async (path, body, ask) => void (await call(path, { name: 'POST', body }, ask)),
    bytes: async (path, ask) => (await call(path, { name: 'GET' }, ask)).bytes,
    report: async (path, ask) => {
      const { location, bytes } = await call(path, { name: 'GET', moves: true }, ask)
      if (location === null) return bytes
      const { href } = new URL(location, base)
      baseUrl('the address of the report', href)
      return (await openly(href, { method: 'GET' }, ask)).bytes
    },
    postMime: async (path, base64, shape, ask) =>
      parsed(await call(path, { name: 'POST', body: base64, contentType: 'text/plain', version: 'beta' }, ask), shape, ask),
    putRange: async (url, range, from, total, ask) => {
      const headers = {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${from}-${from + range.length - 1}/${total}`,
      }
      await openly(url, { method: 'PUT', headers, body: new Uint8Array(range), redirect: 'manual' }, ask)
    },
    postText: async (path, text, ask) => void (await call(path, { name: 'POST', body: text, contentType: 'text/plain' }, ask)),
  }
  return graph
}

/** The library's own chain withholds tokens from http hosts, sleeps, cuts Retry-After to 180 s and loses network error codes. */
function chain(base: string, { token, fetch }: GraphOptions): Middleware[] {
  const origin = new URL(base).origin
  const wire: Middleware = fetch
    ? {
        execute: async context => {
          context.response = await fetch(context.request, context.options as RequestInit)
        },
      }
    : new HTTPMessageHandler()
  const sign = async (context: Context) => {
    if (new URL(String(context.request)).origin !== origin)
      throw new Error(`not sent: ${String(context.request)} is outside ${origin}`)
    context.options = {
      ...context.options,
      headers: {
        ...(context.options?.headers as Record<string, string>),
        Authorization: `Bearer ${await token()}`,
        Prefer: 'IdType="ImmutableId"',
        'client-request-id': randomUUID(),
      },
    }
  }
  const execute = async (context: Context) => {
    try {
      await sign(context)
      await wire.execute(context)
    } catch (error) {
      throw Object.assign(new GraphClientError(), { customError: error }) // the one error the library passes on whole
    }
  }
  return [{ execute }]
}

function parsed<T>({ body, status }: Answer, shape: z.ZodType<T>, ask: Ask): T {
  const result = shape.safeParse(json(body))
  if (result.success) return result.data
  const first = result.error.issues[0]
  throw new Failure({
    verdict: 'transient',
    during: ask.during,
    code: 'UnexpectedAnswer',
    text: `status ${status} with a body that is not as described: ${first?.path.join('.') || 'body'}: ${first?.message}`,
    hint: 'It is tried again by itself. If it stays: see that nothing stands between this app and GRAPH_BASE_URL.',
  })
}

function refusal({ status, body, contentType }: Answer, ask: Ask, wait: number | undefined): Failure {
  const { code, text } = readProblem(body, contentType)
  const shown = ask.hide ? text.replaceAll(ask.hide, '(hidden)') : text
  const { verdict, hint } = classify({ status, code, text }, { permission: ask.permission })
  return new Failure({ verdict, during: ask.during, code: code || `HTTP ${status}`, text: shown, retryAfterMs: wait, hint })
}

function unreachable(error: unknown, ask: Ask, base: string): Failure {
  const cause = error instanceof GraphClientError && error.customError !== undefined ? error.customError : error
  if (cause instanceof Failure) return cause
  return new Failure({
    verdict: 'transient',
    during: ask.during,
    code: networkCode(cause, 'NetworkError'),
    text: `no answer from ${base}`,
    hint: 'It is tried again by itself. If it stays: check GRAPH_BASE_URL, name resolution, and that a firewall lets this app out.',
    cause,
  })
}

/** A link of Graph's as a path of ours; throws for a link to another place, which would carry the token away. */
function withinBase(link: string, base: string, ask: Ask): string {
  const prefix = `${base}/${version}/`
  if (link.startsWith(prefix)) return link.slice(prefix.length)
  throw new Failure({
    verdict: 'permanent',
    during: ask.during,
    code: 'ForeignNextLink',
    text: `the next page is at ${URL.parse(link)?.origin ?? 'an unreadable address'}`,
    hint: `Set GRAPH_BASE_URL to the address Graph itself names in its links, then retry.`,
  })
}
