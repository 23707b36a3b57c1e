import { isIPv6 } from 'node:net'
import type { Answer } from 'dns-packet'
import { Failure } from '../errors.ts'
import type { Answered } from './agreement.ts'
import { ask, type Reply } from './ask.ts'
import { rrsetAmong, sameName, wireName } from './message.ts'
import { canonicalName } from './presentation.ts'
import { type RecordType, within } from './zone.ts'

/**
 * Where to ask. `nameservers` (`host:port`) replaces discovery: these are the authoritative servers, for a split view or a test.
 * `resolvers` (`host:port`) are recursive and find the others; `port` is where authoritative servers listen, 53.
 */
export type Where = { nameservers?: string[]; resolvers: string[]; port?: number; deadlineMs?: number; now: () => number }

/**
 * The zone a name lives in and every server that may be asked for it. `notes`: what does not add up, for the operator. `unfound`: servers whose
 * address could not be looked up now, so that nothing is proved of them.
 */
export type Authorities = { zone: string; servers: { server: string; name?: string }[]; notes: string[]; unfound?: Unfound[] }
type Unfound = { server: string; failure: Failure }

/**
 * The zone that holds `domain`, and its servers: those the parent delegates to together with those the zone names itself, because
 * senders meet both. Throws a Failure when no zone is found or no resolver answers.
 */
export async function authorities(domain: string, where: Where): Promise<Authorities> {
  const name = canonicalName(domain)
  if (where.nameservers) {
    const zone = await apexOf(name, question => fromAny(where.nameservers ?? [], { ...question, recurse: false }, where))
    return { zone, servers: where.nameservers.map(server => ({ server })), notes: [] }
  }
  const look: Look = question => fromAny(where.resolvers, { ...question, recurse: true }, where)
  const zone = await apexOf(name, look)
  // Only the root or a top-level zone knows of it, to say that there is no such domain.
  if (!zone.includes('.') || zone === '.') throw noZone(name)
  const delegation = await delegated(zone, look, where)
  const entrusted = await reach(delegation.names, delegation.glue, look, where)
  const own = await fromAny(servers(entrusted), { name: zone, type: 'NS', recurse: false }, where).catch(asFailure)
  const named = own instanceof Failure ? await apexNames(zone, look) : namesIn(own.answers, zone)
  const added = await reach(without(named, delegation.names), delegation.glue, look, where)
  const all = [...entrusted, ...added]
  const unfound = all.flatMap(({ name: server, failure }) => (failure ? [{ server, failure }] : []))
  const homeless = all.filter(one => one.servers.length === 0 && !one.failure)
  const notes = [
    ...delegation.notes,
    ...differences(zone, delegation.names, named),
    ...homeless.map(
      ({ name: host }) => `${host} serves ${zone} but has no address: correct its A record or take it out of the NS set`,
    ),
  ]
  const found = all.flatMap(one => one.servers.map(server => ({ server, name: one.name })))
  const once = found.filter(({ server }, at) => found.findIndex(one => one.server === server) === at)
  return { zone, servers: once, notes, ...(unfound.length > 0 ? { unfound } : {}) }
}

/** Asks each server for a name and type, and for the zone's serial, all at once. A server that fails is in the answers with its Failure. */
export async function askAll(
  { zone, servers, unfound = [] }: Authorities,
  name: string,
  type: RecordType,
  where: Where,
): Promise<Answered[]> {
  const answers = await Promise.all(servers.map(({ server }) => askOne(server, zone, canonicalName(name), type, where)))
  return [...answers, ...unfound]
}

type Look = (question: { name: string; type: 'SOA' | 'NS' | 'A' | 'AAAA' }) => Promise<Reply>

async function askOne(server: string, zone: string, name: string, type: RecordType, where: Where): Promise<Answered> {
  const started = where.now()
  const { deadlineMs } = where
  try {
    // The serial first: records read after it are at least that new.
    const soa = await ask({ server, name: zone, type: 'SOA', deadlineMs })
    const reply = await ask({ server, name, type, deadlineMs })
    const rrset = rrsetAmong(reply.answers, name, type)
    return { server, aa: reply.flag_aa, rcode: reply.rcode, serial: serialIn(soa, zone), rrset, ms: where.now() - started }
  } catch (failure) {
    if (failure instanceof Failure) return { server, failure }
    throw failure
  }
}

/** The first server's answer that says something; the last one's Failure when none does. */
async function fromAny(servers: string[], question: Parameters<Look>[0] & { recurse: boolean }, where: Where): Promise<Reply> {
  const { name, type } = question
  let last = new Failure({
    verdict: 'permanent',
    during: `asking for ${name} ${type}`,
    code: 'NO-SERVER',
    hint: 'Name at least one resolver, or the authoritative servers in the playbook (`nameservers`).',
  })
  for (const server of servers) {
    try {
      const reply = await ask({ server, ...question, deadlineMs: where.deadlineMs })
      if (reply.rcode === 'NOERROR' || reply.rcode === 'NXDOMAIN') return reply
      const hint = `${server} does not answer for ${name}: see its log, or name another server.`
      last = new Failure({ verdict: 'transient', during: `asking ${server} for ${name} ${type}`, code: reply.rcode, hint })
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure
      last = failure
    }
  }
  throw last
}

/**
 * Walks up from a name to the SOA above it. A negative answer often names the zone already (RFC 2308 3), a CNAME's does not. A
 * failure ends the walk: a zone that is only silent now must not be taken for a part of the zone above it.
 */
async function apexOf(name: string, look: Look): Promise<string> {
  for (let here: string | undefined = name; here !== undefined; here = parentOf(here)) {
    const at: string = here
    const { answers, authorities: above } = await look({ name: at, type: 'SOA' })
    const own = answers.find(one => one.type === 'SOA' && sameName(one.name, at))
    const soa =
      own ?? (answers.length === 0 ? above.find(one => one.type === 'SOA' && within(wireName(one.name), at)) : undefined)
    if (soa) return wireName(soa.name)
  }
  throw noZone(name)
}

function noZone(name: string): Failure {
  const hint = `No zone answers for ${name}: check the spelling, and that the domain is registered and delegated.`
  return new Failure({ verdict: 'permanent', during: `finding the zone of ${name}`, code: 'NO-ZONE', hint })
}

type Delegation = { names: string[]; glue: Map<string, string[]>; notes: string[] }

/** The NS set as the parent zone gives it, asked of the parent's own servers; a parent that cannot be asked becomes a note. */
async function delegated(zone: string, look: Look, where: Where): Promise<Delegation> {
  const above = parentOf(zone)
  const glue = new Map<string, string[]>()
  if (above === undefined) return { names: [], glue, notes: [] }
  try {
    const parent = await apexOf(above, look)
    const hosts = await reach(await apexNames(parent, look), glue, look, where)
    const reply = await fromAny(servers(hosts), { name: zone, type: 'NS', recurse: false }, where)
    for (const one of reply.additionals ?? []) {
      if (one.type === 'A') glue.set(wireName(one.name), [...(glue.get(wireName(one.name)) ?? []), one.data])
    }
    const names = namesIn([...reply.answers, ...reply.authorities], zone)
    return { names, glue, notes: names.length === 0 ? [`the servers of ${parent} delegate ${zone} to nobody`] : [] }
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure
    return {
      names: [],
      glue,
      notes: [
        `the delegation of ${zone} could not be read, so servers that only its parent names were not asked: ${failure.message}. ${failure.hint}`,
      ],
    }
  }
}

async function apexNames(zone: string, look: Look): Promise<string[]> {
  const reply = await look({ name: zone, type: 'NS' })
  return namesIn(reply.answers, zone)
}

/** `failure`: why its address is not known now. */
type Host = { name: string; servers: string[]; failure?: Failure | undefined }

/** Name servers with where they listen. */
function reach(names: string[], glue: Map<string, string[]>, look: Look, { port = 53 }: Where): Promise<Host[]> {
  return Promise.all(
    names.map(async name => {
      const { found, failure } = await addresses(name, glue, look)
      return { name, servers: found.map(address => `${isIPv6(address) ? `[${address}]` : address}:${port}`), failure }
    }),
  )
}

function servers(hosts: Host[]): string[] {
  return hosts.flatMap(host => host.servers)
}

/** IPv4 where there is one: cloud functions often have no way out by IPv6, and the server is the same. */
async function addresses(host: string, glue: Map<string, string[]>, look: Look): Promise<{ found: string[]; failure?: Failure }> {
  let failure: Failure | undefined
  for (const type of ['A', 'AAAA'] as const) {
    const reply = await look({ name: host, type }).catch(asFailure)
    if (reply instanceof Failure) failure ??= unknown(host, reply)
    else {
      const found = reply.answers.flatMap(one => (one.type === type && 'data' in one ? [String(one.data)] : []))
      if (found.length > 0) return { found }
    }
    if (type === 'A' && glue.has(host)) return { found: glue.get(host) ?? [] }
  }
  return { found: [], ...(failure ? { failure } : {}) }
}

function unknown(host: string, { verdict, code, message, cause }: Failure): Failure {
  const hint = `It is tried again by itself. If it stays, correct the address of ${host}, or take it out of the delegation: senders do not find it either.`
  return new Failure({ verdict, during: `looking up the name server ${host}`, code, text: message, hint, cause })
}

function differences(zone: string, delegation: string[], named: string[]): string[] {
  if (delegation.length === 0) return []
  return [
    ...without(delegation, named).map(name => `${name} is delegated ${zone} by the parent, but the zone itself does not name it`),
    ...without(named, delegation).map(name => `${name} is named by ${zone} itself, but the parent does not delegate to it`),
  ]
}

function without(some: string[], others: string[]): string[] {
  return some.filter(name => !others.includes(name))
}

function namesIn(records: Answer[], zone: string): string[] {
  const names = records.flatMap(one => (one.type === 'NS' && sameName(one.name, zone) ? [wireName(one.data)] : []))
  return [...new Set(names)].sort()
}

function serialIn(reply: Reply, zone: string): number | undefined {
  const soa = reply.answers.find(one => one.type === 'SOA' && sameName(one.name, zone))
  return soa?.type === 'SOA' ? soa.data.serial : undefined
}

function parentOf(name: string): string | undefined {
  if (name === '.') return undefined
  const dot = name.indexOf('.')
  return dot < 0 ? '.' : name.slice(dot + 1)
}

function asFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  throw error
}
