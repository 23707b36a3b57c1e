import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { digestOf } from '../../shared/copy/match.ts'
import { Failure } from '../../shared/errors.ts'
import { largeBytes } from '../../shared/imap/input.ts'
import { Wire } from '../../shared/imap/wire.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { Engine } from '../copy/engine.ts'
import { isAsked, type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'
const count = 5
const bad = 3

/** Five messages, of the third of which another length is told than is sent; a server that owes bytes at the end closes the connection. */
function lying(raws: readonly Buffer[], by: number): Script {
  return (line, say, socket) => {
    const uids = raws.map((_, i) => i + 1).filter(uid => isAsked(line, uid))
    for (const uid of uids) {
      const raw = raws[uid - 1] ?? Buffer.alloc(0)
      say(`* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} RFC822.SIZE ${raw.length}`)
      if (line.includes('BODY')) say(` BODY[] {${raw.length + (uid === bad ? by : 0)}}\r\n`)
      if (line.includes('BODY')) say(raw)
      say(')\r\n')
    }
    say(`${line.split(' ')[0]} OK done\r\n`)
    if (by > 0 && line.includes('BODY') && uids.at(-1) === bad) socket.end()
  }
}

describe('a message of which the server tells another length than it sends', () => {
  for (const [what, by, large] of [
    ['less', -7, false],
    ['less, up to the end of a line', -2, false],
    ['more', 33, false],
    ['less, and it is large', -7, true],
    ['more, and it is large', 33, true],
  ] as const)
    test(`is unreadable, never cut or mixed with others: ${what}`, async () => {
      const text = (i: number) => Buffer.from(`Subject: ${i}\r\n\r\n${'line of the text\r\n'.repeat(9)}this is the last line\r\n`)
      const raws = Array.from({ length: count }, (_, i) =>
        large && i + 1 === bad ? Buffer.concat([text(i), randomBytes(largeBytes), text(i)]) : text(i),
      )
      const server = await scripted(lying(raws, by))
      const engine = new Engine()
      engine.source.folder('INBOX').uidValidity = 1
      const limits = { messages: 10, bytes: 100_000_000 }
      const pass = async (tries: number) => {
        const source = openImapSource(server.endpoint, 'anna@town.example')
        try {
          await engine.pass({ source, limits, careful: tries > 1 })
        } finally {
          await source.close()
        }
      }
      try {
        for (let tries = 1; ; tries++) {
          const error = await pass(tries).catch((error: unknown) => error)
          if (error === undefined) break
          assert.ok(error instanceof Failure && error.verdict === 'transient' && tries < 9, String(error))
        }
        assert.deepEqual(
          (await engine.outcomes()).map(outcome => outcome.replace('adopted', 'copied')),
          Array.from({ length: count }, (_, i) => `${i + 1} ${i + 1 === bad ? 'unreadable' : 'copied'}`),
        )
        const there = engine.target.folder('INBOX').messages.map(({ sent }) => digestOf(sent))
        assert.deepEqual(
          there.sort(),
          raws
            .filter((_, i) => i + 1 !== bad)
            .map(digestOf)
            .sort(),
        )
      } finally {
        server.close()
      }
    })
})

test('a line without an end ends the connection, before it fills the memory', async () => {
  let sent = 0
  const script: Script = (_, __, socket) => {
    const more = () => {
      while (!socket.destroyed && socket.write(Buffer.alloc(1024 * 1024, 'x'))) sent++
    }
    socket.on('drain', more)
    socket.write('* OK ')
    more()
  }
  const server = await scripted(script)
  const wire = await Wire.open(server.endpoint, 'anna')
  try {
    await assert.rejects(wire.run('NOOP'), /longer than/)
    assert.ok(sent < 200)
  } finally {
    wire.close()
    server.close()
  }
})
