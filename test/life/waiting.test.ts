import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { lives } from '../../shared/lives.ts'
import type { MailboxRow, WaveRow } from '../../shared/store/schema.ts'
import { beAtWork, nudge } from '../../shared/waiting.ts'
import { memoryQueues } from '../fakes/queues.ts'
import { mailboxRow, waveRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

/** A wave in a state, one mailbox that has come to rest, another one in a state. */
async function scene(state: WaveRow['state'], other: MailboxRow['state']) {
  const store = memoryStore()
  const queues = memoryQueues(() => 0)
  const row = mailboxRow({ address: 'bob@town.example', state: other, dueAt: 60_000 })
  await store.waves.insert(waveRow({ wave: row.wave, state }))
  await store.mailboxes.insert(row)
  const gets: string[] = []
  const { get } = store.waves
  store.waves.get = (...keys) => {
    gets.push('waves')
    return get(...keys)
  }
  return { app: { store, queues, now: () => 1_000 }, row, asked: () => gets.length, kicks: () => queues.sent.length }
}

const synced = { from: 'pre-staging', to: 'synced' }
const completed = { from: 'draining', to: 'completed' }

describe('a mailbox that comes to rest', () => {
  const cases: [string, typeof synced, WaveRow['state'], MailboxRow['state'], number][] = [
    ['kicks a wave that waits for no other', synced, 'preparing', 'synced', 1],
    ['leaves a wave alone that waits for another', synced, 'preparing', 'pre-staging', 0],
    ['leaves a wave alone that did not wait for it', completed, 'preparing', 'synced', 0],
    ['kicks a wave that waits for it alone', completed, 'finishing', 'completed', 1],
    ['kicks a wave that waits for something else', completed, 'ready', 'completed', 1],
  ]
  for (const [what, move, wave, other, kicks] of cases) {
    test(what, async () => {
      const here = await scene(wave, other)
      await nudge(here.app, here.row.wave, move)
      assert.equal(here.kicks(), kicks)
    })
  }

  test('asks nothing while another of the wave is at work here, which owes the look then', async () => {
    const { app, row, asked, kicks } = await scene('preparing', 'pre-staging')
    const held = { row }
    const leave = beAtWork(app.store, lives.mailbox.name, held)
    await nudge(app, row.wave, synced)
    assert.deepEqual([asked(), kicks(), leave()], [0, 0, true])
    await nudge(app, row.wave, synced)
    assert.equal(asked(), 1)
  })

  test('asks where the other one is none for which the wave waits, or of another wave, or its claim has run out', async () => {
    for (const other of [{ state: 'synced' as const }, { wave: 'other' }, { dueAt: 999 }]) {
      const { app, row, asked } = await scene('preparing', 'pre-staging')
      const leave = beAtWork(app.store, lives.mailbox.name, { row: { ...row, ...other } })
      await nudge(app, row.wave, synced)
      assert.deepEqual([asked(), leave()], [1, false])
    }
  })
})
