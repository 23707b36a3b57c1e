import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clientId, secret, settingsFor, tenantId } from '../graph/tenant.ts'
import type { Usage } from '../sandbox/graph/reports.ts'
import { type GraphStandIn, startGraph } from '../sandbox/graph/start.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

/** The archive did more in all, and is enqueued first; a person of the field did more than one of the archive. */
const archive = ['anna@police.test', 'bruno@police.test', 'chantal@police.test']
const field = ['dirk@police.test']
const usage: Usage = {
  concealed: true,
  people: [
    { name: 'Anna@police.test', chat: 20, meetings: 4 },
    { name: 'bruno@police.test', team: 6 },
    { name: 'dirk@police.test', team: 3, chat: 12, calls: 5 },
  ],
}
let site: Site
let service: GraphStandIn
let host: HostProcess

before(async () => {
  const people = [...archive, ...field]
  const made = startGraph({
    tenantId,
    apps: [{ clientId, secret, permissions: ['Reports.Read.All'] }],
    domains: ['police.test'],
    skus: [],
    usage,
    mailboxDelayMs: 0,
    deliver: async () => {},
  })
  site = await startSite({ people, messages: 5 })
  service = await made
  for (const address of people) await service.addMailbox(address)
  host = await site.host({
    ...settingsFor(service),
    SWEEP_SCHEDULE: '*/1 * * * * *',
  })
  const auth = '{ kind: master-user, user: bmaster, separator: "*", secret: TARGET_PASSWORD }'
  const text = site.playbook('units', {
    target: `{ kind: exchange-online, imap: { host: 127.0.0.1, port: ${site.target.port}, tls: none, auth: ${auth} } }`,
    calendar: '[{ at: "D 00:00", step: prestage }]',
    sequence: '{ order: teams-use, until: closed }',
  })
  const put = await host.call('PUT', 'playbooks/units', text)
  assert.equal(put.status, 201, put.text)
  for (const [wave, addresses] of Object.entries({ archive, field })) {
    const body = { wave, playbook: 'units', day: '2099-01-01', mailboxes: addresses.map(address => ({ address })) }
    const posted = await host.call('POST', 'waves', body)
    assert.equal(posted.status, 202, posted.text)
  }
})

after(async () => {
  await host?.stop()
  await service?.stop()
  await site?.close()
})

type Ranking = { seal: string; waves: { wave: string; why: string }[] } | null
type Order = { proposed: Ranking; inForce: Ranking }
const order = 'playbooks/units/order'
const shown = async () => (await host.call('GET', order)).json as Order
const dayOf = async (wave: string, day: string) => {
  const moved = await host.call('POST', `waves/${wave}/reschedule`, { why: 'the unit is ready', day })
  assert.equal(moved.status, 202, moved.text)
}
const copied = async (people: readonly string[]) => {
  const folders = await Promise.all(people.map(async one => [...(await site.copy(one)).values()].flat()))
  return folders.flat().length
}

test('units move in the order of what their people do in Teams, as it was shown and approved, whichever day comes first', {
  timeout: 60_000,
}, async () => {
  const hidden = await host.call('POST', order)
  assert.equal(hidden.status, 503)
  assert.match(hidden.text, /CONCEALED-NAMES.*uncheck/)
  usage.concealed = false

  await dayOf('archive', '2020-01-01')
  await until(host, 'waves/archive', ({ waitsFor }) => /order by the use of Teams to be put into force/.test(String(waitsFor)))
  const { proposed, inForce } = (await host.call('POST', order)).json as Order
  assert.equal(inForce, null)
  assert.deepEqual(
    proposed?.waves.map(({ wave, why }) => [wave, why]),
    [
      ['field', '20 acts a person in thirty days: 20 by 1'],
      ['archive', '10 acts a person in thirty days: 30 by 3; 1 of them are not in the report and count as nothing'],
    ],
  )
  assert.deepEqual((await shown()).proposed, proposed)
  assert.equal((await host.call('POST', `${order}/approve`, { why: 'as shown', seal: 'another' })).status, 409)
  const seal = proposed?.seal
  const approved = await host.call('POST', `${order}/approve`, { why: 'as shown', seal }, { 'x-operator': 'Odile' })
  assert.equal((approved.json as Order).inForce?.seal, seal, approved.text)
  assert.doesNotMatch(approved.text, /@police/, 'nobody’s own numbers')

  await until(host, 'waves/archive', ({ waitsFor }) =>
    /wave field before it, which is planned, to be closed/.test(String(waitsFor)),
  )
  await dayOf('field', '2020-01-01')
  const first = await until(host, 'waves/field', ({ verdict }) => verdict !== null)
  assert.equal(first.verdict, 'complete', JSON.stringify(first))
  assert.deepEqual([await copied(archive), (await copied(field)) > 0], [0, true])

  // It would look again by itself within a minute.
  await dayOf('archive', '2020-01-02')
  const second = await until(host, 'waves/archive', ({ verdict }) => verdict !== null)
  assert.equal(second.verdict, 'complete', JSON.stringify(second))
  assert.ok(String(first.closedAt) <= String(second.beganAt), `${first.closedAt} ${second.beganAt}`)
  for (const one of [...field, ...archive]) assert.deepEqual(await site.differences(one), [])
})
