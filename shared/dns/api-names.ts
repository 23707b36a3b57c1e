import { rrset } from './records.ts'
import type { RecordType, RRset } from './zone.ts'

/** A name as its zone's records are called: `www` for `www.town.example`, `apex` for the zone itself. */
export function relative(zone: string, name: string, apex: string): string {
  return name === zone ? apex : name.slice(0, -zone.length - 1)
}

/** A host name as APIs write it: with its final dot it is whole, without it the zone is to be added. */
export function qualified(zone: string, host: string): string {
  return host.endsWith('.') ? host : host === '@' ? `${zone}.` : `${host}.${zone}.`
}

/** Data in presentation form with whole names, as a zone file has it: `10 mx.town.example.` */
export function asInZoneFile(type: RecordType, data: string): string {
  return type === 'MX' || type === 'SRV' || type === 'CNAME' ? `${data}.` : data
}

/** An RRset out of values as a zone file has them; null for none. Names without a final dot belong to the zone. */
export function fromZoneFile(zone: string, name: string, type: RecordType, ttl: number, values: readonly string[]): RRset | null {
  if (values.length === 0) return null
  if (type !== 'MX' && type !== 'SRV' && type !== 'CNAME') return rrset(name, type, ttl, [...values])
  const whole = values.map(value => value.replace(/\S+$/, host => qualified(zone, host)))
  return rrset(name, type, ttl, whole)
}
