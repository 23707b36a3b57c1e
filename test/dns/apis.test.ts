import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, describe, test } from 'node:test'
import { azureDns } from '../../shared/dns/azure-dns.ts'
import { cloudflare } from '../../shared/dns/cloudflare.ts'
import { gandi } from '../../shared/dns/gandi.ts'
import { ovh, ovhHeaders } from '../../shared/dns/ovh.ts'
import { rrset } from '../../shared/dns/records.ts'
import type { RecordType, RRset, ZoneHost } from '../../shared/dns/zone.ts'
import { Failure } from '../../shared/errors.ts'
import { zoneContract } from '../contracts/zone.ts'
import type { ApiServer, KeptZone } from '../sandbox/dns/api-server.ts'
import { startAzureDns } from '../sandbox/dns/azure.ts'
import { startCloudflare } from '../sandbox/dns/cloudflare.ts'
import { startGandi } from '../sandbox/dns/gandi.ts'
import { startOvh } from '../sandbox/dns/ovh.ts'

const zone = 'contract.example'
const key = 'k3y-that-nobody-may-read'
const parts = { secret: async () => `${key}\n`, now: Date.now, timeoutMs: 2_000 }

const azure = { subscription: '0000', resourceGroup: 'dns' }
const ovhKeys = { endpoint: 'eu', applicationKey: 'app', applicationSecret: 'OVH_SECRET', consumerKey: 'OVH_CONSUMER' } as const

/** Each host, with what is behind it: `shown` is what the world sees. */
const hosts: Record<string, () => Promise<{ host: ZoneHost; server: ApiServer; kept: KeptZone; shown: KeptZone }>> = {
  gandi: async () => {
    const server = await startGandi(zone, key)
    return { host: gandi({ secret: 'GANDI', api: server.base }, parts), server, kept: server.kept, shown: server.kept }
  },
  cloudflare: async () => {
    const server = await startCloudflare(zone, key)
    return { host: cloudflare({ secret: 'CLOUDFLARE', api: server.base }, parts), server, kept: server.kept, shown: server.kept }
  },
  ovh: async () => {
    const server = await startOvh(zone, { applicationKey: 'app', applicationSecret: key, consumerKey: key })
    server.aheadSeconds = 500
    return { host: ovh({ ...ovhKeys, api: server.base }, parts), server, kept: server.kept, shown: server.published }
  },
  'azure-dns': async () => {
    const server = await startAzureDns(zone, { token: key, root: '/subscriptions/0000/resourceGroups/dns' })
    const token = { token: async () => key, forget: () => {} }
    return { host: azureDns({ ...azure, api: server.base }, { ...parts, token }), server, kept: server.kept, shown: server.kept }
  },
}

for (const [name, open] of Object.entries(hosts)) {
  zoneContract(`${name} by its API`, async () => {
    const { host, server, kept, shown } = await open()
    return {
      host,
      zone,
      read: async (owner: string, type: RecordType) => shown.rrset(owner, type),
      put: async (owner: string, type: RecordType, one: RRset | null) => {
        kept.set(owner, type, one)
        if (shown !== kept) shown.set(owner, type, one)
      },
      close: () => server.stop(),
    }
  })

  describe(`${name}: what its API may do to us`, () => {
    let at: Awaited<ReturnType<typeof open>>
    beforeAll(async () => {
      at = await open()
    })
    afterAll(() => at.server.stop())
    const owner = (label: string) => (label === '' ? zone : `${label}.${zone}`)
    const old = (label: string) => rrset(owner(label), 'MX', 3600, ['10 mx1.old.example', '20 mx2.old.example'])
    const fresh = (label: string) => rrset(owner(label), 'MX', 300, ['0 mx.new.example', '20 mx2.old.example'])
    const given = (label: string) => {
      at.kept.set(owner(label), 'MX', old(label))
      if (at.shown !== at.kept) at.shown.set(owner(label), 'MX', old(label))
    }
    const flip = (label: string) => at.host.replace(zone, [{ before: old(label), after: fresh(label) }])
    const failed = async (label: string): Promise<Failure> => {
      const error = await flip(label).then(
        () => assert.fail('it did not fail'),
        (thrown: unknown) => thrown,
      )
      assert.ok(error instanceof Failure, String(error))
      return error
    }

    test('the apex itself is changed, and what stays of a set stays', async () => {
      given('')
      assert.deepEqual(await flip(''), { outcome: 'applied' })
      assert.deepEqual(at.shown.rrset(zone, 'MX'), fresh(''))
    })

    test('a key that is refused is for a person, and is never repeated', async () => {
      given('refused')
      at.server.next = () => ({ status: 403, body: { message: `the key ${key} may not` } })
      const { verdict, code, message, hint } = await failed('refused')
      assert.deepEqual([verdict, code], ['permanent', 'REFUSED'])
      assert.ok(!message.includes(key) && !hint.includes(key), message)
    })

    test('a host that is busy is weather, for as long as it says', async () => {
      given('busy')
      at.server.next = () => ({ status: 429, headers: { 'retry-after': '7' } })
      const { verdict, retryAfterMs } = await failed('busy')
      assert.deepEqual([verdict, retryAfterMs], ['transient', 7_000])
      at.server.next = () => ({ status: 503 })
      assert.equal((await failed('busy')).verdict, 'transient')
      assert.deepEqual(await flip('busy'), { outcome: 'applied' })
    })

    test('an answer that is lost behind a change: the same call again finds it made, and public', async () => {
      given('lost')
      let cut = 0
      at.server.lost = ({ method }) => method !== 'GET' && cut++ === 0
      const { verdict, code } = await failed('lost')
      assert.deepEqual([verdict, cut > 0], ['transient', true], code)
      const second = await flip('lost')
      assert.ok(['already', 'applied'].includes(second.outcome), second.outcome)
      assert.deepEqual(at.shown.rrset(owner('lost'), 'MX'), fresh('lost'))
    })

    test('an answer that nobody can read is weather', async () => {
      given('odd')
      at.server.next = () => ({ status: 200, body: { surprise: true } })
      const said = await flip('odd').catch((error: unknown) => error)
      // A zone that is merely there need say no more than that.
      if (said instanceof Failure) assert.equal(said.verdict, 'transient')
      else assert.deepEqual(said, { outcome: 'applied' })
    })

    test('a change that it does not take is told with its own words', async () => {
      given('floor')
      // Under what each lets a record live at least.
      const after = { ...fresh('floor'), ttl: name === 'azure-dns' ? 0 : 30 }
      await assert.rejects(at.host.replace(zone, [{ before: old('floor'), after }]), (error: unknown) => {
        assert.ok(error instanceof Failure)
        assert.match(error.message, /ttl|TTL/)
        return error.verdict === 'permanent'
      })
      assert.deepEqual(at.shown.rrset(owner('floor'), 'MX'), old('floor'))
    })

    test('a text of several strings and signs comes back as it was', async () => {
      const text = rrset(owner('long'), 'TXT', 300, [`"${'k'.repeat(255)}" "\\"rest\\\\ é"`])
      assert.deepEqual(await at.host.replace(zone, [{ before: null, after: text }]), { outcome: 'applied' })
      assert.deepEqual(await at.host.replace(zone, [{ before: null, after: text }]), { outcome: 'already' })
    })
  })
}

test('a secret that no header takes is for a person, and is not repeated', async () => {
  const server = await startGandi(zone, key)
  const host = gandi({ secret: 'GANDI', api: server.base }, { ...parts, secret: async () => `${key}\n${key}` })
  await assert.rejects(
    host.replace(zone, [{ before: null, after: rrset(zone, 'MX', 300, ['0 mx.new.example']) }]),
    (error: unknown) => {
      assert.ok(error instanceof Failure)
      assert.deepEqual([error.code, error.verdict, server.requests.length], ['BAD-SECRET', 'permanent', 0])
      return !`${error.message} ${error.hint} ${error.cause}`.includes(key)
    },
  )
  await server.stop()
})

test('the signature of OVHcloud’s documentation', () => {
  const of = {
    applicationKey: 'AK',
    secret: 'AS',
    consumer: 'CK',
    method: 'GET',
    url: 'https://eu.api.ovh.com/1.0/domain',
    body: '',
    time: 1457018875,
  }
  assert.equal(ovhHeaders(of)['x-ovh-signature'], '$1$d0d40f1499b530156d0cd50543a36958071de674')
})
