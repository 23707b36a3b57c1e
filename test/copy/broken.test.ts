import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { letter } from '../fakes/town.ts'
import { prngOf } from '../sandbox/mail/prng.ts'
import { Engine } from './engine.ts'

type Doing = 'reading' | 'appending'

/** Passes until one ends; how many did not. */
async function passes(engine: Engine, most = 40): Promise<number> {
  for (let broken = 0; broken < most; broken++) {
    try {
      await engine.pass()
      return broken
    } catch (error) {
      assert.ok(error instanceof Failure, String(error))
      assert.equal(error.verdict, 'transient')
    }
  }
  throw new Error(`still no end after ${most} passes: ${await engine.outcomes()}`)
}

const subjectOf = (raw: Buffer) => /^Subject: (.*)\r$/m.exec(raw.toString())?.[1] ?? ''
const upTo = (n: number) => Array.from({ length: n }, (_, i) => `${i + 1}`)

/** Seven messages, of which some end the connection whenever they are read, or appended. */
function town(doing: Doing, bad: readonly string[], messages = 7): Engine {
  const ends = (now: Doing, raw: Buffer) => now === doing && bad.includes(subjectOf(raw))
  const engine = new Engine({ ends }, { ends })
  for (const subject of upTo(messages)) engine.source.deliver('INBOX', letter(subject))
  return engine
}

for (const [doing, outcome] of [
  ['reading', 'unreadable'],
  ['appending', 'refused'],
] as const)
  describe(`a connection that ends whenever one message is at ${doing}`, () => {
    for (const bad of [['1'], ['4'], ['7'], ['2', '3', '6'], upTo(7)])
      test(`ends as ${outcome}, and all others are copied once: ${bad}`, async () => {
        const engine = town(doing, bad)
        const broken = await passes(engine)
        const want = upTo(7).map(n => `${n} ${bad.includes(n) ? outcome : ''}`.trim())
        const found = (await engine.outcomes()).map(one => one.replace(/ (copied|adopted)$/, ''))
        assert.deepEqual(found, want)
        assert.deepEqual(
          engine.arrived().sort(),
          upTo(7).filter(n => !bad.includes(n)),
        )
        assert.ok(broken <= 6 * bad.length, `${broken} passes`)
        const notes = (await engine.entries()).flatMap(({ note }) => note ?? [])
        const side = doing === 'reading' ? 'source' : 'target'
        for (const note of notes) assert.match(note, new RegExp(`the ${side} ends the connection whenever`))
        assert.deepEqual((await engine.compare()).differences, [])
      })

    test('is tried again by a later pass that finds it as it was', async () => {
      const bad = ['4']
      const engine = town(doing, bad)
      await assert.rejects(engine.pass())
      bad.pop()
      await passes(engine)
      assert.deepEqual(engine.arrived().sort(), upTo(7))
    })
  })

test('a message that the target takes before it ends the connection is taken for ours', async () => {
  let engine: Engine
  let once = true
  const ends = (doing: Doing, raw: Buffer) => {
    if (doing !== 'appending' || subjectOf(raw) !== '4') return false
    if (once) engine.target.keep(engine.target.folder('INBOX'), raw, [], Date.UTC(2020, 0, 1))
    once = false
    return true
  }
  engine = new Engine({ ends })
  for (const subject of upTo(7)) engine.source.deliver('INBOX', letter(subject))
  await passes(engine)
  assert.deepEqual(engine.arrived().sort(), upTo(7))
  assert.ok((await engine.outcomes()).includes('4 adopted'))
})

describe('connections that end by chance', () => {
  for (let seed = 0; seed < 40; seed++)
    test(`condemn no message: ${seed}`, async () => {
      const prng = prngOf(`cuts ${seed}`)
      let left = 8
      const ends = () => prng.chance(0.03) && left-- > 0
      const engine = new Engine({ ends }, { ends })
      for (const subject of upTo(25)) engine.source.deliver('INBOX', letter(subject))
      await passes(engine)
      assert.deepEqual(engine.arrived().sort(), upTo(25).sort())
      const outcomes = new Set((await engine.entries()).map(({ outcome }) => outcome))
      assert.deepEqual(
        [...outcomes].filter(outcome => outcome !== 'copied' && outcome !== 'adopted'),
        [],
      )
    })

  test('condemn none while the source hands out nothing at all, for as long as that lasts', async () => {
    let down = false
    const engine = new Engine({}, { ends: () => down })
    engine.source.deliver('INBOX', letter('1'))
    await engine.pass()
    engine.source.deliver('INBOX', letter('2'))
    down = true
    for (let i = 0; i < 20; i++) await assert.rejects(engine.pass())
    down = false
    await passes(engine)
    assert.deepEqual(await engine.outcomes(), ['1 copied', '2 copied'])
  })
})
