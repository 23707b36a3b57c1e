import { setTimeout as pause } from 'node:timers/promises'
import { Failure } from '../errors.ts'
import { exchange } from './exchange.ts'
import {
  CLASS,
  decodeMessage,
  encodeMessage,
  type Message,
  rrsetAmong,
  sameName,
  TYPE,
  type WireRecord,
  wireRecords,
} from './message.ts'
import { canonicalName } from './presentation.ts'
import { sameData, sameRRset } from './records.ts'
import { refusal, unproven } from './rfc2136-codes.ts'
import { findTsig, serverSeconds, sign, type TsigAlgorithm, type TsigKey, verifies } from './tsig.ts'
import { type Change, checkChanges, type Found, type Replaced, type RRset, subject, type ZoneHost } from './zone.ts'

/** Where updates go (`host:port`, the zone's primary) and the key that signs them; `secret` names the secret, base64 as in BIND. */
export type Rfc2136Settings = { server: string; key: { name: string; algorithm: TsigAlgorithm; secret: string } }

export type Rfc2136Parts = { secret: (name: string) => Promise<string>; now: () => number; deadlineMs?: number }

/**
 * A DNS host that takes signed dynamic updates over TCP (RFC 2136, RFC 8945), as BIND and Knot do. All changes of a
 * call are one message and happen together. A change counts as made when the server then answers with it.
 */
export function rfc2136(settings: Rfc2136Settings, parts: Rfc2136Parts): ZoneHost {
  return {
    atomic: true,
    async replace(zone, changes) {
      checkChanges(zone, changes)
      const key = await keyOf(settings, parts)
      const ask: Ask = (message, during) => asked({ settings, parts, key, zone }, message, during)
      const before = await readAll(ask, changes)
      if (stands(changes, before)) return { outcome: 'already' }
      const during = `changing ${named(changes)} at ${settings.server}`
      const { rcode } = await ask(update(zone, changes, before), during)
      const after = await readBack(ask, changes, rcode === 'NOERROR' ? momentsMs : [])
      if (stands(changes, after)) return { outcome: rcode === 'NOERROR' ? 'applied' : 'already' }
      return rcode === 'NOERROR' ? notMade(settings.server, during, changes, after) : conflict(changes, after)
    },
  }
}

/** What stands at a name and type; `alias`: a CNAME stands there and keeps it out. */
type Read = { rrset: RRset | null; alias: boolean }
type Ask = (message: Message, during: string) => Promise<ReturnType<typeof decodeMessage>>
type Session = { settings: Rfc2136Settings; parts: Rfc2136Parts; key: TsigKey; zone: string }

/** What an update answers when a prerequisite does not hold (RFC 2136 3.2): no error, but the other half of compare-and-set. */
const notAsExpected = new Set(['NXRRSET', 'YXRRSET', 'NXDOMAIN', 'YXDOMAIN'])

/** How long a signed zone may take until the change shows, in ms between reads: it is signed beside, and shown when it is done. */
const momentsMs = [25, 100, 400, 1_600]

async function asked({ settings, parts, key, zone }: Session, message: Message, during: string): ReturnType<Ask> {
  const { server } = settings
  const { octets, mac } = sign(encodeMessage(message), key, Math.floor(parts.now() / 1000))
  const raw = await exchange({ server, octets, during, deadlineMs: parts.deadlineMs })
  const { answer, found } = readable(raw, server, during)
  const tsigError = found?.tsig.error ?? 0
  const signed = found !== undefined && verifies(raw, found, key, mac)
  const told = found && serverSeconds(found.tsig)
  const skewSeconds = told === undefined ? undefined : told - Math.floor(parts.now() / 1000)
  const reading = message.opcode === 0
  const facts = { server, zone, during, key: settings.key, rcode: answer.rcode, tsigError, signed, reading, skewSeconds }
  const fine = answer.rcode === 'NOERROR' || notAsExpected.has(answer.rcode)
  if (!fine || tsigError !== 0) throw refusal(facts)
  if (found === undefined) throw unproven(facts, 'UNSIGNED')
  if (!signed) throw unproven(facts, 'BADMAC')
  if (Math.abs(found.tsig.timeSigned - parts.now() / 1000) > found.tsig.fudge) throw unproven(facts, 'STALE')
  return answer
}

async function readBack(ask: Ask, changes: Change[], waitsMs: number[]): Promise<Read[]> {
  const read = await readAll(ask, changes)
  const [wait, ...rest] = waitsMs
  if (wait === undefined || stands(changes, read) || changes.some((change, at) => keptOut(change, read[at]))) return read
  await pause(wait)
  return readBack(ask, changes, rest)
}

/** Eight at a time, so that a zone with many names does not use up the server's TCP clients. */
async function readAll(ask: Ask, changes: Change[]): Promise<Read[]> {
  const read: Read[] = []
  for (let at = 0; at < changes.length; at += 8) {
    read.push(...(await Promise.all(changes.slice(at, at + 8).map(change => readOne(ask, change)))))
  }
  return read
}

async function readOne(ask: Ask, change: Change): Promise<Read> {
  const { name, type } = subject(change)
  const during = `reading ${name} ${type}`
  const answer = await ask({ opcode: 0, zone: { name, type: TYPE[type] } }, during)
  const alias = type !== 'CNAME' && answer.answers.some(one => one.type === 'CNAME' && sameName(one.name, name))
  if (answer.flag_aa) return { rrset: rrsetAmong(answer.answers, name, type), alias }
  // A server takes updates of names below a zone cut too, and nobody ever sees them.
  const hint = `${name} lives in a zone of its own, delegated elsewhere: change it there, as a zone of its own.`
  throw new Failure({ verdict: 'permanent', during, code: 'NOT-AUTHORITATIVE', hint })
}

/**
 * Every name must hold exactly what it should (RFC 2136 2.4): `after` where that was read, `before` elsewhere, even where something
 * else was read: a wildcard answers for names that hold nothing, and only the server can tell the two apart.
 */
function update(zone: string, changes: Change[], read: Read[]): Message {
  const done = ({ after }: Change, at: number) => sameRRset(after, read[at]?.rrset ?? null)
  const prerequisites = changes.flatMap((change, at) => holds(subject(change), done(change, at) ? change.after : change.before))
  const updates = changes.flatMap((change, at) => (done(change, at) ? [] : replacement(change)))
  return { opcode: 5, zone: { name: zone, type: TYPE.SOA }, prerequisites, updates }
}

function holds({ name, type }: ReturnType<typeof subject>, one: RRset | null): WireRecord[] {
  if (one) return wireRecords(one, CLASS.IN, 0)
  return [{ name, type: TYPE[type], class: CLASS.NONE, ttl: 0, data: Buffer.alloc(0) }]
}

function replacement(change: Change): WireRecord[] {
  const { name, type } = subject(change)
  const removal = { name, type: TYPE[type], class: CLASS.ANY, ttl: 0, data: Buffer.alloc(0) }
  return [removal, ...(change.after ? wireRecords(change.after) : [])]
}

function named(changes: Change[]): string {
  const some = changes.slice(0, 2).map(change => `${subject(change).name} ${subject(change).type}`)
  return [...some, ...(changes.length > 2 ? [`${changes.length - 2} more`] : [])].join(', ')
}

function stands(changes: Change[], read: Read[]): boolean {
  return changes.every(({ after }, at) => sameRRset(after, read[at]?.rrset ?? null))
}

function conflict(changes: Change[], read: Read[]): Replaced {
  const seen = changes.map((change, at) => ({ ...subject(change), change, found: read[at]?.rrset ?? null }))
  const others = seen.filter(({ change, found }) => !sameRRset(found, change.after) && !sameData(found, change.before))
  // Where all looks as it should, the server that knows better says that the name itself holds nothing.
  const odd = others.length > 0 ? others : seen.filter(({ found }) => found !== null)
  const why =
    others.length > 0
      ? 'it holds something else than was read before: somebody changed it; read the records again'
      : 'the name itself does not hold it: a wildcard answers for this name (plan it as a new record), or it changed this very moment'
  return { outcome: 'conflict', found: odd.map(({ name, type, found }): Found => ({ name, type, found, why })) }
}

/** The server said yes and still answers otherwise. A CNAME stays in the way until a person removes it; all else may be slowness. */
function notMade(server: string, during: string, changes: Change[], read: Read[]): never {
  const late = changes.filter(({ after }, at) => !sameRRset(after, read[at]?.rrset ?? null))
  const aliases = changes.filter((change, at) => keptOut(change, read[at]))
  const text = `${server} said yes and still answers otherwise for ${named(late)}`
  if (aliases.length === 0) {
    const hint = `See the log of ${server}: it may be slow to sign or reload the zone, or hold TTLs above a floor of its own.`
    throw new Failure({ verdict: 'transient', during, code: 'NOT-YET', text, hint })
  }
  const hint = `Remove the CNAME at ${aliases.map(change => subject(change).name).join(', ')}, which keeps other records out, then retry.`
  throw new Failure({ verdict: 'permanent', during, code: 'NOT-MADE', text, hint })
}

function keptOut({ after }: Change, read: Read | undefined): boolean {
  return after !== null && read?.alias === true
}

function readable(raw: Buffer, server: string, during: string) {
  try {
    return { answer: decodeMessage(raw), found: findTsig(raw) }
  } catch (cause) {
    const hint = `What answers at ${server} does not speak DNS properly: look for a proxy or firewall in between, and at its log.`
    throw new Failure({ verdict: 'transient', during, code: 'UNREADABLE', text: `name server ${server}`, hint, cause })
  }
}

async function keyOf({ server, key }: Rfc2136Settings, { secret }: Rfc2136Parts): Promise<TsigKey> {
  const text = (await secret(key.secret)).trim()
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
    const hint = `The secret ${key.secret} must be the key's base64 text, as tsig-keygen prints it; store it again, then retry.`
    throw new Failure({ verdict: 'permanent', during: `signing for ${server} with key ${key.name}`, code: 'BAD-SECRET', hint })
  }
  return { name: canonicalName(key.name), algorithm: key.algorithm, secret: Buffer.from(text, 'base64') }
}
