import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import { Engine } from '../copy/engine.ts'
import { isAsked, type Script, scripted } from './scripted.ts'

/** Copies two messages of a server that tells this of UIDVALIDITY when a folder is opened; what became of them, or what stopped it. */
async function copied(told: () => string, uidValidity = 0): Promise<string[] | Failure> {
  const script: Script = (line, say) => {
    const [tag, verb] = line.split(' ')
    if (verb === 'EXAMINE') say(`* 2 EXISTS\r\n* OK [UIDNEXT 3] ok\r\n${told()}`)
    if (verb === 'UID')
      for (const uid of [1, 2].filter(uid => isAsked(line, uid)))
        say(
          `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "07-Apr-2025 14:00:00 +0000" RFC822.SIZE 1${line.includes('BODY') ? ` BODY[] "${uid}"` : ''})\r\n`,
        )
    say(`${tag} OK done\r\n`)
  }
  const server = await scripted(Object.assign(script, { opens: true }))
  const source = openImapSource(server.endpoint, 'anna@town.example')
  const engine = new Engine()
  engine.source.folder('INBOX').uidValidity = uidValidity
  try {
    await engine.pass({ source })
    return await engine.outcomes()
  } catch (error) {
    assert.ok(error instanceof Failure, `${error}`)
    return error
  } finally {
    await source.close()
    server.close()
  }
}

describe('a folder', () => {
  test('whose UIDVALIDITY is 0 is copied: it is a number like any other', async () => {
    assert.deepEqual(await copied(() => '* OK [UIDVALIDITY 0] ok\r\n'), ['1 copied', '2 copied'])
  })

  test('of which no UIDVALIDITY is told is not copied by UIDs that may mean something else tomorrow; what to do is said', async () => {
    const stopped = await copied(() => '')
    assert.ok(stopped instanceof Failure)
    assert.deepEqual([stopped.code, stopped.verdict], ['NO_UIDVALIDITY', 'permanent'])
    assert.match(`${stopped.message} ${stopped.hint}`, /“INBOX”.*UIDVALIDITY.*index.*`copy\.folders\.exclude`/)
  })

  test('that is numbered anew each time it is opened is tried again, and what to do is said', async () => {
    let uidValidity = 1
    const stopped = await copied(() => `* NO [UIDNOTSTICKY] no\r\n* OK [UIDVALIDITY ${uidValidity++}] ok\r\n`)
    assert.ok(stopped instanceof Failure)
    assert.deepEqual([stopped.code, stopped.verdict], ['UIDVALIDITY', 'transient'])
    assert.match(stopped.hint, /index.*`copy\.folders\.exclude`/)
  })
})
