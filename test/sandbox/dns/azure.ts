import { parseTxt, quoted } from '../../../shared/dns/presentation.ts'
import { rrset } from '../../../shared/dns/records.ts'
import type { RecordType } from '../../../shared/dns/zone.ts'
import { type ApiServer, KeptZone, startApi } from './api-server.ts'

type Properties = { TTL: number; metadata?: Record<string, string> } & Record<string, unknown>

/** Azure DNS as learn.microsoft.com/rest/api/dns (2018-05-01) describes it, for one zone: ETags decide, a set is replaced whole. */
export async function startAzureDns(
  zone: string,
  { token, root }: { token: string; root: string },
): Promise<ApiServer & { kept: KeptZone; metadata: Map<string, object> }> {
  const kept = new KeptZone(zone)
  const metadata = new Map<string, object>()
  const problem = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } })
  const server = await startApi(({ method, path, query, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`)
      return problem(401, 'InvalidAuthenticationToken', 'The access token is invalid.')
    if (query.get('api-version') !== '2018-05-01')
      return problem(
        400,
        'MissingApiVersionParameter',
        'The api-version query parameter (?api-version=) is required for all requests.',
      )
    const under = `${root}/providers/Microsoft.Network/dnsZones/`
    const [domain, type, label] = path.startsWith(under) ? path.slice(under.length).split('/') : []
    if (domain !== zone)
      return problem(404, 'ResourceNotFound', `The Resource 'Microsoft.Network/dnszones/${domain}' was not found.`)
    if (type === undefined) return { status: 200, body: { id: path, name: zone, properties: { nameServers: [] } } }
    const name = label === '@' ? zone : `${label}.${zone}`
    const key = `${name} ${type}`
    const found = kept.rrset(name, type as RecordType)
    const etag = found && JSON.stringify(found).length + found.data.join('').replaceAll(/\W/g, '') + found.ttl
    if (method === 'GET' && !found)
      return problem(404, 'NotFound', `The resource record '${label}' does not exist in resource group of subscription.`)
    if (method === 'GET' && found)
      return {
        status: 200,
        body: {
          name: label,
          etag,
          properties: { ...shown(found.type, found.data), TTL: found.ttl, metadata: metadata.get(key) },
        },
      }
    const { 'if-match': match, 'if-none-match': none } = headers
    if ((none === '*' && found) || (match !== undefined && match !== etag))
      return problem(412, 'PreconditionFailed', 'The condition for the record set is not met.')
    if (method === 'DELETE') {
      kept.set(name, type as RecordType, null)
      return { status: found ? 200 : 204 }
    }
    const { properties } = body as { properties: Properties }
    if (!(properties.TTL >= 1)) return problem(400, 'BadRequest', 'The TTL must be between 1 and 2147483647.')
    const before = [...kept.records]
    try {
      kept.set(name, type as RecordType, rrset(name, type as RecordType, properties.TTL, dataOf(type as RecordType, properties)))
    } catch (error) {
      kept.records = before
      return problem(409, 'Conflict', String((error as Error).message))
    }
    if (properties.metadata) metadata.set(key, properties.metadata)
    else metadata.delete(key)
    return { status: found ? 200 : 201, body: { name: label, properties } }
  })
  return Object.assign(server, { kept, metadata })
}

function shown(type: RecordType, data: string[]): object {
  const rows = data.map(one => one.split(' '))
  if (type === 'MX') return { MXRecords: rows.map(([preference, exchange]) => ({ preference: Number(preference), exchange })) }
  if (type === 'TXT') return { TXTRecords: data.map(one => ({ value: parseTxt(one).map(bytes => bytes.toString()) })) }
  if (type === 'CNAME') return { CNAMERecord: { cname: data[0] } }
  if (type === 'SRV')
    return {
      SRVRecords: rows.map(([p, w, port, target]) => ({ priority: Number(p), weight: Number(w), port: Number(port), target })),
    }
  return { [`${type}Records`]: data.map(one => (type === 'A' ? { ipv4Address: one } : { ipv6Address: one })) }
}

function dataOf(type: RecordType, properties: Properties): string[] {
  const rows = (type === 'CNAME' ? [properties.CNAMERecord] : properties[`${type}Records`]) as Record<string, unknown>[]
  if (type === 'MX') return rows.map(({ preference, exchange }) => `${preference} ${exchange}`)
  if (type === 'TXT') return rows.map(({ value }) => quoted((value as string[]).map(text => Buffer.from(text))))
  if (type === 'CNAME') return rows.map(({ cname }) => String(cname))
  if (type === 'SRV') return rows.map(({ priority, weight, port, target }) => `${priority} ${weight} ${port} ${target}`)
  return rows.map(({ ipv4Address, ipv6Address }) => String(ipv4Address ?? ipv6Address))
}
