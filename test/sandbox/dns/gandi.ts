import { asInZoneFile, fromZoneFile, relative } from '../../../shared/dns/api-names.ts'
import type { RecordType } from '../../../shared/dns/zone.ts'
import { type ApiServer, KeptZone, startApi } from './api-server.ts'

/** Gandi LiveDNS v5 as https://api.gandi.net/docs/livedns/ describes it, for one zone and one token. */
export async function startGandi(zone: string, token: string): Promise<ApiServer & { kept: KeptZone }> {
  const kept = new KeptZone(zone)
  const problem = (code: number, message: string) => ({
    status: code,
    body: { code, message, object: 'HTTPError', cause: message },
  })
  const server = await startApi(({ method, path, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`)
      return problem(401, 'The server could not verify that you authorized to access the document you requested')
    const [, , domain = '', records, label = '', type = ''] = path.split('/')
    if (domain !== zone) return problem(404, 'The resource could not be found.')
    if (records === undefined) return { status: 200, body: { fqdn: zone, automatic_snapshots: true } }
    const name = label === '@' ? zone : `${label}.${zone}`
    const found = kept.rrset(name, type as RecordType)
    if (method === 'GET' && !found) return problem(404, `Can't find the DNS record ${label}/${type} in the zone`)
    if (method === 'GET' && found)
      return {
        status: 200,
        body: {
          rrset_name: relative(zone, name, '@'),
          rrset_type: type,
          rrset_ttl: found.ttl,
          rrset_values: found.data.map(one => asInZoneFile(found.type, one)),
        },
      }
    if (method === 'DELETE') {
      if (!found) return problem(404, `Can't find the DNS record ${label}/${type} in the zone`)
      kept.set(name, type as RecordType, null)
      return { status: 204 }
    }
    const { rrset_ttl: ttl, rrset_values: values } = body as { rrset_ttl: number; rrset_values: string[] }
    if (ttl < 300 || ttl > 2_592_000)
      return {
        status: 400,
        body: {
          status: 'error',
          errors: [{ location: 'body', name: 'rrset_ttl', description: `${ttl} is less than minimum value 300` }],
        },
      }
    const before = [...kept.records]
    try {
      kept.set(name, type as RecordType, fromZoneFile(zone, name, type as RecordType, ttl, values))
    } catch (error) {
      kept.records = before
      return problem(409, String((error as Error).message))
    }
    return { status: 201, body: { message: 'DNS Record Created' } }
  })
  return Object.assign(server, { kept })
}
