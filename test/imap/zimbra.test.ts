import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { digestOf } from '../../shared/copy/match.ts'
import { largeBytes } from '../../shared/imap/input.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { Engine } from '../copy/engine.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { isAsked, type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'
const large = Buffer.from(`Subject: large\r\n\r\n${'x'.repeat(70)}`.padEnd(largeBytes + 1, '\r\nline'))

/** Two messages as Zimbra hands them out: the flags last, and the second, expunged since it was listed, as a stub without a byte. */
const zimbra: Script = (line, say) => {
  const [tag, verb] = line.split(' ')
  if (verb === 'LIST') say('* LIST () "/" INBOX\r\n')
  const some = [1, 2].filter(uid => isAsked(line, uid))
  if (line.includes('BODY')) {
    if (some.includes(1)) {
      say(`* 1 FETCH (UID 1 INTERNALDATE ${date} RFC822.SIZE ${large.length} BODY[] {${large.length}}\r\n`)
      say(large)
      say(' FLAGS (\\Flagged \\Seen))\r\n')
    }
    if (some.includes(2)) say('* 2 FETCH (UID 2 INTERNALDATE "01-Jan-1970 00:00:00 +0000" RFC822.SIZE 0 BODY[] "" FLAGS ())\r\n')
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

  test('a large message that was refused keeps its flags when it is tried again', { timeout: 20_000 }, async () => {
    const server = await scripted(zimbra)
    let full = true
    const scene = town({ refuses: ({ raw }) => (full && raw.length > largeBytes ? { code: 'CANNOT', text: 'no' } : undefined) })
    const openSource = ({ address }: { address: string }) =>
      address === 'bob@town.example' ? openImapSource(server.endpoint, address) : undefined
    const world = new World({ ...scene, openSource })
    const large = () =>
      world.targets
        .get('bob@town.example')
        ?.folder('INBOX')
        .messages.filter(one => one.sizeBytes > largeBytes)
    try {
      await world.run()
      assert.deepEqual(large(), [])
      full = false
      world.clock.move(60_000)
      await act(world.app(), 'town', 'retry', { why: 'the limit was raised' }, 'Odile')
      await world.run()
      assert.deepEqual(
        large()?.map(({ flags }) => flags),
        [['\\Flagged', '\\Seen']],
      )
    } finally {
      server.close()
    }
  })
})
