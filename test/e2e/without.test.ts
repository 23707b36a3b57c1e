import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type SharedKey, startBind } from '../sandbox/dns/bind.ts'
import { freePort, type NameServer } from '../sandbox/dns/child.ts'
import { startKnot } from '../sandbox/dns/knot.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { looksOften, type RehearsalClock, rehearsalClock } from '../sandbox/rehearsal/clock.ts'
import { mailExchangers } from '../sandbox/world/post.ts'
import { type HostProcess, hostKey, until } from './host-process.ts'
import { doneNotice, isNotice, type Site, startSite } from './site.ts'
import { rowsOf } from './storage.ts'

const domains = ['hall.test', 'school.test', 'late.test'] as const
const people = domains.map(domain => `anna@${domain}`)
const [hall, school, late] = people as [string, string, string]
const key = (name: string): SharedKey => ({
  name,
  algorithm: 'hmac-sha256',
  secret: Buffer.from(name.padEnd(32)).toString('base64'),
})
const [mover, transfer] = [key('mover'), key('transfer')]
let site: Site
let bind: NameServer
let knot: NameServer
let host: HostProcess
let clock: RehearsalClock
let file: string

/** The secondary; a zone that it does not have it refuses to answer for. */
const secondary = (names: readonly string[], port: number) =>
  startKnot({
    dir: join(site.dir, 'knot'),
    port,
    zones: names.map(name => ({ name })),
    keys: [transfer],
    primary: { address: '127.0.0.1', port: bind.port, key: transfer.name },
  })

const start = async () => {
  const quick = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *', REHEARSAL_CLOCK: file, ...looksOften }
  host = await site.host({ ...quick, DNS_KEY: mover.secret }, { leaseMs: 1_000 })
  clock.watch({ url: host.url, key: hostKey })
}

before(async () => {
  site = await startSite({ people, messages: 5 })
  const zones = domains.map(domain => {
    const ns = { [`ns1.${domain}`]: '127.0.0.1', [`ns2.${domain}`]: '127.0.0.1' }
    return { name: domain, grants: ['mover. zonesub MX'], text: zoneText({ domain, mx: ['10 mx.old.test'], ttl: 2, ns }) }
  })
  const port = await freePort()
  const notify = [{ address: '127.0.0.1', port, key: transfer.name }]
  bind = await startBind({ dir: join(site.dir, 'bind'), zones, keys: [mover, transfer], notify })
  knot = await secondary(domains.slice(0, 2), port)
  file = join(site.dir, 'clock')
  clock = rehearsalClock(file, site.azurite.connectionString, Date.parse('2026-03-09T18:00:30+01:00'), 60)
  await start()
})

after(async () => {
  await Promise.all([bind?.stop(), knot?.stop()])
  await site?.close()
})

const mx = () => Promise.all(domains.map(async domain => (await mailExchangers(bind.server, domain)).join()))
const approve = async (more: object = {}) => {
  const order = { why: 'a long evening', step: 'cutover', ...more }
  const answer = await host.call('POST', 'waves/w/approve', order, { 'x-operator': 'Odile' })
  assert.equal(answer.status, 202, answer.text)
}
/** The host dies; whoever it was at work on is looked at again within a minute. */
const killed = async () => {
  await host.kill9()
  await start()
  await clock.jumpTo(clock.now() + 60_000)
}
/** Whom notices lie before in their new mailboxes, once for each letter. */
const told = async () => {
  const found = await Promise.all(people.map(async address => (await site.strays(address)).filter(isNotice).map(() => address)))
  return found.flat()
}
const waitsFor = (what: RegExp) => until(host, 'waves/w', wave => what.test(String(wave.waitsFor)), 30_000)

test('a domain whose name server refuses to answer is left behind: nobody of it is told before its own word, and nobody is told twice', async () => {
  const routing = `{ kind: rfc2136, server: "${bind.server}", key: { name: mover, algorithm: hmac-sha256, secret: DNS_KEY }, ttl: 1, mx: [{ preference: 5, exchange: mx.new.test }], nameservers: ["${bind.server}", "${knot.server}"] }`
  const calendar = '[{ at: "D 18:00", step: cutover }, { at: "D 20:00", notice: done }]'
  const put = await host.call('PUT', 'playbooks/three', site.playbook('three', { ...doneNotice, calendar, routing }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'w', playbook: 'three', day: '2026-03-09', mailboxes: people.map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  await waitsFor(/its domains: late\.test is checking; POST …\/approve with "step": "cutover", "without": \["late\.test"\]/)
  assert.deepEqual(await mx(), ['mx.old.test', 'mx.old.test', 'mx.old.test'])

  await approve({ without: ['late.test'] })
  await killed()
  await waitsFor(/left behind \(late\.test is checking\)/)
  assert.deepEqual(await mx(), ['mx.new.test', 'mx.new.test', 'mx.old.test'])
  for (const address of [hall, school]) await until(host, `waves/w/mailboxes/${address}`, ({ state }) => state === 'completed')

  await clock.jumpTo(Date.parse('2026-03-09T20:00:05+01:00'))
  const noticed = async () =>
    (await rowsOf(site.azurite.connectionString, 'Notices')).filter(({ state }) => state === 'sent').length
  while ((await noticed()) < 2) await host.more()
  await until(host, 'waves/w/steps', ({ steps }) => JSON.stringify(steps).includes(`the domain of ${late} to be switched`))
  assert.deepEqual(await told(), [hall, school])

  // Its name server is mended; retry looks at once. Ready or not, it waits for its word.
  await knot.stop()
  knot = await secondary(domains, knot.port)
  assert.equal((await host.call('POST', 'waves/w/retry', { why: 'it has the zone now' })).status, 202)
  await waitsFor(/left behind \(late\.test is ready\)/)
  assert.deepEqual(
    [await mx(), await told()],
    [
      ['mx.new.test', 'mx.new.test', 'mx.old.test'],
      [hall, school],
    ],
  )
  await approve()
  await killed()
  const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null, 30_000)
  assert.equal(ended.verdict, 'complete', JSON.stringify(ended))
  assert.deepEqual([await mx(), await told()], [['mx.new.test', 'mx.new.test', 'mx.new.test'], people])
  for (const address of people) assert.deepEqual(await site.differences(address, isNotice), [])
})
