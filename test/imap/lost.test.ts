import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { Wire } from '../../shared/imap/wire.ts'
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

test('a server that greets and never answers the sign-in is given up after a minute', async t => {
  let asked = () => {}
  const heard = new Promise<void>(resolve => {
    asked = resolve
  })
  const server = createServer(socket => {
    socket.on('error', () => {}).on('data', () => asked())
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  t.mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const login = async () => ({ user: 'u', pass: 'p' })
    const opening = assert.rejects(Wire.open({ host: '127.0.0.1', port, tls: 'none', login }, 'anna'), {
      code: 'ETIMEDOUT',
      verdict: 'transient',
    })
    await heard
    t.mock.timers.tick(60_000)
    await opening
  } finally {
    server.close()
  }
})
