import { z } from 'zod'
import { addressFault } from '../intake/address.ts'
import { expected, expectedQuietly, kinds, oneOf, show } from '../intake/faults.ts'
import { whole } from '../intake/words.ts'
import { host, hostName, isLoopback, server } from './host.ts'
import { type ProbeEndpoint, probeEndpoint } from './imap.ts'
import { secretName } from './secret.ts'

/** Kinds that switch an MX. */
export const switching = ['manual', 'rfc2136', 'azure-dns', 'ovh', 'gandi', 'cloudflare', 'powerdns'] as const
const known = ['none', ...switching, 'recipient'] as const

/** The new mail exchangers; needed where the target is an Exchange server, for Exchange Online taken from Microsoft Graph. */
const mx = z
  .array(z.strictObject({ preference: whole('a preference', 0, 65_535), exchange: hostName }))
  .min(1, { error: 'expected at least one mail exchanger; leave mx out to take it from Microsoft Graph' })

const keyName = z
  .string({ error: expectedQuietly('the name of the key, as the server knows it') })
  .regex(/^(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?$/, {
    error: expectedQuietly('the name of the key, as the server knows it'),
  })

const ttlFrom = (least: number) =>
  whole('a time to live in seconds', least, 86_400).default(300).describe('TTL of the MX records around the switch')

const records = {
  ttl: ttlFrom(1),
  mx: mx.exactOptional(),
  nameservers: z
    .array(server)
    .min(1)
    .exactOptional()
    .describe('the servers that must answer the new records; absent: those of the delegation'),
}

const apiWhat = 'the address of an API, beginning with https:// (http:// for this machine alone)'
const apiAddress = z.string({ error: expectedQuietly(apiWhat) }).refine(isApiAddress, { error: expectedQuietly(apiWhat) })
const elsewhere = apiAddress.exactOptional().describe('where its API is reached, if not at its own address: a proxy')

/** An address that takes a key: nothing of it may stand in the address itself. */
function isApiAddress(text: string): boolean {
  const url = URL.parse(text)
  if (!url || [url.username, url.password, url.search, url.hash].some(part => part !== '')) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
}

const patternWhat = 'a mail address with {local}, {domain} or {address} in it, such as {local}@tenant.mail.example'
const pattern = z.string({ error: expected(patternWhat) }).superRefine((text, ctx) => {
  const own = recipientOf(text, 'anna@town.example')
  const fault = own === recipientOf(text, 'bob@port.example') ? 'the same for everybody' : addressFault(own)
  if (fault !== undefined) ctx.addIssue({ code: 'custom', message: `expected ${patternWhat}: it makes ${show(own)}, ${fault}` })
})

/** What a pattern makes of an address. */
export function recipientOf(pattern: string, address: string): string {
  const at = address.lastIndexOf('@')
  const parts: Record<string, string> = { local: address.slice(0, at), domain: address.slice(at + 1), address }
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole)
}

const guid = 'the id of an Azure subscription, such as 11111111-2222-3333-4444-555555555555'
const group = 'the name of a resource group'

/** Does the playbook switch the MX of whole domains? */
export function leadsByMx(routing: Routing): routing is Extract<Routing, { kind: (typeof switching)[number] }> {
  return switching.some(kind => kind === routing.kind)
}

/** The mail server by which probes enter. */
export function probeOf(routing: Routing): ProbeEndpoint {
  if (routing.kind === 'recipient') return routing.probe
  throw new Error(`routing ${routing.kind} has no probe`)
}

/** How new mail is led to the new side. */
export const routing = kinds(
  'kind',
  [
    z.strictObject({ kind: z.literal('none') }).describe('nothing is switched: mail already arrives where it should'),
    z
      .strictObject({
        kind: z.literal('recipient'),
        deliverTo: pattern
          .exactOptional()
          .describe(
            'where the old system is to send mail of a moved mailbox: {local}@tenant.mail.example; absent: the address itself',
          ),
        nextHop: host
          .exactOptional()
          .describe('the host that it is to hand it to, on port 25; absent: the MX of where it is sent'),
        probe: probeEndpoint.describe('the mail server that our letters enter by, as those from outside do'),
      })
      .describe(
        'split domain: who runs the old system leads each mailbox over, and a letter to it proves that; no MX is changed',
      ),
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
    z
      .strictObject({
        kind: z.literal('azure-dns'),
        subscription: z
          .string({ error: expected(guid) })
          .regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, { error: expected(guid) })
          .describe('the subscription of its zones'),
        resourceGroup: z
          .string({ error: expected(group) })
          .regex(/^(?!.*\.$)[\p{L}\p{N}._()-]{1,90}$/u, { error: expected(group) })
          .describe('the resource group of its zones'),
        api: elsewhere,
        ...records,
      })
      .describe('Azure DNS, by the app’s own identity: it needs DNS Zone Contributor on each zone'),
    z
      .strictObject({
        kind: z.literal('ovh'),
        endpoint: z.enum(['eu', 'ca']).default('eu'),
        applicationKey: z
          .string({ error: expectedQuietly('the application key, which is public') })
          .regex(/^[A-Za-z0-9]{1,64}$/, { error: expectedQuietly('the application key, which is public') }),
        applicationSecret: secretName.describe('the name of the secret that holds the application’s secret'),
        consumerKey: secretName.describe('the name of the secret that holds the consumer key'),
        api: elsewhere,
        ...records,
        ttl: ttlFrom(60),
      })
      .describe('OVHcloud’s API, with a key for GET, POST, PUT and DELETE on /domain/zone/*'),
    z
      .strictObject({
        kind: z.literal('gandi'),
        secret: secretName.describe('the name of the secret that holds a personal access token'),
        api: elsewhere,
        ...records,
        ttl: ttlFrom(300),
      })
      .describe('Gandi LiveDNS, with a token that may manage the domain’s technical configuration'),
    z
      .strictObject({
        kind: z.literal('cloudflare'),
        secret: secretName.describe('the name of the secret that holds an API token'),
        api: elsewhere,
        ...records,
        ttl: ttlFrom(60),
      })
      .describe('Cloudflare, with a token for DNS: Edit and Zone: Read'),
    z
      .strictObject({
        kind: z.literal('powerdns'),
        api: apiAddress.describe('where its web server listens, such as https://ns1.town.example:8081'),
        secret: secretName.describe('the name of the secret that holds its API key'),
        serverId: z
          .string({ error: expected('the id of the server, such as localhost') })
          .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: expected('the id of the server, such as localhost') })
          .default('localhost'),
        ...records,
      })
      .describe('PowerDNS Authoritative by its HTTP API'),
  ],
  { error: kindInWords },
)

type Routing = z.output<typeof routing>

function kindInWords(issue: { code?: string; input?: unknown }): string | undefined {
  if (issue.code !== 'invalid_union') return undefined
  const got: unknown = Object(issue.input).kind
  return got === undefined ? `is missing: expected one of ${known.join(', ')}` : `expected ${oneOf(known, got)}`
}
