import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Measured, Quota } from '../../shared/inventory/measured.ts'
import { letter } from '../fakes/town.ts'
import type { Hands } from './hands.ts'

const at = (n: number) => Date.UTC(2024, 2, n)

/** What a look at a mailbox finds; every implementation takes this suite. */
export function measureContract(
  what: string,
  open: () => Promise<{ look: () => Promise<Measured>; hands: Hands; close(): Promise<void> }>,
) {
  describe(`measure contract: ${what}`, () => {
    test('counts, sizes and dates over all folders; a second look finds the same, and nothing was read by it', async () => {
      const { look, hands, close } = await open()
      try {
        const before = await look()
        const parent = `${hands.prefix ?? ''}Looked`
        const path = `${parent}${hands.delimiter}at`
        await hands.make(parent)
        await hands.make(path)
        await hands.deliver(path, letter('one'), [], at(3))
        await hands.deliver(path, letter('two'), ['\\Seen'], at(9))
        await hands.deliver('INBOX', letter('read'), ['\\Seen'], at(5))
        await hands.deliver('INBOX', letter('unread'), [], at(7))
        const after = await look()
        const bytes = [letter('one'), letter('two'), letter('read'), letter('unread')].reduce(
          (sum, { length }) => sum + length,
          0,
        )
        assert.equal(after.folders - before.folders, 2)
        assert.equal(after.messages - before.messages, 4)
        assert.equal(after.unread - before.unread, 2)
        assert.equal(after.sizeBytes - before.sizeBytes, bytes)
        assert.ok((after.newestAt ?? 0) >= at(9))
        assert.equal(after.lastReadAt, at(5))
        assert.deepEqual(await look(), after)
      } finally {
        await close()
      }
    })
  })
}

/** What a server tells of the quota of a mailbox; every implementation takes this suite. `mostBytes`: its quota; absent: it tells of none. */
export function quotaContract(
  what: string,
  mostBytes: number | undefined,
  open: () => Promise<{ look: () => Promise<Quota | undefined>; hands: Hands; close(): Promise<void> }>,
) {
  test(`quota contract: ${what}`, async () => {
    const { look, hands, close } = await open()
    try {
      const before = await look()
      await hands.deliver('INBOX', letter('one', 'one', 'x'.repeat(5_000)), [], at(3))
      const after = await look()
      assert.equal(after?.mostBytes, mostBytes)
      if (before && after)
        assert.ok(Math.abs(after.usedBytes - before.usedBytes - 5_200) <= 1_024, JSON.stringify([before, after]))
    } finally {
      await close()
    }
  })
}
