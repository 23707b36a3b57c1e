import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { letter } from '../fakes/town.ts'
import { filled, subjects } from './engine.ts'

describe('a source that numbers its messages anew', () => {
  test('twice: a copy is still one, and a twin that came meanwhile gets its own', async () => {
    const engine = filled(3)
    await engine.pass()
    for (const firstUid of [40, 80]) {
      engine.source.renumber('INBOX', firstUid)
      await engine.pass()
    }
    engine.source.deliver('INBOX', letter('m2'), [], 1000)
    engine.source.renumber('INBOX', 120)
    await engine.pass()
    assert.deepEqual(engine.arrived(), [...subjects(3), 'm2'])
    const targets = (await engine.entries()).map(({ target }) => target)
    assert.deepEqual(targets, [1, 2, 3, 4])
    assert.deepEqual((await engine.compare()).differences, [])
  })
})
