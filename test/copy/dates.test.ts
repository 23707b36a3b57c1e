import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Entry } from '../../shared/copy/ledger.ts'
import { Failure } from '../../shared/errors.ts'
import { memoryTarget } from '../fakes/imap.ts'
import type { Manners } from '../fakes/mailbox.ts'
import { Engine } from './engine.ts'

const now = Date.UTC(2026, 0, 1)
const sent = Date.UTC(2025, 3, 7, 12)
const at = (iso: string) => Date.parse(`${iso}Z`)
const date = 'Date: Mon, 7 Apr 2025 14:00:00 +0200\r\n'
const letter = (header: string, text = '') => Buffer.from(`Subject: s\r\n${header}\r\n${text}\r\n`)

/** Keeps no date of before 1990, and none of the future. */
const forgetful = { dates: (told: number) => (told >= at('1990-01-01') && told <= now ? told : at('2025-12-31')) }

const told = async (engine: Engine) =>
  (await engine.entries()).map(({ outcome, note = '' }: Entry) => (note ? `${outcome}: ${note}` : outcome))
const kept = ({ target }: Engine) => target.folder('INBOX').messages.map(({ internalDate }) => internalDate)
const pass = (engine: Engine) => engine.pass({ now: () => now })

describe('a date of arrival', () => {
  const none = 'altered: date: The source told no date of arrival; it was set to'
  const other = 'date: the target has 2025-12-31T00:00:00.000Z instead of'
  const cases: [what: string, header: string, was: number, target: Partial<Manners>, is: number, outcome: string][] = [
    ['is kept', date, at('2003-01-01'), {}, at('2003-01-01'), 'copied'],
    ['in the future is given as it is', date, at('2099-01-01'), {}, at('2099-01-01'), 'copied'],
    [
      'that is none is that of the message',
      date,
      Number.NaN,
      {},
      sent,
      `${none} 2025-04-07T12:00:00.000Z, the message’s own Date.`,
    ],
    [
      'before 1970 is that of the message',
      date,
      at('1601-01-01'),
      {},
      sent,
      'altered: date: The source told 1601-01-01T00:00:00.000Z as date of arrival; it was set to 2025-04-07T12:00:00.000Z, the message’s own Date.',
    ],
    [
      'that is none, of a message that has none, is long ago and not today',
      '',
      Number.NaN,
      {},
      1000,
      `${none} 1970-01-01T00:00:01.000Z, because the message names none that can be.`,
    ],
    [
      'that the target changes is named',
      date,
      at('1989-01-01'),
      forgetful,
      at('2025-12-31'),
      `altered: ${other} 1989-01-01T00:00:00.000Z`,
    ],
    [
      'in the future that a target changes which rebuilds its messages is named',
      date,
      at('2099-01-01'),
      { ...forgetful, rebuilds: true },
      at('2025-12-31'),
      `altered: ${other} 2099-01-01T00:00:00.000Z`,
    ],
    [
      'is named twice where neither is kept',
      '',
      Number.NaN,
      forgetful,
      at('2025-12-31'),
      `${none} 1970-01-01T00:00:01.000Z, because the message names none that can be.; ${other} 1970-01-01T00:00:01.000Z`,
    ],
  ]
  for (const uidPlus of [true, false])
    for (const [what, header, was, target, is, outcome] of cases)
      test(`${what}${uidPlus ? '' : ', where the target tells no UID'}`, async () => {
        const engine = new Engine({ ...target, uidPlus })
        engine.source.deliver('INBOX', letter(header), [], was)
        await pass(engine)
        assert.deepEqual([await told(engine), kept(engine)], [[outcome], [is]])
        assert.deepEqual((await engine.compare()).differences, [])
      })

  test('of a message that arrives in pieces is looked for in its first', async () => {
    const engine = new Engine({}, { largeBytes: 100 })
    const raw = letter(`${'X-Long: x\r\n'.repeat(2_000)}${date}`, 'y'.repeat(200_000))
    engine.source.deliver('INBOX', raw, [], Number.NaN)
    await pass(engine)
    assert.deepEqual(kept(engine), [sent])
    assert.deepEqual(engine.target.folder('INBOX').messages[0]?.raw, raw)
    assert.match((await told(engine)).join(), /^altered: date: /)
  })

  test('that is none is that of the message when it is mended, too', async () => {
    const refuses = ({ raw }: { raw: Buffer }) => (raw.includes(0) ? { code: 'NO', text: 'NUL is not allowed' } : undefined)
    const engine = new Engine({ refuses, permanentFlags: ['\\Seen'] })
    engine.source.deliver('INBOX', letter(date, 'a\0b'), ['Projet'], Number.NaN)
    await pass(engine)
    assert.deepEqual(kept(engine), [sent])
    assert.match((await told(engine)).join(), /^altered: the target cannot hold Projet; date: The source told no .*; nul: /)
    assert.deepEqual((await engine.compare()).differences, [])
  })
})

describe('what is said of a date', () => {
  for (const rebuilds of [false, true])
    test(`stays when flags change${rebuilds ? ', at a target that rebuilds its messages' : ''}`, async () => {
      const engine = new Engine({ rebuilds, permanentFlags: ['\\Seen'] })
      engine.source.deliver('INBOX', letter(date), [], Number.NaN)
      await pass(engine)
      const [before = ''] = await told(engine)
      engine.source.setFlags('INBOX', 1, ['\\Seen', 'Projet'])
      await pass(engine)
      assert.deepEqual(await told(engine), [before.replace('date: ', 'the target cannot hold Projet; date: ')])
      engine.source.setFlags('INBOX', 1, [])
      await pass(engine)
      assert.deepEqual(await told(engine), [before])
    })

  test('stays when the source numbers its messages anew, and nothing is sent twice', async () => {
    const engine = new Engine(forgetful)
    for (const was of [Number.NaN, at('1980-01-01'), at('2003-01-01')])
      engine.source.deliver('INBOX', letter(date, `${was}`), [], was)
    await pass(engine)
    const before = await told(engine)
    engine.source.renumber('INBOX', 40)
    await pass(engine)
    assert.deepEqual(
      await told(engine),
      before.map(one => one.replace('copied', 'adopted')),
    )
    assert.equal(kept(engine).length, 3)
    assert.deepEqual((await engine.compare()).differences, [])
  })
})

describe('after an interruption a message without a date that can be', () => {
  /** The pass is cut when all has landed and nothing is answered. */
  async function cut(engine: Engine): Promise<void> {
    const target = memoryTarget(engine.target)
    const append: typeof target.append = async function* (messages) {
      let landed = 0
      for await (const answer of target.append(messages)) if (++landed === 0) yield answer
      throw new Failure({ verdict: 'transient', during: 'appending', code: 'ECONNRESET', hint: 'Wait.' })
    }
    await assert.rejects(engine.pass({ target: { ...target, append }, now: () => now }), Failure)
  }

  test('is found by its size and its own date, where it was expunged at the source since', async () => {
    const engine = new Engine()
    for (const header of [date, 'From: a@x.example\r\n']) engine.source.deliver('INBOX', letter(header), [], Number.NaN)
    await cut(engine)
    engine.target.deliver('INBOX', letter(date), [], sent + 1000)
    engine.source.expunge('INBOX', 1)
    await pass(engine)
    assert.deepEqual(
      (await engine.entries()).map(({ outcome, target, keptDate }) => [outcome, target, keptDate]),
      [
        ['altered', 1, sent],
        ['altered', 2, 1000],
      ],
    )
    assert.equal(kept(engine).length, 3)
  })

  const dates = [Number.NaN, at('1601-01-01'), at('2099-01-01'), at('2003-01-01')]
  for (const rebuilds of [false, true])
    for (const more of [{}, { uidPlus: false }, forgetful])
      test(`is found, and not sent again: ${JSON.stringify({ rebuilds, ...more, dates: 'dates' in more })}`, async () => {
        const engine = new Engine({ rebuilds, ...more })
        for (const [i, was] of dates.entries()) engine.source.deliver('INBOX', letter(`From: ${i}@x.example\r\n${date}`), [], was)
        engine.source.deliver('INBOX', letter(`From: 0@x.example\r\n${date}`), [], at('2004-01-01'))
        await cut(engine)
        await pass(engine)
        assert.equal(kept(engine).length, 5)
        assert.deepEqual(
          (await engine.entries()).map(({ outcome }) => outcome),
          ['altered', 'altered', 'dates' in more ? 'altered' : 'adopted', 'adopted', 'adopted'],
        )
        assert.deepEqual((await engine.compare()).differences, [])
      })
})
