import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { again, backoff, claim, free, type Life, type Machine, next, park } from '../../shared/machine.ts'

type State = 'asleep' | 'working' | 'done' | 'held'
type Word = 'woken' | 'finished' | 'hold' | 'release'

const machine: Machine<State, Word, 'toil'> = {
  asleep: { on: { woken: 'working', hold: 'held' } },
  working: { start: 'toil', on: { finished: 'done', hold: 'held' } },
  done: { on: {} },
  held: { on: { release: '<back>' } },
}

type Row = Life<State> & { name: string; note?: string | undefined }
const row = (set: Partial<Row> = {}): Row => ({ state: 'asleep', pass: 4, fence: 2, tries: 3, since: 1, name: 'n', ...set })

const now = 1_000_000
const quietMs = 30_000

describe('next', () => {
  const moves: [string, Partial<Row>, { fact: Word; pass?: number }, State | undefined][] = [
    ['a fact of the table moves', { state: 'asleep' }, { fact: 'woken' }, 'working'],
    ['a fact that is not in the table moves nothing', { state: 'asleep' }, { fact: 'finished' }, undefined],
    ['an answer of this pass moves', { state: 'working' }, { fact: 'finished', pass: 4 }, 'done'],
    ['an answer of an earlier pass moves nothing', { state: 'working' }, { fact: 'finished', pass: 3 }, undefined],
    ['an answer of a later pass moves nothing', { state: 'working' }, { fact: 'finished', pass: 5 }, undefined],
    ['nothing leaves the end', { state: 'done' }, { fact: 'woken' }, undefined],
    ['a released row goes back', { state: 'held', heldFrom: 'working' }, { fact: 'release' }, 'working'],
    ['a released row that was held nowhere stays', { state: 'held' }, { fact: 'release' }, undefined],
  ]
  for (const [what, set, fact, state] of moves) {
    test(what, () => assert.equal(next(machine, row(set), fact, now, quietMs)?.state, state))
  }

  test('a move is a new pass with nothing of the old state', () => {
    const old = row({ claim: 'w', dueAt: 5, notBefore: 6, error: { code: 'C', message: 'm', hint: 'h', at: 1 } })
    assert.deepEqual(next(machine, old, { fact: 'woken', set: { note: 'kept' } }, now, quietMs), {
      name: 'n',
      note: 'kept',
      state: 'working',
      pass: 5,
      fence: 2,
      tries: 0,
      since: now,
      dueAt: now + quietMs,
      claim: undefined,
      lost: 2,
      notBefore: undefined,
      error: undefined,
      waitsFor: undefined,
      heldFrom: undefined,
    })
  })

  test('what a row waited for ends with its state, whoever moves it', () => {
    const moved = (set?: Partial<Row>) =>
      next(machine, row({ state: 'working', waitsFor: 'the night' }), { fact: 'hold', ...(set ? { set } : {}) }, now, quietMs)
        ?.waitsFor
    assert.deepEqual([moved(), moved({ waitsFor: 'somebody' })], [undefined, 'somebody'])
  })

  test('a claim that is taken from its worker leaves its fence, and one that was given back does not', () => {
    const moved = (set: Partial<Row>) => next(machine, row(set), { fact: 'woken' }, now, quietMs)?.lost
    const taken = (set: Partial<Row>) => claim(row(set), 'v', now, quietMs).lost
    assert.deepEqual([moved({}), moved({ claim: 'w' }), moved({ lost: 1 })], [undefined, 2, 1])
    assert.deepEqual([taken({}), taken({ claim: 'w' }), taken({ lost: 1 })], [undefined, 2, 1])
  })

  test('a state without work owes nothing', () => {
    assert.equal(next(machine, row({ state: 'working' }), { fact: 'finished' }, now, quietMs)?.dueAt, undefined)
  })

  test('what is set cannot change the state, the pass or the fence', () => {
    const set = { state: 'done', pass: 99, fence: 99 } as const
    const moved = next(machine, row(), { fact: 'woken', set }, now, quietMs)
    assert.deepEqual([moved?.state, moved?.pass, moved?.fence], ['working', 5, 2])
  })
})

describe('free', () => {
  const cases: [string, Partial<Row>, boolean][] = [
    ['nobody has it', {}, true],
    ['somebody has it and was heard of', { claim: 'w', dueAt: now + 1 }, false],
    ['somebody has it and is silent', { claim: 'w', dueAt: now }, true],
    ['it is parked', { notBefore: now + 1, dueAt: now + 1 }, false],
    ['it was parked until now', { notBefore: now, dueAt: now }, true],
    ['it is only due later', { dueAt: now + 1 }, true],
  ]
  for (const [what, set, wanted] of cases) test(`${what}: ${wanted}`, () => assert.equal(free(row(set), now), wanted))
})

test('a claim is a new fence, due after silence, and ends a wait', () => {
  const claimed = claim(row({ notBefore: 5 }), 'me', now, quietMs)
  assert.deepEqual([claimed.claim, claimed.fence, claimed.dueAt, claimed.notBefore], ['me', 3, now + quietMs, undefined])
  assert.equal(claimed.pass, 4)
  assert.equal(free(claimed, now + quietMs - 1), false)
  assert.equal(free(claimed, now + quietMs), true)
})

test('a parked row is nobody’s, and due when it may begin', () => {
  const parked = park(row({ claim: 'me' }), 500, now)
  assert.deepEqual([parked.claim, parked.notBefore, parked.dueAt], [undefined, now + 500, now + 500])
})

describe('again', () => {
  const trouble = { code: 'C', message: 'm', hint: 'h', at: now }
  const delays: [number, number | undefined, number, number][] = [
    [0, undefined, 1_000, 1],
    [1, undefined, 2_000, 2],
    [5, undefined, 32_000, 6],
    [9, undefined, 512_000, 10],
    [10, undefined, 600_000, 11],
    [59, undefined, 600_000, 60],
    // A server that says when to come back is not failing, but one that says "at once" is not asked more often than every second.
    [0, 5_000, 5_000, 0],
    [5, 900_000, 900_000, 5],
    [5, 0, 1_000, 5],
  ]
  for (const [tries, retryAfterMs, wait, counted] of delays) {
    test(`after ${tries} failures, asked to wait ${retryAfterMs ?? 'nothing'}: ${wait} ms, ${counted} tries`, () => {
      const parked = again(row({ tries, claim: 'me' }), trouble, retryAfterMs, now)
      assert.deepEqual([parked.notBefore, parked.tries, parked.error, parked.claim], [now + wait, counted, trouble, undefined])
    })
  }

  test('all tries together last some hours, so that a night without a server is survived', () => {
    let waited = 0
    for (let tries = 0; tries < backoff.maxTries; tries++) waited += again(row({ tries }), trouble, undefined, 0).notBefore ?? 0
    assert.ok(waited > 8 * 3_600_000, `${waited / 3_600_000} h`)
  })
})
