import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { createServer, type Server } from 'node:tls'
import { Failure } from '../../shared/errors.ts'
import { Wire } from '../../shared/imap/wire.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { refusal } from '../intake/refusal.ts'
import { smallest } from '../playbooks/examples.ts'
import { certificate } from './scripted.ts'

describe('a server that has nothing newer than TLS 1.0', () => {
  let server: Server
  let protocol: string | null = null

  before(async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    server = createServer({ ...certificate(), ...old }, socket => {
      protocol = socket.getProtocol()
      socket.on('error', () => {})
      socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n')
      socket.on('data', data => {
        const [tag = ''] = data.toString().split(' ')
        socket.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK done\r\n`)
      })
    })
    server.on('tlsClientError', () => {})
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })

  after(() => server.close())

  const open = (more: { oldTls?: boolean }, host = 'localhost') =>
    Wire.open(
      {
        ...{ host, port: (server.address() as AddressInfo).port, tls: 'implicit' as const },
        ...{ login: async () => ({ user: 'u', pass: 'p' }), ...more },
      },
      'anna',
    )

  test('is held with what to write in the playbook', async () => {
    await assert.rejects(open({}), (error: unknown) => {
      assert.ok(error instanceof Failure)
      assert.equal(error.verdict, 'permanent')
      assert.match(error.hint, /oldTls: true/)
      return true
    })
  })

  test('is read with oldTls', async () => {
    const wire = await open({ oldTls: true })
    wire.close()
    assert.equal(protocol, 'TLSv1')
  })

  test('must still prove who it is', async () => {
    await assert.rejects(open({ oldTls: true }, '127.0.0.1'), /ERR_TLS_CERT_ALTNAME_INVALID/)
  })

  test('may be the source, and not the target', async () => {
    const at = (side: string) => smallest.replace(new RegExp(`(${side}:[\\s\\S]*?imap: \\{ )`), '$1oldTls: true, ')
    assert.equal(parsePlaybook(at('source'), undefined, 'lift').source.imap.oldTls, true)
    const { details } = await refusal(async () => parsePlaybook(at('target'), undefined, 'lift'))
    assert.deepEqual(
      details.map(({ path }) => path),
      ['target.imap.oldTls'],
    )
  })
})
