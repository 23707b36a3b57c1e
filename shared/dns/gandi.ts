import { z } from 'zod'
import { api, bearer, notServed, unreadable } from './api.ts'
import { asInZoneFile, fromZoneFile, relative } from './api-names.ts'
import { apiZone } from './api-zone.ts'
import { type RecordType, subject, type ZoneHost } from './zone.ts'

/** `secret` names a personal access token that may manage the domain’s technical configuration. */
export type GandiSettings = { secret: string; api?: string }

type Parts = { secret: (name: string) => Promise<string>; now: () => number; timeoutMs?: number }

const set = z.object({ rrset_ttl: z.number(), rrset_values: z.array(z.string()) })

/** Gandi LiveDNS v5: each RRset is read and replaced whole; its TTLs begin at 300 s. */
export function gandi({ secret, api: base = 'https://api.gandi.net/v5/livedns' }: GandiSettings, parts: Parts): ZoneHost {
  const name = 'Gandi'
  const key = `the token in the secret ${secret} (it must be allowed to see the domain and to manage its technical configuration)`
  const headers = bearer(() => parts.secret(secret))
  const { now, timeoutMs } = parts
  const call = api({ name, base, headers, key, now, timeoutMs })
  const at = (zone: string, owner: string, type: RecordType) =>
    `/domains/${zone}/records/${encodeURIComponent(relative(zone, owner, '@'))}/${type}`

  return apiZone<undefined>({
    name,
    atomic: false,
    zone: async zone => {
      const { status } = await call('GET', `/domains/${zone}`, { during: `looking for the zone ${zone} at ${name}`, also: [404] })
      if (status === 404) throw notServed(name, zone, key)
    },
    read: async (zone, owner, type) => {
      const during = `reading ${owner} ${type} at ${name}`
      const { status, body } = await call('GET', at(zone, owner, type), { during, also: [404] })
      if (status === 404) return { rrset: null, tag: undefined }
      const read = set.safeParse(body)
      if (!read.success) throw unreadable(name, during)
      return { rrset: fromZoneFile(zone, owner, type, read.data.rrset_ttl, read.data.rrset_values), tag: undefined }
    },
    write: async (zone, pending) => {
      for (const { change } of pending) {
        const { name: owner, type } = subject(change)
        const { after } = change
        const during = `changing ${owner} ${type} at ${name}`
        const body = after && { rrset_ttl: after.ttl, rrset_values: after.data.map(one => asInZoneFile(type, one)) }
        if (body) await call('PUT', at(zone, owner, type), { during, body })
        else await call('DELETE', at(zone, owner, type), { during, also: [404] })
      }
      return undefined
    },
  })
}
