import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wild } from './wild.ts'

/** The same plays each time, so that a change is judged by what it changed. CRASH_SEED plays others, CRASH_PLAYS so many from it on. */
const seed = Number(process.env.CRASH_SEED ?? 300_000)
const plays = Number(process.env.CRASH_PLAYS ?? 40)

test(`whatever is drawn from a seed, a wave ends exact (CRASH_SEED=${seed})`, { timeout: 3_600_000 }, async t => {
  const wrong: string[] = []
  let struck = 0
  for (let n = seed; n < seed + plays; n++) {
    const ended = await wild(n)
    struck += ended.struck.length
    if (ended.wrong.length > 0) wrong.push(`seed ${n}: ${ended.wrong.join('; ')} (${ended.struck.join('; ')})`)
  }
  t.diagnostic(`${struck} blows and meddlings in ${plays} plays`)
  assert.deepEqual(wrong, [])
  assert.ok(struck > plays, 'something struck')
})
