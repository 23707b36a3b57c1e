import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type Api, api, notServed, unreadable } from './api.ts'
import { asInZoneFile, fromZoneFile, relative } from './api-names.ts'
import { apiZone, type Held, type Pending } from './api-zone.ts'
import { type RecordType, type RRset, subject, type ZoneHost } from './zone.ts'

/** `applicationKey` is public; the two others name secrets. Created at `https://{endpoint}.api.ovh.com/createToken/` for `/domain/zone/*`. */
export type OvhSettings = {
  endpoint: 'eu' | 'ca'
  applicationKey: string
  applicationSecret: string
  consumerKey: string
  api?: string
}

type Parts = { secret: (name: string) => Promise<string>; now: () => number; timeoutMs?: number }

type Known = { id: number; target: string }

const ids = z.array(z.number())
const record = z.object({ id: z.number(), fieldType: z.string(), target: z.string(), ttl: z.number().nullish() })

/** OVHcloud: records have ids and are staged; `refresh` publishes them all at once. A record with a TTL of 0 lives as long as the zone says. */
export function ovh(
  { endpoint, applicationKey, applicationSecret, consumerKey, api: elsewhere }: OvhSettings,
  parts: Parts,
): ZoneHost {
  const name = 'OVHcloud'
  const key = `the application key ${applicationKey} with the secrets ${applicationSecret} and ${consumerKey} (it needs GET, POST, PUT and DELETE on /domain/zone/*)`
  const { now, timeoutMs } = parts
  const base = elsewhere ?? `https://${endpoint}.api.ovh.com/1.0`
  const plain = api({ name, base, headers: async () => ({ headers: {}, hide: [] }), key, now, timeoutMs })
  // A signature holds for some seconds by OVH’s clock.
  let ahead: Promise<number> | undefined
  const clock = async () => {
    const { body } = await plain('GET', '/auth/time', { during: `asking ${name} for its time` })
    return typeof body === 'number' ? body - Math.floor(now() / 1000) : 0
  }
  const headers = async ({ method, url, body }: { method: string; url: string; body: string }) => {
    ahead ??= clock().catch(error => {
      ahead = undefined
      throw error
    })
    const [secret, consumer] = await Promise.all([parts.secret(applicationSecret), parts.secret(consumerKey)])
    const time = Math.floor(now() / 1000) + (await ahead)
    const hide = [secret.trim(), consumer.trim()]
    return {
      headers: ovhHeaders({ applicationKey, secret: secret.trim(), consumer: consumer.trim(), method, url, body, time }),
      hide,
    }
  }
  const call = api({ name, base, headers, key, now, timeoutMs })
  const at = (zone: string) => `/domain/zone/${zone}`

  return apiZone<Known[]>({
    name,
    atomic: false,
    byRecord: true,
    zone: async zone => {
      const { status } = await call('GET', at(zone), { during: `looking for the zone ${zone} at ${name}`, also: [404] })
      if (status === 404) throw notServed(name, zone, key)
    },
    read: (zone, owner, type) => readOne(call, zone, owner, type),
    write: async (zone, pending) => {
      for (const part of [goneNames, additions, livings, removals])
        for (const { method, path, body } of pending.flatMap(one => part(zone, one)))
          await call(method, `${at(zone)}/record${path}`, {
            during: `changing ${zone} at ${name}`,
            ...(body ? { body } : {}),
            also: method === 'DELETE' ? [404] : [],
          })
      return undefined
    },
    publish: async zone => void (await call('POST', `${at(zone)}/refresh`, { during: `publishing ${zone} at ${name}` })),
  })
}

/** The headers of a signed request, by OVH’s first scheme: SHA-1 over both secrets, the request and the time (s). */
export function ovhHeaders(of: {
  applicationKey: string
  secret: string
  consumer: string
  method: string
  url: string
  body: string
  time: number
}) {
  const { applicationKey, secret, consumer, method, url, body, time } = of
  const signature = createHash('sha1').update([secret, consumer, method, url, body, time].join('+')).digest('hex')
  return {
    'x-ovh-application': applicationKey,
    'x-ovh-consumer': consumer,
    'x-ovh-timestamp': String(time),
    'x-ovh-signature': `$1$${signature}`,
  }
}

async function readOne(call: Api, zone: string, owner: string, type: RecordType): Promise<Held<Known[]>> {
  const during = `reading ${owner} ${type} at OVHcloud`
  const path = `/domain/zone/${zone}/record`
  const listed = ids.safeParse(
    (await call('GET', `${path}?fieldType=${type}&subDomain=${encodeURIComponent(relative(zone, owner, ''))}`, { during })).body,
  )
  if (!listed.success) throw unreadable('OVHcloud', during)
  const tag: Known[] = []
  const lives: number[] = []
  for (const id of listed.data) {
    const { status, body } = await call('GET', `${path}/${id}`, { during, also: [404] })
    if (status === 404) continue
    const read = record.safeParse(body)
    if (!read.success) throw unreadable('OVHcloud', during)
    tag.push({ id, target: read.data.target })
    lives.push(read.data.ttl || (await zoneTtl(call, zone)))
  }
  return {
    rrset: fromZoneFile(
      zone,
      owner,
      type,
      Math.max(0, ...lives),
      tag.map(({ target }) => target),
    ),
    tag,
  }
}

async function zoneTtl(call: Api, zone: string): Promise<number> {
  const { body } = await call('GET', `/domain/zone/${zone}/soa`, { during: `reading the SOA of ${zone} at OVHcloud` })
  return z.object({ ttl: z.number() }).safeParse(body).data?.ttl ?? 3600
}

type Step = { method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: object }

/** The data of a record there, as we write it. */
function dataOf(zone: string, change: Pending<Known[]>['change'], target: string): string {
  const { name, type } = subject(change)
  return fromZoneFile(zone, name, type, 0, [target])?.data[0] ?? target
}

/** What goes altogether goes first: a CNAME makes room. */
function goneNames(_: string, { change: { after }, held: { tag } }: Pending<Known[]>): Step[] {
  return after ? [] : tag.map(({ id }) => ({ method: 'DELETE', path: `/${id}` }))
}

/** What is replaced goes last: a call that was cut short leaves old and new ones, never less than either. */
function removals(zone: string, { change, held: { tag } }: Pending<Known[]>): Step[] {
  if (!change.after) return []
  const goes = tag.filter(({ target }) => !change.after?.data.includes(dataOf(zone, change, target)))
  return goes.map(({ id }) => ({ method: 'DELETE', path: `/${id}` }))
}

function livings(zone: string, { change, held: { rrset: now, tag } }: Pending<Known[]>): Step[] {
  const { after } = change
  if (!after || now?.ttl === after.ttl) return []
  const stays = tag.filter(({ target }) => after.data.includes(dataOf(zone, change, target)))
  return stays.map(({ id, target }) => ({
    method: 'PUT',
    path: `/${id}`,
    body: { subDomain: relative(zone, after.name, ''), target, ttl: after.ttl },
  }))
}

function additions(zone: string, { change, held: { tag } }: Pending<Known[]>): Step[] {
  const { name, type } = subject(change)
  const known = new Set(tag.map(({ target }) => dataOf(zone, change, target)))
  const fresh = (change.after?.data ?? []).filter(data => !known.has(data))
  const common = { fieldType: type, subDomain: relative(zone, name, ''), ttl: (change.after as RRset | null)?.ttl }
  return fresh.map(data => ({ method: 'POST', path: '', body: { ...common, target: asInZoneFile(type, data) } }))
}
