import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { readXlsx } from 'hucre'
import { clientId, secret, settingsFor, tenantId } from '../graph/tenant.ts'
import { card, event, task } from '../sandbox/dav/entries.ts'
import { type Radicale, startRadicale } from '../sandbox/dav/radicale.ts'
import { type GraphStandIn, startGraph } from '../sandbox/graph/start.ts'
import { type HostProcess, until } from './host-process.ts'
import { doneNotice, isNotice, type Site, startSite } from './site.ts'
import { allMessages, allRows } from './storage.ts'

const [anna, ben] = ['anna@town.example', 'ben@town.example'] as const
const secrets = { dav_anna: 'annas own/+ calendar%', dav_ben: 'not bens pass/+word%' }
const bens = 'bens own/+ calendar%'
const soon = { QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }
const many = 150

let site: Site
let service: GraphStandIn
let old: Radicale
let host: HostProcess
const said: string[] = []

before(async () => {
  site = await startSite({ people: [anna, ben], messages: 10 })
  service = await startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: ['Contacts.ReadWrite', 'Calendars.ReadWrite', 'Tasks.ReadWrite.All'] }],
    domains: ['town.example'],
    skus: [],
    mailboxDelayMs: 0,
    deliver: async () => {},
  })
  for (const address of [anna, ben]) await service.addMailbox(address)
  const users = { [anna]: secrets.dav_anna, [ben]: bens }
  old = await startRadicale({ dir: join(site.dir, 'radicale'), users, admin: { user: 'admin', password: 'unused' } })
  const people = Object.fromEntries(Array.from({ length: many }, (_, i) => [`p${i}.vcf`, card(`p${i}`, `Hidden Person ${i}`)]))
  await old.put(anna, 'contacts', { tag: 'VADDRESSBOOK', name: 'Contacts', entries: people })
  const diary = { 'a.ics': event('a', 'Hidden Council', 'RRULE:FREQ=WEEKLY;COUNT=3'), 't.ics': task('t', 'Hidden Report') }
  await old.put(anna, 'calendar', { tag: 'VCALENDAR', name: 'Calendar', entries: diary })
  await old.put(ben, 'calendar', { tag: 'VCALENDAR', name: 'Calendar', entries: { 'b.ics': event('b', 'Hidden Board') } })
  host = await site.host({ ...settingsFor(service), ...secrets, ...soon }, { leaseMs: 1_000 })
})

after(async () => {
  await host?.kill9()
  await service?.stop()
  await old?.stop()
  await site?.close()
})

const boxOf = (address: string) => service.items.of(service.tenant.user(address))
const itemsOf = async (address: string) => {
  const { json } = await host.call('GET', `waves/w/mailboxes/${address}`)
  return json.items as Record<string, unknown> & { exceptions: unknown[]; trouble?: { code: string; hint: string } }
}

test('a wave brings mail and calendars, each once though the host is killed among them; a wrong password stops neither', {
  timeout: 240_000,
}, async () => {
  const text = site.playbook('diaries', doneNotice)
  const dav = `dav: { url: "${old.url}", auth: { kind: passwords, secret: "dav-{local}" } }`
  const playbook = text
    .replace('source: {', `source: { ${dav},`)
    .replace('kind: exchange-server', 'kind: exchange-online')
    .concat('copy: { calendars: copy }\n')
  const put = await host.call('PUT', 'playbooks/diaries', playbook)
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'w', playbook: 'diaries', mailboxes: [{ address: anna }, { address: ben }] }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)

  const contacts = boxOf(anna).contacts
  while (contacts.length < 20) await pause(5)
  await host.kill9()
  said.push(host.output())
  assert.ok(contacts.length < many, 'it was killed among them')
  host = await site.host({ ...settingsFor(service), ...secrets, ...soon }, { leaseMs: 1_000 })

  const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null, 120_000)
  assert.equal(ended.verdict, 'complete-with-exceptions', JSON.stringify(ended))
  assert.match(
    JSON.stringify(ended.reasons),
    /^\["ben@town\.example: calendars, contacts and tasks were not brought: [^"]*HTTP 401"\]$/,
  )
  for (const address of [anna, ben]) assert.deepEqual(await site.differences(address, isNotice), [])
  assert.equal(new Set(contacts.map(({ fields }) => fields.displayName)).size, many)
  assert.deepEqual(
    [contacts, boxOf(anna).events, boxOf(anna).tasks, boxOf(ben).events].map(all => all.length),
    [many, 1, 1, 0],
  )

  const { found, excepted, left } = await itemsOf(anna)
  assert.deepEqual([found, excepted, left], [many + 2, 0, 0])
  const { trouble } = await itemsOf(ben)
  assert.match(trouble?.hint ?? '', /source\.dav\.auth/)
  const report = (await host.call('GET', 'waves/w/report.csv')).text.split('\r\n')
  assert.match(report[0] ?? '', /items found,items created,items already,items excepted,items left,items reduced$/)
  const sheets = await fetch(`${host.url}/api/waves/w/report.xlsx`, { headers: { 'x-functions-key': 'e2e-host-key' } })
  const [, mailboxes] = (await readXlsx(new Uint8Array(await sheets.arrayBuffer()))).sheets
  assert.ok(mailboxes?.rows[0]?.includes('items found'))
})

test('the password mended, a retry brings what is missing, and the wave is complete', { timeout: 120_000 }, async () => {
  await host.stop()
  said.push(host.output())
  host = await site.host({ ...settingsFor(service), ...secrets, dav_ben: bens, ...soon }, { leaseMs: 1_000 })
  const retry = await host.call('POST', 'waves/w/retry', { why: 'the password was mended' })
  assert.equal(retry.json.changed, 1, retry.text)
  const ended = await until(host, 'waves/w', ({ verdict }) => verdict === 'complete', 60_000)
  assert.equal(ended.verdict, 'complete')
  assert.equal(boxOf(ben).events.length, 1)
})

test('no password and nothing that the calendars say is in tables, queues or logs', async () => {
  const { connectionString } = site.azurite
  const kept = JSON.stringify([await allRows(connectionString), await allMessages(connectionString)], (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
  const passwords = [...Object.values(secrets), bens]
  const basic = passwords.flatMap(one => [anna, ben].map(user => Buffer.from(`${user}:${one}`).toString('base64')))
  for (const hidden of [...passwords, ...basic, 'Hidden Person', 'Hidden Council', 'Hidden Report', 'Hidden Board'])
    for (const place of [kept, host.output(), ...said]) assert.ok(!place.includes(hidden), hidden)
})
