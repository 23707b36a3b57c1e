import { join } from 'node:path'
import { type SharedKey, startBind } from '../dns/bind.ts'
import type { NameServer } from '../dns/child.ts'
import { startKnot } from '../dns/knot.ts'
import { zoneText } from '../dns/zone-text.ts'
import type { Kept } from './kept.ts'

/** The name servers of a world: BIND takes the changes, Knot follows it as any secondary does. */
export type Names = { bind: NameServer; knot: NameServer; stop(): Promise<void> }

/** Where mail of a domain goes before the move. */
export const oldExchanger = (domain: string): string => `mx.${domain}`

/** Starts both for these domains, whose MX has this TTL, in seconds. */
export async function startNames(dir: string, { ports, secrets }: Kept, domains: readonly string[], ttl: number): Promise<Names> {
  const key = (name: string, secret: string): SharedKey => ({ name, algorithm: 'hmac-sha256', secret })
  const transfer = key('transfer', secrets.transfer)
  const address = '127.0.0.1'
  const zone = (domain: string) => ({
    name: domain,
    grants: ['releve. zonesub MX TXT'],
    text: zoneText({
      domain,
      mx: [`10 ${oldExchanger(domain)}`],
      ttl,
      ns: { [`ns1.${domain}`]: address, [`ns2.${domain}`]: address },
    }),
  })
  const bind = await startBind({
    dir: join(dir, 'bind'),
    address,
    port: ports.bind,
    zones: domains.map(zone),
    keys: [key('releve', secrets.update), transfer],
    notify: [{ address, port: ports.knot, key: transfer.name }],
  })
  const knot = await startKnot({
    dir: join(dir, 'knot'),
    address,
    port: ports.knot,
    zones: domains.map(name => ({ name })),
    keys: [transfer],
    primary: { address, port: ports.bind, key: transfer.name },
  }).catch(async error => {
    await bind.stop()
    throw error
  })
  return { bind, knot, stop: () => Promise.all([bind.stop(), knot.stop()]).then(() => undefined) }
}
