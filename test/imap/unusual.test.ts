import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import type { Source } from '../../shared/source/source.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { Engine } from '../copy/engine.ts'
import { type Script, scripted } from './scripted.ts'

const date = '"07-Apr-2025 14:00:00 +0000"'

/** What is done with a server that answers UID FETCH, with and without bodies, by these lines. */
async function reading<T>(answers: { heads: string[]; bodies: string[] }, work: (source: Source) => Promise<T>): Promise<T> {
  const script: Script = (line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'UID') for (const answer of line.includes('BODY') ? answers.bodies : answers.heads) say(`${answer}\r\n`)
    say(`${tag} OK done\r\n`)
  }
  const server = await scripted(script)
  const source = openImapSource(server.endpoint, 'anna@town.example')
  try {
    return await work(source)
  } finally {
    await source.close()
    server.close()
  }
}

/** How copying from it ends, and what is there then. */
async function copied(heads: string[], bodies: string[]): Promise<{ outcomes: string[]; there: string[] }> {
  const engine = new Engine()
  engine.source.folder('INBOX').uidValidity = 1
  await reading({ heads, bodies }, source => engine.pass({ source }))
  const there = engine.target.folder('INBOX').messages.map(({ sent }) => sent.toString())
  return { outcomes: await engine.outcomes(), there }
}

const head = (uid: number, size = '1') => `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} RFC822.SIZE ${size})`
const body = (uid: number, text: string) =>
  `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE ${date} RFC822.SIZE ${text.length} BODY[] {${text.length}}\r\n${text})`

describe('a message', () => {
  for (const size of ['NIL', '""', '-1'])
    test(`whose size the server tells as ${size} is copied like any other`, async () => {
      const { outcomes, there } = await copied([head(1), head(2, size)], [body(1, 'a'), body(2, 'bb')])
      assert.deepEqual(
        [outcomes, there],
        [
          ['1 copied', '2 copied'],
          ['a', 'bb'],
        ],
      )
    })

  test('that is handed out twice, or that nobody asked for, is copied once at most', async () => {
    const { outcomes, there } = await copied([head(1), head(2)], [body(1, 'a'), body(1, 'a'), body(3, 'c'), body(2, 'b')])
    assert.deepEqual(
      [outcomes, there],
      [
        ['1 copied', '2 copied'],
        ['a', 'b'],
      ],
    )
  })

  test('that comes as a quoted string is not taken for what it says', async () => {
    const quoted = `* 1 FETCH (BODY[] "UID 2 FLAGS (\\\\Seen)" UID 1 RFC822.SIZE 21 FLAGS () INTERNALDATE ${date})`
    const { outcomes, there } = await copied([head(1), head(2)], [quoted, body(2, 'b')])
    assert.deepEqual(
      [outcomes, there],
      [
        ['1 copied', '2 copied'],
        ['UID 2 FLAGS (\\Seen)', 'b'],
      ],
    )
  })
})

test('a STATUS that ends with a blank is heard', async () => {
  const script: Script = (line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'STATUS') say('* STATUS INBOX (MESSAGES 3 UIDNEXT 8 UIDVALIDITY 5 ) \r\n')
    say(`${tag} OK done\r\n`)
  }
  const server = await scripted(script)
  const source = openImapSource(server.endpoint, 'anna@town.example')
  try {
    assert.deepEqual(await source.standing(['INBOX']), [{ uidValidity: '5', uidNext: 8, exists: 3 }])
  } finally {
    await source.close()
    server.close()
  }
})

test('a response code counts in whatever letters it comes', async () => {
  const script: Script = (line, say) => {
    const [tag, verb] = line.split(' ')
    say(verb === 'APPEND' ? `${tag} no [overquota] full\r\n` : `${tag} OK done\r\n`)
  }
  const server = await scripted(script, 'IMAP4rev1 LITERAL+')
  const target = await openImapTarget(server.endpoint, 'anna@town.example')
  try {
    const one = async function* () {
      yield { path: 'INBOX', uid: 1, raw: Buffer.from('a'), flags: [], internalDate: 0 }
    }
    const appending = async () => {
      for await (const _ of target.append(one())) assert.fail()
    }
    await assert.rejects(appending, (error: unknown) => error instanceof Failure && error.code === 'OVERQUOTA')
  } finally {
    await target.close()
    server.close()
  }
})
