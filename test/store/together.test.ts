import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TransactionAction } from '@azure/data-tables'
import { together } from '../../shared/store/together.ts'

type Sent = string[]

/** A table that notes each request, and refuses transactions that hold one of these rows. */
function table({ refused = [], status = 412 }: { refused?: string[]; status?: number | null } = {}) {
  const sent: Sent[] = []
  const submitTransaction = async (actions: TransactionAction[]) => {
    const keys = actions.map(([, entity]) => String(entity.rowKey))
    sent.push(keys)
    if (keys.some(key => refused.includes(key))) throw Object.assign(new Error('refused'), { statusCode: status ?? undefined })
    const subResponses = keys.map(key => ({ status: 204, etag: `etag of ${key}` }))
    return { status: 202, subResponses, getResponseForEntity: () => undefined } as never
  }
  const write = together({ submitTransaction })
  const put = (key: string, { partition = 'p', size = 10 } = {}) => {
    const entity = { partitionKey: partition, rowKey: key, text: 'x'.repeat(size) }
    const alone = async () => {
      sent.push([`${key} alone`])
      return refused.includes(key) ? undefined : { etag: `etag of ${key}` }
    }
    return write({ entity, action: ['create', entity], alone })
  }
  return { sent, put }
}

test('what is asked for at once is one transaction, each with its own ETag', async () => {
  const { sent, put } = table()
  assert.deepEqual(
    await Promise.all([put('a'), put('b'), put('c')]),
    ['a', 'b', 'c'].map(key => ({ status: 204, etag: `etag of ${key}` })),
  )
  assert.deepEqual(sent, [['a', 'b', 'c']])
})

test('one alone needs no transaction', async () => {
  const { sent, put } = table()
  assert.deepEqual(await put('a'), { etag: 'etag of a' })
  assert.deepEqual(sent, [['a alone']])
})

test('partitions do not mix', async () => {
  const { sent, put } = table()
  await Promise.all([put('a'), put('b'), put('c', { partition: 'q' }), put('d', { partition: 'q' })])
  assert.deepEqual(sent, [
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a row is in a transaction once, and in the order that was asked for', async () => {
  const { sent, put } = table()
  await Promise.all([put('a'), put('b'), put('a'), put('c')])
  assert.deepEqual(sent, [
    ['a', 'b'],
    ['a', 'c'],
  ])
})

test('transactions stay within 100 rows and four megabytes', async () => {
  const many = table()
  await Promise.all(Array.from({ length: 150 }, (_, i) => many.put(`r${i}`)))
  assert.deepEqual(
    many.sent.map(({ length }) => length),
    [100, 50],
  )
  const large = table()
  await Promise.all(['a', 'b', 'c'].map(key => large.put(key, { size: 900_000 })))
  assert.deepEqual(large.sent, [['a', 'b'], ['c alone']])
})

test('where one row is refused, each gets its own answer', async () => {
  const { sent, put } = table({ refused: ['b'] })
  assert.deepEqual(await Promise.all([put('a'), put('b'), put('c')]), [{ etag: 'etag of a' }, undefined, { etag: 'etag of c' }])
  assert.deepEqual(sent, [['a', 'b', 'c'], ['a alone'], ['b alone'], ['c alone']])
})

for (const status of [503, null])
  test(`a storage that ${status ?? 'does not answer'} is not asked again row by row`, async () => {
    const { sent, put } = table({ refused: ['a'], status })
    const ends = await Promise.allSettled([put('a'), put('b')])
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.deepEqual(sent, [['a', 'b']])
  })
