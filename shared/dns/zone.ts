import { type Fault, Refusal } from '../errors.ts'

/** The record types that moving a mail domain may touch. */
export type RecordType = 'MX' | 'TXT' | 'CNAME' | 'SRV' | 'A' | 'AAAA'

/**
 * All the records of one name and type. `ttl` in seconds. `data`: presentation form (RFC 1035 5.1), canonical and sorted, names in
 * lower case without the trailing dot: `10 mx.old.example`, `"v=spf1 -all"`. Build one with `rrset()` of records.ts.
 */
export type RRset = { name: string; type: RecordType; ttl: number; data: string[] }

/** What one name and type is to become. Null: no such record. Both sides speak of the same name and type. */
export type Change = { before: RRset | null; after: RRset | null }

/** What was found where neither `before` nor `after` stands, and a sentence for the operator. */
export type Found = { name: string; type: RecordType; found: RRset | null; why: string }

/**
 * `applied`: the host now answers every `after`, and this call made it so. `already`: it did before this call.
 * `conflict`: at least one name holds something else, nothing was changed, a person must look.
 * `waiting`: this host changes nothing itself; `text` is for a person to act on, ask again later.
 */
export type Replaced =
  | { outcome: 'applied' }
  | { outcome: 'already' }
  | { outcome: 'conflict'; found: Found[] }
  | { outcome: 'waiting'; text: string }

/**
 * What we ask of a DNS host: compare and set. Every RRset whose records equal `before` becomes `after`; one that equals `after`
 * already stays. TTLs do not take part in the comparison with `before` (RFC 2136 2.4.2 cannot ask for them) but do in that with
 * `after`. Doing it twice equals doing it once. All changes together or none where `atomic`; elsewhere a call cut short leaves
 * some done, and the same call again does the rest. `zone` is the apex, canonical. Refuses changes outside it; throws `Failure` for
 * all else.
 */
export type ZoneHost = {
  readonly atomic: boolean
  replace(zone: string, changes: Change[]): Promise<Replaced>
}

/** The name and type that a change is about. */
export function subject({ before, after }: Change): { name: string; type: RecordType } {
  const one = after ?? before
  if (one === null) throw new TypeError('a change from nothing to nothing has no subject')
  return { name: one.name, type: one.type }
}

/** Throws a Refusal with every fault of the changes; hosts call it before they touch the wire. */
export function checkChanges(zone: string, changes: Change[]): void {
  const seen = new Set<string>()
  const faults = changes.flatMap(({ before, after }, at): Fault[] => {
    const path = `changes[${at}]`
    const one = after ?? before
    if (one === null) return [{ path, message: 'before and after are both empty: name the record to create or to delete' }]
    const found: Fault[] = []
    if (before && after && (before.name !== after.name || before.type !== after.type)) {
      found.push({ path, message: `before is ${key(before)}, after is ${key(after)}: one change is about one name and type` })
    }
    if (seen.has(key(one))) found.push({ path, message: `${key(one)} is changed twice: merge the two` })
    seen.add(key(one))
    if (!within(zone, one.name)) found.push({ path, message: `${one.name} is not in the zone ${zone}: change it where it lives` })
    for (const side of [before, after]) {
      if (side && side.data.length === 0) found.push({ path, message: `${key(side)} has no data: write null for no record` })
    }
    return found
  })
  if (faults.length > 0) throw new Refusal(400, 'bad-dns-change', 'the DNS changes cannot be made as they stand', faults)
}

/** Is `name` the zone's apex or below it? */
export function within(zone: string, name: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`)
}

function key(one: RRset): string {
  return `${one.name} ${one.type}`
}
