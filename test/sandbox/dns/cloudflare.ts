import type { RecordType } from '../../../shared/dns/zone.ts'
import { type ApiServer, type KeptRecord, KeptZone, startApi } from './api-server.ts'

type Given = {
  type: RecordType
  name: string
  content?: string
  priority?: number
  ttl: number
  data?: { priority: number; weight: number; port: number; target: string }
}
type Batch = { deletes?: { id: string }[]; patches?: { id: string; ttl?: number }[]; posts?: Given[] }

/** Cloudflare’s API v4 as developers.cloudflare.com/api describes zones and DNS records, for one zone and one token. */
export async function startCloudflare(zone: string, token: string): Promise<ApiServer & { kept: KeptZone }> {
  const kept = new KeptZone(zone)
  const zoneId = '023e105f4ecef8ad9ca31a8372d0c353'
  const fine = (result: unknown) => ({ status: 200, body: { success: true, errors: [], messages: [], result } })
  const problem = (status: number, code: number, message: string) => ({
    status,
    body: { success: false, errors: [{ code, message }], messages: [], result: null },
  })
  const server = await startApi(({ method, path, query, headers, body }) => {
    if (headers.authorization !== `Bearer ${token}`) return problem(403, 9109, 'Invalid access token')
    if (path === '/zones') return fine(query.get('name') === zone ? [{ id: zoneId, name: zone, status: 'active' }] : [])
    const records = `/zones/${zoneId}/dns_records`
    if (method === 'GET' && path === records)
      return fine(kept.of(query.get('name') ?? '', query.get('type') as RecordType).map(shown))
    if (method !== 'POST' || path !== `${records}/batch`) return problem(404, 7003, 'Could not route to this path')
    const before = kept.records.map(one => ({ ...one }))
    try {
      return fine(carryOut(kept, body as Batch))
    } catch (error) {
      // One transaction: all or nothing.
      kept.records = before
      return problem(400, 81053, String((error as Error).message))
    }
  })
  return Object.assign(server, { kept })
}

function shown({ id, name, type, ttl, data }: KeptRecord): object {
  const common = { id: String(id), name, type, ttl, proxied: false, proxiable: type !== 'MX', comment: null, tags: [] }
  const words = data.split(' ')
  if (type === 'MX') return { ...common, content: words[1], priority: Number(words[0]) }
  if (type !== 'SRV') return { ...common, content: data }
  const [priority, weight, port] = words.map(Number)
  return { ...common, priority, content: `${weight} ${port} ${words[3]}`, data: { priority, weight, port, target: words[3] } }
}

function carryOut(kept: KeptZone, { deletes = [], patches = [], posts = [] }: Batch): object {
  const one = (id: string) => {
    const found = kept.records.find(record => String(record.id) === id)
    if (!found) throw new TypeError('Record does not exist.')
    return found
  }
  for (const { id } of deletes) kept.records.splice(kept.records.indexOf(one(id)), 1)
  for (const { id, ttl } of patches) Object.assign(one(id), lived(ttl))
  for (const { type, name, ttl, content = '', priority, data } of posts) {
    if (type === 'SRV' && !data) throw new TypeError('data is required for SRV records')
    const text = data
      ? `${data.priority} ${data.weight} ${data.port} ${data.target}`
      : type === 'MX'
        ? `${priority} ${content}`
        : content
    kept.add(name, type, lived(ttl).ttl, text)
  }
  return { deletes, patches, posts }
}

function lived(ttl: number | undefined): { ttl: number } {
  if (ttl === undefined || (ttl !== 1 && (ttl < 60 || ttl > 86_400)))
    throw new TypeError('Invalid TTL. Must be between 60 and 86,400 seconds, or 1 for Automatic.')
  return { ttl }
}
