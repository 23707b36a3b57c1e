import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Failure } from '../../shared/errors.ts'
import { languages } from '../../shared/intake/words.ts'
import { channelFor } from '../../shared/notices/channels.ts'
import { compose } from '../../shared/notices/mime.ts'
import { templates } from '../../shared/notices/templates.ts'
import type { Playbook } from '../../shared/playbooks/playbook.ts'
import { type Refusals, type SmtpManners, startSmtp } from '../sandbox/mail/smtp.ts'
import { audiencesOf, exampleLetter, playbook } from './examples.ts'

const to = 'anna.dubois@namur.example'
const bounces: Playbook['channels']['bounces'] = {
  address: 'retours@namur.example',
  imap: { host: '127.0.0.1', port: 143, tls: 'none', auth: { kind: 'master-user', user: 'm', separator: '*', secret: 'BACK' } },
}

type Given = SmtpManners & { user?: string; known?: string; watched?: boolean }

/** Sends through a server as a playbook names it; what the server took, or the failure. */
async function sent(mime: Buffer, { user, known = 'right', watched = true, ...given }: Given) {
  const server = await startSmtp(given)
  try {
    const { host, port } = server
    const smtp = { host, port, tls: given.tls, ...(user ? { user, secret: 'SMTP' } : {}) }
    const channels = { perMinute: 30, smtp, ...(watched && bounces ? { bounces } : {}) }
    const channel = channelFor('smtp', {
      graph: undefined as never,
      playbook: { ...playbook, channels },
      secret: async () => known,
      openTarget: undefined,
      openOldInbox: undefined,
      now: () => 0,
    })
    const failed = await channel.send(to, mime).then(
      () => undefined,
      (error: unknown) => error,
    )
    return { taken: server.taken, heard: server.heard, failed }
  } finally {
    await server.stop()
  }
}

const letter = () => compose(exampleLetter('withdrawn', ['fr'], 'owner'))

describe('a notice by smtp', () => {
  const ways = [
    { tls: 'none', encrypted: false },
    { tls: 'starttls', encrypted: true },
    { tls: 'implicit', encrypted: true },
  ] as const
  for (const { tls, encrypted } of ways)
    test(`over ${tls}, signed in, comes from the mailbox for what comes back and arrives to the byte`, async () => {
      const mime = await letter()
      const { taken, failed } = await sent(mime, { tls, pass: 'right', user: 'migration' })
      assert.equal(failed, undefined)
      assert.equal(taken.length, 1)
      const [{ data, ...envelope } = assert.fail()] = taken
      assert.deepEqual(envelope, { user: 'migration', encrypted, from: 'retours@namur.example', to: [to] })
      assert.equal(data.toString('latin1').trimEnd(), mime.toString('latin1').trimEnd())
    })

  test('comes from the issuer where nobody watches what comes back', async () => {
    const { taken } = await sent(await letter(), { tls: 'none', watched: false })
    assert.equal(taken[0]?.from, 'it@namur.example')
  })

  test('keeps lines that begin with a dot, and eight-bit bytes', async () => {
    const raw = Buffer.from('From: <a@namur.example>\r\nSubject: x\r\n\r\n.\r\n..two\r\nd\u00e9j\u00e0 .\r\n.end\r\n')
    const { taken } = await sent(raw, { tls: 'none' })
    assert.deepEqual(taken[0]?.data, raw)
  })

  test('is never signed in over an open line where the playbook says starttls', async () => {
    const { failed, heard, taken } = await sent(await letter(), {
      tls: 'starttls',
      pass: 'right',
      user: 'migration',
      known: 'wrong',
    })
    assert.deepEqual([failed instanceof Failure && failed.verdict, taken.length], ['permanent', 0])
    assert.ok(heard.indexOf('STARTTLS') < heard.findIndex(line => line.startsWith('AUTH')), heard.join('\n'))
  })

  test('needs no server that understands eight bits, long lines or bare line feeds', async () => {
    for (const name of Object.keys(templates))
      for (const audience of audiencesOf(name)) {
        const mime = (await compose(exampleLetter(name, languages, audience))).toString('latin1')
        assert.ok(/^(?:[\t -~]|\r\n)*$/.test(mime), name)
        assert.ok(
          mime.split('\r\n').every(line => line.length <= 998),
          name,
        )
      }
  })
})

describe('a server that says no', () => {
  const rows: readonly [keyof Refusals, string, 'transient' | 'permanent'][] = [
    ['MAIL', '451 4.3.0 try later', 'transient'],
    ['RCPT', '450 4.2.1 greylisted for five minutes', 'transient'],
    ['DATA', '452 4.3.1 out of room', 'transient'],
    ['end', '421 4.7.0 too many messages', 'transient'],
    ['AUTH', '454 4.7.0 Temporary authentication failure', 'transient'],
    ['MAIL', '550 5.7.1 sender not yours', 'permanent'],
    ['RCPT', '550 5.1.1 User unknown', 'permanent'],
    ['end', '554 5.6.0 looks like spam', 'permanent'],
    ['AUTH', '535 5.7.8 wrong password', 'permanent'],
  ]
  for (const [at, words, verdict] of rows)
    test(`${words} to ${at} is ${verdict}, in its own words`, async () => {
      const { failed, taken } = await sent(await letter(), { tls: 'none', pass: 'right', user: 'm', refuses: { [at]: words } })
      assert.ok(failed instanceof Failure)
      assert.deepEqual([failed.verdict, failed.code, taken.length], [verdict, words.slice(0, 3), 0])
      assert.ok(failed.message.includes(words.slice(4)), failed.message)
      assert.ok(failed.hint)
    })

  test('or nothing at all, because nobody listens, is weather', async () => {
    const server = await startSmtp({ tls: 'none' })
    await server.stop()
    const channels = { perMinute: 30, smtp: { host: server.host, port: server.port, tls: 'none' as const } }
    const parts = {
      graph: undefined as never,
      secret: async () => '',
      openTarget: undefined,
      openOldInbox: undefined,
      now: () => 0,
    }
    const channel = channelFor('smtp', { ...parts, playbook: { ...playbook, channels } })
    await assert.rejects(channel.send(to, await letter()), error => error instanceof Failure && error.verdict === 'transient')
  })
})
