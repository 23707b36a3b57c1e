import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, test } from 'node:test'
import { measure } from '../../shared/imap/measure.ts'
import { readReports } from '../../shared/imap/reports.ts'
import type { Endpoint } from '../../shared/imap/session.ts'
import { Wire } from '../../shared/imap/wire.ts'

type Login = Awaited<ReturnType<Endpoint['login']>>

/** What signs in. */
type Signing = (endpoint: Endpoint) => Promise<string>

const session: Signing = async endpoint => {
  const wire = await Wire.open(endpoint, 'anna')
  const known = [...wire.capabilities].join(' ')
  wire.close()
  return known
}

/** Signs in to a server that takes whatever it is told; what it was told, and what the client knows of it then or why it does not go on. */
async function told(greeting: string, login: Login, after = '', signing = session): Promise<{ lines: string[]; end: string }> {
  const lines: string[] = []
  const server = createServer(socket => {
    socket.on('error', () => {})
    socket.write(`* ${greeting}\r\n`)
    socket.on('data', data => {
      for (const line of data.toString().split('\r\n').filter(Boolean)) {
        const [tag = '', verb = ''] = line.split(' ')
        lines.push(line.slice(tag.length + 1))
        if (verb === 'CAPABILITY') socket.write('* CAPABILITY IMAP4rev1 LITERAL+\r\n')
        socket.write(
          verb === 'LOGIN' || verb === 'AUTHENTICATE' ? after.replaceAll('TAG', tag) || `${tag} OK in\r\n` : `${tag} OK done\r\n`,
        )
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    return { lines, end: await signing({ host: '127.0.0.1', port, tls: 'none', login: async () => login }) }
  } catch (error) {
    const { code, verdict, hint } = error as { code: string; verdict: string; hint: string }
    return { lines, end: `${code} ${verdict} ${hint.length > 20}` }
  } finally {
    server.close()
  }
}

const anna = { user: 'anna', pass: 'p' }

describe('signing in', () => {
  const signings: [string, Signing][] = [
    ['is read or written', session],
    ['is measured', async endpoint => `${await measure(endpoint, 'anna')}`],
    ['is searched for what came back', async endpoint => `${await readReports(endpoint, 'anna', {})}`],
  ]
  for (const [what, signing] of signings)
    test(`an administrator is never taken for the owner where a mailbox ${what} and the server cannot hear for whom he comes`, async () => {
      const greeting = 'OK [CAPABILITY IMAP4rev1 LITERAL+] ready'
      const { lines, end } = await told(greeting, { user: 'admin', authzid: 'anna', pass: 'p' }, '', signing)
      assert.deepEqual([lines, end], [['CAPABILITY'], 'NO_AUTHZID permanent true'])
    })

  test('no password is told to a server that forbids it', async () => {
    const { lines, end } = await told('OK [CAPABILITY IMAP4rev1 LOGINDISABLED STARTTLS] ready', anna)
    assert.deepEqual([lines, end], [[], 'PRIVACYREQUIRED permanent true'])
  })

  for (const pass of ['p\n', 'p\r\nR9 DELETE INBOX', 'p\0'])
    test(`a password with a line end or NUL is no command: ${JSON.stringify(pass)}`, async () => {
      const { lines, end } = await told('OK [CAPABILITY IMAP4rev1] ready', { user: 'anna', pass })
      assert.deepEqual([lines, end], [[], 'SECRET permanent true'])
    })

  const words: [string, string, string, string][] = [
    ['in its greeting only', 'OK [CAPABILITY IMAP4rev1 MULTIAPPEND] hi', '', 'IMAP4REV1 LITERAL+'],
    [
      'before the answer',
      'OK [CAPABILITY IMAP4rev1 LITERAL+] hi',
      '* CAPABILITY IMAP4rev1 MULTIAPPEND\r\nTAG OK in\r\n',
      'IMAP4REV1 MULTIAPPEND',
    ],
    [
      'in the answer',
      'OK [capability IMAP4rev1 LITERAL+] hi',
      'TAG OK [capability IMAP4rev1 uidplus] in\r\n',
      'IMAP4REV1 UIDPLUS',
    ],
    ['never by itself', 'OK hi', '', 'IMAP4REV1 LITERAL+'],
  ]
  for (const [when, greeting, after, known] of words)
    test(`what holds after it is what counts, told ${when}`, async () => {
      assert.equal((await told(greeting, anna, after)).end, known)
    })
})
