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

  test('and a message that its owner deleted and took back since: it comes back at the target as well', async () => {
    const engine = filled(3)
    await engine.pass({ mirror: true })
    engine.source.renumber('INBOX', 40)
    await engine.pass({ mirror: true })
    engine.source.expunge('INBOX', 41)
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), ['m1', 'm3'])
    engine.source.deliver('INBOX', letter('m2'), [], 1000)
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm2'])
    assert.deepEqual((await engine.compare()).differences, [])
  })
})
