import { isIP } from 'node:net'
import { z } from 'zod'
import { expected, show } from '../intake/faults.ts'

/** Whether a host is this machine itself: 127.0.0.0/8, ::1 or localhost. Only there may a connection go without TLS. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.')
  return host.toLowerCase() === 'localhost' || (isIP(host) === 6 && /^(?:0{0,4}:){2,7}0{0,3}1$/.test(host))
}

/** 4 or 6 where a host is an IP address. */
export function ipVersion(host: string): number | undefined {
  return isIP(host) || undefined
}

/** The parts of `host`, `host:port` or `[v6]:port`; undefined where it is none of them. */
export function hostPort(text: string, defaultPort: number): { host: string; port: number } | undefined {
  const [, v6, name, digits] = /^(?:\[([0-9A-Fa-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(text) ?? []
  const host = v6 ?? name
  const port = digits === undefined ? defaultPort : Number(digits)
  if (host === undefined || !isHost(host) || (v6 !== undefined && isIP(v6) !== 6) || port < 1 || port > 65_535) return undefined
  return { host, port }
}

/** A host name of LDH labels (RFC 1123) or an IP address. */
export const host = z
  .string({ error: hostError('a host name or IP address') })
  .refine(isHost, { error: hostError('a host name or IP address') })

/** A host name that a DNS record may point to: no IP address, a final dot allowed. */
export const hostName = z
  .string({ error: hostError('a host name such as mx.town.example') })
  .refine(text => isHost(text.replace(/\.$/, '')) && isIP(text) === 0 && text.includes('.'), {
    error: hostError('a host name such as mx.town.example'),
  })

/** A server as `host` or `host:port`. */
export const server = z
  .string({ error: hostError('a server as host or host:port, such as ns1.town.example:53') })
  .refine(text => hostPort(text, 53) !== undefined, {
    error: hostError('a server as host or host:port, such as ns1.town.example:53'),
  })

/** A TCP port. */
export const port = z
  .int({ error: expected('a port from 1 to 65535') })
  .min(1, { error: expected('a port from 1 to 65535') })
  .max(65_535, { error: expected('a port from 1 to 65535') })

/** Whether a text is a host name of LDH labels or an IP address. */
export function isHost(text: string): boolean {
  if (isIP(text) !== 0) return true
  const labels = text.split('.')
  const ldh = labels.every(label => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/.test(label))
  return text.length <= 253 && ldh && !/^\d+$/.test(labels.at(-1) ?? '')
}

/** A URL or `user:password@host` given as a host may hold a password: it is told what is wrong and not repeated. */
function hostError(what: string) {
  return ({ input }: { input?: unknown }): string => {
    if (input === undefined) return `is missing: expected ${what}`
    if (typeof input === 'string' && /[@/]/.test(input))
      return `expected ${what} alone, not a URL or a login; what was given is not repeated here`
    return `expected ${what} (got ${show(input)})`
  }
}
