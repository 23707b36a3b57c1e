import { z } from 'zod'
import { type Api, api, notServed, unreadable } from './api.ts'
import { asInZoneFile, fromZoneFile } from './api-names.ts'
import { apiZone, type Held, type Pending } from './api-zone.ts'
import type { RecordType, ZoneHost } from './zone.ts'

/** `api`: where its web server listens. `secret` names the API key. `serverId` is `localhost` but behind a proxy of several. */
export type PowerDnsSettings = { api: string; secret: string; serverId: string }

type Disabled = { content: string; disabled: boolean }

const records = z.object({
  rrsets: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      ttl: z.number(),
      records: z.array(z.object({ content: z.string(), disabled: z.boolean().default(false) })),
    }),
  ),
})

/** PowerDNS Authoritative by its HTTP API (4.x): one PATCH makes all changes together, and counts the serial up. */
export function powerDns(
  { api: base, secret, serverId }: PowerDnsSettings,
  parts: { secret: (name: string) => Promise<string>; now: () => number; timeoutMs?: number },
): ZoneHost {
  const name = 'PowerDNS'
  const key = `the API key in the secret ${secret}`
  const headers = async () => {
    const value = (await parts.secret(secret)).trim()
    return { headers: { 'x-api-key': value }, hide: [value] }
  }
  const call: Api = api({ name, base, headers, key, now: parts.now, timeoutMs: parts.timeoutMs })
  const at = (zone: string) => `/api/v1/servers/${encodeURIComponent(serverId)}/zones/${encodeURIComponent(`${zone}.`)}`

  return apiZone<Disabled[]>({
    name,
    atomic: true,
    zone: async zone => {
      // Which zone it does not know it says with 404, and with 422 before 4.2.
      const { status } = await call('GET', `${at(zone)}?rrsets=false`, {
        during: `looking for the zone ${zone} at ${name}`,
        also: [404, 422],
      })
      if (status !== 200) throw notServed(name, zone, key)
    },
    read: async (zone, owner, type) => readOne(call, at(zone), zone, owner, type),
    write: async (zone, pending) => {
      const during = `changing ${zone} at ${name}`
      await call('PATCH', at(zone), { during, body: { rrsets: pending.map(patchOf) } })
      return undefined
    },
  })
}

async function readOne(call: Api, path: string, zone: string, owner: string, type: RecordType): Promise<Held<Disabled[]>> {
  const during = `reading ${owner} ${type} at PowerDNS`
  const query = `?rrset_name=${encodeURIComponent(`${owner}.`)}&rrset_type=${type}`
  const read = records.safeParse((await call('GET', `${path}${query}`, { during })).body)
  if (!read.success) throw unreadable('PowerDNS', during)
  // Versions that do not know the filter give all.
  const found = read.data.rrsets.find(one => one.type === type && one.name.toLowerCase() === `${owner}.`)
  const shown = found?.records.filter(({ disabled }) => !disabled).map(({ content }) => content) ?? []
  return {
    rrset: fromZoneFile(zone, owner, type, found?.ttl ?? 0, shown),
    tag: found?.records.filter(({ disabled }) => disabled) ?? [],
  }
}

/** What somebody has disabled there stays so: a replacement is of the whole set. */
function patchOf({ change: { before, after }, held: { rrset: now, tag } }: Pending<Disabled[]>): object {
  const { name, type } = (after ?? before ?? now) as NonNullable<typeof after>
  const shown = after?.data.map(one => ({ content: asInZoneFile(type, one), disabled: false })) ?? []
  const kept = [...shown, ...tag]
  if (kept.length === 0) return { name: `${name}.`, type, changetype: 'DELETE' }
  return { name: `${name}.`, type, ttl: after?.ttl ?? now?.ttl ?? 3600, changetype: 'REPLACE', records: kept }
}
