import { z } from 'zod'
import { address } from '../intake/address.ts'
import { always, kinds } from '../intake/faults.ts'
import { login } from '../intake/words.ts'
import { host, isHost, isLoopback, port } from './host.ts'
import { secretName, secretPattern } from './secret.ts'

const separator = z.string().min(1).max(8)

/** How the migration signs in to a mailbox. Secrets are names, see `secret.ts`. */
export const auth = kinds('kind', [
  z
    .strictObject({
      kind: z.literal('master-user'),
      user: login('the master user').describe('the master account of the server'),
      separator: separator.default('*').describe('between mailbox and master user: anna@town.example*master'),
      secret: secretName,
    })
    .describe('one login that the server lets into every mailbox by the name mailbox + separator + master user (Dovecot, Cyrus)'),
  z
    .strictObject({ kind: z.literal('authzid'), user: login('the administrator'), secret: secretName })
    .describe('one login that acts for every mailbox through the authorization identity of SASL PLAIN (RFC 4616)'),
  z.strictObject({ kind: z.literal('passwords'), secret: secretPattern }).describe('a password per mailbox, one secret for each'),
  z
    .strictObject({ kind: z.literal('oauth2') })
    .describe('the token of the app (XOAUTH2), as Exchange Online wants it; the settings say whose'),
])

/** An IMAP server and how to sign in there. Without `tls`: implicit on port 993, else STARTTLS. */
export const imapEndpoint = z
  .strictObject({
    host,
    port: port.default(993),
    tls: z.enum(['implicit', 'starttls', 'none']).exactOptional().describe('none: only to this machine itself'),
    oldTls: z
      .boolean()
      .exactOptional()
      .describe('true: an old server that has nothing newer than TLS 1.0 or 1.1 is read; only for the source'),
    auth,
  })
  .superRefine(plainOnlyAtHome, always)
  .transform(endpoint => ({ ...endpoint, tls: endpoint.tls ?? tlsOf(endpoint.port, 993) }))

const smtp = {
  host,
  port: port.default(587),
  tls: z.enum(['implicit', 'starttls', 'none']).exactOptional().describe('none: only to this machine itself'),
  user: login('the login').exactOptional(),
  secret: secretName.exactOptional(),
}

/** Where notices are handed to a mail server before the switch. Without `tls`: implicit on port 465, else STARTTLS. */
export const smtpEndpoint = whole(z.strictObject(smtp))

/** A mail server through which a letter is sent as from outside. */
export const probeEndpoint = whole(
  z.strictObject({ ...smtp, from: address.describe('who sends it; what cannot be delivered comes back there') }),
)

/** An SMTP server with what its fields say together. */
function whole<More extends object>(fields: z.ZodType<z.output<z.ZodObject<typeof smtp>> & More>) {
  return fields
    .superRefine(plainOnlyAtHome, always)
    .superRefine(({ user, secret }, ctx) => {
      if (user === undefined || secret !== undefined) return
      ctx.addIssue({ code: 'custom', path: ['secret'], message: 'is missing: a login needs the name of its secret' })
    })
    .transform(endpoint => ({ ...endpoint, tls: endpoint.tls ?? tlsOf(endpoint.port, 465) }))
}

export type ImapAuth = z.output<typeof auth>
export type ImapEndpoint = z.output<typeof imapEndpoint>
export type ProbeEndpoint = z.output<typeof probeEndpoint>
export type SmtpEndpoint = z.output<typeof smtpEndpoint>

function tlsOf(at: number, implicitAt: number): 'implicit' | 'starttls' {
  return at === implicitAt ? 'implicit' : 'starttls'
}

function plainOnlyAtHome(endpoint: { host: unknown; tls?: unknown }, ctx: z.RefinementCtx): void {
  const given: { host: unknown; tls?: unknown } = Object(endpoint)
  if (given.tls !== 'none' || typeof given.host !== 'string' || !isHost(given.host) || isLoopback(given.host)) return
  const message =
    'none is only taken for this machine itself (127.0.0.0/8, ::1, localhost): mail and logins would cross the network in clear'
  ctx.addIssue({ code: 'custom', path: ['tls'], message: `${message}; use implicit or starttls` })
}
