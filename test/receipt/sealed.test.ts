import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Ledger, sealMailbox } from '../../shared/receipt/manifest.ts'
import { sealOf } from '../../shared/receipt/sealed.ts'
import { sealWave, waveReceipt } from '../../shared/receipt/wave.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { type ChunkRow, mailboxKey } from '../../shared/store/schema.ts'
import { all, type Table } from '../../shared/store/store.ts'
import { chance } from '../fakes/chance.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { faultsOf, filesOf, rowOf } from './files.ts'
import { chunkRow, copied, emptyLedger, folderRow, mailboxRow, people, storedMailbox, waveRow } from './ledger.ts'

/** A ledger, and how often its entries were read. */
function counting({ store, playbook }: Ledger): { ledger: Ledger; reads: () => number } {
  let reads = 0
  const chunks: Table<ChunkRow> = {
    ...store.chunks,
    list(query) {
      reads++
      return store.chunks.list(query)
    },
  }
  return { ledger: { store: { ...store, chunks }, playbook }, reads: () => reads }
}

/** Five mailboxes in which all arrived. */
async function cleanWave(): Promise<Ledger> {
  const ledger = emptyLedger()
  const { store } = ledger
  const random = chance(7)
  await store.waves.insert(waveRow({ state: 'closing' }))
  for (const address of people) {
    const entries = Array.from({ length: 12 }, (_, i) => copied(random, i + 1))
    await store.folders.put([folderRow(address, 'INBOX', 12)])
    await store.chunks.put([chunkRow(address, 'INBOX', entries.slice(0, 6)), chunkRow(address, 'INBOX', entries.slice(6))])
    await store.mailboxes.insert(mailboxRow(address, { found: 12, copied: 12 }))
  }
  return ledger
}

test('what was sealed once is not read again, and the receipt is the same', async () => {
  const { ledger, reads } = counting(await cleanWave())
  const row = await rowOf(ledger)
  const before = await waveReceipt(ledger, row)
  const first = await sealWave(ledger, row)
  assert.equal(first?.seal, before.root)
  assert.equal(first?.verdict, 'complete')
  const read = reads()
  assert.ok(read > 0)
  assert.deepEqual(await sealWave(ledger, row), first)
  assert.deepEqual(await waveReceipt(ledger, row), before)
  assert.equal(reads(), read)
  assert.deepEqual(await faultsOf(await filesOf(ledger)), [])
})

test('a mailbox is sealed anew after whatever its manifest is made from has changed', async () => {
  const address = people[2] ?? ''
  const path = 'INBOX'
  const { entries: _, ...one } = chunkRow(address, path, [copied(chance(3), 40)])
  const changes: [string, (ledger: Ledger) => Promise<unknown>][] = [
    [
      'a chunk that came late',
      ({ store }) => store.chunks.insert(chunkRow(address, path, [copied(chance(3), 40)], { fence: 0 })),
    ],
    [
      'a chunk written over',
      async ({ store }) => {
        const [first] = await all(store.chunks.list({ partition: mailboxKey(one) }))
        await store.chunks.put([{ ...(first ?? assert.fail()), at: one.at + 1 }])
      },
    ],
    ['a folder compared again', ({ store }) => store.folders.put([folderRow(address, path, 13)])],
    ['a state', ({ store }) => store.mailboxes.put([mailboxRow(address, { found: 12, copied: 12, state: 'cancelled' })])],
    ['another day', ({ store }) => store.waves.put([waveRow({ day: '2026-10-05' })])],
  ]
  for (const [what, change] of changes) {
    const ledger = await cleanWave()
    const before = await sealWave(ledger, await rowOf(ledger))
    const kept = await storedMailbox(ledger, address)
    assert.ok(kept.sealed)
    await change(ledger)
    const mailbox = { ...(await storedMailbox(ledger, address)), sealed: kept.sealed }
    await ledger.store.mailboxes.put([mailbox])
    const row = await rowOf(ledger)
    const fresh = await sealMailbox(ledger, row, mailbox)
    const now = await sealOf(ledger, row, mailbox)
    assert.equal(now.seal, fresh.seal, what)
    assert.notEqual(now.from, kept.sealed.from, what)
    const { sealed: __, ...unsealed } = mailbox
    await ledger.store.mailboxes.put([unsealed])
    const plain = await sealWave(ledger, row)
    await ledger.store.mailboxes.put([mailbox])
    assert.deepEqual(await sealWave(ledger, row), plain, what)
    if (what !== 'a chunk written over') assert.notEqual(plain?.seal, before?.seal, what)
  }
})

test('where the time is spent the next look goes on behind what is sealed', async () => {
  const { ledger, reads } = counting(await cleanWave())
  const row = await rowOf(ledger)
  let asked = 0
  assert.equal(await sealWave(ledger, row, () => ++asked <= 3), undefined)
  const kept = (await all(ledger.store.mailboxes.list({ partition: keyPart('w1') }))).filter(({ sealed }) => sealed)
  assert.equal(kept.length, 3)
  const read = reads()
  const sealed = await sealWave(ledger, row)
  assert.equal(reads() - read, 2)
  assert.equal(sealed?.seal, (await waveReceipt(await cleanWave(), row)).root)
})

test('what is incomplete is kept as well, or a close with much of it would begin anew each time; its many reasons are cut to what a row holds', async () => {
  const { ledger, reads } = counting(await cleanWave())
  const address = people[1] ?? ''
  const folders = Array.from({ length: 60 }, (_, i) => folderRow(address, `${'\u0001'.repeat(300)}${i}`, 1))
  await ledger.store.folders.put(folders)
  const row = await rowOf(ledger)
  const sealed = await sealWave(ledger, row)
  assert.equal(sealed?.verdict, 'incomplete')
  assert.equal((await storedMailbox(ledger, address)).sealed?.reasons.length, 20)
  const read = reads()
  assert.deepEqual(await sealWave(ledger, row), sealed)
  assert.equal(reads(), read)
})

test('a mailbox is sealed when it is completed, as its manifest is handed out after the close', async () => {
  const world = new World(town())
  assert.equal((await world.run()).verdict, 'complete')
  const ledger = world.app()
  const row = await rowOf(ledger, 'town')
  const rows = await all(ledger.store.mailboxes.list({ partition: keyPart('town') }))
  assert.ok(rows.length > 1)
  for (const mailbox of rows) {
    const { sealed, ...unsealed } = mailbox
    assert.equal(sealed?.seal, (await sealMailbox(ledger, row, unsealed)).seal)
    assert.equal((await sealOf(ledger, row, mailbox)).from, sealed?.from)
  }
  assert.deepEqual(await faultsOf(await filesOf(ledger, 'town')), [])
})
