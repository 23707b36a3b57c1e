import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Tally } from '../../shared/copy/tally.ts'
import { Failure, lastHint } from '../../shared/errors.ts'
import type { DomainFact, MailboxFact, WaveFact } from '../../shared/life/facts.ts'
import type { MailboxWork, WaveWork } from '../../shared/life/work.ts'
import { lives } from '../../shared/lives.ts'
import { backoff } from '../../shared/machine.ts'
import { type Answer, type Doing, perform, type Runner, Superseded, tell } from '../../shared/run.ts'
import type { DomainRow, MailboxRow, WaveRow } from '../../shared/store/schema.ts'
import { type ManualClock, manualClock } from '../fakes/clock.ts'
import { type MemoryQueues, memoryQueues } from '../fakes/queues.ts'
import { domainRow, mailboxRow, noticeRow, waveRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

type Work = (
  turn: Parameters<Doing<MailboxWork, MailboxFact, MailboxRow, Runner>[MailboxWork]>[1],
) => Promise<Answer<MailboxFact, MailboxRow>>

const at = { partition: 'w', key: 'anna@town.example' }
const kick = (pass: number) => ({ machine: 'mailbox' as const, ...at, pass })
const never: Work = () => assert.fail('this work must not be done')

function doing(works: Partial<Record<MailboxWork, Work>>): Doing<MailboxWork, MailboxFact, MailboxRow, Runner> {
  const names = [
    'provision-mailbox',
    'copy-mailbox',
    'keep-current',
    'verify-mailbox',
    'follow-late-mail',
    'retry-messages',
  ] as const
  return Object.fromEntries(names.map(name => [name, (_: Runner, turn: never) => (works[name] ?? never)(turn)])) as never
}

async function set(row: Partial<MailboxRow>) {
  const clock: ManualClock = manualClock()
  const store = memoryStore()
  const queues: MemoryQueues = memoryQueues(clock.now)
  let ids = 0
  const app: Runner = {
    store,
    queues,
    log: () => {},
    now: clock.now,
    every: clock.every,
    newId: () => `w${++ids}`,
    quietMs: 30_000,
    turnMs: 300_000,
  }
  await store.mailboxes.insert(mailboxRow({ state: 'pre-staging', pass: 4, ...row }))
  const now = async () => {
    const stored = await store.mailboxes.get(at.partition, at.key)
    assert.ok(stored)
    return stored.row
  }
  return { app, clock, store, queues, now }
}

const weather = (retryAfterMs?: number) =>
  new Failure({ verdict: 'transient', during: 'reading', code: 'ECONNRESET', hint: 'Wait.', retryAfterMs })

describe('a kick', () => {
  test('for an earlier pass does nothing', async () => {
    const { app } = await set({})
    await perform(app, lives.mailbox, doing({}), kick(3))
  })

  test('for a row that is gone does nothing', async () => {
    const { app } = await set({})
    await perform(app, lives.mailbox, doing({}), { ...kick(4), key: 'nobody@town.example' })
  })

  test('for a row that somebody works on does nothing, until that one is silent for too long', async () => {
    const { app, clock, now } = await set({ claim: 'other', fence: 1, dueAt: Date.UTC(2026, 0, 5, 8) + 1000 })
    await perform(app, lives.mailbox, doing({}), kick(4))
    clock.move(1000)
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': async () => ({ later: 5 }) }), kick(4))
    assert.equal((await now()).fence, 2)
  })

  test('for a parked row does nothing before its time', async () => {
    const { app, clock, now } = await set({ notBefore: Date.UTC(2026, 0, 5, 8) + 1000 })
    await perform(app, lives.mailbox, doing({}), kick(4))
    clock.move(1000)
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': async () => ({ later: 5 }) }), kick(4))
    assert.equal((await now()).fence, 1)
  })

  test('delivered to two workers at once is done by one', async () => {
    const { app } = await set({})
    let done = 0
    const work = doing({
      'copy-mailbox': async () => {
        done++
        return { later: 1 }
      },
    })
    await Promise.all([perform(app, lives.mailbox, work, kick(4)), perform(app, lives.mailbox, work, kick(4))])
    assert.equal(done, 1)
  })
})

describe('an answer', () => {
  test('that is a fact moves the row, and work of the same queue goes on in place', async () => {
    const { app, now, queues } = await set({})
    const seen: (string | undefined)[] = []
    await perform(
      app,
      lives.mailbox,
      doing({
        'copy-mailbox': async ({ row }) => {
          seen.push(row.claim)
          return { fact: 'folders-current', set: { found: 5 } }
        },
        'keep-current': async ({ row }) => {
          seen.push(row.claim)
          return { later: 60_000 }
        },
      }),
      kick(4),
    )
    const row = await now()
    assert.deepEqual([row.state, row.pass, row.found, row.claim], ['synced', 5, 5, undefined])
    assert.deepEqual(seen, ['w1', 'w2'])
    assert.deepEqual(
      queues.waiting.map(({ queue, kick, visibleAt }) => [queue, kick.pass, visibleAt - app.now()]),
      [['copying', 5, 60_000]],
    )
  })

  test('that leads to work of another queue sends a kick there', async () => {
    const { app, now, queues } = await set({ state: 'provisioning' })
    await perform(app, lives.mailbox, doing({ 'provision-mailbox': async () => ({ fact: 'target-ready' }) }), kick(4))
    assert.deepEqual([(await now()).state, (await now()).claim], ['pre-staging', undefined])
    assert.deepEqual(
      queues.waiting.map(({ queue, kick }) => [queue, kick.pass]),
      [['copying', 5]],
    )
  })

  test('after the time of an invocation hands over, and leaves no claim behind', async () => {
    const { app, clock, now, queues } = await set({})
    const late: Work = async () => {
      clock.move(300_000)
      return { fact: 'folders-current' }
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': late }), kick(4))
    assert.deepEqual([(await now()).state, (await now()).claim], ['synced', undefined])
    assert.equal(queues.waiting.length, 1)
  })

  test('whose saving outlasts the invocation goes on, since the row is claimed', async () => {
    const { app, clock, store, now } = await set({})
    const { save } = store.mailboxes
    store.mailboxes.save = async (row, etag) => {
      if (row.state === 'synced') clock.move(300_000)
      return save(row, etag)
    }
    const works = {
      'copy-mailbox': async () => ({ fact: 'folders-current' }) as const,
      'keep-current': async () => ({ later: 7 }),
    }
    await perform(app, lives.mailbox, doing(works), kick(4))
    assert.equal((await now()).claim, undefined)
  })

  test('of an earlier pass moves nothing: it does not complete the final delta', async () => {
    const { app, now } = await set({})
    const meanwhile: Work = async () => {
      await tell(app, lives.mailbox, at, { fact: 'folders-current' })
      await tell(app, lives.mailbox, at, { fact: 'switched' })
      return { fact: 'folders-current' }
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': meanwhile }), kick(4))
    assert.deepEqual([(await now()).state, (await now()).pass], ['final-delta', 6])
  })

  test('of a worker that lost its claim within the pass moves nothing', async () => {
    const { app, store, now } = await set({})
    const robbed: Work = async ({ row }) => {
      const stored = await store.mailboxes.get(at.partition, at.key)
      await store.mailboxes.save({ ...row, claim: 'other', fence: 9 }, stored?.etag ?? '')
      return { fact: 'folders-current' }
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': robbed }), kick(4))
    assert.deepEqual([(await now()).state, (await now()).claim], ['pre-staging', 'other'])
  })

  test('“more” starts the same work again at once, by whoever is free', async () => {
    const { app, now, queues } = await set({})
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': async () => ({ more: true, set: { copied: 3 } }) }), kick(4))
    const row = await now()
    assert.deepEqual(
      [row.state, row.pass, row.copied, row.claim, row.dueAt],
      ['pre-staging', 4, 3, undefined, app.now() + 30_000],
    )
    assert.deepEqual(
      queues.visible().map(({ kick }) => kick.pass),
      [4],
    )
  })

  test('“rest” leaves nothing due', async () => {
    const { app, now, queues } = await set({})
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': async () => ({ rest: true }) }), kick(4))
    assert.deepEqual([(await now()).dueAt, (await now()).claim, queues.waiting.length], [undefined, undefined, 0])
  })

  test('to a person’s word is kept: who is held while working stays held', async () => {
    const { app, now } = await set({})
    const held: Work = async () => {
      await tell(app, lives.mailbox, at, { fact: 'hold' })
      return { fact: 'folders-current' }
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': held }), kick(4))
    assert.deepEqual([(await now()).state, (await now()).heldFrom], ['held', 'pre-staging'])
  })
})

describe('a worker', () => {
  test('that saves pushes its due time; one whose row was moved is told by Superseded and by its signal', async () => {
    const { app, clock, now } = await set({})
    const work: Work = async turn => {
      clock.move(20_000)
      await turn.save({ copied: 1 })
      assert.equal((await now()).dueAt, clock.now() + 30_000)
      await tell(app, lives.mailbox, at, { fact: 'hold' })
      await assert.rejects(turn.save({ copied: 2 }), Superseded)
      assert.ok(turn.signal.aborted)
      throw turn.signal.reason
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': work }), kick(4))
    assert.deepEqual([(await now()).state, (await now()).copied], ['held', 1])
  })

  test('that is silent is kept alive by its beat, not for longer than it lives', async () => {
    const { app, clock, now } = await set({})
    const work: Work = async () => {
      for (let n = 0; n < 10; n++) {
        clock.move(10_000)
        await new Promise(resolve => setImmediate(resolve))
      }
      assert.equal((await now()).dueAt, clock.now() + 30_000)
      return { later: 1 }
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': work }), kick(4))
    const { dueAt } = await now()
    clock.move(100_000)
    assert.equal((await now()).dueAt, dueAt)
  })
})

describe('a failure', () => {
  const failing = (error: unknown) =>
    doing({
      'copy-mailbox': async () => {
        throw error
      },
    })

  test('that is weather parks the row and sends a kick for then', async () => {
    const { app, now, queues } = await set({})
    await perform(app, lives.mailbox, failing(weather()), kick(4))
    const row = await now()
    assert.deepEqual(
      [row.state, row.pass, row.tries, row.claim, row.notBefore],
      ['pre-staging', 4, 1, undefined, app.now() + 1000],
    )
    assert.equal(row.error?.code, 'ECONNRESET')
    assert.deepEqual(
      queues.waiting.map(({ visibleAt }) => visibleAt - app.now()),
      [1000],
    )
  })

  for (const answer of [{ later: 1 }, { more: true }] as const)
    test(`is forgotten after a success: ${Object.keys(answer)}`, async () => {
      const { app, now } = await set({ tries: 5, error: { code: 'C', message: 'm', hint: 'h', at: 0 } })
      await perform(app, lives.mailbox, doing({ 'copy-mailbox': async () => answer }), kick(4))
      assert.deepEqual([(await now()).tries, (await now()).error], [0, undefined])
    })

  test('of a copy that comes forward is no failure in a row', async () => {
    const { app, now } = await set({ tries: 9 })
    const work: Work = async turn => {
      new Tally(app, turn, 1).brought('INBOX', { copied: 1, adopted: 0, excepted: 0, sizeBytes: 1 })
      throw weather()
    }
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': work }), kick(4))
    const { tries, notBefore, copied } = await now()
    assert.deepEqual([tries, notBefore, copied], [2, app.now() + 2_000, 1])
  })

  test('that waits for a person holds the row, and tells its wave', async () => {
    const { app, now, store, queues } = await set({})
    await store.waves.insert(waveRow({ state: 'preparing', pass: 2 }))
    const failure = new Failure({ verdict: 'permanent', during: 'signing in', code: 'AUTHENTICATIONFAILED', hint: 'Correct it.' })
    await perform(app, lives.mailbox, failing(failure), kick(4))
    const row = await now()
    assert.deepEqual([row.state, row.heldFrom, row.error?.hint, row.dueAt], ['held', 'pre-staging', 'Correct it.', undefined])
    assert.deepEqual(
      queues.waiting.map(({ queue, kick }) => [queue, kick.pass]),
      [['waves', 2]],
    )
  })

  test('that comes again and again is held in the end', async () => {
    const { app, now } = await set({ tries: backoff.maxTries })
    await perform(app, lives.mailbox, failing(weather()), kick(4))
    const { state, error } = await now()
    assert.equal(state, 'held')
    assert.match(error?.hint ?? '', /tried for hours and is tried no more: .*then retry/)
  })

  for (const [hint, rest] of [
    ['Nothing to do: it is tried again by itself.', '(POST …/retry).'],
    ['Check host and port; it is tried again by itself.', 'Check host and port.'],
    ['It is tried again by itself. If it stays: check the firewall.', 'If it stays: check the firewall.'],
    ['See its log.', 'See its log.'],
  ] as const)
    test(`that is tried no more does not say that it is: “${hint}”`, () => {
      const said = lastHint({ verdict: 'transient', hint })
      assert.ok(said.endsWith(` ${rest}`), said)
      assert.doesNotMatch(said, /by itself|Nothing to do/)
      assert.equal(lastHint({ verdict: 'permanent', hint }), hint)
    })

  test('that is a bug flies on to the queue’s retries, and frees the row for them', async () => {
    const { app, now } = await set({})
    await assert.rejects(perform(app, lives.mailbox, failing(new RangeError('oops')), kick(4)), RangeError)
    const row = await now()
    assert.deepEqual(
      [row.state, row.claim, row.error?.code, row.error?.message],
      ['pre-staging', undefined, 'BUG', 'RangeError: oops'],
    )
    await perform(app, lives.mailbox, doing({ 'copy-mailbox': async () => ({ later: 1 }) }), kick(4))
  })
})

describe('work that only looks', () => {
  const wave = { machine: 'wave' as const, partition: 'wave', key: 'w', pass: 2 }
  const looking = (answer: () => Answer<WaveFact, WaveRow>): Doing<WaveWork, WaveFact, WaveRow, Runner> =>
    ({ 'finish-wave': async () => answer() }) as Partial<Doing<WaveWork, WaveFact, WaveRow, Runner>> as never

  test('may be kicked while it waits, and that does not multiply its kicks', async () => {
    const { app, clock, store, queues } = await set({})
    await store.waves.insert(waveRow({ state: 'finishing', pass: 2 }))
    const later = looking(() => ({ later: 60_000, set: { waitsFor: 'something' } }))
    for (let n = 0; n < 10; n++) await perform(app, lives.wave, later, wave)
    assert.equal(queues.waiting.length, 1)
    clock.move(60_000)
    await perform(app, lives.wave, later, wave)
    assert.equal(queues.waiting.length, 2)
  })

  test('does not answer for what somebody has changed while it looked: it looks again at once', async () => {
    for (const answer of [{ later: 60_000 }, { rest: true }, { fact: 'mailboxes-settled' }] as Answer<WaveFact, WaveRow>[]) {
      const { app, store, queues } = await set({})
      await store.waves.insert(waveRow({ state: 'finishing', pass: 2 }))
      const overtaken = {
        'finish-wave': async () => {
          const stored = (await store.waves.get('wave', 'w')) ?? assert.fail()
          await store.waves.save({ ...stored.row, day: '2026-03-02', dueAt: app.now() }, stored.etag)
          return answer
        },
      } as Partial<Doing<WaveWork, WaveFact, WaveRow, Runner>>
      await perform(app, lives.wave, overtaken as never, wave)
      const { row } = (await store.waves.get('wave', 'w')) ?? assert.fail()
      assert.deepEqual([row.state, row.notBefore, row.dueAt], ['finishing', undefined, app.now()])
      assert.deepEqual(
        queues.waiting.map(({ visibleAt }) => visibleAt),
        [app.now()],
      )
    }
  })

  test('that is to look sooner than it meant to is kicked for then', async () => {
    const { app, store, queues } = await set({})
    await store.waves.insert(waveRow({ state: 'finishing', pass: 2 }))
    await perform(
      app,
      lives.wave,
      looking(() => ({ later: 86_400_000 })),
      wave,
    )
    await perform(
      app,
      lives.wave,
      looking(() => ({ later: 1_000 })),
      wave,
    )
    assert.deepEqual(
      queues.waiting.map(({ visibleAt }) => visibleAt - app.now()),
      [86_400_000, 1_000],
    )
    assert.equal((await store.waves.get('wave', 'w'))?.row.dueAt, app.now() + 1_000)
  })

  test('twice at once moves the row once', async () => {
    const { app, store } = await set({})
    await store.waves.insert(waveRow({ state: 'finishing', pass: 2 }))
    const settled = looking(() => ({ fact: 'mailboxes-settled' }))
    const stop = { ...settled, 'close-wave': async () => ({ later: 1 }) } as typeof settled
    await Promise.all([perform(app, lives.wave, stop, wave), perform(app, lives.wave, stop, wave)])
    assert.deepEqual(
      [(await store.waves.get('wave', 'w'))?.row.state, (await store.waves.get('wave', 'w'))?.row.pass],
      ['closing', 3],
    )
  })
})

describe('tell', () => {
  test('moves the row once, however many say it at once', async () => {
    const { app, now } = await set({ state: 'synced', pass: 5 })
    const moved = await Promise.all([1, 2, 3].map(() => tell(app, lives.mailbox, at, { fact: 'switched' })))
    assert.deepEqual([(await now()).state, (await now()).pass], ['final-delta', 6])
    assert.equal(moved.filter(row => row !== undefined).length, 1)
  })

  test('starts what the new state owes', async () => {
    const { app, queues } = await set({ state: 'synced', pass: 5 })
    await tell(app, lives.mailbox, at, { fact: 'switched' })
    assert.deepEqual(
      queues.visible().map(({ queue, kick }) => [queue, kick.pass]),
      [['copying', 6]],
    )
  })

  test('kicks the wave only when nothing is left that it waits for', async () => {
    const { app, store, queues } = await set({ pass: 5 })
    await store.waves.insert(waveRow({ state: 'preparing', pass: 2 }))
    await store.mailboxes.insert(mailboxRow({ address: 'bob@town.example', state: 'pre-staging' }))
    await tell(app, lives.mailbox, at, { fact: 'folders-current' })
    const toWave = () => queues.waiting.filter(({ queue }) => queue === 'waves').length
    assert.equal(toWave(), 0)
    await tell(app, lives.mailbox, { ...at, key: 'bob@town.example' }, { fact: 'folders-current' })
    assert.equal(toWave(), 1)
  })

  test('of a fact that is not in the table changes nothing', async () => {
    const { app, store } = await set({})
    await store.domains.insert(domainRow({ state: 'switched' } satisfies Partial<DomainRow>))
    const fact: DomainFact = 'cancel'
    assert.equal(await tell(app, lives.domain, { partition: 'w', key: 'town.example' }, { fact }), undefined)
  })
})

test('a notice that was sent kicks the wave that waited for it alone', async () => {
  const { app, store, queues } = await set({ state: 'completed' })
  const notice = noticeRow({ wave: 'w', state: 'due' })
  await store.notices.insert(notice)
  await store.waves.insert(waveRow({ state: 'finishing' }))
  const sent = { 'send-notice': async () => ({ fact: 'sent' as const }) }
  await perform(app, lives.notice, sent, { machine: 'notice', ...lives.notice.at(notice), pass: notice.pass })
  assert.deepEqual(
    queues.sent.map(({ queue }) => queue),
    ['waves'],
  )
})

describe('a row that this process moved', () => {
  const told = async () => {
    const here = await set({ state: 'provisioning' })
    let gets = 0
    const { get } = here.store.mailboxes
    here.store.mailboxes.get = (...keys) => {
      gets++
      return get(...keys)
    }
    await tell(here.app, lives.mailbox, at, { fact: 'target-ready' })
    return { ...here, gets: () => gets }
  }
  const once = doing({ 'copy-mailbox': async () => ({ later: 5 }) })

  test('is claimed without being read again', async () => {
    const { app, gets, now } = await told()
    const before = gets()
    await perform(app, lives.mailbox, once, kick(5))
    assert.equal(gets(), before)
    assert.equal((await now()).fence, 1)
  })

  test('is read where somebody else has written it since, and left to who works on it', async () => {
    for (const [set, fence] of [[{ waitsFor: 'x' }, 1] as const, [{ claim: 'other', dueAt: Date.UTC(2030, 0) }, 0] as const]) {
      const { app, store, now } = await told()
      const stored = await store.mailboxes.get(at.partition, at.key)
      assert.ok(stored)
      await store.mailboxes.save({ ...stored.row, ...set }, stored.etag)
      await perform(app, lives.mailbox, fence ? once : doing({}), kick(5))
      assert.equal((await now()).fence, fence)
    }
  })
})
