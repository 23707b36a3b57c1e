import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { largeBytes } from '../../shared/imap/input.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { isAsked, scripted } from '../imap/scripted.ts'
import { Engine } from './engine.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'

test('a large message in the middle of which the source always ends the connection is given up, all others are copied once', async () => {
  const sizes = [10, 20, largeBytes + 1, 40, 50]
  const server = await scripted((line, say, socket) => {
    for (const [i, size] of sizes.entries()) {
      if (!isAsked(line, i + 1)) continue
      say(`* ${i + 1} FETCH (UID ${i + 1} FLAGS () INTERNALDATE ${date} RFC822.SIZE ${size}`)
      if (line.includes('BODY')) say(` BODY[] {${size}}\r\n`)
      if (line.includes('BODY') && size > largeBytes) return void socket.end('half of it')
      if (line.includes('BODY')) say('x'.repeat(size))
      say(')\r\n')
    }
    say(`${line.split(' ')[0]} OK done\r\n`)
  })
  const engine = new Engine()
  engine.source.folder('INBOX').uidValidity = 1
  try {
    for (let tries = 1; ; tries++) {
      const source = openImapSource(server.endpoint, 'anna@town.example')
      const limits = { messages: 10, bytes: 100_000_000 }
      const pass = engine.pass({ source, limits, careful: tries > 1 }).finally(() => source.close())
      const error = await pass.then(
        () => undefined,
        (error: unknown) => error,
      )
      if (error === undefined) break
      assert.ok(error instanceof Failure && error.verdict === 'transient' && tries < 9, String(error))
    }
    const ended = (await engine.outcomes()).map(one => one.replace('adopted', 'copied'))
    assert.deepEqual(ended, ['1 copied', '2 copied', '3 unreadable', '4 copied', '5 copied'])
    const there = engine.target.folder('INBOX').messages.map(({ sent }) => sent.length)
    assert.deepEqual(there.sort(), [10, 20, 40, 50])
  } finally {
    server.close()
  }
})
