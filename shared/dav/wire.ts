import { networkCode } from '../deadline.ts'
import { retryAfterMs } from '../graph/retry-after.ts'
import { failure } from './codes.ts'

/** A request as `tsdav` makes them; what it throws is a Failure. */
export type Wire = (url: string, init: RequestInit) => Promise<Response>

export type WireOptions = {
  /** The one place that login and secret go to. */
  origin: string
  login: () => Promise<{ user: string; pass: string }>
  /** For what a Failure says. */
  during: string
  now: () => number
  /** Ends all of it, where it takes too long for whoever asks. */
  signal?: AbortSignal | undefined
}

/** How long an answer may take, ms. */
const answerMs = 100_000

/** The most that is read of one answer: a portion of entries, or the list of a calendar. */
const mostBytes = 64 * 1024 * 1024

const mostRedirects = 5

const wholeMultistatus = /(?:<\/(?:[\w-]+:)?multistatus\s*>|<(?:[\w-]+:)?multistatus[^<>]*\/>)\s*$/

/**
 * Requests to one server, signed in by HTTP Basic. A redirect is followed within its origin only. Whatever is no success is thrown as a Failure:
 * `tsdav` itself would take a refusal for an empty answer.
 */
export function davWire({ origin, login, during, now, signal }: WireOptions): Wire {
  return async (url, init) => {
    const { user, pass } = await login()
    const headers = new Headers(init.headers)
    headers.set('authorization', `Basic ${Buffer.from(`${user}:${pass}`).toString('base64')}`)
    let at = new URL(url)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      if (at.origin !== origin) throw failure('REDIRECT', during, { text: `it names ${at.origin}` })
      const answer = await ask(at, { ...init, headers }, during, signal)
      const location = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null
      if (location === null) return answered(answer)
      await answer.body?.cancel()
      at = URL.parse(location, at) ?? at
    }
    throw failure('NO-DAV', during, { text: 'its redirects come to no end' })
  }

  async function answered(answer: Response): Promise<Response> {
    const { status, headers } = answer
    if (!answer.ok) {
      await answer.body?.cancel()
      const wait = retryAfterMs(headers.get('retry-after'), now())
      throw failure(`HTTP ${status}`, `${during}, ${new URL(answer.url).pathname}`, { retryAfterMs: wait })
    }
    const text = await textOf(answer, during)
    // What ends in the middle (a script that ran out of memory) would be read as far as it goes.
    if (status === 207 && !wholeMultistatus.test(text)) throw failure('CUT-OFF', during)
    return new Response(text, { status, headers })
  }
}

async function ask(at: URL, init: RequestInit, during: string, signal: AbortSignal | undefined): Promise<Response> {
  const inTime = AbortSignal.timeout(answerMs)
  try {
    return await fetch(at, { ...init, redirect: 'manual', signal: signal ? AbortSignal.any([inTime, signal]) : inTime })
  } catch (error) {
    throw failure(networkCode(error), during, { cause: error })
  }
}

async function textOf({ body }: Response, during: string): Promise<string> {
  if (!body) return ''
  const pieces: Uint8Array[] = []
  let size = 0
  try {
    for await (const piece of body) {
      size += piece.length
      if (size > mostBytes) break
      pieces.push(piece)
    }
  } catch (error) {
    throw failure(networkCode(error), during, { cause: error })
  }
  if (size > mostBytes) throw failure('TOO-LARGE', during, { text: `an answer of more than ${mostBytes} bytes` })
  return Buffer.concat(pieces).toString()
}
