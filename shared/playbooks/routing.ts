import { z } from 'zod'
import { expectedQuietly, kinds, oneOf } from '../intake/faults.ts'
import { whole } from '../intake/words.ts'
import { hostName, server } from './host.ts'
import { secretName } from './secret.ts'

/** What this version can switch, and what the contract names for later ones. */
const ready = ['none', 'manual', 'rfc2136'] as const
const later = ['azure-dns', 'ovh', 'gandi', 'cloudflare', 'powerdns', 'recipient']

/** The new mail exchangers; needed where the target is an Exchange server, for Exchange Online taken from Microsoft Graph. */
const mx = z
  .array(z.strictObject({ preference: whole('a preference', 0, 65_535), exchange: hostName }))
  .min(1, { error: 'expected at least one mail exchanger; leave mx out to take it from Microsoft Graph' })

const keyName = z
  .string({ error: expectedQuietly('the name of the key, as the server knows it') })
  .regex(/^(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?$/, {
    error: expectedQuietly('the name of the key, as the server knows it'),
  })

const records = {
  ttl: whole('a time to live in seconds', 1, 86_400).default(300).describe('TTL of the MX records around the switch'),
  mx: mx.exactOptional(),
  nameservers: z
    .array(server)
    .min(1)
    .exactOptional()
    .describe('the servers that must answer the new records; absent: those of the delegation'),
}

/** How new mail is led to the new side. */
export const routing = kinds(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }).describe('nothing is switched: mail already arrives where it should'),
    z
      .strictObject({ kind: z.literal('manual'), ...records })
      .describe('an operator changes the records; the servers are asked until they answer'),
    z
      .strictObject({
        kind: z.literal('rfc2136'),
        server: server.describe('the primary server, host:port'),
        key: z.strictObject({
          name: keyName.describe('the name of the TSIG key'),
          algorithm: z.enum(['hmac-sha256', 'hmac-sha384', 'hmac-sha512']).default('hmac-sha256'),
          secret: secretName,
        }),
        ...records,
      })
      .describe('DNS UPDATE signed with TSIG (RFC 2136, RFC 8945)'),
  ],
  { error: kindInWords },
)

function kindInWords(issue: { code?: string; input?: unknown }): string | undefined {
  if (issue.code !== 'invalid_union') return undefined
  const got: unknown = Object(issue.input).kind
  if (typeof got === 'string' && later.includes(got)) return `${got} is not in this version: use one of ${ready.join(', ')}`
  return got === undefined ? `is missing: expected one of ${ready.join(', ')}` : `expected ${oneOf(ready, got)}`
}
