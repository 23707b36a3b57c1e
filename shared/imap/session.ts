import { Failure } from '../errors.ts'
import { meaningOf } from './codes.ts'

/** Where an IMAP server is and how one mailbox of it is signed in to; passwords already resolved, tokens fetched at each sign-in. */
export type Endpoint = {
  host: string
  port: number
  tls: 'implicit' | 'starttls' | 'none'
  /** TLS 1.0 and 1.1 will do. */
  oldTls?: boolean
  /** SASL: `user`/`pass`, with `authzid` to act for somebody; or XOAUTH2 with `accessToken`. */
  login: () => Promise<{ user: string; pass?: string; authzid?: string; accessToken?: string }>
}

/** A socket’s error, or a NO, BAD or BYE with its response code. */
type Refused = Error & { code: string; serverResponseCode: string; responseText: string }

/** What a server or a socket did to us, as a `Failure`. */
export function failure(during: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const { code, serverResponseCode, responseText, message } = error as Partial<Refused>
  const text = responseText ?? message
  const asked = /Suggested Backoff Time: (\d+) milliseconds/i.exec(text ?? '')?.[1]
  const denied = /authenticated but not connected/i.test(text ?? '')
  const busy =
    serverResponseCode === undefined && /server unavailable|temporar|try again|timed? ?out|internal error|busy/i.test(text ?? '')
  const named = busy ? 'UNAVAILABLE' : (serverResponseCode ?? code ?? 'UNKNOWN')
  const known = denied ? 'LIMIT' : asked ? 'ETHROTTLE' : named
  const { verdict, hint } = meaningOf(known)
  const retryAfterMs = asked ? Number(asked) : undefined
  return new Failure({ verdict, during, code: known, text, hint, retryAfterMs })
}
