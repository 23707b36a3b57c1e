import { sameData, sameRRset } from '../../shared/dns/records.ts'
import { checkChanges, type RecordType, type RRset, subject, type ZoneHost } from '../../shared/dns/zone.ts'
import { Failure } from '../../shared/errors.ts'

/** A zone in memory: a DNS host, and the hands of somebody else who reads and writes the same records. */
export type MemoryZone = {
  host: ZoneHost
  read(name: string, type: RecordType): RRset | null
  put(name: string, type: RecordType, rrset: RRset | null): void
}

/** Holds one zone; changes of another are refused as a server refuses them. Passes the contract of test/contracts/zone.ts. */
export function memoryZone(zone: string, rrsets: RRset[] = []): MemoryZone {
  const records = new Map(rrsets.map(one => [`${one.name} ${one.type}`, one]))
  const read = (name: string, type: RecordType) => records.get(`${name} ${type}`) ?? null
  const put = (name: string, type: RecordType, one: RRset | null) => {
    if (one) records.set(`${name} ${type}`, one)
    else records.delete(`${name} ${type}`)
  }
  const host: ZoneHost = {
    atomic: true,
    async replace(asked, changes) {
      checkChanges(asked, changes)
      const during = `changing ${asked} in memory`
      if (asked !== zone) throw new Failure({ verdict: 'permanent', during, code: 'NOTAUTH', hint: `Only ${zone} is held here.` })
      const now = changes
        .map(change => ({ ...change, ...subject(change) }))
        .map(one => ({ ...one, found: read(one.name, one.type) }))
      if (now.every(({ after, found }) => sameRRset(after, found))) return { outcome: 'already' }
      const others = now.filter(({ before, after, found }) => !sameData(before, found) && !sameRRset(after, found))
      const why = 'it holds something else than was read before'
      if (others.length > 0)
        return { outcome: 'conflict', found: others.map(({ name, type, found }) => ({ name, type, found, why })) }
      const hidden = now.find(({ name, type, after }) => after && type !== 'CNAME' && read(name, 'CNAME') !== null)
      if (hidden)
        throw new Failure({ verdict: 'permanent', during, code: 'NOT-MADE', hint: `Remove the CNAME at ${hidden.name}.` })
      for (const { name, type, after } of now) put(name, type, after)
      return { outcome: 'applied' }
    },
  }
  return { host, read, put }
}
