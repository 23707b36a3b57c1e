import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { QueueServiceClient } from '@azure/storage-queue'
import { type SharedKey, startBind } from '../sandbox/dns/bind.ts'
import type { NameServer } from '../sandbox/dns/child.ts'
import { zoneText } from '../sandbox/dns/zone-text.ts'
import { startDovecot } from '../sandbox/mail/dovecot.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import { mailExchangers } from '../sandbox/world/post.ts'
import { type HostProcess, until } from './host-process.ts'
import { doneNotice, isNotice, type Site, startSite } from './site.ts'
import { allMessages, rowsOf } from './storage.ts'

const domains = ['hall.test', 'full.test'] as const
const people = domains.map(domain => `anna@${domain}`)
const [hall, full] = people as [string, string]
const mover: SharedKey = { name: 'mover', algorithm: 'hmac-sha256', secret: Buffer.from('mover'.padEnd(32)).toString('base64') }
let site: Site
let bind: NameServer
let host: HostProcess

const start = async () => {
  host = await site.host({ QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *', DNS_KEY: mover.secret }, { leaseMs: 1_000 })
}

before(async () => {
  const now = Date.UTC(2026, 10, 1)
  const mailbox = (user: string) =>
    generateMailbox({ seed: user, messages: user === full ? 60 : 4, size: 'small', odd: false, now })
  site = await startSite({ people, messages: 0, mailbox, new: { quotaBytes: 150_000 } })
  const zones = domains.map(domain => {
    const ns = { [`ns1.${domain}`]: '127.0.0.1' }
    return { name: domain, grants: ['mover. zonesub MX'], text: zoneText({ domain, mx: ['10 mx.old.test'], ttl: 2, ns }) }
  })
  bind = await startBind({ dir: join(site.dir, 'bind'), zones, keys: [mover] })
  await start()
})

after(async () => {
  await bind?.stop()
  await site?.close()
})

const mx = () => Promise.all(domains.map(async domain => (await mailExchangers(bind.server, domain)).join()))
const say = async (action: string, more: object = {}) => {
  const answer = await host.call('POST', `waves/w/${action}`, { why: 'a long evening', ...more }, { 'x-operator': 'Odile' })
  assert.equal(answer.status, 202, answer.text)
}
const waitsFor = (what: RegExp) => until(host, 'waves/w', wave => what.test(String(wave.waitsFor)))
const killed = async () => {
  await host.kill9()
  await start()
}

/** What nobody sent lies in every queue, those of poison among them; how many messages that were. */
async function litter(): Promise<number> {
  const service = QueueServiceClient.fromConnectionString(site.azurite.connectionString)
  const base64 = (one: unknown) => Buffer.from(JSON.stringify(one)).toString('base64')
  const rubbish = [
    'no base64 at all: ***',
    Buffer.from([0xff, 0xfe, 0x00, 0xc3]).toString('base64'),
    base64({ machine: 'mailbox', partition: 'w', key: 'nobody@full.test', pass: 3 }),
    base64({ machine: 'mailbox', partition: 'w', key: full, pass: 0 }),
    base64({ machine: 'domain', partition: 'w', key: 'hall.test', pass: 0 }),
    base64({ machine: 'wave', partition: 'wave', key: 'w', pass: 0 }),
    base64({ machine: 'nothing', partition: 'w', key: 'w', pass: -1 }),
    base64('a text'),
  ]
  let sent = 0
  for await (const { name } of service.listQueues())
    for (const text of rubbish) {
      await service.getQueueClient(name).sendMessage(text)
      sent++
    }
  return sent
}

test('a mailbox that fills up keeps its own domain from its cutover, whatever is said and whoever is killed, until there is room', async () => {
  const routing = `{ kind: rfc2136, server: "${bind.server}", key: { name: mover, algorithm: hmac-sha256, secret: DNS_KEY }, ttl: 1, mx: [{ preference: 5, exchange: mx.new.test }], nameservers: ["${bind.server}"] }`
  const put = await host.call('PUT', 'playbooks/two', site.playbook('two', { ...doneNotice, routing }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'w', playbook: 'two', mailboxes: people.map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  const littered = await litter()
  assert.ok(littered > 50, `${littered}`)

  await waitsFor(/are full there, whose mail would bounce: anna@full\.test \(full\).*"without": \["full\.test"\]/)
  const { state, error } = (await host.call('GET', `waves/w/mailboxes/${full}`)).json as Record<string, { hint: string }>
  assert.equal(state, 'held')
  assert.match(error?.hint ?? '', /mailbox is full: raise its quota/)
  assert.deepEqual(await mx(), ['mx.old.test', 'mx.old.test'])

  await say('approve', { step: 'cutover', without: ['full.test'] })
  await killed()
  await until(host, `waves/w/mailboxes/${hall}`, one => one.state === 'completed')
  await say('retry')
  await say('approve', { step: 'cutover' })
  await waitsFor(/its domains: full\.test is ready \(missing or full at the target: anna@full\.test\)/)
  assert.deepEqual(await mx(), ['mx.new.test', 'mx.old.test'])
  assert.deepEqual(await site.strays(full), [])

  const { port, lmtpPort, master } = site.target
  await site.target.stop()
  const own = { dir: `${site.dir}/new`, port, lmtpPort, master, users: people, password: 'own-password-of-nobody' }
  site.target = await startDovecot({ ...own, layout: 'new' })
  await say('retry')
  await killed()
  const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null)
  assert.equal(ended.verdict, 'complete', JSON.stringify(ended))
  assert.deepEqual(await mx(), ['mx.new.test', 'mx.new.test'])
  for (const address of people) {
    assert.deepEqual(await site.differences(address, isNotice), [])
    assert.equal((await site.strays(address)).filter(isNotice).length, 1)
  }
  // What lay about was dropped, and nothing of the wave was held for it.
  const left = async () => Object.values(await allMessages(site.azurite.connectionString)).flat().length
  while ((await left()) > 0) await host.more()
  const held = (await rowsOf(site.azurite.connectionString, 'Mailboxes')).map(({ heldBy }) => heldBy)
  assert.ok(!JSON.stringify(held).includes('POISON'), JSON.stringify(held))
})
