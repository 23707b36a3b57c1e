import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { letter } from '../fakes/town.ts'
import { filled, subjects } from './engine.ts'

const targets = [true, false].flatMap(uidPlus => [true, false].map(rebuilds => ({ uidPlus, rebuilds })))

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

  for (const [often, outcome] of [
    [Number.POSITIVE_INFINITY, 'unreadable'],
    [2, 'adopted'],
  ] as const)
    test(`and ends the connection ${often} times at a message: it is ${outcome}, the others are known, and nothing comes twice`, async () => {
      let left = 0
      const ends = (doing: string, raw: Buffer) => doing === 'reading' && raw.includes('Subject: m2\r') && left-- > 0
      const engine = filled(4, {}, { ends })
      await engine.pass()
      engine.source.renumber('INBOX', 40)
      left = often
      for (let tries = 1; ; tries++) {
        const error = await engine.pass().catch((error: unknown) => error)
        if (!(error instanceof Error)) break
        assert.ok(tries < 12, String(error))
      }
      assert.deepEqual(await engine.outcomes(), ['40 adopted', `41 ${outcome}`, '42 adopted', '43 adopted'])
      assert.deepEqual(engine.arrived(), subjects(4))
      assert.deepEqual((await engine.compare()).differences, [])
    })

  for (const often of [1, 2])
    test(`${often === 1 ? '' : 'twice, '}and a target that does so as well: nothing is sent again, and what was expunged meanwhile is removed`, async () => {
      for (const { uidPlus, rebuilds } of targets) {
        const engine = filled(4, { uidPlus, rebuilds })
        engine.source.deliver('INBOX', letter('m1'), ['\\Seen'], 9_000)
        for (let n = 1; n < often; n++) {
          await engine.pass({ mirror: true })
          engine.source.renumber('INBOX', 20 * n)
        }
        await engine.pass({ mirror: true })
        const [, second] = engine.source.folder('INBOX').messages
        engine.source.renumber('INBOX', 60)
        engine.target.renumber('INBOX', 7)
        if (uidPlus && !rebuilds) engine.source.expunge('INBOX', second?.uid ?? 0)
        const { appended } = engine.target
        await engine.pass({ mirror: true })
        assert.equal(engine.target.appended, appended)
        assert.deepEqual(engine.arrived(), [...subjects(4).filter(name => !uidPlus || rebuilds || name !== 'm2'), 'm1'])
        assert.deepEqual((await engine.compare()).differences, [])
      }
    })

  for (const stopped of [false, true])
    test(`and a twin of another date that came as one left${stopped ? ', its round cut off before it was sent' : ''}: it comes with its own date, and no copy stays`, async () => {
      const engine = filled(4)
      engine.source.deliver('INBOX', letter('m1'), ['\\Seen'], 9_000)
      await engine.pass({ mirror: true })
      engine.source.expunge('INBOX', 5)
      engine.source.deliver('INBOX', letter('m1'), ['\\Flagged'], 20_000)
      engine.source.renumber('INBOX', 40)
      if (stopped) await engine.pass({ mirror: true, time: () => false })
      await engine.pass({ mirror: true })
      assert.deepEqual(engine.arrived(), [...subjects(4), 'm1'])
      assert.deepEqual(engine.target.folder('INBOX').messages.at(-1)?.internalDate, 20_000)
      assert.deepEqual(await engine.outcomes(), ['40 adopted', '41 adopted', '42 adopted', '43 adopted', '44 copied'])
      assert.deepEqual((await engine.compare()).differences, [])
    })

  for (const [what, uidPlus, changed] of [
    ['changes many dates by it', true, 21],
    ['changes one, and a target that removes nothing', false, 1],
  ] as const)
    test(`and ${what}: nothing is sent again`, async () => {
      const engine = filled(30, { uidPlus })
      await engine.pass({ mirror: true })
      engine.source.renumber('INBOX', 40)
      for (const one of engine.source.folder('INBOX').messages.slice(0, changed)) one.internalDate = 90_000
      for (let n = 0; n < 2; n++) await engine.pass({ mirror: true })
      assert.equal(engine.target.appended, 30)
      assert.deepEqual(engine.arrived(), subjects(30))
    })

  test('and changes the date of a few by it: they have their new dates at the target, each once', async () => {
    const engine = filled(6)
    await engine.pass({ mirror: true })
    engine.source.renumber('INBOX', 40)
    for (const i of [1, 3]) Object.assign(engine.source.folder('INBOX').messages[i] ?? {}, { internalDate: 90_000 })
    for (let n = 0; n < 2; n++) await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived().sort(), subjects(6))
    const dates = (of: typeof engine.target) =>
      of
        .folder('INBOX')
        .messages.map(({ internalDate }) => internalDate)
        .sort()
    assert.deepEqual(dates(engine.target), dates(engine.source))
    assert.deepEqual((await engine.compare()).differences, [])
  })

  test('and has one that is refused, of the size and date of one that its owner deleted: the copy of that goes', async () => {
    const engine = filled(4, { refuses: ({ raw }) => (raw.includes('Subject: m9') ? { code: 'NOPERM', text: 'no' } : undefined) })
    await engine.pass({ mirror: true })
    engine.source.expunge('INBOX', 2)
    engine.source.deliver('INBOX', letter('m9'), [], 1_000)
    engine.source.renumber('INBOX', 40)
    for (let n = 0; n < 2; n++) await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), ['m1', 'm3', 'm4'])
  })

  test('and hands out one no more, of which nobody knows whether it is the one that has a copy: the copy stays', async () => {
    let hollow = false
    const engine = filled(4, {}, { hollow: ({ raw }) => hollow && raw.includes('Subject: m2') })
    await engine.pass({ mirror: true })
    hollow = true
    engine.source.renumber('INBOX', 40)
    // Dovecot counts lines that end with LF alone with a CR each, or without, as its index has it.
    const [, second] = engine.source.folder('INBOX').messages
    if (second) second.sizeBytes += 9
    await engine.pass({ mirror: true })
    assert.deepEqual(engine.arrived(), subjects(4))
  })
})
