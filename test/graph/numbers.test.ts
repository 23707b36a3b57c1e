import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { marks, nextNumber, numbered, readNumber, writtenNumber } from '../../shared/targets/graph-numbers.ts'
import { slots } from '../../shared/targets/graph-slots.ts'

describe('numbers for messages that Graph gives none', () => {
  const cases: [string, [graphId: string, createdAt: number, number?: number][], [string, number][]][] = [
    ['an empty folder', [], []],
    [
      'numbered ones keep theirs',
      [
        ['b', 2, 2048],
        ['a', 1, 1024],
      ],
      [
        ['a', 1024],
        ['b', 2048],
      ],
    ],
    [
      'others are counted on from the one before',
      [
        ['x', 1],
        ['a', 2, 1024],
        ['y', 3],
        ['z', 4],
      ],
      [
        ['x', 1],
        ['a', 1024],
        ['y', 1025],
        ['z', 1026],
      ],
    ],
    [
      'within a second, what bears no number came last',
      [
        ['y', 2],
        ['a', 2, 1024],
      ],
      [
        ['a', 1024],
        ['y', 1025],
      ],
    ],
    [
      'what its owner has copied counts once, as the older',
      [
        ['copy', 5, 1024],
        ['a', 1, 1024],
      ],
      [['a', 1024]],
    ],
    [
      'a number taken by a later one is left out',
      [
        ['a', 1, 1024],
        ['y', 2],
        ['b', 3, 1025],
      ],
      [
        ['a', 1024],
        ['b', 1025],
        ['y', 1026],
      ],
    ],
  ]
  for (const [what, messages, wanted] of cases)
    test(what, () => {
      const listed = messages.map(([graphId, createdAt, number]) => ({ graphId, createdAt, number }))
      assert.deepEqual(
        [...numbered(listed)].map(([uid, { graphId }]) => [graphId, uid]),
        wanted,
      )
    })

  test('the next is above all, whatever the mark of the session, and fits a column of 32 bits a million times', () => {
    for (const greatest of [0, 1, 1023, 1024, 1024 + marks - 1, 5000]) {
      assert.ok(nextNumber(greatest) > greatest)
      assert.ok(nextNumber(nextNumber(greatest) + marks - 1) > nextNumber(greatest) + marks - 1)
    }
    assert.ok(nextNumber(1_000_000 * 1024) < 2 ** 31)
  })

  test('a number means nothing in another folder', () => {
    assert.equal(readNumber('one', writtenNumber('one', 1024)), 1024)
    assert.equal(readNumber('other', writtenNumber('one', 1024)), undefined)
    for (const other of [undefined, '', 'x', '1.', `${writtenNumber('one', 1024)}.5`.replace('.1024', '.')])
      assert.equal(readNumber('one', other), undefined)
  })
})

test('slots let three work at once, in the order of coming, and give a place back whatever happens', async () => {
  const through = slots(3)
  let busy = 0
  let most = 0
  const order: number[] = []
  const one = (n: number) =>
    through(async () => {
      most = Math.max(most, ++busy)
      await new Promise(setImmediate)
      order.push(n)
      busy--
      if (n % 3 === 0) throw new Error('no')
    }).catch(() => {})
  await Promise.all(Array.from({ length: 12 }, (_, n) => one(n)))
  assert.deepEqual([most, order], [3, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]])
})
