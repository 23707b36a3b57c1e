import type { Answered } from '../../shared/dns/agreement.ts'
import type { RRset } from '../../shared/dns/zone.ts'
import type { Dns } from '../../shared/ports.ts'
import type { MemoryZone } from './zone.ts'

/** The name servers of a zone in memory. The first answers at once, each other `lagMs` after it saw the change. */
export function memoryDns(zone: string, records: MemoryZone, now: () => number, servers = 2, lagMs = 2_000): Dns {
  const held = new Map<string, { rrset: RRset | null; next?: { rrset: RRset | null; at: number } }>()
  return {
    async authorities() {
      const named = Array.from({ length: servers }, (_, i) => ({ server: `ns${i + 1}.${zone}:53`, name: `ns${i + 1}.${zone}` }))
      return { zone, servers: named, notes: [] }
    },
    async askAll(found, name, type) {
      return found.servers.map(({ server }, i): Answered => {
        const fresh = records.read(name, type)
        const key = `${server} ${name} ${type}`
        const old = held.get(key)
        const told = i === 0 || !old ? { rrset: fresh } : follow(old, fresh, now(), lagMs)
        held.set(key, told)
        return { server, aa: true, rcode: 'NOERROR', serial: undefined, rrset: told.rrset, ms: 1 }
      })
    },
  }
}

type Seen = { rrset: RRset | null; next?: { rrset: RRset | null; at: number } }

function follow(seen: Seen, fresh: RRset | null, now: number, lagMs: number): Seen {
  if (JSON.stringify(seen.rrset) === JSON.stringify(fresh)) return { rrset: fresh }
  const next =
    seen.next && JSON.stringify(seen.next.rrset) === JSON.stringify(fresh) ? seen.next : { rrset: fresh, at: now + lagMs }
  return now >= next.at ? { rrset: next.rrset } : { rrset: seen.rrset, next }
}
