import { canonicalData, canonicalName } from './presentation.ts'
import type { Change, RecordType, RRset } from './zone.ts'

/** What stood at a name and type when it was read; null: nothing, which is worth remembering too. */
export type Recorded = { name: string; type: RecordType; rrset: RRset | null }

/** An RRset in canonical form, from what a person or a server wrote. Throws a TypeError saying what is wrong. */
export function rrset(name: string, type: RecordType, ttl: number, data: string[]): RRset {
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > 0x7fff_ffff) throw new TypeError(`a TTL is whole seconds from 0 (got ${ttl})`)
  if (data.length === 0) throw new TypeError(`${name} ${type}: an RRset has at least one record`)
  return { name: canonicalName(name), type, ttl, data: canonicalSet(data.map(one => canonicalData(type, one))) }
}

/** Same records, whatever the TTL. */
export function sameData(a: RRset | null, b: RRset | null): boolean {
  if (a === null || b === null) return a === b
  const [left, right] = [canonicalSet(a.data), canonicalSet(b.data)]
  return left.length === right.length && left.every((one, at) => one === right[at])
}

/** Same records and same TTL. */
export function sameRRset(a: RRset | null, b: RRset | null): boolean {
  return sameData(a, b) && a?.ttl === b?.ttl
}

/** The changes that give each name the new MX. `now` holds what stands at them; a name that is not in it has no MX yet. TTL in s. */
export function switchMx(now: Recorded[], names: string[], mx: string[], ttl: number): Change[] {
  const wanted = names.map(name => rrset(name, 'MX', ttl, mx))
  return wanted.map(after => ({ before: standing(now, after.name, 'MX'), after })).filter(worthwhile)
}

/** The changes that bring down to `ttl` (s) whatever lives longer. */
export function lowerTtl(now: Recorded[], ttl: number): Change[] {
  return now.flatMap(({ rrset: before }) => (before && before.ttl > ttl ? [{ before, after: { ...before, ttl } }] : []))
}

/**
 * The changes that put back what the snapshot remembers, and delete what it remembers as absent. `ttl` (s) caps the TTL, so that a
 * rollback can itself be corrected soon; without it the snapshot's own.
 */
export function restore(now: Recorded[], snapshot: Recorded[], ttl = Number.POSITIVE_INFINITY): Change[] {
  return snapshot
    .map(({ name, type, rrset: old }) => ({
      before: standing(now, name, type),
      after: old && { ...old, ttl: Math.min(old.ttl, ttl) },
    }))
    .filter(worthwhile)
}

/**
 * How long (ms) until no resolver can still hold the old records: the longest TTL that they had in the snapshot or were seen with
 * since, counted from the moment when the last authoritative server stopped answering them.
 */
export function settleMs(snapshot: Recorded[], seen: Recorded[] = []): number {
  return Math.max(0, ...[...snapshot, ...seen].map(({ rrset: one }) => one?.ttl ?? 0)) * 1000
}

/** An RRset as lines of a zone file, names with their dot, to read or to copy: `old.example. 300 IN MX 10 mx.old.example.` */
export function zoneLines({ name, type, ttl, data }: RRset): string[] {
  return data.map(one => `${dotted(name)} ${ttl} IN ${type} ${hasName(type) ? dotted(one) : one}`)
}

/** A change in words and zone-file lines, for a person who makes it by hand or approves it. */
export function describe({ before, after }: Change): string {
  const lines = (one: RRset | null) => (one ? zoneLines(one) : ['(no record)']).map(line => `    ${line}`)
  return ['  now:', ...lines(before), '  to be:', ...lines(after)].join('\n')
}

function standing(now: Recorded[], name: string, type: RecordType): RRset | null {
  return now.find(one => one.name === name && one.type === type)?.rrset ?? null
}

function worthwhile({ before, after }: Change): boolean {
  return !sameRRset(before, after)
}

function canonicalSet(data: string[]): string[] {
  return [...new Set(data)].sort()
}

function hasName(type: RecordType): boolean {
  return type === 'MX' || type === 'SRV' || type === 'CNAME'
}

function dotted(name: string): string {
  return name.endsWith('.') ? name : `${name}.`
}
