import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { messages } from '../../shared/imap/bodies.ts'
import { mostInARow } from '../../shared/imap/commands.ts'
import { largeBytes } from '../../shared/imap/input.ts'
import { Wire } from '../../shared/imap/wire.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import type { Portion } from '../../shared/source/source.ts'
import { Engine } from '../copy/engine.ts'
import { type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'

/** A message of the folder that is open; that of UID 900 is large. */
function fetched(uid: number): Buffer {
  const body = uid === 900 ? randomBytes(largeBytes + 1) : Buffer.from(`Subject: ${uid}\r\n\r\n`)
  const head = `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} RFC822.SIZE ${body.length} BODY[] {${body.length}}\r\n`
  return Buffer.concat([Buffer.from(head), body, Buffer.from(')\r\n')])
}

function uidsIn(line: string): number[] {
  const set = /UID FETCH (\S+)/.exec(line)?.[1] ?? ''
  return set.split(',').flatMap(part => {
    const [from = 0, to = from] = part.split(':').map(Number)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
}

/** A server that says no to every FETCH of a broken message: before it hands out anything, or once it meets the message. */
function refusing(broken: readonly number[], answer: string, when: 'at once' | 'on the way'): Script {
  return (line, say) => {
    const [tag] = line.split(' ')
    const uids = uidsIn(line)
    const at = uids.findIndex(uid => broken.includes(uid))
    for (const uid of at < 0 ? uids : when === 'at once' ? [] : uids.slice(0, at)) say(fetched(uid))
    say(`${tag} ${at < 0 ? 'OK done' : answer}\r\n`)
  }
}

/** What is handed out, as `uid` or `uid: why not`, in order. */
async function read(script: Script, portions: readonly Portion[], command: 'EXAMINE' | 'SELECT' = 'EXAMINE'): Promise<string[]> {
  const server = await scripted((line, say, socket) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'SELECT') say(`* OK [UIDVALIDITY 1] ok\r\n${tag} OK done\r\n`)
    else script(line, say, socket)
  })
  const wire = await Wire.open(server.endpoint, 'anna')
  try {
    const seen: string[] = []
    for await (const { path, uid, unreadable } of messages(wire, command, portions))
      seen.push(`${path} ${uid}${unreadable ? `: ${unreadable}` : ''}`)
    return seen
  } finally {
    wire.close()
    server.close()
  }
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
const three: Portion[] = [
  { path: 'INBOX', uids: [1, 2, 3] },
  { path: 'Sent', uids: [901, 902] },
  { path: 'Big', uids: [900] },
]

describe('a message that the server refuses to hand out', () => {
  const answers = ['NO cannot read it', 'BAD what', 'NO [SERVERBUG] it is broken', 'NO [CORRUPTION] it is broken']
  for (const when of ['at once', 'on the way'] as const)
    for (const answer of answers)
      test(`stands alone in the end, and all others arrive in order: ${answer}, ${when}`, async () => {
        assert.deepEqual(await read(refusing([2], answer, when), three), [
          'INBOX 1',
          `INBOX 2: the server does not hand it out: ${answer.replace(/^\w+ (\[\w+\] )?/, '')}`,
          'INBOX 3',
          'Sent 901',
          'Sent 902',
          'Big 900',
        ])
      })

  const sets = { first: [1], last: [700], several: [3, 4, 250, 251, 699], 'one in two': upTo(40).filter(uid => uid % 2 === 0) }
  for (const [which, broken] of Object.entries(sets))
    test(`among seven hundred: ${which}`, async () => {
      const seen = await read(refusing(broken, 'NO no', 'at once'), [{ path: 'INBOX', uids: upTo(700) }, ...three.slice(1)])
      const want = upTo(700).map(uid => `INBOX ${uid}${broken.includes(uid) ? ': the server does not hand it out: no' : ''}`)
      assert.deepEqual(seen, [...want, 'Sent 901', 'Sent 902', 'Big 900'])
    })

  test('is asked for once more, and is there if it comes then', async () => {
    let asked = 0
    const once: Script = (line, say, socket) =>
      refusing(uidsIn(line).includes(2) && ++asked < 3 ? [2] : [], 'NO not now', 'at once')(line, say, socket)
    assert.deepEqual(await read(once, three.slice(0, 1)), ['INBOX 1', 'INBOX 2', 'INBOX 3'])
  })

  test('at the target fails: what is not read there would count as not there', async () => {
    await assert.rejects(read(refusing([2], 'NO no', 'at once'), three, 'SELECT'), Failure)
  })

  for (const [answer, code] of [
    ['NO [UNAVAILABLE] later', 'UNAVAILABLE'],
    ['NO Server Unavailable. 15', 'UNAVAILABLE'],
    ['NO [LIMIT] too much', 'LIMIT'],
    ['BAD Request is throttled. Suggested Backoff Time: 2000 milliseconds', 'ETHROTTLE'],
    ['NO [NOPERM] not yours', 'NOPERM'],
  ] as const)
    test(`is none where the refusal is about something else: ${answer}`, async () => {
      const failed = (error: unknown) => error instanceof Failure && error.code === code
      await assert.rejects(read(refusing([2], answer, 'at once'), three), failed)
    })

  test(`is none where ${mostInARow} of them follow each other: the folder is broken`, async () => {
    await assert.rejects(read(refusing(upTo(200), 'NO no', 'at once'), [{ path: 'INBOX', uids: upTo(200) }]), Failure)
  })

  test('is unreadable in the ledger, the rest of the folder is copied', async () => {
    const list: Script = (line, say, socket) => {
      if (line.includes('BODY.PEEK')) return refusing([2], 'NO cannot read it', 'at once')(line, say, socket)
      for (const uid of [1, 2, 3]) say(`* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} RFC822.SIZE 14)\r\n`)
      say(`${line.split(' ')[0]} OK done\r\n`)
    }
    const server = await scripted(list)
    const source = openImapSource(server.endpoint, 'anna')
    try {
      const engine = new Engine()
      engine.source.folder('INBOX').uidValidity = 1
      const { counts } = await engine.pass({ source })
      assert.deepEqual(await engine.outcomes(), ['1 copied', '2 unreadable', '3 copied'])
      assert.deepEqual([counts.copied, counts.excepted], [2, 1])
      assert.deepEqual(engine.arrived(), ['1', '3'])
    } finally {
      await source.close()
      server.close()
    }
  })
})
