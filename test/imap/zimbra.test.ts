import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { digestOf } from '../../shared/copy/match.ts'
import { largeBytes } from '../../shared/imap/input.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { Engine } from '../copy/engine.ts'
import { type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'
const large = randomBytes(largeBytes + 1)

/** Two messages as Zimbra hands them out: the flags last, and the second, expunged since it was listed, as a stub without a byte. */
const zimbra: Script = (line, say) => {
  const [tag, verb] = line.split(' ')
  if (/FETCH 1 .*BODY/.test(line)) {
    say(`* 1 FETCH (UID 1 INTERNALDATE ${date} RFC822.SIZE ${large.length} BODY[] {${large.length}}\r\n`)
    say(large)
    say(' FLAGS (\\Flagged \\Seen))\r\n')
  } else if (/FETCH 2 .*BODY/.test(line)) {
    say('* 2 FETCH (UID 2 INTERNALDATE "01-Jan-1970 00:00:00 +0000" RFC822.SIZE 0 BODY[] "" FLAGS ())\r\n')
  } else if (verb === 'UID') {
    say(`* 1 FETCH (UID 1 INTERNALDATE ${date} RFC822.SIZE ${large.length} FLAGS (\\Flagged \\Seen))\r\n`)
    say(`* 2 FETCH (UID 2 INTERNALDATE ${date} RFC822.SIZE 40 FLAGS (\\Seen))\r\n`)
  }
  say(`${tag} OK done\r\n`)
}

describe('from a server that tells the flags behind the body', async () => {
  test('a large message keeps its flags, and what was expunged meanwhile does not come as an empty one', async () => {
    const server = await scripted(zimbra)
    const source = openImapSource(server.endpoint, 'anna@town.example')
    const engine = new Engine()
    engine.source.folder('INBOX').uidValidity = 1
    try {
      await engine.pass({ source })
      assert.deepEqual(await engine.outcomes(), ['1 copied', '2 vanished'])
      const there = engine.target.folder('INBOX').messages.map(({ sent, flags }) => [digestOf(sent), flags])
      assert.deepEqual(there, [[digestOf(large), ['\\Flagged', '\\Seen']]])
    } finally {
      await source.close()
      server.close()
    }
  })
})
