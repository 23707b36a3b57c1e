import { isIPv4, isIPv6, SocketAddress } from 'node:net'
import { domainToASCII } from 'node:url'
import type { RecordType } from './zone.ts'

/** A name as we keep it: lower case, no trailing dot, A-labels (RFC 5890); the root is `.`. Throws a TypeError saying what is wrong. */
export function canonicalName(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '.') return '.'
  const bare = trimmed.replace(/\.$/, '')
  const ascii = /^[\x21-\x7e]*$/.test(bare) ? bare.toLowerCase() : domainToASCII(bare)
  const labels = ascii.split('.')
  const bad = labels.find(label => !/^(\*|[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)$/.test(label))
  if (bad !== undefined || ascii.length > 253) throw new TypeError(`${JSON.stringify(text)} is not a domain name`)
  return ascii
}

/** One record's data in canonical presentation form. Throws a TypeError saying what was expected. */
export function canonicalData(type: RecordType, text: string): string {
  const words = text.trim().split(/\s+/)
  switch (type) {
    case 'MX': {
      const [preference = '', exchange = '', ...rest] = words
      if (!isUint16(preference) || exchange === '' || rest.length > 0) throw expected(type, '10 mx.old.example', text)
      return `${Number(preference)} ${canonicalName(exchange)}`
    }
    case 'SRV': {
      const [priority = '', weight = '', port = '', target = '', ...rest] = words
      if (![priority, weight, port].every(isUint16) || target === '' || rest.length > 0) {
        throw expected(type, '0 0 443 autodiscover.new.example', text)
      }
      return `${Number(priority)} ${Number(weight)} ${Number(port)} ${canonicalName(target)}`
    }
    case 'CNAME':
      return canonicalName(text)
    case 'A':
      if (!isIPv4(text.trim())) throw expected(type, '192.0.2.25', text)
      return text.trim()
    case 'AAAA':
      if (!isIPv6(text.trim())) throw expected(type, '2001:db8::25', text)
      return new SocketAddress({ address: text.trim(), family: 'ipv6' }).address
    case 'TXT':
      return quoted(parseTxt(text))
  }
}

/** Free text as the data of a TXT record: quoted, escaped, cut into strings of at most 255 bytes. */
export function txt(text: string): string {
  const bytes = Buffer.from(text)
  const strings: Buffer[] = []
  for (let at = 0; at < bytes.length || at === 0; at += 255) strings.push(bytes.subarray(at, at + 255))
  return quoted(strings)
}

/** The text of a TXT record's data, its strings joined without anything between, as SPF and DKIM readers do (RFC 7208 3.3). */
export function textOf(data: string): string {
  return Buffer.concat(parseTxt(data)).toString()
}

/** The strings of a TXT record's data as bytes; `quoted` is its inverse. */
export function parseTxt(text: string): Buffer[] {
  const example = '"v=spf1 -all"'
  if (!/^\s*("(?:[^"\\]|\\\d{3}|\\\D)*"\s*)+$/s.test(text)) throw expected('TXT', example, text)
  return [...text.matchAll(/"((?:[^"\\]|\\\d{3}|\\\D)*)"/gs)].map(([, inner = '']) => {
    const parts = [...inner.matchAll(/\\(\d{3})|\\(\D)|([^\\])/gsu)].map(([, code, escaped, plain]) => {
      if (Number(code) > 255) throw expected('TXT', example, text)
      return code === undefined ? Buffer.from(escaped ?? plain ?? '') : Buffer.of(Number(code))
    })
    const bytes = Buffer.concat(parts)
    if (bytes.length > 255) throw new TypeError(`a TXT string is ${bytes.length} bytes long; at most 255: split it`)
    return bytes
  })
}

/** Bytes as TXT strings: quotes and backslashes escaped, what is not printable ASCII as `\DDD`. */
export function quoted(strings: Buffer[]): string {
  return strings.map(bytes => `"${[...bytes].map(escapedByte).join('')}"`).join(' ')
}

function escapedByte(byte: number): string {
  if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\${String(byte).padStart(3, '0')}`
}

function isUint16(word: string): boolean {
  return /^\d{1,5}$/.test(word) && Number(word) <= 65_535
}

function expected(type: RecordType, example: string, got: string): TypeError {
  return new TypeError(
    `the data of ${type === 'A' || type === 'AAAA' || type === 'MX' ? 'an' : 'a'} ${type} record looks like ${example} (got ${JSON.stringify(got)})`,
  )
}
