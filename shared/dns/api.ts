import { networkCode } from '../deadline.ts'
import { Failure, type Verdict } from '../errors.ts'
import { retryAfterMs } from '../graph/retry-after.ts'
import { baseUrl } from '../identity/base-url.ts'

/** Headers with a bearer token, read anew for each request. */
export function bearer(token: () => Promise<string>): ApiOptions['headers'] {
  return async () => {
    const value = (await token()).trim()
    return { headers: { authorization: `Bearer ${value}` }, hide: [value] }
  }
}

/** How a DNS host's HTTP API is reached. `headers` are made anew for each request, since some sign it; `hide`: what is never repeated. */
export type ApiOptions = {
  /** What a person calls it: `Gandi`. */
  name: string
  base: string
  headers: (request: {
    method: string
    url: string
    body: string
  }) => Promise<{ headers: Record<string, string>; hide: string[] }>
  /** What lets it in, in words: `the token in the secret GANDI_TOKEN, which needs …`. */
  key: string
  now: () => number
  timeoutMs?: number | undefined
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Answer = { status: number; body: unknown }

/**
 * One request with a JSON body. Resolves with what answered 2xx, or one of `also`; all else is a Failure: refused keys and bodies are permanent, a host that
 * is slow, busy or gone is weather. A lost answer may have been carried out: who calls reads again.
 */
export type Api = (
  method: Method,
  path: string,
  ask: { during: string; body?: unknown; headers?: Record<string, string>; also?: readonly number[] },
) => Promise<Answer>

/** An API at `base`; its key goes to that origin and to no other. */
export function api({ name, base, headers, key, now, timeoutMs = 30_000 }: ApiOptions): Api {
  const root = baseUrl(`the address of ${name}`, base)
  return async (method, path, { during, body, headers: more = {}, also = [] }) => {
    const url = `${root}${path}`
    const text = body === undefined ? '' : JSON.stringify(body)
    const { headers: own, hide } = await headers({ method, url, body: text })
    if (hide.some(secret => !/^[\x21-\x7e]+$/.test(secret))) throw malformed(key, during)
    const content = text === '' ? {} : { 'content-type': 'application/json' }
    const answer = await fetched(
      url,
      { method, headers: { accept: 'application/json', ...content, ...own, ...more }, ...(text === '' ? {} : { body: text }) },
      timeoutMs,
    )
    if ('lost' in answer) throw unreachable(name, root, during, answer.lost)
    const { status, headers: got } = answer.response
    if (answer.response.ok || also.includes(status)) return { status, body: parsed(answer.text) }
    const said = hidden(answer.text, hide)
    const { verdict, code, hint } = meaning(name, key, status)
    throw new Failure({
      verdict,
      during,
      code,
      text: `${name} answered ${status}: ${said}`,
      hint,
      retryAfterMs: retryAfterMs(got.get('retry-after'), now()),
    })
  }
}

async function fetched(
  url: string,
  init: RequestInit,
  timeoutMs: number,
): Promise<{ response: Response; text: string } | { lost: unknown }> {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    return { response, text: await response.text() }
  } catch (lost) {
    return { lost }
  }
}

function meaning(name: string, key: string, status: number): { verdict: Verdict; code: string; hint: string } {
  if (status === 401 || status === 403)
    return {
      verdict: 'permanent',
      code: 'REFUSED',
      hint: `${name} does not let us do this: check ${key}, and that it serves this zone; then retry.`,
    }
  if (status === 429)
    return {
      verdict: 'transient',
      code: '429',
      hint: 'Nothing to do: the DNS host limits its requests, and it is tried again by itself.',
    }
  if (status >= 500 || status === 408)
    return {
      verdict: 'transient',
      code: `${status}`,
      hint: `${name} is in trouble; it is tried again by itself. If it lasts, look at its status page, or change the record by hand.`,
    }
  return {
    verdict: 'permanent',
    code: `${status}`,
    hint: `${name} does not take this change: see what it says, change the record by hand if need be, then retry.`,
  }
}

function unreachable(name: string, root: string, during: string, cause: unknown): Failure {
  const hint = `${name} cannot be reached at ${new URL(root).origin}: check the network and its firewall; it is tried again by itself.`
  return new Failure({ verdict: 'transient', during, code: networkCode(cause), hint, cause })
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function hidden(text: string, hide: readonly string[]): string {
  return hide.filter(Boolean).reduce((shown, secret) => shown.replaceAll(secret, '…'), text)
}

/** No header takes it, and what would say so repeats it. */
function malformed(key: string, during: string): Failure {
  const hint = `Store it again as one line without blanks: ${key}; then retry.`
  return new Failure({ verdict: 'permanent', during, code: 'BAD-SECRET', hint })
}

/** No zone of that name is to be had there. */
export function notServed(name: string, zone: string, key: string): Failure {
  const hint = `${name} does not serve the zone ${zone} for this key: check ${key}, and that the zone is held there under this name; then retry.`
  return new Failure({ verdict: 'permanent', during: `looking for the zone ${zone} at ${name}`, code: 'NOTAUTH', hint })
}

/** What an API answers and this program does not understand. */
export function unreadable(name: string, during: string): Failure {
  const hint = `${name} answers otherwise than its documentation says; it is tried again by itself. If it lasts, change the record by hand.`
  return new Failure({ verdict: 'transient', during, code: 'UNREADABLE', hint })
}
