import type { IncomingHttpHeaders } from 'node:http'
import { type Answer, Problem } from './answers.ts'

type Step = { id?: string; method?: string; url?: string; headers?: object; body?: unknown }
type Run = (method: string, url: URL, headers: IncomingHttpHeaders, body: Buffer) => Promise<Answer>

const most = 20

/** JSON batching: each step answered by itself; all at once, since nothing here depends on an order. */
export async function batch(method: string, body: unknown, authorization: string | undefined, run: Run): Promise<Answer> {
  const { requests } = (body ?? {}) as { requests?: Step[] }
  if (method !== 'POST' || !Array.isArray(requests)) throw new Problem(400, 'BadRequest', 'Invalid batch payload format.')
  if (requests.length > most)
    throw new Problem(400, 'BadRequest', `Number of batch request steps exceeds the maximum value of ${most}.`)
  if (new Set(requests.map(one => one.id)).size !== requests.length) {
    throw new Problem(400, 'BadRequest', 'Request Id has to be unique in a batch.')
  }
  const responses = await Promise.all(
    requests.map(async ({ id, method: inner = 'GET', url = '', headers = {}, body: content }) => {
      const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
      const bytes = content === undefined ? '' : typeof content === 'string' ? content : JSON.stringify(content)
      const step = new URL(`/v1.0/${url.replace(/^\//, '')}`, 'http://127.0.0.1')
      const answer = await run(inner, step, { ...own, authorization }, Buffer.from(bytes))
      return {
        id,
        status: answer.status,
        headers: { ...answer.headers, 'Content-Type': 'application/json' },
        body: answer.body ?? null,
      }
    }),
  )
  return { status: 200, body: { responses } }
}
