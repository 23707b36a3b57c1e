import { execFileSync } from 'node:child_process'
import { relative } from '../../shared/dns/api-names.ts'
import { powerDns } from '../../shared/dns/powerdns.ts'
import { zoneLines } from '../../shared/dns/records.ts'
import type { RecordType, RRset } from '../../shared/dns/zone.ts'
import { zoneContract } from '../contracts/zone.ts'
import { startPowerDns } from '../sandbox/dns/powerdns.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { ownDir, read } from './hands.ts'

const zone = 'contract.example'
const text = zoneText({ domain: zone, mx: ['10 mx.old.example'], ttl: 3600, ns: { [`ns1.${zone}`]: '127.0.0.1' } })

zoneContract('PowerDNS by its API', async () => {
  const dir = ownDir()
  const server = await startPowerDns({ dir, zones: [{ name: zone, text }], key: 'changeme-key' })
  const settings = { api: server.url, secret: 'PDNS_KEY', serverId: 'localhost' }
  const util = (...args: string[]) => execFileSync('pdnsutil', [`--config-dir=${dir}`, ...args], { stdio: 'pipe' })
  return {
    host: powerDns(settings, { secret: async () => 'changeme-key', now: Date.now }),
    zone,
    read: (...asked: [string, RecordType]) => read(server, ...asked),
    put: async (name: string, type: RecordType, one: RRset | null) => {
      if (one === null) return void util('delete-rrset', zone, relative(zone, name, '@'), type)
      const values = zoneLines(one).map(line => line.split(' ').slice(4).join(' '))
      util('replace-rrset', zone, relative(zone, name, '@'), type, `${one.ttl}`, ...values)
    },
    close: () => server.stop(),
  }
})
