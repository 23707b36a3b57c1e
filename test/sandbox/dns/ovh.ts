import { createHash } from 'node:crypto'
import { asInZoneFile, fromZoneFile } from '../../../shared/dns/api-names.ts'
import type { RecordType } from '../../../shared/dns/zone.ts'
import { type ApiRequest, type ApiServer, KeptZone, startApi } from './api-server.ts'

export type OvhKeys = { applicationKey: string; applicationSecret: string; consumerKey: string }
type Given = { fieldType?: RecordType; subDomain?: string; target: string; ttl?: number }

/** OVHcloud’s `/domain/zone` as https://eu.api.ovh.com/console/ describes it: staged records, published by `refresh`; each request is signed. */
export async function startOvh(
  zone: string,
  keys: OvhKeys,
): Promise<ApiServer & { kept: KeptZone; published: KeptZone; aheadSeconds: number }> {
  const [kept, published] = [new KeptZone(zone), new KeptZone(zone)]
  const problem = (status: number, message: string, errorCode = 'CLIENT') => ({
    status,
    body: { message, errorCode, class: `Client::${errorCode}`, httpCode: `${status}` },
  })
  const clock = () => Math.floor(Date.now() / 1000) + at.aheadSeconds
  const server = await startApi(request => {
    const { method, path, query, body } = request
    if (path === '/auth/time') return { status: 200, body: clock() }
    const wrong = signatureFault(request, keys, clock())
    if (wrong) return problem(403, wrong, 'FORBIDDEN')
    const [, , , domain, part, id] = path.split('/')
    if (domain !== zone) return problem(404, `This service does not exist`, 'NOT_FOUND')
    if (part === undefined) return { status: 200, body: { name: zone, dnssecSupported: true, hasDnsAnycast: false } }
    if (part === 'soa')
      return {
        status: 200,
        body: {
          server: 'dns1.example',
          ttl: 3600,
          refresh: 86_400,
          serial: 1,
          nxDomainTtl: 300,
          email: 'tech.example',
          expire: 3_600_000,
        },
      }
    if (part === 'refresh') {
      published.records = kept.records.map(one => ({ ...one }))
      return { status: 200 }
    }
    if (id === undefined && method === 'GET') {
      const name = [query.get('subDomain'), zone].filter(Boolean).join('.')
      return { status: 200, body: kept.of(name, query.get('fieldType') as RecordType).map(one => one.id) }
    }
    const found = kept.records.find(one => String(one.id) === id)
    if (id !== undefined && !found) return problem(404, `The requested object (id = ${id}) does not exist`, 'NOT_FOUND')
    if (found && method === 'GET') {
      const subDomain = found.name === zone ? '' : found.name.slice(0, -zone.length - 1)
      return {
        status: 200,
        body: {
          id: found.id,
          zone,
          fieldType: found.type,
          subDomain,
          target: asInZoneFile(found.type, found.data),
          ttl: found.ttl,
        },
      }
    }
    if (found && method === 'DELETE') {
      kept.records.splice(kept.records.indexOf(found), 1)
      return { status: 200 }
    }
    const { fieldType = found?.type as RecordType, subDomain = '', target, ttl = 0 } = body as Given
    if (ttl !== 0 && ttl < 60) return problem(400, 'Invalid ttl, must be at least 60', 'INVALID_ARGUMENT')
    const name = [subDomain, zone].filter(Boolean).join('.')
    try {
      const data = fromZoneFile(zone, name, fieldType, ttl, [target])?.data[0] ?? ''
      if (found) Object.assign(found, { ttl, data })
      else kept.add(name, fieldType, ttl, data)
    } catch (error) {
      return problem(409, String((error as Error).message), 'CONFLICT')
    }
    return { status: 200, body: null }
  })
  const at = Object.assign(server, { kept, published, aheadSeconds: 0 })
  return at
}

function signatureFault({ method, url, text, headers }: ApiRequest, keys: OvhKeys, now: number): string | undefined {
  if (headers['x-ovh-application'] !== keys.applicationKey) return 'This application key is invalid'
  if (headers['x-ovh-consumer'] !== keys.consumerKey) return 'This credential is not valid'
  const time = Number(headers['x-ovh-timestamp'])
  if (Math.abs(time - now) > 30) return 'Invalid timestamp'
  const parts = [keys.applicationSecret, keys.consumerKey, method, url, text, time]
  const right = `$1$${createHash('sha1').update(parts.join('+')).digest('hex')}`
  return headers['x-ovh-signature'] === right ? undefined : 'Invalid signature'
}
