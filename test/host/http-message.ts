import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { HttpCookie, HttpData, TypedData } from './core-types.ts'

/**
 * A request as the host hands it to the worker: names of headers small, several values of a header or a query parameter joined by a
 * comma, and only a body that states its length: a chunked one is dropped, as is one of GET and HEAD.
 */
export async function toHttpData(request: IncomingMessage, url: URL, params: Record<string, string>): Promise<HttpData> {
  const method = request.method ?? 'GET'
  const headers = Object.entries(request.headersDistinct).map(([name, values]): [string, string] => [
    name,
    (values ?? []).join(','),
  ])
  const query = [...new Set(url.searchParams.keys())].map((name): [string, string] => [
    name,
    url.searchParams.getAll(name).join(','),
  ])
  const body = Number(request.headers['content-length'] ?? 0) > 0 ? await buffer(request) : undefined
  request.resume()
  return {
    url: url.href,
    method,
    nullableHeaders: nullable(headers),
    nullableQuery: nullable(query),
    nullableParams: nullable(Object.entries(params)),
    body: body && method !== 'GET' && method !== 'HEAD' ? { bytes: body } : null,
  }
}

/** Writes what the worker returned; nothing returned is 204. 204, 205 and 304 go without a body. */
export function writeAnswer(request: IncomingMessage, response: ServerResponse, answer: HttpData | undefined): void {
  const status = answer ? Number(answer.statusCode ?? 200) : 204
  for (const [name, value] of Object.entries(answer?.headers ?? {})) {
    if (!hopByHop.has(name.toLowerCase())) response.setHeader(name, value)
  }
  const cookies = (answer?.cookies ?? []).map(setCookie)
  if (cookies.length > 0) response.appendHeader('Set-Cookie', cookies)
  const bodiless = status === 204 || status === 205 || status === 304
  const body = bodiless ? undefined : bytesOf(answer?.body)
  if (body) response.setHeader('Content-Length', body.byteLength)
  response.writeHead(status).end(request.method === 'HEAD' ? undefined : body)
}

/** The host frames the answer itself. */
const hopByHop = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade'])

function nullable(pairs: [string, string][]): Record<string, { value: string }> {
  return Object.fromEntries(pairs.map(([name, value]) => [name, { value }]))
}

function bytesOf(body: TypedData | null | undefined): Uint8Array | undefined {
  if (body?.bytes) return body.bytes
  const text = body?.string ?? body?.json
  return text === undefined ? undefined : Buffer.from(text)
}

function setCookie(cookie: HttpCookie): string {
  const { name, value, domain, path, expires, maxAge, secure, httpOnly, sameSite } = cookie
  const parts = [`${name}=${encodeURIComponent(value)}`]
  if (expires?.value?.seconds !== undefined) parts.push(`expires=${new Date(expires.value.seconds * 1000).toUTCString()}`)
  if (maxAge?.value !== undefined) parts.push(`max-age=${maxAge.value}`)
  if (domain?.value) parts.push(`domain=${domain.value}`)
  parts.push(`path=${path?.value ?? '/'}`)
  if (secure?.value) parts.push('secure')
  if (sameSite === 'lax' || sameSite === 'strict') parts.push(`samesite=${sameSite}`)
  if (sameSite === 'explicitNone') parts.push('samesite=none')
  if (httpOnly?.value) parts.push('httponly')
  return parts.join('; ')
}
