import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { until } from './host-process.ts'
import { doneNotice, isNotice, type Site, startSite } from './site.ts'
import { rowsOf } from './storage.ts'
import { type UnkindQueues, unkindQueues } from './unkind-queues.ts'

const people = ['anna@twice.test', 'bruno@twice.test', 'chantal@twice.test']
let site: Site
let queues: UnkindQueues

before(async () => {
  site = await startSite({ people, messages: 80, odd: ['anna@twice.test'] })
  queues = await unkindQueues(site.azurite)
})

after(async () => {
  await site?.close()
  queues?.close()
})

test('a wave whose every message is handled four times ends as if each had been handled once', async t => {
  const settings = { AzureWebJobsStorage: queues.connectionString, QUIET_SECONDS: '2', SWEEP_SCHEDULE: '*/1 * * * * *' }
  const host = await site.host(settings, { leaseMs: 1_000 })
  const put = await host.call('PUT', 'playbooks/twice', site.playbook('twice', { ...doneNotice, copy: '{ chunkMessages: 10 }' }))
  assert.equal(put.status, 201, put.text)
  const wave = { wave: 'w', playbook: 'twice', mailboxes: people.map(address => ({ address })) }
  assert.equal((await host.call('POST', 'waves', wave)).status, 202)
  const ended = await until(host, 'waves/w', ({ verdict }) => verdict !== null, 90_000)
  assert.equal(ended.verdict, 'complete', JSON.stringify(ended))
  // What is still on its way comes again now, to a wave that is closed.
  const settled = queues.lost
  await new Promise(passed => setTimeout(passed, 4_000))
  t.diagnostic(
    `${queues.sent} messages sent twice, ${queues.lost} deletions lost, ${queues.lost - settled} of them after the end`,
  )
  assert.ok(queues.sent > 10 && queues.lost > queues.sent, `${queues.sent} ${queues.lost}`)

  const again = (await host.call('GET', 'waves/w')).json
  assert.deepEqual([again.state, again.verdict, again.messages], [ended.state, ended.verdict, ended.messages])
  for (const user of people) {
    assert.deepEqual(await site.differences(user, isNotice), [], user)
    assert.equal((await site.strays(user)).filter(isNotice).length, 1, `${user} was told more than once, or not at all`)
  }
  const { connectionString } = site.azurite
  assert.deepEqual(
    (await rowsOf(connectionString, 'Notices')).map(({ state }) => state),
    people.map(() => 'sent'),
  )
  const audit = await rowsOf(connectionString, 'Audit')
  assert.deepEqual(audit.map(({ action }) => action).sort(), ['enqueue', 'playbook'])
  assert.equal(await host.stop(), 0)
})
