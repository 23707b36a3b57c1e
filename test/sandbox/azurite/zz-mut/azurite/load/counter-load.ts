import assert from 'node:assert/strict'
import { type Load, refusal, unanswered } from './load.ts'
import { tableClient } from './table-load.ts'

/** `writers` add one to the same row, by read and conditional update: every acknowledged addition is in the sum, none is in it twice. */
export function counterLoad(table: string, writers: number): Load {
  let sum = 0
  let doubts = 0
  const key = ['counter', 'shared'] as const

  const add = async (connection: string, running: () => boolean, acknowledged: () => void) => {
    const client = tableClient(connection, table)
    let writing = false
    while (running()) {
      try {
        writing = false
        const { n, etag } = await client.getEntity<{ n: number }>(...key)
        writing = true
        await client.updateEntity({ partitionKey: key[0], rowKey: key[1], n: n + 1 }, 'Replace', { etag })
        sum += 1
        acknowledged()
      } catch (error) {
        if (refusal(error) === 412) continue
        if (unanswered(error)) doubts += writing ? 1 : 0
        return
      }
    }
  }

  return {
    async work(connection, running, acknowledged) {
      await Promise.all(Array.from({ length: writers }, () => add(connection, running, acknowledged)))
    },
    async check(connection) {
      const { n } = await tableClient(connection, table).getEntity<{ n: number }>(...key)
      assert.ok(n >= sum && n <= sum + Math.min(doubts, 1), `the counter is ${n}, acknowledged were ${sum}, in doubt ${doubts}`)
      sum = n
      doubts = 0
    },
  }
}
