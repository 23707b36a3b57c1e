import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { SessionPool } from '../../shared/sessions.ts'
import type { Source } from '../../shared/source/source.ts'
import type { Target } from '../../shared/targets/target.ts'

const share = [{ server: 'old.test:993', most: 2 }]

/** A session of which only the end is of interest. */
function session(up = true) {
  const state = { up, closed: 0 }
  const one = {
    alive: async () => state.up,
    close: async () => {
      state.closed += 1
    },
  }
  return Object.assign(state, { pair: { source: one as unknown as Source, target: { ...one } as unknown as Target } })
}

test('a place is free again once its session has ended, however the pair was given back', async () => {
  const pool = new SessionPool()
  for (let i = 0; i < 10; i += 1) {
    const lost = session(false)
    const sessions = pool.for(`mailbox ${i}`, share, async () => lost.pair)
    const { source, target } = await sessions.open()
    await sessions.giveBack(i % 2 === 0 ? lost.pair : { source, target })
    assert.equal(lost.closed, 2, 'a lost session was kept')
  }
  await pool.close()
})

test('what only idles makes room for another mailbox; what is in use does not', async () => {
  const pool = new SessionPool()
  const [first, second, third] = [session(), session(), session()]
  const sessions = (name: string, one: ReturnType<typeof session>) => pool.for(name, share, async () => one.pair)
  await sessions('a', first).open()
  await sessions('b', second).open()
  await assert.rejects(
    () => sessions('c', third).open(),
    (error: unknown) => error instanceof Failure && error.code === 'CROWDED' && error.verdict === 'transient',
  )
  await sessions('a', first).giveBack({ ...first.pair })
  await sessions('c', third).open()
  assert.equal(first.closed, 2)
  await pool.close()
})

test('a session that could not be opened takes no place', async () => {
  const pool = new SessionPool()
  for (let i = 0; i < 5; i += 1)
    await assert.rejects(() =>
      pool
        .for('a', share, async () => {
          throw new Error('no')
        })
        .open(),
    )
  await pool.for('a', share, async () => session().pair).open()
  await pool.close()
})
