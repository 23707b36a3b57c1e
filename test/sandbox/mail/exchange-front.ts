import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { NamedFolder } from './dovecot-config.ts'
import { type Backend, type SessionRules, serve } from './exchange-session.ts'
import { type Command, listedRoles, says } from './exchange-words.ts'

/** An Exchange-like IMAP service in front of a `new` Dovecot, whose mailboxes it opens through the master user. */
export type FrontOptions = {
  backend: Backend
  /** Whose an access token is; undefined for one that is not valid (RFC 6750). */
  token: (bearer: string) => Promise<{ appId: string } | undefined>
  /** Whether a mailbox of this address exists. */
  mailboxExists: (address: string) => Promise<boolean>
  /** Whether this app holds FullAccess on the mailbox; every app does unless given. */
  mayOpen?: (appId: string, address: string) => Promise<boolean>
  /**
   * Exchange Server only: an account's password, as SASL PLAIN gives it; answers the mailbox that it opens. `authzid` is the mailbox a delegate asks
   * for, else empty. Without it every password is refused, as Exchange Online does.
   */
  password?: (login: { authzid: string; user: string; password: string }) => Promise<string | undefined>
  /** The backend's folders, for the roles in LIST, and because those that are always there cannot be made. */
  folders?: readonly NamedFolder[]
  port?: number
  /** With a key and certificate (PEM) the port speaks TLS from the first byte. */
  tls?: { key: string; cert: string }
  /** Connections a mailbox may have at a time; 20 unless given. */
  maxConnections?: number
  /** The biggest message, in bytes; 36 MiB unless given. */
  maxMessageBytes?: number
  /** The longest line of a message, in bytes; 9,900 unless given. */
  maxLineBytes?: number
  /** Its RFC822.SIZE is an estimate, as Exchange Server’s is unless EnableExactRFC822Size says otherwise. */
  estimates?: boolean
  /** How many answers BAD a connection has before it is cut; as many as it likes unless given. Exchange cuts at ten. */
  maxErrors?: number
  /** The longest command line, in bytes; unlimited unless given. Exchange Server takes 10,240. */
  maxCommandBytes?: number
  /** What Exchange makes of a message's bytes when it rebuilds the MIME; nothing unless given. */
  alter?: (raw: Buffer) => Buffer
  now?: () => number
}

/** How a mailbox is throttled: for a number of commands, or for a time; `commands` are verbs (`APPEND`), all of them unless given. */
export type Throttling = {
  next?: number
  forMs?: number
  suggestedMs: number
  answer?: 'NO' | 'BAD'
  commands?: readonly string[]
  /** Ends the connection after the answer, as Exchange Online often does. */
  thenBye?: boolean
}

/** A running front. */
export type ExchangeFront = {
  host: string
  port: number
  throttle(user: string, throttling: Throttling): void
  /** Lets a mailbox go again. */
  release(user: string): void
  /** How many commands of this mailbox were answered with the throttling text. */
  throttledCount(user: string): number
  /** Connections of a mailbox that are open now. */
  connections(user: string): number
  /** Cuts connections, of one mailbox or of all, without a word; answers how many. */
  cut(user?: string): number
  stop(): Promise<void>
}

/** Starts the front on a loopback port. */
export async function startExchangeFront(options: FrontOptions): Promise<ExchangeFront> {
  const now = options.now ?? Date.now
  const throttles = new Map<string, Throttling & { until: number; left: number }>()
  const throttledCounts = new Map<string, number>()
  const open = new Map<string, number>()
  const sockets = new Map<Socket, { user?: string }>()
  const count = (user: string) => open.get(user.toLowerCase()) ?? 0

  const throttled = (user: string, { verb }: Command) => {
    const rule = throttles.get(user)
    if (rule === undefined || (rule.commands !== undefined && !rule.commands.includes(verb))) return undefined
    if (rule.left <= 0 || now() >= rule.until) {
      throttles.delete(user)
      return undefined
    }
    rule.left -= 1
    throttledCounts.set(user, (throttledCounts.get(user) ?? 0) + 1)
    return { answer: `${rule.answer ?? 'BAD'} ${says.throttled(rule.suggestedMs)}`, bye: rule.thenBye === true }
  }

  const accept = (socket: Socket) => {
    const entry: { user?: string } = {}
    sockets.set(socket, entry)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    const rules: SessionRules = {
      backend: options.backend,
      roles: listedRoles(options.folders ?? []),
      made: new Set(options.folders?.filter(({ always }) => always).map(({ path }) => path.join('/'))),
      // Asked for each message, since an administrator may raise it while sessions are open.
      get maxMessageBytes() {
        return options.maxMessageBytes ?? 36 * 1024 * 1024
      },
      maxLineBytes: options.maxLineBytes ?? 9900,
      alter: options.alter,
      estimates: options.estimates ?? false,
      maxErrors: options.maxErrors ?? Number.POSITIVE_INFINITY,
      maxCommandBytes: options.maxCommandBytes ?? Number.POSITIVE_INFINITY,
      throttled,
      async admit(mechanism, initial) {
        const asked = mechanism === 'XOAUTH2' ? await byToken(options, initial) : await byPassword(options, initial)
        if (asked === undefined) return undefined
        const user = asked.user.toLowerCase()
        entry.user = user
        const connected = asked.allowed && count(user) < (options.maxConnections ?? 20)
        open.set(user, count(user) + 1)
        return { user, connected }
      },
      leave: user => void open.set(user, count(user) - 1),
    }
    serve(socket, rules).catch((error: unknown) => socket.destroy(error instanceof Error ? error : undefined))
  }

  const server = options.tls === undefined ? createServer(accept) : createTlsServer({ ...options.tls }, accept)
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const cut = (user?: string) => {
    const chosen = [...sockets].filter(([, entry]) => user === undefined || entry.user === user.toLowerCase())
    for (const [socket] of chosen) socket.destroy()
    return chosen.length
  }
  return {
    host: '127.0.0.1',
    port: typeof address === 'object' && address !== null ? address.port : 0,
    throttle: (user, throttling) =>
      void throttles.set(user.toLowerCase(), {
        ...throttling,
        left: throttling.next ?? Number.POSITIVE_INFINITY,
        until: throttling.forMs === undefined ? Number.POSITIVE_INFINITY : now() + throttling.forMs,
      }),
    release: user => void throttles.delete(user.toLowerCase()),
    throttledCount: user => throttledCounts.get(user.toLowerCase()) ?? 0,
    connections: count,
    cut,
    async stop() {
      const closed = new Promise(resolve => server.close(resolve))
      cut()
      await closed
    },
  }
}

/** XOAUTH2: `user=` address, `auth=Bearer` token, each ended by the byte 1. */
async function byToken(options: FrontOptions, initial: string): Promise<{ user: string; allowed: boolean } | undefined> {
  const parts = initial.split('\u0001')
  const user = parts.find(part => part.startsWith('user='))?.slice(5)
  const bearer = parts.find(part => /^auth=Bearer /i.test(part))?.slice(12)
  const app = bearer === undefined ? undefined : await options.token(bearer)
  if (user === undefined || user === '' || app === undefined) return undefined
  const allowed = (await options.mailboxExists(user)) && (await (options.mayOpen?.(app.appId, user) ?? true))
  return { user, allowed }
}

async function byPassword(options: FrontOptions, initial: string): Promise<{ user: string; allowed: boolean } | undefined> {
  const [authzid = '', user = '', password = ''] = initial.split('\0')
  const mailbox = await options.password?.({ authzid, user, password })
  return mailbox === undefined ? undefined : { user: mailbox, allowed: await options.mailboxExists(mailbox) }
}
