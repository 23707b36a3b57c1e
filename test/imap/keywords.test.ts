import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { Engine } from '../copy/engine.ts'
import { chance } from '../fakes/chance.ts'
import { letter } from '../fakes/town.ts'
import { OddTarget } from './odd-target.ts'

/** A target that has room for the keyword `kw` alone, and says that it takes any. */
async function full(work: (engine: Engine, server: OddTarget, pass: () => Promise<unknown>) => Promise<void>): Promise<void> {
  const server = new OddTarget(chance(1), 'IMAP4rev1 UIDPLUS LITERAL+')
  server.wild = false
  server.keywords = ['kw']
  const endpoint = await server.start()
  const engine = new Engine()
  const pass = async () => {
    const target = await openImapTarget(endpoint, 'anna')
    await engine.pass({ target }).finally(() => target.close())
  }
  try {
    await work(engine, server, pass)
    const target = await openImapTarget(endpoint, 'anna')
    const { differences } = await engine.compare(false, target).finally(() => target.close())
    assert.deepEqual(differences, [])
  } finally {
    server.close()
  }
}

const notes = async (engine: Engine) => (await engine.entries()).map(({ outcome, note }) => [outcome, note ?? ''])

describe('at a target that has its fill of keywords', () => {
  test('a label that is put on later is named as lost, and the other flags are set', () =>
    full(async (engine, server, pass) => {
      for (const subject of ['one', 'two']) engine.source.deliver('INBOX', letter(subject), ['kw'], 1000)
      await pass()
      engine.source.setFlags('INBOX', 1, ['\\Seen', 'Projet'])
      engine.source.setFlags('INBOX', 2, ['\\Flagged', 'kw'])
      for (let passes = 0; passes < 2; passes++) await pass()
      assert.deepEqual(
        server.messages.map(({ flags }) => flags),
        [['\\Seen'], ['\\Flagged', 'kw']],
      )
      assert.deepEqual(await notes(engine), [
        ['altered', 'the target cannot hold Projet'],
        ['copied', ''],
      ])
    }))

  test('a message that came without its label stays so in the passes that follow', () =>
    full(async (engine, server, pass) => {
      engine.source.deliver('INBOX', letter('one'), ['\\Seen', 'Projet'], 1000)
      for (let passes = 0; passes < 3; passes++) await pass()
      assert.deepEqual(
        server.messages.map(({ flags }) => flags),
        [['\\Seen']],
      )
      assert.equal((await engine.entries())[0]?.outcome, 'altered')
    }))
})
