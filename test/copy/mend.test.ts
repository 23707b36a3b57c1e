import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hasLineOver, measure } from '../../shared/repair/bytes.ts'
import type { Message, Source } from '../../shared/source/source.ts'
import { memorySource } from '../fakes/imap.ts'
import { Engine } from './engine.ts'

const letter = (subject: string, body: string) =>
  Buffer.from(`Subject: ${subject}\r\nMessage-ID: <${subject}@t.example>\r\n\r\n${body}\r\n`)
const noNul = (asked: number[]) => (message: { raw: Buffer }) => {
  asked.push(message.raw.length)
  return message.raw.includes(0) ? { code: 'NO', text: 'NUL is not allowed' } : undefined
}

/** The same source, which notes whether each reading was heard to its end. */
function heard(source: Source, ends: boolean[]): Source {
  return {
    ...source,
    async *messages(portions): AsyncIterable<Message> {
      let whole = false
      try {
        yield* source.messages(portions)
        whole = true
      } finally {
        ends.push(whole)
      }
    },
  }
}

describe('a message that the target is known to refuse', () => {
  test('for a long line is mended at once, and costs the target no error', async () => {
    let refusals = 0
    const refuses = ({ raw }: { raw: Buffer }) => {
      if (measure(raw, { start: 0, end: raw.length }).longest <= 1_000) return undefined
      refusals++
      return { code: 'NO', text: 'Command Argument Error. 11' }
    }
    const engine = new Engine({ rebuilds: true, mostLineBytes: 1_000, refuses })
    for (const [subject, length] of [
      ['short', 10],
      ['longest', 1_000],
      ['long', 1_001],
      ['longer', 200_000],
    ] as const)
      engine.source.deliver('INBOX', letter(subject, 'x'.repeat(length)))
    await engine.pass()
    const entries = await engine.entries()
    assert.deepEqual(
      entries.map(({ outcome, note = '' }) => `${outcome} ${note.split(':')[0]}`.trim()),
      ['copied', 'copied', 'altered long-lines', 'altered long-lines'],
    )
    assert.equal(refusals, 0)
    assert.deepEqual(engine.arrived().sort(), ['long', 'longer', 'longest', 'short'])
  })

  test('is told by the lines that it has, wherever they end', () => {
    const lines = ['', 'x', 'x'.repeat(9), 'x'.repeat(10), 'x'.repeat(11), 'x'.repeat(25)]
    for (const first of lines)
      for (const second of lines)
        for (const end of ['\r\n', '\n', '\r', ''])
          for (const last of ['\r\n', '\n', '']) {
            const raw = Buffer.from(first + end + second + last)
            const { longest } = measure(raw, { start: 0, end: raw.length })
            assert.equal(hasLineOver(raw, 10), longest > 10, JSON.stringify(raw.toString()))
          }
  })
})

describe('a message that the target refuses', () => {
  test('is mended as well where it arrives in pieces', async () => {
    const asked: number[] = []
    const ends: boolean[] = []
    const engine = new Engine({ refuses: noNul(asked) }, { largeBytes: 500 })
    engine.source.deliver('INBOX', letter('large', `\0${'x'.repeat(70)}\r\n`.repeat(100)))
    engine.source.deliver('INBOX', letter('small', 'a\0b'))
    engine.source.deliver('INBOX', letter('fine', 'text'))
    await engine.pass({ source: heard(memorySource(engine.source), ends) })
    const [large, small, fine] = await engine.entries()
    assert.match(large?.note ?? '', /^nul: /)
    assert.match(small?.note ?? '', /^nul: /)
    assert.deepEqual([large?.outcome, small?.outcome, fine?.outcome], ['altered', 'altered', 'copied'])
    assert.deepEqual([...new Set(ends)], [true], 'a reading that is left early costs a sign-in')
  })

  test('stays refused where it is larger than 32 MB, and is not read again', async () => {
    const asked: number[] = []
    const ends: boolean[] = []
    const engine = new Engine({ refuses: noNul(asked) }, { largeBytes: 500 })
    engine.source.deliver('INBOX', letter('huge', '\0'.repeat(33 * 1024 * 1024)))
    await engine.pass({ source: heard(memorySource(engine.source), ends), limits: { messages: 3, bytes: 100_000_000 } })
    assert.deepEqual(await engine.outcomes(), ['1 refused'])
    assert.deepEqual([asked.length, ends.length], [1, 1])
  })
})
