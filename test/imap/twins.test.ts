import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { Engine } from '../copy/engine.ts'
import { chance } from '../fakes/chance.ts'
import { letter } from '../fakes/town.ts'
import { OddTarget } from './odd-target.ts'

test('twins of one second keep each its flags where a batch of them was refused, sent again behind the next, and no UID is told', async () => {
  const server = new OddTarget(chance(1), 'IMAP4rev1 LITERAL+ MULTIAPPEND')
  server.wild = false
  const endpoint = await server.start()
  const engine = new Engine()
  const at = Date.UTC(2025, 0, 1)
  const flags = (i: number) => (i === 0 ? ['\\Seen'] : i === 99 ? ['\\Flagged'] : [])
  for (let i = 0; i < 100; i++)
    engine.source.deliver('INBOX', letter(i === 1 ? 'REFUSE' : i % 99 === 0 ? 'twin' : `${i}`), flags(i), at)
  const target = await openImapTarget(endpoint, 'anna@town.example')
  try {
    await engine.pass({ target, limits: { messages: 200, bytes: 1_000_000 } })
    const twins = server.messages.filter(({ raw }) => raw.includes('Subject: twin'))
    assert.deepEqual(
      twins.map(one => one.flags),
      [['\\Flagged'], ['\\Seen']],
      'they came in the other order',
    )
    assert.deepEqual((await engine.compare(false, target)).differences, [])
  } finally {
    await target.close()
    server.close()
  }
})
