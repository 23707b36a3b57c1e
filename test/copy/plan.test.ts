import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chunked, defaultLimits } from '../../shared/copy/plan.ts'
import type { Head } from '../../shared/source/source.ts'
import { between, chance } from '../fakes/chance.ts'

const heads = (...sizes: number[]): Head[] => sizes.map((sizeBytes, i) => ({ uid: i + 1, flags: [], internalDate: 0, sizeBytes }))
const sizes = (chunks: Head[][]) => chunks.map(chunk => chunk.map(({ sizeBytes }) => sizeBytes))

describe('messages are cut into chunks', () => {
  const cases: [what: string, sizes: number[], messages: number, bytes: number, wanted: number[][]][] = [
    ['none of nothing', [], 2, 10, []],
    ['by number', [1, 1, 1, 1, 1], 2, 10, [[1, 1], [1, 1], [1]]],
    [
      'by bytes',
      [4, 4, 4, 4],
      9,
      10,
      [
        [4, 4],
        [4, 4],
      ],
    ],
    ['exactly at the limit', [5, 5, 5], 9, 10, [[5, 5], [5]]],
    ['a larger one alone', [1, 99, 1], 9, 10, [[1], [99], [1]]],
    ['empty ones cost nothing but their number', [0, 0, 0], 2, 10, [[0, 0], [0]]],
  ]
  for (const [what, given, messages, bytes, wanted] of cases) {
    test(what, () => assert.deepEqual(sizes([...chunked(heads(...given), { messages, bytes })]), wanted))
  }

  test('none lost, none twice, in order, none above the limits', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = chance(seed)
      const given = heads(...Array.from({ length: between(random, 0, 80) }, () => between(random, 0, 30)))
      const limits = { messages: between(random, 1, 10), bytes: between(random, 1, 60) }
      const chunks = [...chunked(given, limits)]
      assert.deepEqual(chunks.flat(), given)
      for (const chunk of chunks) {
        assert.ok(chunk.length > 0 && chunk.length <= limits.messages)
        const bytes = chunk.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
        assert.ok(chunk.length === 1 || bytes <= limits.bytes)
      }
    }
  })

  test('the default stays below what one row can hold', () => assert.ok(defaultLimits.messages <= 500))
})
