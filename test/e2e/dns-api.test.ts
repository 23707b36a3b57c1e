import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { read } from '../dns/hands.ts'
import type { NameServer } from '../sandbox/dns/child.ts'
import { startPowerDns } from '../sandbox/dns/powerdns.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const domain = 'api.test'
const people = [`anna@${domain}`]
const key = 'pdns-key-of-this-run'
let site: Site
let dns: NameServer & { url: string }
let host: HostProcess

before(async () => {
  site = await startSite({ people, messages: 20 })
  const text = zoneText({ domain, mx: ['10 mx.old.example'], ttl: 2, ns: { [`ns1.${domain}`]: '127.0.0.1' } })
  dns = await startPowerDns({ dir: `${site.dir}/pdns`, zones: [{ name: domain, text }], key })
  host = await site.host({ PDNS_KEY: key, QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' })
})

after(async () => {
  await site?.close()
  await dns?.stop()
})

test('an MX is switched, proved and put back at a DNS host that is reached by its API', async () => {
  const routing = `{ kind: powerdns, api: "${dns.url}", secret: PDNS_KEY, ttl: 1, mx: [{ preference: 0, exchange: mx.new.example }], nameservers: ["${dns.server}"] }`
  const put = await host.call('PUT', 'playbooks/api', site.playbook('api', { routing }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'api', playbook: 'api', mailboxes: people.map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  await until(host, 'waves/api', ({ verdict }) => verdict === 'complete')
  assert.deepEqual((await read(dns, domain, 'MX'))?.data, ['0 mx.new.example'])
  for (const address of people) assert.deepEqual(await site.differences(address), [])

  assert.equal((await host.call('POST', 'waves/api/rollback', { why: 'a test' })).status, 202)
  await until(host, 'waves/api', ({ state }) => state === 'rolled-back')
  assert.deepEqual((await read(dns, domain, 'MX'))?.data, ['10 mx.old.example'])
  assert.ok(!host.output().includes(key))
})
