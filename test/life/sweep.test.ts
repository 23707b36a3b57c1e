import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Runner } from '../../shared/run.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { sweep } from '../../shared/sweep.ts'
import { manualClock } from '../fakes/clock.ts'
import { memoryQueues } from '../fakes/queues.ts'
import { domainRow, mailboxRow, noticeRow, waveRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

const now = Date.UTC(2026, 0, 5, 8)

function set() {
  const clock = manualClock(now)
  const store = memoryStore()
  const queues = memoryQueues(clock.now)
  const runner = {
    store,
    queues,
    log: () => {},
    now: clock.now,
    every: clock.every,
    newId: () => 'id',
    quietMs: 30_000,
    turnMs: 1,
  }
  const app: Runner = runner
  const kicks = () => queues.waiting.map(({ queue, kick }) => `${queue} ${kick.key} ${kick.pass}`).sort()
  return { app, store, queues, kicks }
}

async function swept(row: Partial<MailboxRow>) {
  const { app, store, kicks } = set()
  await store.mailboxes.insert(mailboxRow({ state: 'pre-staging', pass: 3, ...row }))
  const count = await sweep(app)
  const stored = await store.mailboxes.get('w', 'anna@town.example')
  return { count, kicks: kicks(), row: stored?.row }
}

describe('the sweep', () => {
  test('starts again what has gone quiet, and takes it away from who is silent', async () => {
    const { count, kicks, row } = await swept({ claim: 'silent', dueAt: now })
    assert.deepEqual([count, kicks], [1, ['copying anna@town.example 3']])
    assert.deepEqual([row?.claim, row?.dueAt, row?.pass, row?.state], [undefined, now + 30_000, 3, 'pre-staging'])
  })

  test('starts what was never started', async () => {
    assert.deepEqual((await swept({ dueAt: now - 1 })).kicks, ['copying anna@town.example 3'])
  })

  test('leaves alone what is not due', async () => {
    const { count, row } = await swept({ claim: 'busy', dueAt: now + 1 })
    assert.deepEqual([count, row?.claim, row?.dueAt], [0, 'busy', now + 1])
  })

  test('leaves alone what owes nothing', async () => {
    assert.equal((await swept({})).count, 0)
    const { count, row } = await swept({ state: 'completed', dueAt: now })
    assert.deepEqual([count, row?.dueAt], [0, undefined])
  })

  test('does not take a row away from a worker that is heard while it sweeps', async () => {
    const { app, store, queues } = set()
    const row = mailboxRow({ state: 'pre-staging', claim: 'late', dueAt: now })
    await store.mailboxes.insert(row)
    const { send } = queues
    queues.send = async (...given) => {
      const stored = await store.mailboxes.get('w', row.address)
      await store.mailboxes.save({ ...row, dueAt: now + 30_000 }, stored?.etag ?? '')
      return send(...given)
    }
    await sweep(app)
    assert.equal((await store.mailboxes.get('w', row.address))?.row.claim, 'late')
  })

  test('sees waves, domains, mailboxes and notices', async () => {
    const { app, store, kicks } = set()
    await store.waves.insert(waveRow({ state: 'finishing', pass: 1, dueAt: now }))
    await store.domains.insert(domainRow({ state: 'proving', pass: 2, dueAt: now }))
    await store.mailboxes.insert(mailboxRow({ state: 'provisioning', pass: 3, dueAt: now }))
    await store.notices.insert(noticeRow({ pass: 4, dueAt: now }))
    assert.equal(await sweep(app), 4)
    const notice = 'notices anna@town.example|anna@town.example|done 4'
    assert.deepEqual(kicks(), ['domains town.example 2', notice, 'provisioning anna@town.example 3', 'waves w 1'])
    assert.equal(await sweep(app), 0)
  })
})
