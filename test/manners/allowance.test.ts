import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Allowance, allowed, complains, throttled } from '../../shared/manners/allowance.ts'

const minute = 60_000

describe('sessions with a server that asked for patience', () => {
  test('are as many as the playbook says while it has not', () => assert.equal(allowed(undefined, 100, 0), 100))

  const halvings: [number, number, number][] = [
    [100, 16, 8],
    [100, 5, 2],
    [4, 16, 2],
    [100, 1, 1],
    [100, 0, 1],
  ]
  for (const [most, open, left] of halvings)
    test(`of ${open} open and ${most} allowed, ${left} are left`, () =>
      assert.equal(allowed(throttled(undefined, most, open, 0), most, 0), left))

  test('grow by one each quiet minute, up to what the playbook says', () => {
    const after = throttled(undefined, 10, 16, 0)
    assert.deepEqual(
      [0, 0.9, 1, 2.5, 5, 60].map(minutes => allowed(after, 10, minutes * minute)),
      [5, 5, 6, 7, 10, 10],
    )
  })

  test('are halved again by a later complaint, not by one that comes together with the first', () => {
    const first = throttled(undefined, 100, 16, 0)
    assert.equal(throttled(first, 100, 16, 9_999), first)
    const later = throttled(first, 100, 8, 2 * minute)
    assert.equal(allowed(later, 100, 2 * minute), 4)
  })

  test('saw teeth over an hour of a server that takes six stay near six', () => {
    let state: Allowance | undefined
    const seen: number[] = []
    for (let at = 0; at < 60; at++) {
      const open = allowed(state, 32, at * minute)
      seen.push(open)
      if (open > 6) state = throttled(state, 32, open, at * minute)
    }
    const settled = seen.slice(10)
    assert.ok(Math.max(...settled) <= 7 && Math.min(...settled) >= 3, settled.join(' '))
  })

  test('are not fewer for what is no complaint', () => {
    assert.deepEqual(
      ['ETHROTTLE', 'LIMIT', 'UNAVAILABLE', 'BYE', 'CROWDED', 'ECONNRESET', 'AUTHENTICATIONFAILED'].filter(complains),
      ['ETHROTTLE', 'LIMIT', 'UNAVAILABLE', 'BYE'],
    )
  })
})
