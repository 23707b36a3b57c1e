import { z } from 'zod'
import { expectedQuietly, kinds } from '../intake/faults.ts'
import { login } from '../intake/words.ts'
import { isLoopback } from './host.ts'
import type { ImapAuth } from './imap.ts'
import { secretName, secretPattern } from './secret.ts'

const urlWhat =
  'the address of a CalDAV and CardDAV server, beginning with https:// (http:// for this machine alone), without a login in it'

const url = z
  .string({ error: expectedQuietly(urlWhat) })
  .refine(isDavAddress, { error: expectedQuietly(urlWhat) })
  .describe(
    'where calendars and address books are. {user} stands for the login of the mailbox, {local} for its address up to the @: the home of each. Without them homes are found by signing in (RFC 6764)',
  )

const auth = kinds('kind', [
  z
    .strictObject({ kind: z.literal('passwords'), secret: secretPattern })
    .describe('each by his own login; a password per mailbox, one secret for each'),
  z
    .strictObject({ kind: z.literal('admin'), user: login('the administrator'), secret: secretName })
    .describe('one login that the server lets into every home'),
])

/** Where the calendars, contacts and tasks of the old side are read. */
export const dav = z.strictObject({
  url,
  auth: auth.exactOptional().describe('how one signs in, by HTTP Basic; absent: with the login and secret of source.imap.auth'),
})

export type Dav = z.output<typeof dav>
export type DavAuth = z.output<typeof auth>

/** How one signs in where `auth` does not say: as over IMAP. Undefined where that is no password. */
export function authAsImap(imap: ImapAuth): DavAuth | undefined {
  switch (imap.kind) {
    case 'passwords':
      return imap
    case 'master-user':
    case 'authzid':
      return { kind: 'admin', user: imap.user, secret: imap.secret }
    case 'oauth2':
      return undefined
  }
}

/** Does an address name the home of each mailbox? */
export function namesHomes(url: string): boolean {
  return /\{(?:user|local)\}/.test(url)
}

/** The address as it is for one mailbox. */
export function davUrl(url: string, { address, user }: { address: string; user: string }): string {
  const parts: Record<string, string> = { user, local: address.slice(0, address.lastIndexOf('@')) }
  return url.replaceAll(/\{(user|local)\}/g, (_, part: string) => encodeURIComponent(parts[part] ?? '').replaceAll('%40', '@'))
}

/** Passwords go there: to nowhere by a way that others can read. Only the path differs from mailbox to mailbox. */
function isDavAddress(text: string): boolean {
  const made = URL.parse(davUrl(text, { address: 'anna@town.example', user: 'anna' }))
  const other = URL.parse(davUrl(text, { address: 'ben@port.example', user: 'ben' }))
  if (!made || [made.username, made.password, made.search, made.hash].some(part => part !== '')) return false
  if (made.origin !== other?.origin || /[{}]|%7B|%7D/i.test(made.href)) return false
  return made.protocol === 'https:' || (made.protocol === 'http:' && isLoopback(made.hostname.replace(/^\[|\]$/g, '')))
}
