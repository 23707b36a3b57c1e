import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { memoryTarget } from '../fakes/imap.ts'
import { letter } from '../fakes/town.ts'
import { type Engine, filled, subjects } from './engine.ts'

const livedIn = { additionsOnly: true }

/** What becomes of a target folder, and whether what lay in it lies there still. */
const anew: Record<string, { does: (engine: Engine) => void; keeps: boolean }> = {
  'made anew by its owner': { does: ({ target }) => target.recreate('INBOX'), keeps: false },
  'numbered anew by the server': { does: ({ target }) => target.renumber('INBOX', 50), keeps: true },
  'given another UIDVALIDITY and the same UIDs': { does: ({ target }) => target.renumber('INBOX'), keeps: true },
}

for (const [what, { does, keeps }] of Object.entries(anew)) {
  describe(`a target folder that is ${what} once somebody works there`, () => {
    test('gets what is new and nothing again, and differs in nothing', async () => {
      const engine = filled(5)
      await engine.pass()
      does(engine)
      engine.source.deliver('INBOX', letter('new'))
      await engine.pass(livedIn)
      assert.deepEqual(engine.arrived(), [...(keeps ? subjects(5) : []), 'new'])
      const { differences, missed, removed } = await engine.compare(true)
      assert.deepEqual([differences, missed, removed], [[], 0, 0])
      await engine.pass(livedIn)
      assert.equal(engine.arrived().at(-1), 'new')
    })

    test('where the source has numbered its messages anew as well, once and once more', async () => {
      const engine = filled(5)
      engine.source.deliver('INBOX', letter('m5'), [], 4000)
      await engine.pass()
      does(engine)
      for (const firstUid of [40, 80]) {
        engine.source.renumber('INBOX', firstUid)
        engine.source.deliver('INBOX', letter(`new ${firstUid}`))
        await engine.pass(livedIn)
      }
      engine.source.deliver('INBOX', letter('m5'), [], 4000)
      engine.source.renumber('INBOX', 120)
      await engine.pass(livedIn)
      assert.deepEqual(engine.arrived(), [...(keeps ? [...subjects(5), 'm5'] : []), 'new 40', 'new 80', 'm5'])
      const entries = await engine.entries()
      assert.equal(entries.filter(({ outcome }) => ['copied', 'adopted'].includes(outcome)).length, 9)
    })

    test('after an interruption gets the rest; a twin of what had arrived gets its own', async () => {
      for (let landed = 1; landed < 7; landed++) {
        const engine = filled(5)
        for (let n = 0; n < 2; n++) engine.source.deliver('INBOX', letter('twin'), [], 9000)
        await engine.pass()
        for (let n = 0; n < 2; n++) engine.source.deliver('INBOX', letter('twin'), [], 9000)
        for (let n = 0; n < 5; n++) engine.source.deliver('INBOX', letter(`rest ${n}`))
        const before = engine.target.folder('INBOX').messages.length
        await cut(engine, landed)
        const there = engine.target.folder('INBOX').messages.slice(before)
        assert.equal(there.length, landed)
        does(engine)
        await engine.pass(livedIn)
        const rest = ['rest 0', 'rest 1', 'rest 2', 'rest 3', 'rest 4', 'twin', 'twin']
        const arrived = engine.arrived().toSorted()
        if (keeps) assert.deepEqual(arrived, [...subjects(5), ...rest, 'twin', 'twin'], `cut after ${landed}`)
        // What had its outcome before does not come again; what was under way may have been thrown away or not.
        else assert.ok(arrived.length <= 7 && arrived.length >= 7 - landed, arrived.join())
        assert.deepEqual((await engine.compare(true)).differences, [], `cut after ${landed}`)
      }
    })

    test('gets what was marked as deleted and no longer is', async () => {
      const engine = filled(5)
      engine.source.setFlags('INBOX', 2, ['\\Deleted'])
      await engine.pass()
      does(engine)
      engine.source.setFlags('INBOX', 2, [])
      await engine.pass(livedIn)
      assert.deepEqual(engine.arrived(), [...(keeps ? ['m1', 'm3', 'm4', 'm5'] : []), 'm2'])
      assert.deepEqual((await engine.compare(true)).differences, [])
    })
  })

  test(`of a target folder that is ${what} right before it is compared nothing is removed; another round brings what is missing`, async () => {
    const engine = filled(5)
    await engine.pass()
    does(engine)
    const { missed, removed } = await engine.compare()
    assert.deepEqual([missed, removed, engine.target.removed.length], [5, 0, 0])
    await engine.pass()
    assert.deepEqual(engine.arrived(), subjects(5))
    assert.deepEqual((await engine.compare()).differences, [])
  })
}

/** A pass whose wire is cut after so many messages have landed; their answers are lost. */
async function cut(engine: Engine, landed: number): Promise<void> {
  const target = memoryTarget(engine.target)
  const append: typeof target.append = async function* (messages) {
    let left = landed
    async function* some() {
      for await (const message of messages) {
        if (left-- === 0) throw new Error('cut')
        yield message
      }
    }
    yield* target.append(some())
  }
  await assert.rejects(engine.pass({ ...livedIn, target: { ...target, append } }))
}
