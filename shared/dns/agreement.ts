import type { Failure } from '../errors.ts'
import { sameData, zoneLines } from './records.ts'
import type { RRset } from './zone.ts'

/** What one authoritative server said. `rrset` null: no such record there. `serial` of the zone; `ms` it took. */
export type Told = {
  server: string
  aa: boolean
  rcode: string
  serial: number | undefined
  rrset: RRset | null
  ms: number
}

/** One server's answer, or why there is none. */
export type Answered = Told | { server: string; failure: Failure }

/** A server that does not (yet) answer as it should: what it does instead, and what to do about it. */
export type Laggard = { server: string; why: string; hint: string }

export type Agreement = { proved: true } | { proved: false; laggards: Laggard[] }

/** `ttl: 'any'`: only the records matter, not how long they live. `serial`: the zone is at least that new (RFC 1982). */
export type Proof = { ttl?: 'same' | 'any'; serial?: number }

/** Do all servers answer `wanted` with authority? Nobody asked proves nothing. */
export function agreement(answers: Answered[], wanted: RRset | null, proof: Proof = {}): Agreement {
  if (answers.length === 0) return { proved: false, laggards: [nobody] }
  const laggards = answers.flatMap(one => {
    const lag = silent(one) ?? behind(one, wanted, proof)
    return lag ? [lag] : []
  })
  return laggards.length === 0 ? { proved: true } : { proved: false, laggards }
}

/** What all servers say alike, before anything is changed: same records, TTL and serial everywhere, or who stands apart. */
export function consensus(answers: Answered[]): { agreed: true; rrset: RRset | null } | { agreed: false; laggards: Laggard[] } {
  const told = answers.filter(one => 'rcode' in one)
  const first = told.find(one => silent(one) === undefined)
  if (first === undefined) {
    return { agreed: false, laggards: answers.length === 0 ? [nobody] : answers.flatMap(one => silent(one) ?? []) }
  }
  const newest = told.reduce((most, { serial }) => newer(serial, most), first.serial)
  const reached = agreement(answers, first.rrset, newest === undefined ? {} : { serial: newest })
  return reached.proved ? { agreed: true, rrset: first.rrset } : { agreed: false, laggards: reached.laggards }
}

const nobody: Laggard = {
  server: '(none)',
  why: 'no authoritative server is known',
  hint: 'Name the servers in the playbook (`nameservers`), or see that the domain is delegated.',
}

/** Does a server say something that can be believed? */
export function isTold(one: Answered): one is Told {
  return silent(one) === undefined
}

function silent(one: Answered): Laggard | undefined {
  if ('failure' in one) return { server: one.server, why: one.failure.message, hint: one.failure.hint }
  const { server, rcode, aa } = one
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') {
    return {
      server,
      why: `it answers ${rcode}`,
      hint: `See the log of ${server}: it is listed for the zone and does not serve it.`,
    }
  }
  if (aa) return undefined
  const hint = `Make ${server} serve the zone, or take it out of the delegation: senders that ask it find the wrong thing or nothing.`
  return { server, why: 'it answers without authority (lame)', hint }
}

function behind(one: Answered, wanted: RRset | null, { ttl = 'same', serial }: Proof): Laggard | undefined {
  if ('failure' in one) return undefined
  const { server, rrset } = one
  const hint = `Wait for its next zone transfer; if it stays, see that NOTIFY and transfers from the primary reach ${server}.`
  const said = rrset ? zoneLines(rrset).join('; ') : 'no such record'
  if (!sameData(rrset, wanted)) return { server, why: `it answers ${said}`, hint }
  if (ttl === 'same' && rrset?.ttl !== wanted?.ttl) return { server, why: `it answers with a TTL of ${rrset?.ttl} s`, hint }
  if (serial !== undefined && (one.serial === undefined || older(one.serial, serial))) {
    return { server, why: `its zone is at serial ${one.serial ?? '(none)'}, wanted ${serial}`, hint }
  }
  return undefined
}

function newer(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return older(a, b) ? b : a
}

/** Serial numbers wrap: the one half a circle ahead is the newer (RFC 1982 3.2). */
function older(a: number, b: number): boolean {
  return a !== b && (b - a) >>> 0 < 0x8000_0000
}
