import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { anna } from '../graph/mailbox.ts'
import { clientId, secret, settingsFor, tenantId } from '../graph/tenant.ts'
import { type GraphStandIn, startGraph } from '../sandbox/graph/start.ts'
import type { HostProcess } from './host-process.ts'
import { type Site, startSite } from './site.ts'
import { rowsOf } from './storage.ts'

let site: Site
let service: GraphStandIn
let host: HostProcess

const book = ['Anna Secret', 'Bruno Hidden'].map(name => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEND:VCARD\r\n`).join('')
const at = (wave: string, address = anna) => `waves/${wave}/mailboxes/${encodeURIComponent(address)}/items`

before(async () => {
  site = await startSite({ people: [anna], messages: 1 })
  service = await startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: ['Contacts.ReadWrite', 'Calendars.ReadWrite'] }],
    domains: ['town.example'],
    skus: [],
    mailboxDelayMs: 0,
    deliver: async () => {},
  })
  await service.addMailbox(anna)
  host = await site.host(settingsFor(service))
  const day = '2099-01-01'
  const nobody = [
    { address: 'info@town.example', kind: 'alias', aliasOf: anna },
    { address: 'team@town.example', kind: 'list', members: [anna] },
  ]
  for (const [name, target] of Object.entries({ online: '{ kind: exchange-online }', server: undefined })) {
    const put = await host.call(
      'PUT',
      `playbooks/${name}`,
      site.playbook(name, { calendar: '[{ at: "D 00:00", step: prestage }]', ...(target ? { target } : {}) }),
    )
    assert.equal(put.status, 201, put.text)
    const posted = await host.call('POST', 'waves', {
      wave: name,
      playbook: name,
      day,
      mailboxes: [{ address: anna }, ...nobody],
    })
    assert.equal(posted.status, 202, posted.text)
  }
})

after(async () => {
  await host?.stop()
  await service?.stop()
  await site?.close()
})

const audited = async () =>
  (await rowsOf(site.azurite.connectionString, 'Audit')).filter(({ action }) => action === 'bring-items')

test('a file of contacts is shown what it would do, is brought once, and nothing of it is kept', {
  timeout: 60_000,
}, async () => {
  const there = service.items.of(service.tenant.user(anna)).contacts
  const dry = await host.call('POST', `${at('online')}?dryRun=true`, book)
  assert.deepEqual([dry.status, dry.json.created, dry.json.dryRun, there.length], [200, 2, true, 0], dry.text)
  const headers = { 'x-operator': 'Odile', 'content-type': 'text/vcard' }
  const brought = await host.call('POST', at('online'), book, headers)
  const sums = ({ json }: typeof brought) => [json.format, json.found, json.created, json.already, json.excepted, json.left]
  assert.deepEqual(sums(brought), ['vcard', 2, 2, 0, 0, 0], brought.text)
  assert.deepEqual(sums(await host.call('POST', at('online'), book, headers)), ['vcard', 2, 0, 2, 0, 0])
  assert.equal(there.length, 2)
  const [first, ...more] = await audited()
  assert.deepEqual([first?.who, first?.partitionKey, more.length], ['Odile', 'online', 1])
  assert.match(String(first?.details), /"created":2/)
  assert.doesNotMatch(host.output() + JSON.stringify([first, more]), /Secret|Hidden/)
})

test('a calendar comes at the hours of the playbook’s zone, and a permission that is missing is named', async () => {
  const entry = (name: string) => `BEGIN:${name}\r\nSUMMARY:Council\r\nDTSTART:20250702T140000\r\nEND:${name}\r\n`
  const calendar = (name: string) => `BEGIN:VCALENDAR\r\n${entry(name)}END:VCALENDAR\r\n`
  const brought = await host.call('POST', at('online'), calendar('VEVENT'))
  assert.deepEqual([brought.json.format, brought.json.created], ['icalendar', 1], brought.text)
  const [event] = service.items.of(service.tenant.user(anna)).events
  assert.deepEqual(event?.fields.start, { dateTime: '2025-07-02T14:00:00', timeZone: 'Europe/Paris' })
  const refused = await host.call('POST', at('online'), calendar('VTODO'))
  assert.equal(refused.status, 503)
  assert.match(refused.text, /Tasks\.ReadWrite\.All/)
})

test('what cannot be brought is refused with what to do, and nothing is done', async () => {
  const before = (await audited()).length
  const refusals: [string, string | Uint8Array, number, RegExp][] = [
    [at('online'), 'a,b', 400, /BEGIN:VCARD.*Dutch/],
    [at('online'), '', 400, /empty/],
    [at('online', 'nobody@town.example'), book, 404, /unknown-mailbox/],
    [at('online', 'info@town.example'), book, 409, /the mailbox that it belongs to/],
    [at('online', 'team@town.example'), book, 409, /no mailbox.*its members/],
    [at('server'), book, 409, /Open & Export/],
    [at('online'), new Uint8Array(30 * 1024 * 1024 + 1), 413, /in parts/],
  ]
  for (const [path, body, status, says] of refusals) {
    const answered = await host.call('POST', path, body)
    assert.equal(answered.status, status, answered.text)
    assert.match(answered.text, says)
  }
  assert.equal((await audited()).length, before)
})
