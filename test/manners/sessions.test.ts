import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { SessionPool } from '../../shared/sessions.ts'
import type { Source } from '../../shared/source/source.ts'
import type { Target } from '../../shared/targets/target.ts'

const server = 'old.test:993'
const pair = () => {
  const one = { alive: async () => true, close: async () => {} }
  return { source: { ...one } as unknown as Source, target: { ...one } as unknown as Target }
}
const many = [{ server, most: 100 }]
const complaint = new Failure({ verdict: 'transient', during: 'reading', code: 'ETHROTTLE', hint: 'Wait.' })
const crowded = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => assert.fail('there was room'),
    error => error,
  )
  assert.ok(error instanceof Failure && error.code === 'CROWDED', String(error))
  return error.retryAfterMs ?? 0
}

test('after a complaint half as many sessions are opened, and one more each quiet minute', async () => {
  let now = 0
  const pool = new SessionPool(() => now)
  const share = [{ server, most: 100 }]
  const open = (name: string) => pool.for(name, share, async () => pair()).open()
  const held = await Promise.all(Array.from({ length: 8 }, (_, i) => open(`m${i}`)))
  pool.complaint(server, complaint)
  await crowded(open('new'))
  for (const [i, one] of held.slice(0, 5).entries()) await pool.for(`m${i}`, share, async () => pair()).giveBack(one)
  await open('new')
  await crowded(open('other'))
  now = 60_000
  await open('other')
  await crowded(open('third'))
  await pool.close()
})

test('what is no complaint changes nothing', async () => {
  const pool = new SessionPool(() => 0)
  pool.complaint(server, new Failure({ verdict: 'transient', during: 'reading', code: 'ECONNRESET', hint: 'Wait.' }))
  for (let i = 0; i < 3; i++) await pool.for(`m${i}`, [{ server, most: 3 }], async () => pair()).open()
  await pool.close()
})

test('the more mailboxes wait for a place, the longer each is put aside, up to a minute', async () => {
  const pool = new SessionPool(() => 0)
  const share = [{ server, most: 2 }]
  const open = (name: string) => pool.for(name, share, async () => pair()).open()
  await Promise.all([open('a'), open('b')])
  const waits: number[] = []
  for (let i = 0; i < 60; i++) waits.push(await crowded(open(`w${i}`)))
  assert.deepEqual([waits[0], waits[1], waits[2], waits[9], waits[59]], [3_000, 3_000, 6_000, 15_000, 60_000])
  assert.equal(await crowded(open('w5')), 60_000)
  await pool.close()
})

test('what only looks takes no last place beside a copy, and gives its own back when a copy waits', async () => {
  let now = 0
  const pool = new SessionPool(() => now)
  const share = [{ server, most: 2 }]
  const open = (name: string) => pool.for(name, share, async () => pair())
  const look = () => pool.aside(share, async () => ({ source: pair().source, target: undefined }))
  const copying = await open('a').open()
  assert.equal(await crowded(look()), 15_000, 'one place is left: it is a copy’s')
  await open('a').giveBack(copying)
  await pool.close()
  const looking = await look()
  await crowded(look())
  const other = await open('b').open()
  assert.equal(looking.wanted(), false)
  await crowded(open('c').open())
  assert.equal(looking.wanted(), true)
  await looking.close()
  await open('b').giveBack(other)
  await pool.close()
  await crowded(look())
  now += 180_000
  assert.equal((await look()).wanted(), false, 'whoever was put aside did not come back')
})

test('what opens a session by itself is counted while it works, and no longer', async () => {
  const pool = new SessionPool(() => 0)
  const share = [{ server, most: 2 }]
  const { promise, resolve } = Promise.withResolvers<void>()
  const work = pool.during(share, () => promise)
  await crowded(pool.during(share, async () => assert.fail('it had no place')))
  const copying = await pool.for('a', share, async () => pair()).open()
  await crowded(pool.for('b', share, async () => pair()).open())
  resolve()
  await work
  await pool.for('b', share, async () => pair()).open()
  await assert.rejects(
    new SessionPool(() => 0).during(share, async () => {
      throw new Error('its fault')
    }),
    /its fault/,
  )
  await pool.for('a', share, async () => pair()).giveBack(copying)
  await pool.close()
})

test('a mailbox may have further sessions while the worker has few and its server has room for them', async () => {
  const pool = new SessionPool(() => 0)
  const full = [{ server: 'small.test:993', most: 1 }]
  const of = (name: string, shares = many) => pool.for(name, shares, async () => pair())
  const small = await of('small', full).open()
  assert.equal(of('small', full).further(), 0)
  for (let i = 0; i < 6; i++) await of(`m${i}`).open()
  assert.equal(of('m0').further(), 1)
  const eighth = await of('m6').open()
  assert.equal(of('m0').further(), 0)
  await of('m6').giveBack(eighth)
  assert.deepEqual([of('m0').further(), of('m6').further()], [1, 1])
  await of('small', full).giveBack(small)
  await pool.close()
  assert.equal(of('small', full).further(), 2)
})

test('eight mailboxes whose sessions were kept from the proof of their targets share the worker, one session each', async () => {
  const pool = new SessionPool(() => 0)
  const names = Array.from({ length: 8 }, (_, i) => `m${i}`)
  const of = (name: string) => pool.for(name, many, async () => pair())
  for (const name of names) await of(name).giveBack(await of(name).open(), { ahead: true })
  const further: number[] = []
  for (const name of names) {
    await of(name).open()
    further.push(of(name).further())
  }
  assert.deepEqual(further, [0, 0, 0, 0, 0, 0, 0, 0])
})

test('sessions that are still being opened count, those that ended mailboxes left over do not', async () => {
  const pool = new SessionPool(() => 0)
  const of = (name: string) => pool.for(name, many, async () => pair())
  const slow = Promise.withResolvers<void>()
  const opening = Array.from({ length: 8 }, (_, i) => pool.for(`m${i}`, many, () => slow.promise.then(pair)).open())
  assert.equal(of('m0').further(), 0)
  slow.resolve()
  const opened = await Promise.all(opening)
  for (const [i, one] of opened.entries()) await of(`m${i}`).giveBack(one)
  await of('next').open()
  assert.equal(of('next').further(), 7)
  assert.equal(of('m0').further(), 7)
  await pool.close()
})
