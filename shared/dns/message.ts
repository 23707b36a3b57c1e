import { randomInt } from 'node:crypto'
import { type Answer, type DecodedPacket, decode, encode } from 'dns-packet'
import { canonicalData, parseTxt, quoted } from './presentation.ts'
import type { RecordType, RRset } from './zone.ts'

/** A resource record as octets go: class and TTL are numbers, because UPDATE gives them meanings of its own (RFC 2136 2.4, 2.5). */
export type WireRecord = { name: string; type: number; class: number; ttl: number; data: Buffer }

/** A message before it is octets. `opcode` 0 is QUERY, 5 UPDATE; the sections are called as UPDATE calls them. */
export type Message = {
  opcode: 0 | 5
  recurse?: boolean
  zone: { name: string; type: number }
  prerequisites?: WireRecord[]
  updates?: WireRecord[]
}

export const CLASS = { IN: 1, NONE: 254, ANY: 255 } as const
export const TYPE = { A: 1, NS: 2, CNAME: 5, SOA: 6, MX: 15, TXT: 16, AAAA: 28, SRV: 33, RRSIG: 46, TSIG: 250, ANY: 255 } as const

/**
 * A message as octets under a random id. Written here and not by dns-packet, which cannot write class NONE or empty data, the two
 * things that prerequisites and deletions are made of. Names are never compressed.
 */
export function encodeMessage({ opcode, recurse = false, zone, prerequisites = [], updates = [] }: Message): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt16BE(randomInt(0x1_0000), 0)
  header.writeUInt16BE((opcode << 11) | (recurse ? 0x0100 : 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(prerequisites.length, 6)
  header.writeUInt16BE(updates.length, 8)
  const question = Buffer.alloc(4)
  question.writeUInt16BE(zone.type, 0)
  question.writeUInt16BE(CLASS.IN, 2)
  return Buffer.concat([header, encodeName(zone.name), question, ...[...prerequisites, ...updates].map(encodeRecord)])
}

/** One record as octets. */
export function encodeRecord({ name, type, class: klass, ttl, data }: WireRecord): Buffer {
  const fixed = Buffer.alloc(10)
  fixed.writeUInt16BE(type, 0)
  fixed.writeUInt16BE(klass, 2)
  fixed.writeUInt32BE(ttl, 4)
  fixed.writeUInt16BE(data.length, 8)
  return Buffer.concat([encodeName(name), fixed, data])
}

/** A canonical name as octets: lower case, uncompressed, as a MAC needs it (RFC 8945 4.3.3). */
export function encodeName(name: string): Buffer {
  const labels = name === '.' ? [] : name.toLowerCase().split('.')
  return Buffer.concat([
    ...labels.map(label => Buffer.concat([Buffer.of(label.length), Buffer.from(label, 'latin1')])),
    Buffer.of(0),
  ])
}

/** The records of an RRset as octets go, with the class and TTL that the section asks for. */
export function wireRecords(one: RRset, klass: number = CLASS.IN, ttl = one.ttl): WireRecord[] {
  return one.data.map(text => ({ name: one.name, type: TYPE[one.type], class: klass, ttl, data: encodeData(one.type, text) }))
}

/** What came back, read. Throws whatever dns-packet throws on octets that are no message. */
export function decodeMessage(
  octets: Buffer,
): DecodedPacket & { id: number; rcode: string; answers: Answer[]; authorities: Answer[] } {
  const packet = decode(octets)
  const rcode = 'rcode' in packet && typeof packet.rcode === 'string' ? packet.rcode : 'UNKNOWN'
  const { answers = [], authorities = [], id = octets.readUInt16BE(0) } = packet
  return { ...packet, id, rcode, answers, authorities }
}

/** The RRset of a name and type among answers, or null. What a CNAME leads to is not at this name. */
export function rrsetAmong(answers: Answer[], name: string, type: RecordType): RRset | null {
  const mine = answers.filter(one => one.type === type && sameName(one.name, name))
  const data = [...new Set(mine.map(presented))].sort()
  const ttls = mine.map(one => ('ttl' in one ? (one.ttl ?? 0) : 0))
  return mine.length === 0 ? null : { name, type, ttl: Math.min(...ttls), data }
}

/** Names compare without regard to case or the final dot (RFC 4343). */
export function sameName(a: string, b: string): boolean {
  return wireName(a) === wireName(b)
}

/** A name off the wire as we keep names, whatever its labels hold. */
export function wireName(name: string): string {
  return name.toLowerCase().replace(/(?<=.)\.$/, '')
}

function presented(answer: Answer): string {
  switch (answer.type) {
    case 'MX':
      return `${answer.data.preference ?? 0} ${wireName(answer.data.exchange)}`
    case 'SRV': {
      const { priority = 0, weight = 0, port, target } = answer.data
      return `${priority} ${weight} ${port} ${wireName(target)}`
    }
    case 'TXT':
      return quoted([answer.data].flat().map(one => Buffer.from(one)))
    case 'CNAME':
      return wireName(answer.data)
    case 'A':
    case 'AAAA':
      return canonicalData(answer.type, answer.data)
    default:
      throw new TypeError(`${answer.type} is not a record type that we keep`)
  }
}

/** Header, root name, type, class, TTL and length come before the data in a message that holds one record of the root. */
const beforeData = 12 + 1 + 10

function encodeData(type: RecordType, text: string): Buffer {
  return encode({ answers: [{ ...typed(type, text), name: '.' }] }).subarray(beforeData)
}

function typed(type: RecordType, text: string): Answer {
  const words = text.split(' ')
  const [first = '', second = '', third = '', fourth = ''] = words
  const name = '.'
  switch (type) {
    case 'MX':
      return { name, type, data: { preference: Number(first), exchange: second } }
    case 'SRV':
      return { name, type, data: { priority: Number(first), weight: Number(second), port: Number(third), target: fourth } }
    case 'TXT':
      return { name, type, data: parseTxt(text) }
    case 'CNAME':
    case 'A':
    case 'AAAA':
      return { name, type, data: text }
  }
}
