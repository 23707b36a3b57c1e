import { z } from 'zod'
import { type Api, api, bearer, notServed, unreadable } from './api.ts'
import { apiZone, type Held, type Pending } from './api-zone.ts'
import { quoted } from './presentation.ts'
import { rrset } from './records.ts'
import { type RecordType, type RRset, subject, type ZoneHost } from './zone.ts'

/** `secret` names an API token with *DNS: Edit* and *Zone: Read* for the zone. */
export type CloudflareSettings = { secret: string; api?: string }

type Parts = { secret: (name: string) => Promise<string>; now: () => number; timeoutMs?: number }

/** One of an RRset’s records: its id there, and its data as we write it. */
type Known = { id: string; data: string }

const record = z.object({
  id: z.string(),
  type: z.string(),
  name: z.string(),
  content: z.string(),
  ttl: z.number(),
  priority: z.number().nullish(),
  data: z.looseObject({}).nullish(),
})
const found = z.object({ result: z.array(record) })
const zones = z.object({ result: z.array(z.object({ id: z.string(), name: z.string() })) })

/** Cloudflare says 1 where it chooses the TTL itself, and then gives 300 s. */
const automatic = { said: 1, seconds: 300 }

/** Cloudflare’s API v4: records have ids; all changes of a call are one batch, which Cloudflare makes in one transaction. TTLs begin at 60 s. */
export function cloudflare(
  { secret, api: base = 'https://api.cloudflare.com/client/v4' }: CloudflareSettings,
  parts: Parts,
): ZoneHost {
  const name = 'Cloudflare'
  const key = `the token in the secret ${secret} (it needs DNS: Edit and Zone: Read for the zone)`
  const headers = bearer(() => parts.secret(secret))
  const { now, timeoutMs } = parts
  const call = api({ name, base, headers, key, now, timeoutMs })
  const ids = new Map<string, string>()
  const idOf = (zone: string) => ids.get(zone) ?? ''

  return apiZone<Known[]>({
    name,
    atomic: true,
    zone: async zone => {
      const during = `looking for the zone ${zone} at ${name}`
      const read = zones.safeParse((await call('GET', `/zones?name=${zone}`, { during })).body)
      if (!read.success) throw unreadable(name, during)
      const one = read.data.result.find(one => one.name === zone)
      if (!one) throw notServed(name, zone, key)
      ids.set(zone, one.id)
    },
    read: (zone, owner, type) => readOne(call, idOf(zone), owner, type),
    write: async (zone, pending) => {
      const during = `changing ${zone} at ${name}`
      const [deletes, patches, posts] = [removals, livings, additions].map(part => pending.flatMap(one => part(one)))
      await call('POST', `/zones/${idOf(zone)}/dns_records/batch`, { during, body: { deletes, patches, posts } })
      return undefined
    },
  })
}

async function readOne(call: Api, id: string, owner: string, type: RecordType): Promise<Held<Known[]>> {
  const during = `reading ${owner} ${type} at Cloudflare`
  const { body } = await call('GET', `/zones/${id}/dns_records?type=${type}&name=${encodeURIComponent(owner)}&per_page=100`, {
    during,
  })
  const read = found.safeParse(body)
  if (!read.success) throw unreadable('Cloudflare', during)
  const mine = read.data.result.filter(one => one.type === type && one.name.toLowerCase() === owner)
  const [first] = mine
  if (!first) return { rrset: null, tag: [] }
  const ttl = first.ttl === automatic.said ? automatic.seconds : first.ttl
  // Canonical one by one, so that each keeps its id.
  const tag = mine.map(one => ({ id: one.id, data: rrset(owner, type, ttl, [dataOf(one, type)]).data[0] as string }))
  return {
    rrset: rrset(
      owner,
      type,
      ttl,
      tag.map(({ data }) => data),
    ),
    tag,
  }
}

/** In presentation form: a preference stands apart there, and text may come without its quotes. */
function dataOf({ content, priority }: z.output<typeof record>, type: RecordType): string {
  if (type === 'MX') return `${priority ?? 0} ${content}`
  if (type === 'SRV') return /^\d+ \d+ \d+ \S+$/.test(content) ? content : `${priority ?? 0} ${content}`
  return type === 'TXT' && !content.startsWith('"') ? quoted([Buffer.from(content)]) : content
}

function removals({ change: { after }, held: { tag } }: Pending<Known[]>): object[] {
  return tag.filter(({ data }) => !after?.data.includes(data)).map(({ id }) => ({ id }))
}

/** What stays and lives otherwise than it did. */
function livings({ change: { after }, held: { rrset: now, tag } }: Pending<Known[]>): object[] {
  if (!after || now?.ttl === after.ttl) return []
  return tag.filter(({ data }) => after.data.includes(data)).map(({ id }) => ({ id, ttl: after.ttl }))
}

function additions({ change, held: { tag } }: Pending<Known[]>): object[] {
  const { name, type } = subject(change)
  const known = new Set(tag.map(({ data }) => data))
  return (change.after?.data ?? [])
    .filter(data => !known.has(data))
    .map(data => ({ name, type, ttl: (change.after as RRset).ttl, ...written(type, data) }))
}

function written(type: RecordType, data: string): object {
  const words = data.split(' ')
  if (type === 'MX') return { priority: Number(words[0]), content: words[1] }
  if (type !== 'SRV') return { content: data }
  const [priority, weight, port] = words.map(Number)
  return { data: { priority, weight, port, target: words[3] } }
}
