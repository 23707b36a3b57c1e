import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type End, Failure } from '../../shared/errors.ts'
import { appendAll } from '../../shared/imap/append.ts'
import { messages } from '../../shared/imap/bodies.ts'
import type { Asking } from '../../shared/imap/commands.ts'
import { largeBytes } from '../../shared/imap/input.ts'
import { Wire } from '../../shared/imap/wire.ts'
import type { Portion } from '../../shared/source/source.ts'
import type { Outgoing } from '../../shared/targets/target.ts'
import { type Between, startProxy } from '../chaos/proxy.ts'
import { type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'

/** Runs `work` against a server of one script, `over` another port perhaps, until it fails; the failure. */
async function failing(
  script: Script,
  capability: string,
  work: (wire: Wire) => Promise<unknown>,
  over: (port: number) => Promise<number> = async port => port,
): Promise<Failure> {
  const server = await scripted(script, capability)
  const wire = await Wire.open({ ...server.endpoint, port: await over(server.endpoint.port) }, 'anna')
  try {
    await work(wire)
  } catch (error) {
    assert.ok(error instanceof Failure, String(error))
    return error
  } finally {
    wire.close()
    server.close()
  }
  throw new Error('it did not fail')
}

/** Hands out messages of a size each, and ends the connection when so many bytes of the bad one have gone. */
function dying(bad: number, bytes: number, size = 40): Script {
  return (line, say, socket) => {
    const [, set = ''] = /UID FETCH (\S+)/.exec(line) ?? []
    const [from = 0, to = from] = set.split(':').map(Number)
    for (let uid = from; uid <= to; uid++) {
      const whole = `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} RFC822.SIZE ${size} BODY[] {${size}}\r\n${'x'.repeat(size)})\r\n`
      if (uid === bad) return void socket.end(whole.slice(0, bytes))
      say(whole)
    }
    say(`${line.split(' ')[0]} OK done\r\n`)
  }
}

/** Reads two folders, one before the other is asked for: what is written to a connection that is ending takes from what it still holds. */
async function readAll(wire: Wire): Promise<void> {
  for (const [path, uids] of [
    ['INBOX', [1, 2, 3]],
    ['Sent', [4, 5, 6]],
  ] as const)
    await readFolder(wire, [{ path, uids }])
}

async function readFolder(wire: Wire, portions: readonly Portion[], asking: Asking = 'ahead'): Promise<void> {
  for await (const { raw } of messages(wire, 'EXAMINE', portions, asking))
    if (!Buffer.isBuffer(raw)) for await (const _ of raw.chunks());
}

const reading = (path: string, uid: number): End => ({ doing: 'reading', path, uid })

describe('where the source ends the connection, the failure names the message', () => {
  for (const [when, bytes, size] of [
    ['before it', 0, 40],
    ['within its head', 30, 40],
    ['within its body', 110, 40],
    ['within a large body', 200_000, largeBytes + 1],
  ] as const)
    for (const bad of [1, 2, 3, 4, 6])
      test(`${bad}, ${when}`, async () => {
        const { at } = await failing(dying(bad, bytes, size), 'IMAP4rev1', readAll)
        assert.deepEqual(at, reading(bad < 4 ? 'INBOX' : 'Sent', bad))
      })

  test('but none where it only says no, or ended it between messages', async () => {
    const no = await failing((line, say) => say(`${line.split(' ')[0]} NO [LIMIT] slowly\r\n`), 'IMAP4rev1', readAll)
    const idle = await failing(
      (_, __, socket) => socket.destroy(),
      'IMAP4rev1',
      wire => wire.must('NOOP'),
    )
    assert.deepEqual([no.at, idle.at], [undefined, undefined])
  })
})

describe('where a server falls with all that it had not sent yet', () => {
  const behind = async (text: string, asking: Asking) => {
    let proxy: Between | undefined
    const over = async (port: number) => {
      proxy = await startProxy(port)
      proxy.trouble({ kind: 'at', text })
      return proxy.port
    }
    const portions = [
      { path: 'INBOX', uids: [1, 2] },
      { path: 'INBOX', uids: [3] },
      { path: 'Sent', uids: [4] },
    ]
    const read = (wire: Wire) => readFolder(wire, portions, asking)
    const { at } = await failing(dying(0, 0), 'IMAP4rev1', read, over).finally(() => proxy?.stop())
    return at
  }

  test('the failure names none where that its folder was open is among it', async () => {
    assert.equal(await behind('(UID 1 ', 'ahead'), undefined)
  })

  test('it names the first that was not handed out where nothing was asked for ahead', async () => {
    for (const [uid, named] of [
      [1, reading('INBOX', 1)],
      [2, reading('INBOX', 1)],
      [3, reading('INBOX', 3)],
      [4, reading('Sent', 4)],
    ] as const)
      assert.deepEqual(await behind(`(UID ${uid} `, 'careful'), named)
  })

  test('and none where it falls as a folder is opened', async () => {
    assert.equal(await behind('[UIDVALIDITY', 'careful'), undefined)
  })
})

/** Takes appends and ends the connection at the body of the bad one. */
function choking(bad: number, heard: string[]): Script {
  let tag = ''
  return (line, say, socket) => {
    if (line.includes(' APPEND ')) tag = line.slice(0, line.indexOf(' '))
    heard.push(line)
    if (line === `Subject: ${bad}`) socket.destroy()
    else if (/\{\d+\}$/.test(line)) say('+ go on\r\n')
    else if (line === '') say(`${tag} OK done\r\n`)
  }
}

describe('where the target ends the connection, the failure names the first message without an answer', () => {
  const append = (apart: boolean) => async (wire: Wire) => {
    async function* outgoing(): AsyncIterable<Outgoing> {
      for (let uid = 1; uid <= 9; uid++) {
        const raw = Buffer.from(`Subject: ${uid}\r\n`)
        yield { path: 'INBOX', uid, raw, flags: [], internalDate: Date.UTC(2025, 3, 7), ...(apart ? { alone: true } : {}) }
      }
    }
    for await (const _ of appendAll(wire, outgoing()));
  }

  for (const capability of ['IMAP4rev1 UIDPLUS LITERAL+ MULTIAPPEND', 'IMAP4rev1 UIDPLUS LITERAL+', 'IMAP4rev1'])
    for (const bad of [1, 5, 9])
      test(`${bad} of those that go alone, over ${capability}`, async () => {
        const heard: string[] = []
        const { at } = await failing(choking(bad, heard), capability, append(true))
        assert.deepEqual(at, { doing: 'appending', path: 'INBOX', uid: bad })
        assert.equal(heard.filter(line => line.includes(' APPEND ')).length, bad)
      })

  test('of those that go together one that is not behind the bad one', async () => {
    const { at } = await failing(choking(5, []), 'IMAP4rev1 UIDPLUS LITERAL+ MULTIAPPEND', append(false))
    assert.ok(at?.doing === 'appending' && at.uid <= 5, JSON.stringify(at))
  })
})

describe('what a server says before it closes the connection reaches the failure', () => {
  for (const [bye, code, retryAfterMs] of [
    ['Request is throttled. Suggested Backoff Time: 5000 milliseconds', 'ETHROTTLE', 5_000],
    ['[UNAVAILABLE] back soon', 'UNAVAILABLE', undefined],
    ['[LIMIT] too many connections', 'LIMIT', undefined],
    ['go away', 'BYE', undefined],
  ] as const)
    for (const tls of ['none', 'implicit', 'starttls'] as const)
      test(`even where a write fails before it is read: ${bye}, tls ${tls}`, async () => {
        let wire: Wire | undefined
        const closing: Script = (_, say, socket) => {
          say(`* BYE ${bye}\r\n`)
          socket.end()
          socket.destroySoon()
          // The first of these is answered by a reset, the others fail; nothing was read between.
          socket.on('close', () => {
            for (let n = 0; n < 5; n++) wire?.write('NOOP\r\n')
          })
        }
        const server = await scripted(closing, 'IMAP4rev1', tls)
        try {
          wire = await Wire.open(server.endpoint, 'anna')
          await assert.rejects(wire.must('NOOP'), (error: unknown) => {
            assert.ok(error instanceof Failure)
            assert.deepEqual([error.code, error.retryAfterMs, error.verdict], [code, retryAfterMs, 'transient'])
            return true
          })
        } finally {
          wire?.close()
          server.close()
        }
      })
})
