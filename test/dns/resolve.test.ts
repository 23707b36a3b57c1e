import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { agreement, consensus } from '../../shared/dns/agreement.ts'
import { exchange } from '../../shared/dns/exchange.ts'
import { decodeMessage } from '../../shared/dns/message.ts'
import { rrset } from '../../shared/dns/records.ts'
import { type Authorities, askAll, authorities } from '../../shared/dns/resolve.ts'
import { rfc2136 } from '../../shared/dns/rfc2136.ts'
import { Failure } from '../../shared/errors.ts'
import { startBind } from '../sandbox/dns/bind.ts'
import { freePort, type NameServer } from '../sandbox/dns/child.ts'
import { startKnot } from '../sandbox/dns/knot.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { ownDir, put, sharedKey } from './hands.ts'
import { bareAnswer, type Scripted, scripted } from './scripted.ts'

// Three addresses, one port, as in the world: the primary, the secondary, the parent. Nothing listens at the fourth.
const [primary, secondary, above, forgotten] = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'] as const
const key = sharedKey('mover')
const zone = 'old.example'
const ville = 'ville.old.example'
const mx = (name: string, host: string, ttl: number) => rrset(name, 'MX', ttl, [`10 ${host}`])

describe('authoritative servers', () => {
  let bind: NameServer
  let knot: NameServer
  let parent: NameServer
  let resolver: Scripted
  let startSecondary: () => Promise<NameServer>
  let found: Authorities
  const where = () => ({ resolvers: [resolver.server], port: bind.port, deadlineMs: 2_000, now: Date.now })

  before(async () => {
    const dir = ownDir()
    const port = await freePort(primary, secondary, above)
    const ns = { 'ns1.old.example': primary, 'ns2.old.example': secondary }
    const more = ['www.old.example. IN CNAME web.elsewhere.test.']
    const text = zoneText({ domain: zone, mx: ['10 mx.old.example'], ttl: 3600, ns, subdomains: ['ville'], more })
    const cut = Object.entries({ ...ns, 'ns3.old.example': forgotten })
    const delegation = cut.flatMap(([name, address]) => [`${zone}. IN NS ${name}.`, `${name}. IN A ${address}`])
    const parentText = zoneText({ domain: 'example', mx: [], ttl: 60, ns: { 'a.nic.example': above }, more: delegation })
    const notify = [{ address: secondary, port, key: key.name }]
    const zones = [{ name: zone, text, grants: ['mover. zonesub MX TXT'] }]
    bind = await startBind({ dir: join(dir, 'bind'), address: primary, port, zones, keys: [key], notify })
    const from = { address: primary, port, key: key.name }
    startSecondary = () =>
      startKnot({ dir: join(dir, 'knot'), address: secondary, port, zones: [{ name: zone }], keys: [key], primary: from })
    knot = await startSecondary()
    parent = await startKnot({
      dir: join(dir, 'parent'),
      address: above,
      port,
      zones: [{ name: 'example', text: parentText }],
      keys: [],
    })
    // The resolver of the world in small: it knows who serves what, and answers what they answer.
    resolver = await scripted(message => {
      const name = decodeMessage(message).questions?.[0]?.name.toLowerCase() ?? ''
      if (name.endsWith('test') || name === '.') return bareAnswer(message, 3)
      const server = name === zone || name.endsWith(`.${zone}`) ? bind.server : parent.server
      return exchange({ server, octets: message, during: 'resolving' })
    })
    found = await authorities(ville, where())
  })
  after(async () => {
    await resolver.close()
    for (const one of [bind, knot, parent]) await one.stop()
  })

  test('are those of the parent together with those of the zone, and what does not add up is noted', () => {
    assert.equal(found.zone, zone)
    assert.deepEqual(
      found.servers.map(one => one.name),
      ['ns1.old.example', 'ns2.old.example', 'ns3.old.example'],
    )
    assert.deepEqual(
      found.servers.map(one => one.server),
      [primary, secondary, forgotten].map(address => `${address}:${bind.port}`),
    )
    assert.deepEqual(found.notes, [
      'ns3.old.example is delegated old.example by the parent, but the zone itself does not name it',
    ])
  })

  test('one that is delegated to and dead is a transient Failure that names it, and the zone is not at one', async () => {
    const answers = await askAll(found, zone, 'MX', where())
    const silent = answers.flatMap(one => ('failure' in one ? [one] : []))
    assert.deepEqual(
      silent.map(one => [one.server, one.failure.code, one.failure.verdict]),
      [[`${forgotten}:${bind.port}`, 'ECONNREFUSED', 'transient']],
    )
    assert.match(silent[0]?.failure.hint ?? '', /127\.0\.0\.4:\d+: nothing listens there/)
    assert.equal(consensus(answers).agreed, false)
  })

  test('an alias to another zone does not lead away from the zone of the name', async () => {
    assert.equal((await authorities('www.old.example', where())).zone, zone)
  })

  test('the parent zone is found when the parent cannot be asked, with a note', async () => {
    const alone = await authorities(zone, { ...where(), resolvers: [bind.server] })
    assert.deepEqual(
      alone.servers.map(one => one.name),
      ['ns1.old.example', 'ns2.old.example'],
    )
    assert.match(
      alone.notes.join(),
      /^the delegation of old\.example could not be read, so servers that only its parent names were not asked: .*REFUSED/,
    )
  })

  test('one whose address cannot be looked up now is not left out of the proof, and says so', async () => {
    let sick = true
    const other = await scripted(message => {
      const name = decodeMessage(message).questions?.[0]?.name.toLowerCase()
      if (sick && name === 'ns2.old.example') return bareAnswer(message, 2)
      return exchange({ server: bind.server, octets: message, during: 'resolving' })
    })
    const look = async () => askAll(await authorities(zone, { ...where(), resolvers: [other.server] }), zone, 'MX', where())
    const said = consensus(await look())
    assert.ok(!said.agreed)
    assert.deepEqual(
      said.laggards.map(({ server, why }) => [server, /SERVFAIL/.test(why)]),
      [['ns2.old.example', true]],
    )
    assert.match(said.laggards[0]?.hint ?? '', /tried again by itself.*correct the address of ns2\.old\.example/)
    sick = false
    assert.equal(consensus(await look()).agreed, true)
    await other.close()
  })

  test('a resolver that is dead is passed over for the next, and without any it is a transient Failure', async () => {
    const dead = `${forgotten}:${bind.port}`
    const { zone: same } = await authorities(zone, { ...where(), resolvers: [dead, resolver.server] })
    assert.equal(same, zone)
    await assert.rejects(authorities(zone, { ...where(), resolvers: [dead] }), {
      name: 'Failure',
      verdict: 'transient',
      code: 'ECONNREFUSED',
    })
    await assert.rejects(authorities(zone, { ...where(), resolvers: [] }), {
      name: 'Failure',
      verdict: 'permanent',
      code: 'NO-SERVER',
    })
  })

  test('a name in no zone is a permanent Failure', async () => {
    await assert.rejects(authorities('nowhere.test', where()), { name: 'Failure', verdict: 'permanent', code: 'NO-ZONE' })
  })

  test('servers given in the playbook replace discovery', async () => {
    const given = { nameservers: [bind.server, knot.server], resolvers: [], now: Date.now }
    const expected = { zone, servers: [{ server: bind.server }, { server: knot.server }], notes: [] }
    assert.deepEqual(await authorities(ville, given), expected)
  })

  test('a secondary that is down is a laggard by name; started again it catches up, and the change is proved', async () => {
    const servers = { nameservers: [bind.server, knot.server], resolvers: [], deadlineMs: 2_000, now: Date.now }
    const at = await authorities(zone, servers)
    await knot.stop()
    const host = rfc2136(
      { server: bind.server, key: { ...key, secret: 'DNS_KEY' } },
      { secret: async () => key.secret, now: Date.now },
    )
    const flip = [zone, ville].map(name => ({ before: mx(name, 'mx.old.example', 3600), after: mx(name, 'mx.new.example', 300) }))
    assert.deepEqual(await host.replace(zone, flip), { outcome: 'applied' })
    const during = agreement(await askAll(at, ville, 'MX', servers), mx(ville, 'mx.new.example', 300))
    assert.deepEqual(during.proved === false && during.laggards.map(one => one.server), [knot.server])
    knot = await startSecondary()
    for (const name of [zone, ville]) {
      const proof = await eventually(async () =>
        agreement(await askAll(at, name, 'MX', servers), mx(name, 'mx.new.example', 300)),
      )
      assert.deepEqual(proof, { proved: true })
    }
  })

  test('a server that goes on with an old copy is a laggard that shows what it answers', async () => {
    const text = zoneText({ domain: zone, mx: ['10 mx.old.example'], ttl: 300, ns: { 'ns1.old.example': primary } })
    const stale = await startKnot({ dir: ownDir(), zones: [{ name: zone, text }], keys: [] })
    const at = { zone, servers: [{ server: bind.server }, { server: stale.server }], notes: [] }
    const now = await askAll({ ...at, servers: at.servers.slice(0, 1) }, zone, 'MX', where())
    const [newest] = now.flatMap(one => ('rrset' in one ? [one] : []))
    assert.ok(newest?.rrset && newest.serial)
    const lags = async (proof: { serial?: number }, wanted = newest.rrset) => {
      const result = agreement(await askAll(at, zone, 'MX', where()), wanted, proof)
      return result.proved ? [] : result.laggards.map(({ server, why }) => `${server} ${why}`)
    }
    const other = await put(bind, key, zone, 'MX', mx(zone, 'mx.third.example', 300)).then(() =>
      mx(zone, 'mx.third.example', 300),
    )
    assert.deepEqual(await lags({}, other), [`${stale.server} it answers old.example. 300 IN MX 10 mx.old.example.`])
    await put(bind, key, zone, 'MX', mx(zone, 'mx.old.example', 300))
    const serial = newest.serial + 2
    assert.deepEqual(await lags({ serial }, mx(zone, 'mx.old.example', 300)), [
      `${stale.server} its zone is at serial 1, wanted ${serial}`,
    ])
    await stale.stop()
  })

  test('a domain that only a top-level zone answers for is not delegated: a permanent Failure', async () => {
    const failing = { name: 'Failure', verdict: 'permanent', code: 'NO-ZONE' }
    await assert.rejects(authorities('unregistered.example', where()), failing)
  })
})

test('one server that never answers does not keep the others from being heard', async () => {
  const mute = await scripted(() => 'silence')
  const good = await scripted(message => bareAnswer(message))
  const at = { zone, servers: [mute, good].map(({ server }) => ({ server })), notes: [] }
  const [first, second] = await askAll(at, zone, 'MX', { resolvers: [], deadlineMs: 200, now: Date.now })
  assert.ok(first && 'failure' in first && first.failure instanceof Failure)
  assert.equal(first.failure.code, 'ETIMEDOUT')
  assert.ok(second && 'rcode' in second)
  assert.equal(second.rrset, null)
  await mute.close()
  await good.close()
})

/** Asks again until proved, for at most ten seconds: how soon a real secondary transfers is its own affair. */
async function eventually<T extends { proved: boolean }>(look: () => Promise<T>): Promise<T> {
  const until = Date.now() + 10_000
  for (;;) {
    const seen = await look()
    if (seen.proved || Date.now() > until) return seen
    await pause(25)
  }
}
