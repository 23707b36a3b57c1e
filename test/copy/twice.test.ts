import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Chunk, chunksOf, FolderLedger } from '../../shared/copy/folder-ledger.ts'
import type { Entry } from '../../shared/copy/ledger.ts'
import { compareFolder } from '../../shared/copy/verify.ts'
import { Superseded } from '../../shared/run.ts'
import { keyPart } from '../../shared/store/columns.ts'
import { gathered } from '../../shared/store/store.ts'
import { dated } from '../calendar/world.ts'
import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { letter } from '../fakes/town.ts'
import { type Engine, filled, subjects } from './engine.ts'

/** Writes an intent as a worker does that was stopped before it, and woken beside its successor. */
async function intendLate(engine: Engine, uids: readonly number[], set: Partial<Entry> = {}): Promise<void> {
  const [source, target] = [engine.source, engine.target].map(box => box.folder('INBOX'))
  const entries = uids.map((uid): Entry => ({ uid, sizeBytes: 1, internalDate: 0, flags: [], outcome: 'intended', ...set }))
  const opened = { uidValidity: String(target?.uidValidity), uidNext: 1 }
  await (await engine.ledger()).intend(String(source?.uidValidity), entries, opened)
}

test('an intent that is written late, of messages that a successor brought, is dropped: nothing is sent twice, each counts once', async () => {
  for (const uids of [[2], [2, 3], [3, 4, 5], [6, 7], [2, 3, 4, 5, 6, 7]]) {
    const engine = filled(7)
    await engine.pass()
    await intendLate(engine, uids)
    const result = await engine.pass()
    assert.deepEqual(engine.arrived(), subjects(7), `${uids}`)
    assert.deepEqual([result.new, result.found, result.counts.copied], [0, 7, 7])
    assert.deepEqual(
      await engine.outcomes(),
      subjects(7).map((_, i) => `${i + 1} copied`),
    )
    assert.ok((await engine.ledger()).chunks.every(({ row }) => row.state === 'done'))
    assert.deepEqual((await engine.compare()).differences, [])
  }
})

test('of a late intent, what nobody has brought is sent', async () => {
  const engine = filled(4)
  await engine.pass()
  for (const subject of ['m5', 'm6']) engine.source.deliver('INBOX', letter(subject))
  await intendLate(engine, [2, 3, 5])
  await engine.pass()
  assert.deepEqual(engine.arrived().toSorted(), subjects(6))
  assert.deepEqual((await engine.compare()).differences, [])
})

test('of two intents for the same message one is kept, also where its copy has arrived', async () => {
  for (const landed of [0, 1, 2, 3]) {
    const engine = filled(3)
    await intendLate(engine, [1, 2, 3])
    await intendLate(engine, [2, 3])
    for (const { raw, internalDate } of engine.source.folder('INBOX').messages.slice(0, landed))
      engine.target.deliver('INBOX', raw, [], internalDate)
    await engine.pass()
    assert.deepEqual(engine.arrived().toSorted(), subjects(3), `${landed} landed`)
    assert.equal((await engine.entries()).length, 3)
  }
})

test('a second copy of a message is not taken for a twin of another date, which is sent with its own', async () => {
  for (const settled of [false, true]) {
    const engine = filled(1)
    const [first] = engine.source.folder('INBOX').messages
    assert.ok(first)
    if (settled) await engine.pass()
    engine.source.deliver('INBOX', first.raw, [], 9_000)
    await intendLate(engine, settled ? [2] : [1, 2])
    for (let n = settled ? 1 : 0; n < 2; n++) engine.target.deliver('INBOX', first.raw, [], first.internalDate)
    await engine.pass()
    const { removed, differences } = await engine.compare()
    assert.deepEqual([removed, differences], [1, []])
    const dates = engine.target.folder('INBOX').messages.map(({ internalDate }) => internalDate)
    assert.deepEqual(dates, [first.internalDate, 9_000])
    assert.deepEqual(await engine.outcomes(), [settled ? '1 copied' : '1 adopted', '2 copied'])
  }
})

test('what a late chunk left behind by policy counts once, and is sent once when it is wanted after all', async () => {
  const engine = filled(4)
  engine.source.setFlags('INBOX', 2, ['\\Deleted'])
  await engine.pass()
  await intendLate(engine, [2], { outcome: 'deleted' })
  engine.source.setFlags('INBOX', 2, [])
  const result = await engine.pass()
  assert.deepEqual(engine.arrived().toSorted(), subjects(4))
  assert.deepEqual([result.found, result.counts.excepted], [4, 0])
})

test('a late intent of a folder that both servers have numbered anew since does not stay open', async () => {
  const engine = filled(3)
  await intendLate(engine, [2])
  for (const box of [engine.source, engine.target]) box.folder('INBOX').uidValidity++
  await engine.pass()
  assert.deepEqual(engine.arrived(), subjects(3))
  assert.ok((await engine.ledger()).chunks.every(({ row }) => row.state === 'done'))
})

test('what a successor took over under other numbers is not taken back by the one that had sent it', async () => {
  for (const again of [1, 2]) {
    const engine = filled(5)
    const { chunks } = engine.store
    const { save } = chunks
    chunks.save = async (row, etag) => {
      if (row.state === 'done') {
        chunks.save = save
        // The successor meets a source that has numbered its messages anew since.
        for (let n = 1; n <= again; n++) {
          engine.source.renumber('INBOX', 40 * n)
          await engine.pass()
        }
      }
      return save(row, etag)
    }
    await assert.rejects(engine.pass(), Superseded)
    assert.deepEqual(engine.arrived().toSorted(), subjects(5))
    assert.deepEqual((await engine.compare()).differences, [])
    await engine.pass()
    assert.deepEqual(engine.arrived().toSorted(), subjects(5))
  }
})

test('who compares on a claim that is lost removes nothing: what his ledger does not have may be his successor’s', async () => {
  const engine = filled(3)
  await engine.pass()
  const [ledger, target] = [await engine.ledger(), memoryTarget(engine.target)]
  // A twin comes, and the successor brings it.
  engine.source.deliver('INBOX', letter('m2'), [], 9_000)
  await engine.pass()
  const [here] = await gathered(memorySource(engine.source).list([{ path: 'INBOX', fromUid: 1 }]))
  const [there] = await gathered(target.list([{ path: 'INBOX', fromUid: 1 }]))
  assert.ok(here && there)
  const claimed = () => {
    throw new Superseded()
  }
  await assert.rejects(compareFolder(here, there, ledger, target, { livedIn: false, seen: {}, claimed }), Superseded)
  assert.deepEqual(engine.arrived(), [...subjects(3), 'm2'])
})

test('without a claim no intent is written', async () => {
  const engine = filled(3)
  const claimed = () => {
    throw new Superseded()
  }
  await assert.rejects(engine.pass({ claimed }), Superseded)
  assert.deepEqual((await engine.ledger()).chunks, [])
})

test('a late intent is settled by the next delta, though nothing happened in its folder', async () => {
  const here = dated('2025-03-10T08:00:00Z', '  - { at: "D-1 16:00", step: cutover }')
  const anna = 'anna@town.example'
  const source = here.sources.get(anna)
  const target = here.targets.get(anna)
  assert.ok(source && target)
  source.manners.condstore = true
  await here.run({ until: async () => (await here.store.mailboxes.get(keyPart('town'), keyPart(anna)))?.row.state === 'synced' })
  const chunks = async () => (await chunksOf(here.store, { wave: 'town', address: anna })).in('INBOX')
  const before = await chunks()
  const { entries, row } = before.find(({ row: { messages } }) => messages > 1) ?? assert.fail('a chunk of several messages')
  const last = entries.at(-1)?.uid ?? 0
  const late = { uid: last, sizeBytes: 1, internalDate: 0, flags: [], outcome: 'intended' as const }
  await new FolderLedger(here.store.chunks, { ...row, path: 'INBOX', now: () => 0 }, []).intend(row.uidValidity, [late], {
    uidValidity: row.targetUidValidity,
    uidNext: row.targetUidNext,
  })
  const { appended } = target
  const tomorrow = here.clock.now() + 86_400_000
  await here.run({ until: () => here.clock.now() > tomorrow })
  const found = (chunks: readonly Chunk[]) =>
    chunks.flatMap(({ entries }) => entries.map(({ uid, outcome }) => `${uid} ${outcome}`))
  const after = await chunks()
  assert.equal(after.length, before.length + 1)
  assert.deepEqual(found(after), found(before))
  assert.ok(after.every(({ row: { state } }) => state === 'done'))
  assert.equal(target.appended, appended)
})

test('without a claim no flags are set: his successor may have set newer ones', async () => {
  for (const open of [false, true]) {
    const engine = filled(1)
    if (open) await intendLate(engine, [1])
    if (open) engine.target.deliver('INBOX', engine.source.folder('INBOX').messages[0]?.raw ?? letter('m1'), [], 0)
    else await engine.pass()
    engine.source.setFlags('INBOX', 1, ['\\Seen'])
    const claimed = () => {
      throw new Superseded()
    }
    await assert.rejects(engine.pass({ claimed }), Superseded)
    assert.deepEqual(engine.target.folder('INBOX').messages[0]?.flags, [])
    await engine.pass()
    assert.deepEqual(engine.target.folder('INBOX').messages[0]?.flags, ['\\Seen'])
  }
})

test('what an interrupted pass left is read after the folder was listed: the flags that it has then are the newer ones', async () => {
  for (const landed of [false, true]) {
    const engine = filled(2)
    engine.source.setFlags('INBOX', 1, ['\\Flagged'])
    await intendLate(engine, [1, 2])
    const { raw } = engine.source.folder('INBOX').messages[0] ?? { raw: letter('m1') }
    if (landed) engine.target.deliver('INBOX', raw, ['\\Flagged'], 0)
    const source = memorySource(engine.source)
    const list: typeof source.list = async function* (wants) {
      yield* source.list(wants)
      engine.source.setFlags('INBOX', 1, ['\\Seen'])
    }
    await engine.pass({ source: { ...source, list } })
    const copy = engine.target.folder('INBOX').messages.find(one => one.raw.equals(raw))
    assert.deepEqual([copy?.flags, (await engine.entries())[0]?.flags], [['\\Seen'], ['\\Seen']])
  }
})
