import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { letter } from '../fakes/town.ts'
import { Engine } from './engine.ts'

async function copied(...subjects: string[]): Promise<Engine> {
  const engine = new Engine()
  for (const [i, subject] of subjects.entries()) engine.source.deliver('INBOX', letter(subject), ['\\Seen'], i * 1000)
  await engine.pass()
  return engine
}

describe('the comparison', () => {
  test('finds nothing where all is well', async () => {
    const engine = await copied('a', 'b', 'b')
    assert.deepEqual(await engine.compare(), {
      source: 3,
      target: 3,
      newer: 0,
      missed: 0,
      differences: [],
      differing: 0,
      atTarget: 0,
      removed: 0,
    })
  })

  test('of two empty folders finds nothing', async () => {
    assert.deepEqual(await (await copied()).compare(), {
      source: 0,
      target: 0,
      newer: 0,
      missed: 0,
      differences: [],
      differing: 0,
      atTarget: 0,
      removed: 0,
    })
  })

  test('finds a copy that is gone', async () => {
    const engine = await copied('a', 'b')
    engine.target.expunge('INBOX', 2)
    const { differences, differing } = await engine.compare()
    assert.deepEqual([differences, differing], [['UID 2: is missing at the target (UID 2)'], 1])
  })

  test('finds other flags', async () => {
    const engine = await copied('a')
    engine.target.setFlags('INBOX', 1, ['\\Flagged'])
    assert.deepEqual((await engine.compare()).differences, ['UID 1: flags are \\Flagged, expected \\Seen'])
  })

  test('finds another date', async () => {
    const engine = await copied('a', 'b')
    const [, message] = engine.target.folder('INBOX').messages
    assert.ok(message)
    message.internalDate = 3_600_000
    assert.deepEqual((await engine.compare()).differences, [
      'UID 2: INTERNALDATE is 1970-01-01T01:00:00.000Z, expected 1970-01-01T00:00:01.000Z',
    ])
  })

  test('takes what people who work there moved away, deleted or read for no difference; another date is one', async () => {
    const engine = await copied('a', 'b', 'c')
    engine.target.setFlags('INBOX', 1, ['\\Flagged'])
    engine.target.expunge('INBOX', 2)
    assert.deepEqual((await engine.compare(true)).differing, 0)
    const last = engine.target.folder('INBOX').messages.at(-1)
    assert.ok(last)
    last.internalDate = 3_600_000
    assert.match((await engine.compare(true)).differences.join(), /^UID 3: INTERNALDATE is/)
  })

  for (const [lost, named] of [
    [2, 'by name'],
    [50, 'though it could not name all'],
  ] as const)
    test(`does not take for their doing what was different before they came, ${named}`, async () => {
      const engine = await copied(...Array.from({ length: 60 }, (_, i) => `m${i}`))
      for (let uid = 1; uid <= lost; uid++) engine.target.expunge('INBOX', uid)
      const before = await engine.compare()
      engine.target.setFlags('INBOX', 60, ['\\Flagged'])
      const { differing, atTarget } = await engine.compare(true, undefined, undefined, before)
      assert.ok(differing >= lost && atTarget >= lost, `${differing} in all, ${atTarget} at the target`)
      assert.equal((await engine.compare(true)).differing, 0)
    })

  test('counts what came to the source since, and does not call it a difference', async () => {
    const engine = await copied('a')
    engine.source.deliver('INBOX', letter('new'))
    const { newer, differing, source } = await engine.compare()
    assert.deepEqual([newer, differing, source], [1, 0, 2])
  })

  test('finds that the old server counts more messages than it lists', async () => {
    const engine = new Engine({}, { unlists: ({ uid }) => uid === 2 })
    for (const subject of ['a', 'b', 'c']) engine.source.deliver('INBOX', letter(subject))
    const { highestModseq } = await engine.pass()
    const { differences, missed } = await engine.compare()
    assert.match(differences.join(), /^the old server counts 3 messages \(EXISTS\) and lists 2: have .+ rebuilt/)
    assert.deepEqual([highestModseq, missed, engine.arrived()], [undefined, 0, ['a', 'c']])
  })

  test('finds what the pass ought to have brought and did not see, which the next one brings', async () => {
    let listed = false
    const engine = new Engine({}, { condstore: true, unlists: ({ uid }) => uid === 2 && !listed })
    for (const subject of ['a', 'b', 'c']) engine.source.deliver('INBOX', letter(subject))
    await engine.pass()
    listed = true
    engine.source.deliver('INBOX', letter('new'))
    const { differences, missed, newer } = await engine.compare()
    assert.deepEqual([differences, missed, newer], [['UID 2: the old server did not list it when the folder was copied'], 1, 1])
    await engine.pass()
    assert.deepEqual([(await engine.compare()).differing, engine.arrived()], [0, ['a', 'c', 'b', 'new']])
  })

  test('finds that all was numbered anew since, and does not take it for new mail', async () => {
    const engine = await copied('a', 'b')
    engine.source.renumber('INBOX')
    const { differences, missed, newer } = await engine.compare()
    assert.match(differences.join(), /numbered all messages anew/)
    assert.deepEqual([missed, newer], [2, 0])
    await engine.pass()
    assert.deepEqual([(await engine.compare()).differing, engine.arrived()], [0, ['a', 'b']])
  })

  test('names some dozens and counts them all', async () => {
    const engine = await copied(...Array.from({ length: 60 }, (_, i) => `m${i}`))
    for (let uid = 1; uid <= 60; uid++) engine.target.expunge('INBOX', uid)
    const { differences, differing } = await engine.compare()
    assert.deepEqual([differences.length, differing], [40, 60])
  })

  test('changes nothing at the source', async () => {
    const engine = await copied('a')
    const { changes } = engine.source
    await engine.compare()
    assert.equal(engine.source.changes, changes)
  })
})

describe('a second copy of ours', () => {
  test('is removed by its UID, and nothing else is', async () => {
    const engine = await copied('a', 'b')
    engine.target.deliver('INBOX', letter('a'), ['\\Seen'], 0)
    engine.target.deliver('INBOX', letter('own'))
    assert.deepEqual([(await engine.compare()).removed, engine.arrived()], [1, ['a', 'b', 'own']])
  })

  test('is only reported where nothing may be removed', async () => {
    const engine = await copied('a')
    engine.target.deliver('INBOX', letter('a'))
    const { removed, differences } = await engine.compare(true)
    assert.deepEqual([removed, differences], [0, ['target UID 2: a second copy of a message of ours']])
    assert.equal(engine.arrived().length, 2)
  })

  test('is only reported where the server cannot remove by UID', async () => {
    const engine = new Engine({ uidPlus: false })
    engine.source.deliver('INBOX', letter('a'))
    await engine.pass()
    engine.target.deliver('INBOX', letter('a'))
    assert.equal((await engine.compare()).differing, 1)
    assert.equal(engine.arrived().length, 2)
  })

  test('of identical twins is only what is more than the source has', async () => {
    const engine = await copied('twin', 'twin', 'twin')
    engine.target.deliver('INBOX', letter('twin'))
    assert.equal((await engine.compare()).removed, 1)
    assert.equal(engine.arrived().length, 3)
  })

  test('of what its owner deleted meanwhile at the old server is removed as well, unless somebody works at the new one', async () => {
    const engine = await copied('a', 'b')
    engine.target.deliver('INBOX', letter('a'), ['\\Seen'], 0)
    engine.source.expunge('INBOX', 1)
    await engine.pass({ mirror: true })
    const { removed, differences } = await engine.compare(true)
    assert.deepEqual([removed, differences, engine.arrived()], [0, [], ['b', 'a']])
    assert.deepEqual([(await engine.compare()).removed, engine.arrived()], [1, ['b']])
  })

  test('that was there before our first is not ours', async () => {
    const engine = new Engine()
    engine.target.deliver('INBOX', letter('a'))
    engine.source.deliver('INBOX', letter('a'))
    await engine.pass()
    assert.equal((await engine.compare()).removed, 0)
    assert.deepEqual(engine.arrived(), ['a', 'a'])
  })

  test('is not what its owner moved away and back: that is the only one there is', async () => {
    const engine = await copied('a', 'b')
    engine.target.expunge('INBOX', 1)
    engine.target.deliver('INBOX', letter('a'), ['\\Seen'], 0)
    assert.equal((await engine.compare()).removed, 0)
    assert.deepEqual(engine.arrived(), ['b', 'a'])
  })

  test('is not a copy that was brought before the source numbered its messages anew', async () => {
    const engine = await copied('twin', 'twin', 'twin')
    engine.source.expunge('INBOX', 2)
    engine.source.renumber('INBOX', 50)
    await engine.pass()
    assert.equal((await engine.compare()).removed, 0)
    assert.equal(engine.arrived().length, 3)
  })
})
