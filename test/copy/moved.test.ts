import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { copyFolders, type FolderJob, type Lane } from '../../shared/copy/copy.ts'
import { chunksOf, FolderLedger } from '../../shared/copy/folder-ledger.ts'
import { followMoves, type Left, lookAgain } from '../../shared/copy/moved.ts'
import type { Want } from '../../shared/source/source.ts'
import { memorySource, memoryTarget } from '../fakes/imap.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { memoryStore } from '../fakes/store.ts'
import { letter } from '../fakes/town.ts'

const paths = ['INBOX', 'Projets']

/** Two folders on two servers, brought up to date as a round does it. */
class Pair {
  readonly source = new MemoryMailbox().make('Projets')
  readonly target = new MemoryMailbox().make('Projets')
  private readonly store = memoryStore()
  private fence = 0
  private followed = 0

  /** `stopped`: it ends before moves were followed, as by a kill. */
  async round(stopped = false, meanwhile = () => {}, changed = paths): Promise<void> {
    const owner = { wave: 'w', address: 'anna@town.example', fence: ++this.fence, now: () => 0 }
    const stored = await chunksOf(this.store, owner)
    const target = memoryTarget(this.target)
    const jobs = paths.map((path): FolderJob => {
      const ledger = new FolderLedger(this.store.chunks, { ...owner, path, targetPath: path }, stored.in(path))
      return { path, targetPath: path, ledger, listed: () => {}, brought: () => {}, done: async () => {} }
    })
    const source = memorySource(this.source)
    const meddled = {
      ...source,
      async *list(wants: readonly Want[]) {
        for await (const one of source.list(wants)) {
          yield one
          if (one.path === 'INBOX') meanwhile()
        }
      },
    }
    const lane: Lane = {
      source: meddled,
      target,
      limits: { messages: 3, bytes: 1_000_000 },
      additionsOnly: false,
      mirror: false,
      signal: new AbortController().signal,
      now: () => 0,
      time: () => true,
    }
    const passed = await copyFolders(
      lane,
      jobs.filter(({ path }) => changed.includes(path)),
    )
    const rest = jobs
      .filter(({ path }) => !changed.includes(path))
      .map(({ path, targetPath, ledger }): Left => {
        const uidValidity = String(this.source.folder(path).uidValidity)
        const opened = { uidValidity: String(this.target.folder(path).uidValidity), uidNext: 1, exists: 0, keeps: () => true }
        return { way: { path, uidValidity, targetPath, opened, ledger, settled: () => {} }, sent: new Set(), again: new Set() }
      })
    if (stopped) return
    await followMoves({ target }, await lookAgain(source, passed, rest, this.followed), this.followed)
    this.followed = this.fence
  }

  /** The owner moves a message with his mail program: it gets another UID. */
  move(from: string, uid: number, to: string): void {
    const message = this.source.folder(from).messages.find(one => one.uid === uid)
    assert.ok(message)
    this.source.deliver(to, message.raw, message.flags, message.internalDate)
    this.source.expunge(from, uid)
  }

  at(path: string): string[] {
    return this.target.folder(path).messages.map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? '')
  }
}

describe('a message that its owner moves between two passes', () => {
  test('is at the target once, where it is now', async () => {
    const pair = new Pair()
    for (const subject of ['a', 'b', 'c']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    pair.move('INBOX', 2, 'Projets')
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'c'], ['b']])
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'c'], ['b']])
  })

  test('is there once as well where the pass that saw it come was stopped, and its copy goes once', async () => {
    const pair = new Pair()
    for (const subject of ['a', 'b', 'b']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    pair.move('INBOX', 2, 'Projets')
    await pair.round(true)
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'b', 'b'], ['b']])
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'b'], ['b']])
    pair.source.expunge('INBOX', 3)
    await pair.round()
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'b'], ['b']])
  })

  test('is there once as well where the next round is of another pass: its wave was switched meanwhile, or somebody held it', async () => {
    const pair = new Pair()
    for (const subject of ['a', 'b', 'b']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    pair.move('INBOX', 2, 'Projets')
    await pair.round(true)
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'b'], ['b']])
    pair.source.expunge('INBOX', 3)
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'b'], ['b']])
  })

  test('is at the target once as well where the source then numbers the folder anew that it left; a deleted twin stays', async () => {
    const pair = new Pair()
    for (const subject of ['a', 'b', 'c', 'c']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    pair.move('INBOX', 2, 'Projets')
    pair.source.expunge('INBOX', 4)
    pair.source.renumber('INBOX', 40)
    await pair.round()
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'c', 'c'], ['b']])
  })

  for (const stopped of [false, true])
    test(`as a twin of another date comes, and the folder is numbered anew: each has its date${stopped ? ', a stopped round notwithstanding' : ''}`, async () => {
      const pair = new Pair()
      const date = (n: number) => n * 86_400_000
      for (const [i, subject] of ['a', 'b', 'twin', 'twin'].entries())
        pair.source.deliver('INBOX', letter(subject), [], date(i + 1))
      pair.source.deliver('Projets', letter('twin'), [], date(9))
      await pair.round()
      pair.move('INBOX', 4, 'Projets')
      pair.move('Projets', 1, 'INBOX')
      pair.source.renumber('INBOX', 40)
      if (stopped) await pair.round(true)
      await pair.round()
      const dates = (of: MemoryMailbox, path: string) => of.folder(path).messages.map(one => one.internalDate)
      for (const path of paths) assert.deepEqual(dates(pair.target, path), dates(pair.source, path))
    })

  test('is at the target once as well where it is moved while the folders are looked at, one after the other', async () => {
    const pair = new Pair()
    for (const subject of ['a', 'b', 'c']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    await pair.round(false, () => pair.move('INBOX', 2, 'Projets'))
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'c'], ['b']])
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'c'], ['b']])
  })

  test('is there once as well where the folder that it left had not changed when the round began', async () => {
    const pair = new Pair()
    for (const subject of ['a', 'b', 'c']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    pair.move('INBOX', 2, 'Projets')
    await pair.round(false, () => {}, ['Projets'])
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a', 'c'], ['b']])
  })

  test('takes one of ten twins along, not all', async () => {
    const pair = new Pair()
    for (let n = 0; n < 10; n++) pair.source.deliver('INBOX', letter('twin'))
    await pair.round()
    pair.move('INBOX', 4, 'Projets')
    await pair.round()
    assert.deepEqual([pair.at('INBOX').length, pair.at('Projets').length], [9, 1])
  })

  test('what is only deleted stays, and so does what is only copied', async () => {
    const pair = new Pair()
    for (const subject of ['deleted', 'copied']) pair.source.deliver('INBOX', letter(subject))
    await pair.round()
    pair.source.expunge('INBOX', 1)
    pair.source.deliver('Projets', letter('copied'))
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['deleted', 'copied'], ['copied']])
  })

  test('never touches what its owner put there', async () => {
    const pair = new Pair()
    pair.source.deliver('INBOX', letter('a'))
    pair.target.deliver('INBOX', letter('a'))
    await pair.round()
    pair.move('INBOX', 1, 'Projets')
    await pair.round()
    assert.deepEqual([pair.at('INBOX'), pair.at('Projets')], [['a'], ['a']])
    assert.equal(pair.target.folder('INBOX').messages[0]?.uid, 1)
  })
})
