import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Outgoing, Target } from '../../shared/targets/target.ts'
import { memoryTarget } from '../fakes/imap.ts'
import { letter } from '../fakes/town.ts'
import { Engine } from './engine.ts'

/** A target that has UIDPLUS and does not tell the UID of some that it takes (RFC 4315 3 allows that). */
function forgetful(engine: Engine, tells: (uid: number) => boolean): Target {
  const target = memoryTarget(engine.target)
  return {
    ...target,
    async *append<T extends Outgoing>(messages: AsyncIterable<T>) {
      for await (const result of target.append(messages))
        yield !result.done || tells(result.of.uid) ? result : { of: result.of, done: true as const }
    },
  }
}

describe('a message that the target takes without telling its UID', () => {
  for (const [what, tells] of Object.entries({
    'some of twins': (uid: number) => uid % 3 !== 0,
    'the first of twins': (uid: number) => uid !== 1,
    none: () => false,
  }))
    test(`is found by its bytes, and its twins stay where they are: it tells ${what}`, async () => {
      const engine = new Engine({}, { largeBytes: 10_000 })
      for (let i = 0; i < 10; i++) engine.source.deliver('INBOX', letter('twin'), [], 5_000)
      engine.source.deliver('INBOX', Buffer.concat([letter('large'), Buffer.alloc(20_000, 'x\r\n')]), [], 1_000)
      await engine.pass({ target: forgetful(engine, tells) })
      const entries = await engine.entries()
      assert.deepEqual(
        entries.map(({ outcome, target }) => `${outcome} ${target}`),
        entries.map((_, i) => `copied ${i + 1}`),
      )
      assert.ok(entries.every(({ digest, reread }) => digest === reread))
      const { differences, removed } = await engine.compare()
      assert.deepEqual([differences, removed, engine.arrived().length], [[], 0, 11])
    })
})

test('where no UID is told, twins beside a refused message keep their own flags, and it takes none of their copies', async () => {
  const refuses = ({ uid }: Outgoing) => (uid === 2 ? { code: 'CANNOT', text: 'no' } : undefined)
  const engine = new Engine({ uidPlus: false, ahead: 5, refuses })
  const twin = (text: string) => Buffer.from(`Subject: s\r\nMessage-ID: <twin@town.example>\r\n\r\n${text}\r\n`)
  for (const [text, flags] of [
    ['a', ['\\Seen']],
    ['c', []],
    ['a', ['\\Flagged']],
    ['a', ['\\Answered']],
    ['b', []],
    ['a', ['\\Draft']],
  ] as const)
    engine.source.deliver('INBOX', twin(text), [...flags], 5_000)
  await engine.pass({ limits: { messages: 2, bytes: 1_000_000 } })
  assert.deepEqual(await engine.outcomes(), ['1 copied', '2 refused', '3 copied', '4 copied', '5 copied', '6 copied'])
  assert.deepEqual((await engine.compare()).differences, [])
})
