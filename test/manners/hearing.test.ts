import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { hearing } from '../../shared/manners/hearing.ts'

const failure = (code: string) => new Failure({ verdict: 'transient', during: 'reading', code, hint: 'Wait.' })

test('a failure is heard once, where it came out first, and goes on', async () => {
  const heard: string[] = []
  const source = hearing(
    {
      async *messages() {
        yield 1
        throw failure('BYE')
      },
      open: async () => Promise.reject(failure('LIMIT')),
      close: async () => 'closed',
      traits: { delimiter: '/' },
    },
    ({ code }) => heard.push(`source ${code}`),
  )
  const target = hearing(
    {
      async *append() {
        yield* source.messages()
      },
    },
    ({ code }) => heard.push(`target ${code}`),
  )
  const seen: unknown[] = []
  await assert.rejects(
    async () => {
      for await (const one of target.append()) seen.push(one)
    },
    { code: 'BYE' },
  )
  await assert.rejects(() => source.open(), { code: 'LIMIT' })
  assert.equal(await source.close(), 'closed')
  assert.equal(source.traits.delimiter, '/')
  assert.deepEqual([seen, heard], [[1], ['source BYE', 'source LIMIT']])
})

test('a stream that is left early is left at its source too', async () => {
  let left = false
  const session = hearing(
    {
      async *heads() {
        try {
          yield 1
          yield 2
        } finally {
          left = true
        }
      },
    },
    () => assert.fail('nothing failed'),
  )
  for await (const _ of session.heads()) break
  assert.ok(left)
})
