import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chaos } from './chaos.ts'

const seed = process.env.CHAOS_SEED ?? String(Date.now() % 1_000_000)

test(`waves under faults drawn from a seed end exact (CHAOS_SEED=${seed})`, { timeout: 300_000 }, async t => {
  const { runs, struck, failures } = await chaos(8, seed)
  t.diagnostic(JSON.stringify(struck))
  assert.equal(runs, 8)
  assert.deepEqual(failures, [])
  assert.ok(Object.values(struck).reduce((a, b) => a + b) >= 6, 'faults struck while waves were open')
})
