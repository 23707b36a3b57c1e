import { z } from 'zod'
import type { Tokens } from '../identity/tokens.ts'
import { api, bearer, notServed, unreadable } from './api.ts'
import { relative } from './api-names.ts'
import { apiZone } from './api-zone.ts'
import { parseTxt, quoted } from './presentation.ts'
import { rrset } from './records.ts'
import { type RecordType, type RRset, subject, type ZoneHost } from './zone.ts'

/** Where the zones lie. The app’s identity needs *DNS Zone Contributor* on each (`infra/dns-role.bicep`). */
export type AzureDnsSettings = { subscription: string; resourceGroup: string; api?: string }

type Parts = { token: Tokens; now: () => number; timeoutMs?: number }

/** What must stay as it is when a record set is replaced: its ETag, and what people have noted on it. */
type Kept = { etag?: string | undefined; metadata?: Record<string, string> | null | undefined }

const set = z.object({
  etag: z.string(),
  properties: z.looseObject({ TTL: z.number().optional(), metadata: z.record(z.string(), z.string()).nullish() }),
})
const apiVersion = 'api-version=2018-05-01'

/** Azure DNS by Azure Resource Manager: one request a record set, refused where its ETag is another than was read. */
export function azureDns(
  { subscription, resourceGroup, api: base = 'https://management.azure.com' }: AzureDnsSettings,
  parts: Parts,
): ZoneHost {
  const name = 'Azure DNS'
  const { now, timeoutMs, token } = parts
  const scope = 'https://management.azure.com/.default'
  const key = `that the app’s identity is DNS Zone Contributor on the zone in the resource group ${resourceGroup}`
  const headers = bearer(() => token.token(scope))
  const call = api({ name, base, headers, key, now, timeoutMs })
  const path = (zone: string, rest = '') =>
    `/subscriptions/${subscription}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/dnsZones/${zone}${rest}?${apiVersion}`
  const at = (zone: string, owner: string, type: RecordType) =>
    path(zone, `/${type}/${encodeURIComponent(relative(zone, owner, '@'))}`)

  return apiZone<Kept>({
    name,
    atomic: false,
    zone: async zone => {
      const { status } = await call('GET', path(zone), { during: `looking for the zone ${zone} at ${name}`, also: [404] })
      if (status === 404) throw notServed(name, zone, key)
    },
    read: async (zone, owner, type) => {
      const during = `reading ${owner} ${type} at ${name}`
      const { status, body } = await call('GET', at(zone, owner, type), { during, also: [404] })
      if (status === 404) return { rrset: null, tag: {} }
      const read = set.safeParse(body)
      const data = read.success ? dataOf(type, read.data.properties) : undefined
      if (!read.success || data === undefined) throw unreadable(name, during)
      const { etag, properties } = read.data
      return {
        rrset: data.length > 0 ? rrset(owner, type, properties.TTL ?? 0, data) : null,
        tag: { etag, metadata: properties.metadata },
      }
    },
    write: async (zone, pending) => {
      for (const { change, held } of pending) {
        const { name: owner, type } = subject(change)
        const { etag, metadata } = held.tag
        const condition: Record<string, string> = etag === undefined ? { 'if-none-match': '*' } : { 'if-match': etag }
        const ask = { during: `changing ${owner} ${type} at ${name}`, headers: condition }
        const { status } = change.after
          ? await call('PUT', at(zone, owner, type), {
              ...ask,
              also: [412],
              body: { properties: propertiesOf(change.after, metadata) },
            })
          : await call('DELETE', at(zone, owner, type), { ...ask, also: [404, 412] })
        if (status === 412) return 'lost'
      }
      return undefined
    },
  })
}

const shapes = {
  MX: z.array(z.object({ preference: z.number(), exchange: z.string() })),
  TXT: z.array(z.object({ value: z.array(z.string()) })),
  SRV: z.array(z.object({ priority: z.number(), weight: z.number(), port: z.number(), target: z.string() })),
  CNAME: z.object({ cname: z.string() }),
  A: z.array(z.object({ ipv4Address: z.string() })),
  AAAA: z.array(z.object({ ipv6Address: z.string() })),
} as const

/** The records of a set in presentation form; undefined where the answer is not as documented. */
function dataOf(type: RecordType, properties: Record<string, unknown>): string[] | undefined {
  const given = properties[propertyName(type)]
  if (given === undefined || given === null) return []
  switch (type) {
    case 'MX':
      return shapes.MX.safeParse(given).data?.map(({ preference, exchange }) => `${preference} ${exchange}`)
    case 'TXT':
      return shapes.TXT.safeParse(given).data?.map(({ value }) => quoted(value.map(text => Buffer.from(text))))
    case 'SRV':
      return shapes.SRV.safeParse(given).data?.map(
        ({ priority, weight, port, target }) => `${priority} ${weight} ${port} ${target}`,
      )
    case 'CNAME': {
      const alias = shapes.CNAME.safeParse(given).data
      return alias && [alias.cname]
    }
    case 'A':
      return shapes.A.safeParse(given).data?.map(({ ipv4Address }) => ipv4Address)
    case 'AAAA':
      return shapes.AAAA.safeParse(given).data?.map(({ ipv6Address }) => ipv6Address)
  }
}

function propertyName(type: RecordType): string {
  return type === 'CNAME' ? 'CNAMERecord' : `${type}Records`
}

function propertiesOf({ type, ttl, data }: RRset, metadata: Kept['metadata']): object {
  const records = data.map(one => written(type, one))
  return { TTL: ttl, ...(metadata ? { metadata } : {}), [propertyName(type)]: type === 'CNAME' ? records[0] : records }
}

function written(type: RecordType, data: string): object {
  const words = data.split(' ')
  switch (type) {
    case 'MX':
      return { preference: Number(words[0]), exchange: words[1] }
    case 'SRV':
      return { priority: Number(words[0]), weight: Number(words[1]), port: Number(words[2]), target: words[3] }
    case 'TXT':
      return { value: parseTxt(data).map(bytes => bytes.toString()) }
    case 'CNAME':
      return { cname: data }
    case 'A':
      return { ipv4Address: data }
    case 'AAAA':
      return { ipv6Address: data }
  }
}
