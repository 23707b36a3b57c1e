import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Entry, pack } from '../../shared/copy/ledger.ts'
import { judge, judgeMailbox } from '../../shared/steps/verdict.ts'
import type { ChunkRow, FolderRow, MailboxRow } from '../../shared/store/schema.ts'
import { folderKey } from '../../shared/store/schema.ts'
import { chunkRow, folderRow, mailboxRow, waveRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

const entry = (uid: number, outcome: Entry['outcome'] = 'copied'): Entry => ({
  uid,
  sizeBytes: 9,
  internalDate: 0,
  flags: [],
  outcome,
})
const fine = { at: 1, source: 2, target: 2, newer: 0, differences: [], differing: 0 }

type Set = { mailbox?: Partial<MailboxRow>; folder?: Partial<FolderRow>; chunk?: Partial<ChunkRow>; entries?: Entry[] }

/** A mailbox with one folder of two messages in one chunk, all well; then what a test says of it. */
async function judged({ mailbox, folder, chunk, entries = [entry(1), entry(2)] }: Set) {
  const store = memoryStore()
  const row = mailboxRow({ state: 'completed', ...mailbox })
  const excepted = entries.filter(({ outcome }) => outcome !== 'copied').length
  const counts = { messages: 2, copied: entries.length - excepted, excepted, adopted: 0 }
  await store.mailboxes.insert(row)
  await store.folders.insert(folderRow({ state: 'current', uidValidity: '7', found: 2, checked: fine, ...folder }))
  await store.chunks.insert(
    chunkRow({ folder: folderKey('INBOX'), uidValidity: '7', ...counts, entries: pack(entries), ...chunk }),
  )
  return judgeMailbox(store, row)
}

describe('the verdict of a mailbox', () => {
  const cases: [what: string, set: Set, verdict: string, reason: RegExp][] = [
    ['all well', {}, 'complete', /^$/],
    ['cancelled: nothing was promised', { mailbox: { state: 'cancelled' }, folder: { state: 'copying' } }, 'complete', /^$/],
    [
      'held',
      { mailbox: { state: 'held', error: { code: 'C', message: 'no login', hint: 'h', at: 1 } } },
      'incomplete',
      /held: no login/,
    ],
    ['still under way', { mailbox: { state: 'draining' } }, 'incomplete', /is draining/],
    ['a folder that was not finished', { folder: { state: 'copying' } }, 'incomplete', /“INBOX” is copying/],
    ['a chunk that is open', { chunk: { state: 'open' } }, 'incomplete', /1 chunks without an outcome/],
    ['a message without an outcome', { folder: { found: 3 } }, 'incomplete', /3 messages and 2 outcomes/],
    ['a folder that was not compared', { folder: { checked: undefined } }, 'incomplete', /not compared/],
    [
      'a difference',
      { folder: { checked: { ...fine, differences: ['UID 2: is missing'], differing: 1 } } },
      'incomplete',
      /UID 2: is missing/,
    ],
    ['chunks of an older UIDVALIDITY do not count', { chunk: { uidValidity: '6' } }, 'incomplete', /2 messages and 0 outcomes/],
    ['a folder that the source no longer has is left out', { folder: { state: 'gone', checked: undefined } }, 'complete', /^$/],
    [
      'a message that was altered',
      { entries: [entry(1), entry(2, 'altered')] },
      'complete-with-exceptions',
      /1 messages did not arrive/,
    ],
    [
      'a message too large',
      { entries: [entry(1), entry(2, 'too-large')] },
      'complete-with-exceptions',
      /1 messages did not arrive/,
    ],
    [
      'a message that was refused',
      { entries: [entry(1), entry(2, 'refused')] },
      'complete-with-exceptions',
      /1 messages did not arrive/,
    ],
    ['a message marked as deleted', { entries: [entry(1), entry(2, 'deleted')] }, 'complete', /^$/],
    ['a message that vanished before it was read', { entries: [entry(1), entry(2, 'vanished')] }, 'complete', /^$/],
  ]
  for (const [what, set, verdict, reason] of cases) {
    test(`${what}: ${verdict}`, async () => {
      const found = await judged(set)
      assert.equal(found.verdict, verdict)
      assert.match(found.reasons.join('; '), reason)
    })
  }
})

describe('the verdict of a wave', () => {
  async function of(rows: MailboxRow[]) {
    const store = memoryStore()
    const judged = await Promise.all(rows.map(async row => [row.address, await judgeMailbox(store, row)] as const))
    return judge(rows, new Map(judged))
  }
  const mailboxes = (states: MailboxRow['state'][], set: Partial<MailboxRow> = {}) =>
    states.map((state, i) => mailboxRow({ address: `m${i}@town.example`, state, ...set }))

  const cases: [MailboxRow['state'][], string][] = [
    [['completed', 'completed'], 'complete'],
    [['completed', 'held'], 'incomplete'],
    [['completed', 'cancelled'], 'complete'],
    [['cancelled', 'cancelled'], 'incomplete'],
  ]
  for (const [states, verdict] of cases) {
    test(`of mailboxes ${states.join(', ')}: ${verdict}`, async () =>
      assert.equal((await of(mailboxes(states))).verdict, verdict))
  }

  test('has as many reasons as its row can hold', async () => {
    const error = { code: 'C', message: 'x'.repeat(2_000), hint: 'h', at: 1 }
    const { verdict, reasons } = await of(
      mailboxes(
        Array.from({ length: 300 }, () => 'held'),
        { error },
      ),
    )
    assert.ok(reasons.length > 10)
    await memoryStore().waves.insert(waveRow({ verdict, reasons }))
  })
})
