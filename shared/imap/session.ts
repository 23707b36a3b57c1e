import type { ImapFlow, ImapFlowError } from 'imapflow'
import { Failure } from '../errors.ts'
import { meaningOf } from './codes.ts'
import { hush } from './hush.ts'

/** Where an IMAP server is and how one mailbox of it is signed in to; passwords already resolved, tokens fetched at each sign-in. */
export type Endpoint = {
  host: string
  port: number
  tls: 'implicit' | 'starttls' | 'none'
  /** SASL: `user`/`pass`, with `authzid` to act for somebody; or XOAUTH2 with `accessToken`. */
  login: () => Promise<{ user: string; pass?: string; authzid?: string; accessToken?: string }>
}

/** Longest silence of a server in the middle of a command, ms. Shorter than a worker's lease is long, so that a lost worker is dead. */
const socketTimeoutMs = 120_000

/** Opens and signs in to one IMAP session. */
export async function connect({ host, port, tls, login }: Endpoint, as: string): Promise<ImapFlow> {
  const during = `signing in to ${host}:${port} as ${as}`
  // Large, and not what copies: loaded where a mailbox is only measured.
  const [{ ImapFlow }, auth] = await Promise.all([import('imapflow'), login()])
  const client = new ImapFlow({
    host,
    port,
    secure: tls === 'implicit',
    ...(tls === 'starttls' ? { doSTARTTLS: true } : tls === 'none' ? { doSTARTTLS: false } : {}),
    auth,
    logger: false,
    disableAutoIdle: true,
    disableAutoEnable: true,
    disableBinary: true,
    disableCompression: true,
    disableIMAP4rev2: true,
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: socketTimeoutMs,
    clientInfo: { name: 'releve' },
  })
  // Without a listener a socket error in an idle moment would end the process; the next command reports it.
  client.on('error', () => {})
  await guard(during, () => client.connect()).catch(error => {
    throw hush(failure(during, error), auth)
  })
  return client
}

/** Ends a session politely, and at once where politeness fails. */
export async function disconnect(client: ImapFlow): Promise<void> {
  if (!client.usable) return client.close()
  await client.logout().catch(() => client.close())
}

/** The adapter's edge: what the library throws, or says by `false`, becomes a `Failure`. */
export async function guard<T>(during: string, work: () => Promise<T>): Promise<Exclude<T, false | undefined>> {
  try {
    const result = await work()
    if (result === false) throw new Failure({ verdict: 'transient', during, code: 'NO', hint: meaningOf('NO').hint })
    return result as Exclude<T, false | undefined>
  } catch (error) {
    throw failure(during, error)
  }
}

/** An error of the library as a `Failure`. */
export function failure(during: string, error: unknown): Failure {
  if (error instanceof Failure) return error
  const { code, serverResponseCode, authenticationFailed, responseText, message, ...more } = error as ImapFlowError & {
    throttleReset?: number
  }
  const text = responseText ?? message
  const asked = /Suggested Backoff Time: (\d+) milliseconds/i.exec(text ?? '')?.[1]
  const denied = /authenticated but not connected/i.test(text ?? '')
  const busy =
    serverResponseCode === undefined && /server unavailable|temporar|try again|timed? ?out|internal error|busy/i.test(text ?? '')
  const named = busy
    ? 'UNAVAILABLE'
    : (serverResponseCode ?? (authenticationFailed ? 'AUTHENTICATIONFAILED' : (code ?? 'UNKNOWN')))
  const known = denied ? 'LIMIT' : asked ? 'ETHROTTLE' : named
  const { verdict, hint } = meaningOf(known)
  const retryAfterMs = asked ? Number(asked) : more.throttleReset
  return new Failure({ verdict, during, code: known, text, hint, retryAfterMs })
}
