import { createHmac, timingSafeEqual } from 'node:crypto'
import { uint16 } from './exchange.ts'
import { CLASS, encodeName, encodeRecord, TYPE } from './message.ts'

/** The MAC algorithms of RFC 8945 that are still recommended. */
export type TsigAlgorithm = 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512'

/** A shared key in hand. `name` as the server spells it, without the final dot. */
export type TsigKey = { name: string; algorithm: TsigAlgorithm; secret: Buffer }

/** What the TSIG record of a message says. `timeSigned` in seconds since 1970; `error` as RFC 8945 3 numbers them. */
export type Tsig = {
  name: string
  algorithm: string
  timeSigned: number
  fudge: number
  mac: Buffer
  originalId: number
  error: number
  other: Buffer
}

/** Seconds by which the two clocks may differ: what RFC 8945 10 recommends. */
const fudge = 300

/** The message with its TSIG record, and the MAC that the answer's own will be bound to. `seconds` since 1970. */
export function sign(message: Buffer, key: TsigKey, seconds: number): { octets: Buffer; mac: Buffer } {
  const originalId = message.readUInt16BE(0)
  const unsigned = { ...key, timeSigned: seconds, fudge, originalId, error: 0, other: Buffer.alloc(0) }
  const mac = digest(key, [message, variables(unsigned)])
  const octets = Buffer.concat([message, tsigRecord({ ...unsigned, mac })])
  octets.writeUInt16BE(message.readUInt16BE(10) + 1, 10)
  return { octets, mac }
}

/** The answer to a signed message, signed in turn; stand-ins and tests play the server with it. */
export function signAnswer(answer: Buffer, key: TsigKey, requestMac: Buffer, seconds: number): Buffer {
  const unsigned = { ...key, timeSigned: seconds, fudge, originalId: answer.readUInt16BE(0), error: 0, other: Buffer.alloc(0) }
  const mac = digest(key, [uint16(requestMac.length), requestMac, answer, variables(unsigned)])
  const octets = Buffer.concat([answer, tsigRecord({ ...unsigned, mac })])
  octets.writeUInt16BE(answer.readUInt16BE(10) + 1, 10)
  return octets
}

/** The TSIG record of a message and the octets before it, or undefined where the last record is no TSIG. Throws on torn octets. */
export function findTsig(message: Buffer): { tsig: Tsig; start: number } | undefined {
  let at = 12
  for (let left = message.readUInt16BE(4); left > 0; left--) at = afterName(message, at) + 4
  const records = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10)
  if (message.readUInt16BE(10) === 0) return undefined
  let start = at
  for (let left = records; left > 0; left--) {
    start = at
    const fixed = afterName(message, at)
    at = fixed + 10 + message.readUInt16BE(fixed + 8)
  }
  const fixed = afterName(message, start)
  if (message.readUInt16BE(fixed) !== TYPE.TSIG) return undefined
  return { tsig: parse(readName(message, start), message.subarray(fixed + 10, at)), start }
}

/** Was this answer made by someone who holds the key, in answer to the message with `requestMac`, and not changed since? */
export function verifies(
  answer: Buffer,
  { tsig, start }: { tsig: Tsig; start: number },
  key: TsigKey,
  requestMac: Buffer,
): boolean {
  if (tsig.name !== key.name.toLowerCase() || tsig.algorithm !== key.algorithm) return false
  const bare = Buffer.from(answer.subarray(0, start))
  bare.writeUInt16BE(tsig.originalId, 0)
  bare.writeUInt16BE(answer.readUInt16BE(10) - 1, 10)
  const mac = digest(key, [uint16(requestMac.length), requestMac, bare, variables(tsig)])
  return mac.length === tsig.mac.length && timingSafeEqual(mac, tsig.mac)
}

/** The server's own time in seconds, which it tells with BADTIME (RFC 8945 5.2.3). */
export function serverSeconds({ other }: Tsig): number | undefined {
  return other.length === 6 ? other.readUIntBE(0, 6) : undefined
}

function digest({ algorithm, secret }: TsigKey, parts: Buffer[]): Buffer {
  const hmac = createHmac(algorithm.slice('hmac-'.length), secret)
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/** What is digested besides the message (RFC 8945 4.3.3). */
function variables({ name, algorithm, timeSigned, fudge, error, other }: Omit<Tsig, 'mac' | 'originalId'>): Buffer {
  const head = [encodeName(name), uint16(CLASS.ANY), Buffer.alloc(4), encodeName(algorithm)]
  return Buffer.concat([...head, uint48(timeSigned), uint16(fudge), uint16(error), uint16(other.length), other])
}

function tsigRecord({ name, algorithm, timeSigned, fudge, mac, originalId, error, other }: Tsig): Buffer {
  const signed = [encodeName(algorithm), uint48(timeSigned), uint16(fudge), uint16(mac.length), mac]
  const data = Buffer.concat([...signed, uint16(originalId), uint16(error), uint16(other.length), other])
  return encodeRecord({ name, type: TYPE.TSIG, class: CLASS.ANY, ttl: 0, data })
}

function parse(name: string, data: Buffer): Tsig {
  const at = afterName(data, 0)
  const macEnd = at + 10 + data.readUInt16BE(at + 8)
  return {
    name,
    algorithm: readName(data, 0),
    timeSigned: data.readUIntBE(at, 6),
    fudge: data.readUInt16BE(at + 6),
    mac: data.subarray(at + 10, macEnd),
    originalId: data.readUInt16BE(macEnd),
    error: data.readUInt16BE(macEnd + 2),
    other: data.subarray(macEnd + 6, macEnd + 6 + data.readUInt16BE(macEnd + 4)),
  }
}

/** Where the name that starts at `at` ends in the octets; a compression pointer ends it. */
function afterName(octets: Buffer, at: number): number {
  let here = at
  for (;;) {
    const length = octets.readUInt8(here)
    if (length === 0) return here + 1
    if ((length & 0xc0) === 0xc0) return here + 2
    here += length + 1
  }
}

function readName(octets: Buffer, at: number): string {
  const labels: string[] = []
  let here = at
  for (let jumps = 0; jumps < 128; jumps++) {
    const length = octets.readUInt8(here)
    if (length === 0) return labels.length === 0 ? '.' : labels.join('.').toLowerCase()
    if ((length & 0xc0) === 0xc0) {
      here = octets.readUInt16BE(here) & 0x3fff
      continue
    }
    labels.push(octets.toString('latin1', here + 1, here + 1 + length))
    here += length + 1
  }
  throw new RangeError('a name in the message never ends')
}

function uint48(value: number): Buffer {
  const octets = Buffer.alloc(6)
  octets.writeUIntBE(value, 0, 6)
  return octets
}
