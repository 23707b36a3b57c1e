import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { type ExchangeFront, type FrontOptions, startExchangeFront } from './exchange-front.ts'
import { exchangeFolders } from './exchange-words.ts'
import { generateMailbox } from './generator.ts'
import { snapshot } from './snapshot.ts'

const folders = exchangeFolders('fr')
const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
const anna = 'anna@new.example'
const mail = Buffer.from('From: a@new.example\r\nSubject: un\r\n\r\nTexte\r\n')

describe('the Exchange front', { timeout: 40_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'front-'))
  let dovecot: Dovecot
  let front: ExchangeFront
  let clock = 0

  const options = (): FrontOptions => ({
    backend: { port: dovecot.port, master },
    token: async bearer =>
      bearer === 'good-token' ? { appId: 'app-1' } : bearer === 'other-token' ? { appId: 'app-2' } : undefined,
    mailboxExists: async address => address !== 'nobody@new.example',
    mayOpen: async appId => appId === 'app-1',
    folders,
    maxMessageBytes: 100_000,
    now: () => clock,
  })

  before(async () => {
    dovecot = await startDovecot({ dir: join(dir, 'new'), layout: 'new', users: 'any', password: 'user-secret', master, folders })
    front = await startExchangeFront(options())
  })

  after(async () => {
    await front.stop()
    await dovecot.kill9()
    rmSync(dir, { recursive: true, force: true })
  })

  async function flow(user: string, accessToken = 'good-token'): Promise<ImapFlow> {
    const client = new ImapFlow({
      host: front.host,
      port: front.port,
      secure: false,
      doSTARTTLS: false,
      auth: { user, accessToken },
      logger: false,
    })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  test('imapflow signs in by XOAUTH2, appends with date and flags, and learns the UID', async () => {
    const client = await flow(anna)
    try {
      const internalDate = new Date('2013-02-03T04:05:06Z')
      const appended = await client.append('Éléments envoyés', mail, ['\\Seen'], internalDate)
      assert.ok(appended)
      assert.equal(appended.uid, 1)
      const seen = (
        await snapshot({ host: dovecot.host, port: dovecot.port, user: `${anna}*bmaster`, pass: master.password })
      ).get('Éléments envoyés')
      assert.deepEqual(
        seen?.map(({ flags, internalDate }) => ({ flags, internalDate })),
        [{ flags: ['\\Seen'], internalDate: '2013-02-03T04:05:06.000Z' }],
      )
    } finally {
      await client.logout()
    }
  })

  test('it has the capabilities of Exchange Online and no others', async () => {
    const client = await flow(anna)
    try {
      assert.deepEqual(
        [
          'MOVE',
          'UIDPLUS',
          'LITERAL+',
          'AUTH=XOAUTH2',
          'CONDSTORE',
          'QRESYNC',
          'ESEARCH',
          'SPECIAL-USE',
          'MULTIAPPEND',
          'LIST-EXTENDED',
        ].filter(name => client.capabilities.has(name)),
        ['MOVE', 'UIDPLUS', 'LITERAL+', 'AUTH=XOAUTH2'],
      )
      const opened = await client.mailboxOpen('INBOX')
      assert.deepEqual([...(opened.permanentFlags ?? [])].sort(), [
        '$MDNSent',
        '\\Answered',
        '\\Deleted',
        '\\Draft',
        '\\Flagged',
        '\\Seen',
      ])
      assert.equal(opened.highestModseq, undefined)
      const listed = await client.list()
      assert.equal(listed.find(({ path }) => path === 'Éléments supprimés')?.specialUse, '\\Trash')
      assert.ok(listed.some(({ path }) => path === 'Calendrier'))
    } finally {
      await client.logout()
    }
  })

  test('a token that is not valid is refused', async () => {
    await assert.rejects(flow(anna, 'stolen'), (error: Error & { responseText?: string }) => {
      assert.match(error.responseText ?? '', /AUTHENTICATE failed\./)
      return true
    })
  })

  test('an unknown mailbox, and one the app may not open, are authenticated but not connected', async () => {
    for (const [user, token] of [
      ['nobody@new.example', 'good-token'],
      [anna, 'other-token'],
    ] as const) {
      const talk = await converse(front.port)
      assert.equal(await talk(`a AUTHENTICATE XOAUTH2 ${xoauth2(user, token)}`, 'a'), 'a OK AUTHENTICATE completed.')
      assert.equal(await talk('b LIST "" "*"', 'b'), 'b BAD User is authenticated but not connected.')
      assert.equal(await talk('c NOOP', 'c'), 'c BAD User is authenticated but not connected.\r\n* BYE Connection closed. 14')
    }
  })

  test('XOAUTH2 also works in two steps', async () => {
    const talk = await converse(front.port)
    assert.equal(await talk('a AUTHENTICATE XOAUTH2', '+'), '+ ')
    assert.equal(await talk(xoauth2(anna, 'good-token'), 'a'), 'a OK AUTHENTICATE completed.')
    assert.match(await talk('b NAMESPACE', 'b'), /\* NAMESPACE \(\(\("" "\/"\)\)|\* NAMESPACE \(\("" "\/"\)\) NIL NIL/)
  })

  test('passwords are refused', async () => {
    const talk = await converse(front.port)
    assert.equal(await talk('a LOGIN "anna@new.example" user-secret', 'a'), 'a NO LOGIN failed.')
    const plain = Buffer.from(`\0${anna}\0user-secret`).toString('base64')
    assert.equal(await talk(`b AUTHENTICATE PLAIN ${plain}`, 'b'), 'b NO AUTHENTICATE failed.')
  })

  test('throttling answers with the text that Exchange uses, keeps in step with both kinds of literal, and ends', async () => {
    const talk = await signedIn(front.port, 'throttle@new.example')
    front.throttle('throttle@new.example', { next: 2, suggestedMs: 4321, commands: ['APPEND'] })
    const text = 'Request is throttled. Suggested Backoff Time: 4321 milliseconds'
    assert.equal(await talk('b APPEND INBOX {9}', 'b'), `b BAD ${text}`)
    assert.equal(await talk(`c APPEND INBOX {${mail.length}+}\r\n${mail}`, 'c'), `c BAD ${text}`)
    assert.equal(await talk('d APPEND INBOX {9}', '+'), '+ Ready for additional command text.')
    assert.match(await talk('Subject:1', 'd'), /^d OK \[APPENDUID \d+ 1\] APPEND completed\.$/)
    assert.match(await talk(`e APPEND INBOX {${mail.length}+}\r\n${mail}`, 'e'), /^e OK \[APPENDUID \d+ 2\] APPEND completed\.$/)
    assert.equal(front.throttledCount('throttle@new.example'), 2)
    front.throttle('throttle@new.example', { forMs: 1000, suggestedMs: 1000, answer: 'NO' })
    assert.match(await talk('f NOOP', 'f'), /^f NO Request is throttled/)
    clock += 1000
    assert.equal(await talk('g NOOP', 'g'), 'g OK NOOP completed.')
  })

  test('imapflow reports the throttling of an APPEND', async () => {
    const client = await flow('flow@new.example')
    try {
      front.throttle('flow@new.example', { next: 1, suggestedMs: 50, commands: ['APPEND'] })
      await assert.rejects(client.append('INBOX', mail), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'ETHROTTLE')
        return true
      })
      const appended = await client.append('INBOX', mail)
      assert.ok(appended)
      assert.equal(appended.uid, 1)
    } finally {
      await client.logout()
    }
  })

  test('commands in a row are answered in their order, whoever answers', async () => {
    const talk = await signedIn(front.port, 'row@new.example')
    const answer = await talk(
      `b NOOP\r\nc XNONE\r\nd APPEND INBOX {5+}\r\na: b \r\ne STATUS INBOX (MESSAGES)\r\nf ENABLE CONDSTORE\r\ng NOOP`,
      'g',
    )
    assert.deepEqual(
      answer.split('\r\n').map(line => line.slice(0, 6)),
      ['b OK N', 'c BAD ', 'd OK [', '* STAT', 'e OK S', 'f BAD ', 'g OK N'],
    )
  })

  test('consent to a literal never lands inside another answer', async () => {
    const talk = await signedIn(front.port, 'consent@new.example')
    const big = Buffer.from(`Subject: x\r\n\r\n${`${'y'.repeat(98)}\r\n`.repeat(990)}`)
    await talk(`b APPEND INBOX {${big.length}+}\r\n${big}`, 'b')
    await talk('c EXAMINE INBOX', 'c')
    const answer = await talk(`${'d FETCH 1 BODY[]\r\n'.repeat(20)}e APPEND INBOX {4}`, '+')
    assert.equal(answer.split('\r\nd OK FETCH completed.').length, 21)
    assert.equal(answer.split('\r\n').at(-1), '+ Ready for additional command text.')
    assert.equal(answer.split(big.toString()).length, 21)
    assert.match(await talk('a: b', 'e'), /^e OK \[APPENDUID \d+ 2\]/m)
  })

  test('what Exchange cannot store or does not have is refused', async () => {
    const talk = await signedIn(front.port, 'refused@new.example')
    const long = `Subject: x\r\n\r\n${'x'.repeat(10_000)}\r\n`
    for (const [line, answer] of [
      ['APPEND INBOX ($label1) {3+}\r\na:b', 'BAD Command Argument Error. 11'],
      ['APPEND INBOX (\\Seen $MDNSent) {3+}\r\na:b', /^OK \[APPENDUID/],
      [`APPEND INBOX {${long.length}+}\r\n${long}`, 'BAD Command Argument Error. 11'],
      ['APPEND INBOX {100001}', 'NO Maximum size of appendable message has been exceeded.'],
      ['APPEND INBOX {3+}\r\na:b {3+}\r\nc:d', 'BAD Command Argument Error. 11'],
      ['APPEND None {3+}\r\na:b', "NO [TRYCREATE] None doesn't exist."],
      ['SELECT None', "NO None doesn't exist."],
      ['SELECT INBOX (CONDSTORE)', 'BAD Command Argument Error. 11'],
      ['SELECT INBOX', /^OK \[READ-WRITE\] SELECT completed\.$/],
      ['UID STORE 1 +FLAGS (Travail)', 'BAD Command Argument Error. 11'],
      ['UID STORE 1 +FLAGS (\\Flagged)', 'OK STORE completed.'],
      ['UID SEARCH KEYWORD Travail', 'BAD Command Argument Error. 11'],
      ['CREATE Files', 'NO Folder name is reserved.'],
      ['CREATE Brouillons', 'NO Mailbox already exists.'],
      ['COMPRESS DEFLATE', 'BAD Command Error. 12'],
    ] as const) {
      const last = (await talk(`x ${line}`, 'x')).split('\r\n').at(-1)?.slice(2) ?? ''
      if (typeof answer === 'string') assert.equal(last, answer, line)
      else assert.match(last, answer, line)
    }
  })

  test('IDLE tells of new mail and ends with DONE', async () => {
    const talk = await signedIn(front.port, 'idle@new.example')
    await talk('b SELECT INBOX', 'b')
    assert.match(await talk('c IDLE', '+'), /^\+ IDLE accepted/)
    const other = await signedIn(front.port, 'idle@new.example')
    await other(`d APPEND INBOX {${mail.length}+}\r\n${mail}`, 'd')
    assert.match(await talk(undefined, '\\* 1'), /^\* 1 EXISTS$/m)
    assert.match(await talk('DONE', 'c'), /c OK IDLE completed\.$/)
  })

  test('a folder is made with every folder above it', async () => {
    const talk = await signedIn(front.port, 'parents@new.example')
    assert.equal(await talk('b CREATE Projets/2024/Mai', 'b'), 'b OK CREATE completed.')
    const answer = await talk('c LIST "" "Proj*"', 'c')
    assert.deepEqual(answer.match(/ Projets\S*/g), [' Projets', ' Projets/2024', ' Projets/2024/Mai'])
    assert.doesNotMatch(answer, /Noselect/i)
    assert.equal(await talk('d CREATE Projets', 'd'), 'd NO Mailbox already exists.')
  })

  test('a throttled connection may be ended, and any may be cut', async () => {
    const talk = await signedIn(front.port, 'bye@new.example')
    front.throttle('bye@new.example', { next: 1, suggestedMs: 9, thenBye: true })
    assert.match(await talk('b NOOP', '\\* BYE'), /^b BAD Request is throttled\. .*\r\n\* BYE Connection closed\. 14$/)
    const next = await signedIn(front.port, 'bye@new.example')
    assert.equal(front.cut('bye@new.example'), 1)
    await assert.rejects(next('c NOOP', 'c'), /closed/)
  })

  test('messages sent without waiting arrive whole or not at all, throttled in between', async () => {
    const user = 'stream@new.example'
    const talk = await signedIn(front.port, user)
    const messages = [...generateMailbox({ seed: 9, messages: 60, size: 'small', now: Date.UTC(2026, 0, 1) }).messages()]
    const lines = messages.map(({ raw }, at) => `m${at} APPEND INBOX {${raw.length}+}\r\n${raw.toString('latin1')}`)
    front.throttle(user, { next: 7, suggestedMs: 5 })
    const answers = (await talk(lines.join('\r\n'), 'm59')).split('\r\n')
    assert.deepEqual(
      answers.map(answer => answer.slice(0, answer.indexOf(' ', 4))),
      messages.map((_, at) => (at < 7 ? `m${at} BAD` : `m${at} OK`)),
    )
    const seen = await snapshot({ host: dovecot.host, port: dovecot.port, user: `${user}*bmaster`, pass: master.password })
    assert.deepEqual(
      seen.get('INBOX')?.map(({ sha256 }) => sha256),
      messages.slice(7).map(({ raw }) => createHash('sha256').update(raw).digest('hex')),
    )
  })

  test('Exchange Server takes the password of a delegate, speaks TLS, and rebuilds the MIME', async () => {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const request = [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-keyout',
      key,
      '-out',
      cert,
    ]
    execFileSync('openssl', request, { stdio: 'ignore' })
    const server = await startExchangeFront({
      ...options(),
      tls: { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') },
      password: async ({ authzid, user, password }) =>
        user === 'migration' && password === 'delegate-secret' ? authzid : undefined,
      alter: raw => Buffer.concat([Buffer.from('X-Rebuilt: yes\r\n'), raw]),
    })
    const login = (pass: string) =>
      new ImapFlow({
        host: server.host,
        port: server.port,
        secure: true,
        tls: { rejectUnauthorized: false },
        logger: false,
        auth: { user: 'migration', pass, authzid: 'tls@new.example', loginMethod: 'AUTH=PLAIN' },
      })
    try {
      await assert.rejects(login('wrong').connect())
      const client = login('delegate-secret')
      await client.connect()
      const appended = await client.append('INBOX', mail)
      assert.ok(appended)
      await client.mailboxOpen('INBOX')
      const fetched = await client.fetchOne('1', { source: true })
      assert.ok(fetched)
      assert.equal(fetched.source?.toString('latin1'), `X-Rebuilt: yes\r\n${mail}`)
      await client.logout()
    } finally {
      await server.stop()
    }
  })

  test('a mailbox has no more than its connections, and gets them back', async () => {
    const small = await startExchangeFront({ ...options(), maxConnections: 2 })
    try {
      const [first] = [await signedIn(small.port, anna), await signedIn(small.port, anna)]
      const third = await signedIn(small.port, anna)
      assert.equal(await third('b NOOP', 'b'), 'b BAD User is authenticated but not connected.')
      await third('c LOGOUT', 'c')
      await first('d LOGOUT', 'd')
      while (small.connections(anna) > 1) await new Promise(setImmediate)
      const next = await signedIn(small.port, anna)
      assert.equal(await next('b NOOP', 'b'), 'b OK NOOP completed.')
      assert.equal(small.cut(anna), 2)
    } finally {
      await small.stop()
    }
  })
})

const xoauth2 = (user: string, token: string) =>
  Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')

async function signedIn(port: number, user: string) {
  const talk = await converse(port)
  assert.equal(await talk(`a AUTHENTICATE XOAUTH2 ${xoauth2(user, 'good-token')}`, 'a'), 'a OK AUTHENTICATE completed.')
  return talk
}

/** Says a line and resolves with everything up to and including the line that begins with `until`. */
async function converse(port: number): Promise<(line: string | undefined, until: string) => Promise<string>> {
  const socket = connect(port, '127.0.0.1')
  socket.unref()
  socket.on('error', () => undefined)
  let held = ''
  let wake = () => {}
  socket.on('data', chunk => {
    held += chunk.toString('latin1')
    wake()
  })
  socket.on('close', () => wake())
  const heard = async (until: RegExp) => {
    while (!until.test(held)) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
      if (socket.destroyed && !until.test(held)) throw new Error(`closed after: ${held}`)
    }
    const answer = held.trimEnd()
    held = ''
    return until.source.includes('\\+') ? answer.replace(/^\+$/, '+ ') : answer
  }
  assert.match(await heard(/\r\n$/), /^\* OK The Microsoft Exchange IMAP4 service is ready\. \[/)
  return (line, until) => {
    if (line !== undefined) socket.write(`${line}\r\n`, 'latin1')
    return heard(new RegExp(`^${until === '+' ? '\\+' : until} .*\\r\\n`, 'm'))
  }
}
