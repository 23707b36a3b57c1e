import type { Endpoint } from '../imap/session.ts'
import { isLoopback } from '../playbooks/host.ts'

/** A server as given on the command line, and whom to sign in as; without its password. */
export type Server = Pick<Endpoint, 'host' | 'port' | 'tls'> & { user: string }

/**
 * Reads `imap://user@host:port` or `imaps://…`; `{address}`, `{local}` and `{domain}` in it are the mailbox’s. TLS as in a playbook: implicit on port 993 or for
 * imaps, else STARTTLS; `?tls=none` only to this machine itself. Returns what is wrong as a text.
 */
export function readServer(text: string, mailbox: string): Server | string {
  const [local = '', domain = ''] = mailbox.split('@')
  const filled = text.replaceAll(/\{(address|local|domain)\}/g, (_, part: string) =>
    encodeURIComponent(part === 'address' ? mailbox : part === 'local' ? local : domain),
  )
  const url = URL.canParse(filled) ? new URL(filled) : undefined
  if (!url || !/^imaps?:$/.test(url.protocol) || url.hostname === '') return 'expected imap://user@host:port'
  if (url.password !== '') return 'holds a password, which others on this machine can read: give it in the environment'
  const user = decodeURIComponent(url.username)
  if (user === '') return 'names nobody to sign in as: expected imap://user@host:port'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const port = Number(url.port || (url.protocol === 'imaps:' ? 993 : 143))
  const asked = url.searchParams.get('tls')
  const tls = asked ?? (url.protocol === 'imaps:' || port === 993 ? 'implicit' : 'starttls')
  if (tls !== 'implicit' && tls !== 'starttls' && tls !== 'none') return `tls=${tls}: expected implicit, starttls or none`
  if (tls === 'none' && !isLoopback(host))
    return 'tls=none is only taken for this machine itself: mail and logins would cross the network in clear'
  return { host, port, tls, user }
}
