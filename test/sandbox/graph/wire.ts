import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, badRequest } from './answers.ts'
import type { Refusing } from './throttle.ts'

type Guarded = (method: string, url: URL, headers: IncomingHttpHeaders, body: Buffer, base: string) => Promise<Answer>

/** Reads one request whole and writes its answer. */
export async function serve(request: IncomingMessage, response: ServerResponse, answer: Guarded, base: string): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { status, body, headers } = await answer(
    request.method ?? 'GET',
    new URL(request.url ?? '/', base),
    request.headers,
    Buffer.concat(chunks),
    base,
  )
  const plain = typeof body === 'string' || Buffer.isBuffer(body)
  const text = body === undefined ? '' : plain ? body : JSON.stringify(body)
  const clientRequestId = request.headers['client-request-id']
  response.writeHead(status, {
    ...(text.length > 0 ? { 'content-type': 'application/json' } : {}),
    ...(clientRequestId ? { 'client-request-id': clientRequestId } : {}),
    ...headers,
  })
  response.end(text)
}

/** The refusal that was asked for, as Graph words it or as the page of something else. */
export function refusing({ status = 429, code = 'TooManyRequests', retryAfter, html }: Refusing): Answer {
  const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  if (html !== undefined) return { status, body: html, headers: { ...headers, 'content-type': 'text/html' } }
  return { status, body: { error: { code, message: 'Too many requests.', innerError: {} } }, headers }
}

/** A body as JSON, or the refusal of what is none. */
export function parsedJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    throw badRequest(
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
    )
  }
}
