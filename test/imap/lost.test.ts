import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { scripted } from './scripted.ts'

/** What is said to a target’s first look, which asks for the delimiter. */
const delimiter = (tag: string) => `* LIST (\\Noselect) "/" ""\r\n${tag} OK done\r\n`

const folders = [{ path: 'One' }, { path: 'Two' }, { path: 'Three' }]

for (const last of ['CREATE', 'SUBSCRIBE'])
  test(`a connection that is lost among the answers to ${last} is a failure, and nothing is left to reject unheard`, async () => {
    const server = await scripted((line, say, socket) => {
      const [tag = '', verb = '', name = ''] = line.split(' ')
      if (verb === 'LIST') say(delimiter(tag))
      else if (verb === last && /Two/.test(name)) socket.destroy()
      else say(`${tag} OK done\r\n`)
    })
    const target = await openImapTarget(server.endpoint, 'anna@town.example')
    try {
      // What rejects unheard fails this test by itself.
      await assert.rejects(target.create(folders), (error: unknown) => error instanceof Failure && error.verdict === 'transient')
      await new Promise(done => setImmediate(done))
      assert.equal(await target.alive(), false)
    } finally {
      await target.close()
      server.close()
    }
  })
