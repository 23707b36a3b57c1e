import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Appended, Outgoing } from '../../shared/targets/target.ts'
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

describe('a target folder that was put back as it was earlier (its UIDNEXT went backwards)', () => {
  /** Restored from a backup of when it held two messages. */
  const restore = ({ target }: Engine) => {
    const folder = target.folder('INBOX')
    folder.messages = folder.messages.filter(({ uid }) => uid < 3)
    folder.uidNext = 3
  }

  test('is filled again, and a UID that is another’s now is not taken for the old one’s', async () => {
    const engine = filled(5)
    await engine.pass({ mirror: true })
    restore(engine)
    engine.source.expunge('INBOX', 3)
    engine.source.setFlags('INBOX', 4, ['\\Seen'])
    engine.source.deliver('INBOX', letter('m6'), [], 6_000)
    for (let n = 0; n < 2; n++) await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived().sort(), ['m1', 'm2', 'm4', 'm5', 'm6'])
    assert.equal(engine.target.appended, 8)
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('is filled again, once, where the worker is stopped as it does so', async () => {
    const engine = filled(5)
    await engine.pass()
    restore(engine)
    const target = memoryTarget(engine.target)
    let left = 2
    async function* append<T extends Outgoing>(outgoing: AsyncIterable<T>): AsyncIterable<Appended<T>> {
      for await (const result of target.append(outgoing)) {
        if (left-- === 0) throw new Error('stopped')
        yield result
      }
    }
    await assert.rejects(engine.pass({ target: { ...target, append } }), /stopped/)
    await engine.pass()
    assert.deepEqual(engine.arrived(), subjects(5))
  })

  test('is filled again, where the source has numbered its messages anew as well', async () => {
    const engine = filled(5)
    await engine.pass({ mirror: true })
    restore(engine)
    engine.source.expunge('INBOX', 3)
    engine.source.renumber('INBOX', 40)
    for (let n = 0; n < 2; n++) await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived().sort(), ['m1', 'm2', 'm4', 'm5'])
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('gets only what is new once somebody works there', async () => {
    const engine = filled(5)
    await engine.pass()
    restore(engine)
    engine.source.deliver('INBOX', letter('m6'), [], 6_000)
    await engine.pass(livedIn)
    assert.deepEqual(engine.arrived(), ['m1', 'm2', 'm6'])
  })
})
