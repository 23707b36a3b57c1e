import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { MortalGate } from '../fakes/gate.ts'
import { town } from '../fakes/town.ts'
import { assertStoppable, isEffect, stopped, undisturbed } from './stopping.ts'

/*
 * A whole wave, whose process dies at every step: store, queues, old server, new server, DNS, accounts, readers. Another process goes
 * on; nothing may be lost, nothing be there twice, nobody be told twice.
 */
describe('a wave whose process dies at any step ends the same', { timeout: 300_000 }, async () => {
  const calm = await undisturbed(town)

  test('undisturbed, everything arrives once, the MX is switched and each owner is told once', () => {
    const { ending, calls } = calm
    assert.equal(ending.verdict, 'complete')
    assert.deepEqual([ending.lost, ending.twice, ending.mx], [[], [], ['0 mx.new.example']])
    assert.equal(ending.letters.length, 2)
    assert.ok(calls.length > 400, `${calls.length} calls`)
  })

  // Death before a call that only reads is death after the effect before it.
  const effects = { by: 'death', which: isEffect } as const
  test('it dies before any effect', () => assertStoppable({ ...effects, when: 'before' }, calm))
  test('it dies after any effect', () => assertStoppable({ ...effects, when: 'after' }, calm))

  test('where nobody can tell whether a notice has arrived, it may be said once more, never less', async () => {
    const scene = () => town({}, { canTell: () => false })
    const { calls } = await undisturbed(scene)
    const repeated: string[] = []
    for (const [i, name] of calls.entries()) {
      if (!/^(append|notices)\./.test(name) || !isEffect(name)) continue
      const found = await stopped(scene(), MortalGate, { at: i + 1, when: 'after' })
      assert.ok(typeof found === 'object', String(found))
      assert.equal(new Set(found.letters).size, 2)
      assert.ok(found.letters.length <= 3)
      if (found.letters.length === 3) repeated.push(name)
    }
    assert.deepEqual([...new Set(repeated)], ['append.send'])
  })
})
