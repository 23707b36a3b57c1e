import { rfc2136 } from '../../shared/dns/rfc2136.ts'
import { zoneContract } from '../contracts/zone.ts'
import { startBind } from '../sandbox/dns/bind.ts'
import { startKnot } from '../sandbox/dns/knot.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { ownDir, put, read, sharedKey } from './hands.ts'

const zone = 'contract.example'
const text = zoneText({ domain: zone, mx: ['10 mx.old.example'], ttl: 3600, ns: { [`ns1.${zone}`]: '127.0.0.1' } })
const key = sharedKey('mover')
const grants = [`mover. zonesub ANY`]

async function underTest(start: typeof startOnBind) {
  const dir = ownDir()
  const server = await start(dir)
  const settings = { server: server.server, key: { ...key, secret: 'DNS_KEY' } }
  return {
    host: rfc2136(settings, { secret: async () => key.secret, now: Date.now }),
    zone,
    read: (...asked: [string, Parameters<typeof read>[2]]) => read(server, ...asked),
    put: (...asked: [string, Parameters<typeof read>[2], Parameters<typeof put>[4]]) => put(server, key, ...asked),
    close: () => server.stop(),
  }
}

const startOnBind = (dir: string) => startBind({ dir, zones: [{ name: zone, text, grants }], keys: [key] })

zoneContract('rfc2136 on BIND', () => underTest(startOnBind))
zoneContract('rfc2136 on BIND, a signed zone', () =>
  underTest(dir => startBind({ dir, zones: [{ name: zone, text, grants, dnssec: true }], keys: [key] })),
)
zoneContract('rfc2136 on Knot', () =>
  underTest(dir =>
    startKnot({
      dir,
      zones: [{ name: zone, text }],
      keys: [key],
      grants: [{ key: key.name, types: ['MX', 'TXT', 'CNAME', 'SRV'] }],
    }),
  ),
)
