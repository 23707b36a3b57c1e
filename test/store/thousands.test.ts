import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { homelessElsewhere } from '../../shared/calendar/shared-domains.ts'
import { warningsOf } from '../../shared/calendar/warnings.ts'
import { type Action, act } from '../../shared/commands/act.ts'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { waveLanding } from '../../shared/commands/landing.ts'
import { mailboxList, mailboxStatus } from '../../shared/commands/mailbox-status.ts'
import { waveList, waveStatus } from '../../shared/commands/status.ts'
import { rrset } from '../../shared/dns/records.ts'
import { parseWave } from '../../shared/intake/wave.ts'
import type { App } from '../../shared/ports.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import type { Store } from '../../shared/store/store.ts'
import { counted } from '../fakes/counted.ts'
import { domainRow, mailboxRow, noticeRow, waveRow } from '../fakes/rows.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { smallest } from '../playbooks/examples.ts'

const routed = smallest.replace('kind: none', 'kind: manual, mx: [{ preference: 0, exchange: mx.new.example }]')

/** An app whose tables count what is read, with a playbook that routes and one that does not. */
async function app(): Promise<{ app: App; store: Store; asked: ReturnType<typeof counted>['asked'] }> {
  const world = new World(town())
  const { store, asked } = counted(world.store)
  for (const [playbook, body] of [
    ['p', routed.replace('playbook: lift', 'playbook: p')],
    ['lift', smallest],
  ] as const)
    await store.playbooks.put(['current', '000001'].map(version => ({ playbook, version, number: 1, body, at: 0 })))
  return { app: { ...world.app(), store }, store, asked }
}

async function fill(store: Store, wave: string, n: number, set: (i: number) => Partial<MailboxRow> = () => ({})): Promise<void> {
  const rows = Array.from({ length: n }, (_, i) => mailboxRow({ wave, address: `person${i}@town.example`, ...set(i) }))
  for (let i = 0; i < n; i += 100) await store.mailboxes.put(rows.slice(i, i + 100))
}

describe('thousands of mailboxes', () => {
  test('of waves that have closed no mailbox is read, of the others only what is shown', async () => {
    const { app: one, store, asked } = await app()
    const sums = {
      mailboxes: { total: 300, byState: { completed: 300 } },
      messages: { found: 9, copied: 8, adopted: 1, excepted: 0 },
      bytes: { found: 90, copied: 80 },
      waitedMs: 7,
    }
    for (let i = 0; i < 20; i++) {
      await store.waves.put([waveRow({ wave: `old${i}`, state: 'closed', closedAt: 1, verdict: 'complete', sums })])
      await fill(store, `old${i}`, 300, () => ({ state: 'completed' }))
    }
    await store.waves.put([waveRow({ wave: 'now', state: 'preparing' })])
    await fill(store, 'now', 500, () => ({ state: 'pre-staging', found: 10, foundBytes: 100 }))
    asked()
    const { waves } = await waveList(one)
    const old = waves.find(({ wave }) => wave === 'old7')
    assert.deepEqual(
      [waves.length, old?.mailboxes, old?.messages, old?.bytes, old?.waitedMs],
      [21, sums.mailboxes, sums.messages, sums.bytes, sums.waitedMs],
    )
    assert.deepEqual(asked().mailboxes, { requests: 1, rows: 500, whole: 0 })
    await waveStatus(one, 'now')
    assert.deepEqual(asked().mailboxes, { requests: 1, rows: 500, whole: 0 })
    await mailboxList(one, 'now')
    assert.deepEqual(asked().mailboxes, { requests: 1, rows: 500, whole: 0 })
  })

  test('what needs somebody is counted for the list with one listing of domains and returns, and two of each wave that goes on', async () => {
    const { app: one, store, asked } = await app()
    for (let i = 0; i < 12; i++) {
      const wave = `w${i}`
      const life = i < 9 ? { state: 'closed' as const, closedAt: 1, verdict: 'complete' as const } : { state: 'ready' as const }
      await store.waves.put([waveRow({ wave, playbook: 'p', day: '2026-03-02', ...life })])
      const was = rrset(`${wave}.example`, 'MX', 86_400, ['10 mx.old.example'])
      await store.domains.put([
        domainRow({
          wave,
          domain: `${wave}.example`,
          before: { name: `${wave}.example`, type: 'MX', rrset: was },
          ttlSettledAt: 1,
          state: i < 9 ? 'switched' : 'held',
        }),
      ])
      for (let k = 0; k < 3; k++)
        await store.notices.insert(noticeRow({ wave, address: `a${k}@${wave}.example`, state: k === 0 ? 'held' : 'sent' }))
    }
    asked()
    const { waves } = await waveList(one)
    const { domains, returns, notices, steps, waves: rows } = asked()
    const of = (name: string) => waves.find(({ wave }) => wave === name)?.needs
    assert.deepEqual([of('w3'), of('w10')], [{ toDo: 1 }, { domains: 1, warnings: 1 }])
    assert.deepEqual([rows?.requests, domains?.requests, returns?.requests], [1, 1, 1])
    assert.deepEqual([notices, steps?.requests], [{ requests: 3, rows: 3, whole: 3 }, 3])
  })

  test('to show one mailbox its own notices are read, not those of its wave', async () => {
    const { app: one, store, asked } = await app()
    await store.waves.put([waveRow()])
    await fill(store, 'w', 500)
    for (const notice of ['planned', 'moved', 'done'])
      await Promise.all(
        Array.from({ length: 500 }, (_, i) => `person${i}@town.example`).map(address =>
          store.notices.insert(noticeRow({ address, to: address, notice })),
        ),
      )
    await store.notices.insert(noticeRow({ address: '*', to: 'person7@town.example', notice: 'all' }))
    asked()
    const { notices } = await mailboxStatus(one, 'w', 'Person7@town.example')
    assert.deepEqual(
      notices.map(({ notice, to }) => `${notice} ${to}`),
      ['done', 'moved', 'planned'].map(notice => `${notice} person7@town.example`),
    )
    assert.deepEqual(asked().notices, { requests: 1, rows: 4, whole: 4 })
  })

  test('what a look ahead has seen of each folder is not read to say what it found', async () => {
    const { app: one, store, asked } = await app()
    await store.waves.put([waveRow({ state: 'preparing' })])
    await fill(store, 'w', 200, () => ({ state: 'pre-staging' }))
    const life = { state: 'scanned' as const, pass: 1, fence: 0, tries: 0, since: 0, playbook: 'p', playbookVersion: 1 }
    const seen = new Uint8Array(1_000)
    const looked = { wave: 'w', messages: 3, bytes: 30, folders: 1, findings: [], seen }
    const rows = Array.from({ length: 200 }, (_, i) => ({ ...life, ...looked, address: `person${i}@town.example` }))
    for (let i = 0; i < 200; i += 100) await store.landings.put(rows.slice(i, i + 100))
    asked()
    await waveStatus(one, 'w')
    assert.deepEqual(asked().landings, { requests: 1, rows: 200, whole: 0 })
    const { mailboxes } = await waveLanding(one, 'w')
    assert.equal(mailboxes.length, 200)
    const { landings, mailboxes: boxes } = asked()
    assert.deepEqual([landings, boxes?.requests], [{ requests: 1, rows: 200, whole: 0 }, 1])
  })

  test('of a domain that other waves have, too, only mailboxes are read that might bounce', async () => {
    const { app: one, store, asked } = await app()
    for (let i = 0; i < 20; i++) {
      const wave = `w${i}`
      await store.waves.put([waveRow({ wave, state: 'preparing' })])
      await store.domains.put([domainRow({ wave, state: 'ready' })])
      await fill(store, wave, 100, k => (k < 2 ? { state: 'provisioning' } : { state: 'synced', targetReadyAt: 1 }))
    }
    asked()
    const said = await warningsOf(one, waveRow({ wave: 'w0', state: 'preparing' }))
    assert.equal(said.length, 19)
    assert.match(said[0] ?? '', /town\.example is in wave “w\d+” \(preparing\), too: .* would bounce: 2$/)
    const { mailboxes, waves } = asked()
    assert.deepEqual([mailboxes?.rows, mailboxes?.whole, waves?.requests], [38, 0, 1])
    await store.domains.put([domainRow({ wave: 'w0', state: 'switched', switchedAt: 1 })])
    asked()
    assert.equal((await warningsOf(one, waveRow({ wave: 'w0', state: 'finishing' }))).length, 19)
    assert.equal(asked().mailboxes, undefined)
  })

  test('at a look before a cutover only mailboxes of other waves are read that might bounce, and none after its switch', async () => {
    const { app: one, store, asked } = await app()
    for (let i = 0; i < 20; i++) {
      const wave = `w${i}`
      const [domain, state] = i < 3 ? ['town.example', 'ready' as const] : [`town${i}.example`, 'preparing' as const]
      await store.waves.put([waveRow({ wave, state })])
      await store.domains.put([domainRow({ wave, domain, state: 'ready' })])
      if (i > 0) await fill(store, wave, 100, k => (k < 2 ? { state: 'provisioning' } : { state: 'synced', targetReadyAt: 1 }))
    }
    asked()
    assert.deepEqual(await homelessElsewhere(one, 'w0', ['town.example']), [
      { domain: 'town.example', wave: 'w1', mailboxes: 2 },
      { domain: 'town.example', wave: 'w2', mailboxes: 2 },
    ])
    const { mailboxes, waves, domains } = asked()
    assert.deepEqual(mailboxes, { requests: 3, rows: 4, whole: 0 })
    assert.deepEqual([waves?.requests, domains?.requests], [1, 1])
    await store.domains.put([domainRow({ wave: 'w1', state: 'switched', switchedAt: 1 })])
    assert.deepEqual(await homelessElsewhere(one, 'w0', ['town.example']), [])
    assert.equal(asked().mailboxes, undefined)
  })

  const orders: [Action, MailboxRow['state'], MailboxRow['state']][] = [
    ['hold', 'pre-staging', 'held'],
    ['release', 'held', 'pre-staging'],
    ['cancel', 'pre-staging', 'cancelled'],
  ]
  for (const [action, from, to] of orders)
    test(`${action} of a thousand mailboxes reads them once, and looks at their wave once`, async () => {
      const { app: one, store, asked } = await app()
      const held = { state: 'held' as const, heldFrom: 'preparing' as const }
      await store.waves.put([waveRow(from === 'held' ? held : { state: 'preparing' })])
      await fill(store, 'w', 1_000, () => ({ state: from, ...(from === 'held' ? { heldFrom: to } : {}) }))
      asked()
      const { changed } = await act(one, 'w', action, { why: 'test' }, 'tester')
      assert.equal(changed, 1_001)
      const { mailboxes, waves } = asked()
      assert.deepEqual(mailboxes, { requests: 1_001, rows: 1_000, whole: 1_000 })
      assert.ok((waves?.requests ?? 0) <= 12, `${waves?.requests} requests to the waves`)
    })

  test('a wave is sent with one listing of the mailboxes that others have, of each where it goes', async () => {
    const { app: one, store, asked } = await app()
    for (let i = 0; i < 3; i++) {
      await store.waves.put([waveRow({ wave: `w${i}`, state: 'closed' })])
      await fill(store, `w${i}`, 1_000, k => ({ address: `a${k}@w${i}.example`, targetReadyAt: 1 }))
    }
    asked()
    const mailboxes = Array.from({ length: 300 }, (_, i) => ({ address: `new${i}@town.example` }))
    const request = JSON.stringify({ wave: 'new', playbook: 'lift', mailboxes })
    await enqueueWave(one, await parseWave(request, 'application/json'), 'tester')
    assert.deepEqual(asked().mailboxes, { requests: 303, rows: 3_000, whole: 0 })
  })
})
