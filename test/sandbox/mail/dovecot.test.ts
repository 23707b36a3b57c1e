import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { type Dovecot, type DovecotOptions, startDovecot } from './dovecot.ts'
import { deliver } from './lmtp.ts'
import { clearPlace } from './place.ts'
import { listFolders, snapshot } from './snapshot.ts'
import { Wire } from './wire.ts'

const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
const raw = 'From: a@old.example\r\nSubject: un\r\n\r\nTexte\r\n.\r\n'

describe('Dovecot', { timeout: 40_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'dovecot-'))
  const options = {
    dir: join(dir, 'old'),
    layout: 'old',
    users: ['anna@old.example', 'Bert@old.example'],
    password: 'user-secret',
    passwords: { 'Bert@old.example': 'of-his-own' },
    master,
    folders: [{ path: ['Éléments envoyés'], specialUse: '\\Sent', always: true }],
  } satisfies DovecotOptions
  let old: Dovecot
  let any: Dovecot

  before(async () => {
    ;[old, any] = await Promise.all([
      startDovecot(options),
      startDovecot({
        dir: join(dir, 'new'),
        layout: 'new',
        users: 'any',
        password: 'user-secret',
        master,
        prefix: 'INBOX/',
        quotaBytes: 20_000,
        capability: 'IMAP4rev1 UIDPLUS NAMESPACE',
      }),
    ])
  })

  after(async () => {
    await Promise.all([old.kill9(), any.kill9()])
    rmSync(dir, { recursive: true, force: true })
  })

  const open = (server: Dovecot, user: string, pass: string) => Wire.open({ host: server.host, port: server.port, user, pass })
  const refused = (server: Dovecot, user: string, pass: string) => assert.rejects(open(server, user, pass), /\[A[A-Z]+FAILED\]/)

  test('listed mailboxes open by their own password, others and the master alone do not', async () => {
    for (const [user, pass] of [
      ['anna@old.example', 'user-secret'],
      ['ANNA@old.example', 'user-secret'],
      ['bert@old.example', 'of-his-own'],
    ] as const)
      (await open(old, user, pass)).close()
    await refused(old, 'anna@old.example', 'of-his-own')
    await refused(old, 'nobody@old.example', 'user-secret')
    await refused(old, 'nobody@old.example*bmaster', 'master-secret')
    await refused(old, 'bmaster', 'master-secret')
  })

  test('the master opens any mailbox by separator and by authzid', async () => {
    ;(await open(old, 'anna@old.example*bmaster', 'master-secret')).close()
    const client = new ImapFlow({
      host: old.host,
      port: old.port,
      secure: false,
      doSTARTTLS: false,
      logger: false,
      auth: { user: 'bmaster', pass: 'master-secret', authzid: 'anna@old.example', loginMethod: 'AUTH=PLAIN' },
    })
    await client.connect()
    const listed = await client.list()
    assert.deepEqual(
      listed.map(({ path, specialUse }) => [path, specialUse]),
      [
        ['INBOX', '\\Inbox'],
        ['Éléments envoyés', '\\Sent'],
      ],
    )
    assert.ok(client.capabilities.has('CONDSTORE'))
    await client.logout()
  })

  test('mailboxes come and go while it runs', async () => {
    await refused(old, 'carl@old.example', 'new-secret')
    await old.addUsers(['carl@old.example'], 'new-secret')
    ;(await open(old, 'carl@old.example', 'new-secret')).close()
    await old.removeUsers(['carl@old.example'])
    await refused(old, 'carl@old.example', 'new-secret')
  })

  test('any name is a mailbox where users are `any`, with a namespace prefix, a quota and fewer capabilities', async () => {
    const wire = await open(any, 'whoever@new.example', 'user-secret')
    assert.equal((await wire.must('CAPABILITY')).untagged[0]?.text, '* CAPABILITY IMAP4rev1 UIDPLUS NAMESPACE')
    await wire.must('CREATE "INBOX/Clients/A"')
    assert.deepEqual(
      (await listFolders(wire)).map(({ path }) => path),
      ['INBOX', 'Clients/A'],
    )
    const full = await wire.append('INBOX', [], new Date(0), Buffer.from(`Subject: x\r\n\r\n${'x'.repeat(30_000)}\r\n`))
    assert.match(full.text, /OVERQUOTA/)
    wire.close()
  })

  test('LMTP delivers byte for byte below its trace headers, and refuses who is not there', async () => {
    await deliver({ lmtpPort: old.lmtpPort, from: 'gate@mail.example', to: ['anna@old.example', 'bert@old.example'], raw })
    const wire = await open(old, 'bert@old.example', 'of-his-own')
    await wire.must('EXAMINE INBOX')
    const { untagged } = await wire.must('FETCH 1 BODY.PEEK[]')
    const body = untagged[0]?.literals[0]?.toString('latin1') ?? ''
    assert.ok(body.endsWith(raw), body)
    assert.match(body, /^Return-Path: <gate@mail\.example>\r\n/)
    wire.close()
    await assert.rejects(
      deliver({ lmtpPort: old.lmtpPort, from: 'a@b.example', to: 'nobody@old.example', raw }),
      /550|exist|nobody/,
    )
  })

  test('mail outlives kill -9 and a new start', async () => {
    const login = { host: old.host, user: 'anna@old.example', pass: 'user-secret' }
    const wire = await open(old, login.user, login.pass)
    const kept = await wire.append('INBOX', ['\\Seen'], new Date(1e12), Buffer.from(raw))
    assert.equal(kept.status, 'OK')
    const earlier = await snapshot({ ...login, port: old.port })
    const broken = assert.rejects(wire.run('IDLE'), /closed|ECONNRESET/)
    await old.kill9()
    await broken
    await assert.rejects(open(old, login.user, login.pass), /ECONNREFUSED/)
    old = await startDovecot({ ...options, port: old.port, lmtpPort: old.lmtpPort })
    assert.deepEqual(await snapshot({ ...login, port: old.port }), earlier)
  })

  test('a path too long for a socket becomes a link, and starts again there', async () => {
    const long = join(dir, 'a-name-that-is-longer-than-any-unix-socket-address-can-be'.repeat(3))
    const first = await startDovecot({ ...options, dir: long })
    assert.notEqual(first.place.root, long)
    assert.equal(realpathSync(long), first.place.root)
    await first.kill9()
    const second = await startDovecot({ ...options, dir: long })
    assert.equal(second.place.root, first.place.root)
    await second.stop()
    clearPlace(long, second.place)
    assert.equal(existsSync(first.place.root), false)
  })

  test('it ends with its parent, and the next one takes its place', async () => {
    const place = join(dir, 'orphan')
    const script = `
      import { startDovecot } from ${JSON.stringify(new URL('./dovecot.ts', import.meta.url).href)}
      const dovecot = await startDovecot(${JSON.stringify({ ...options, dir: place })})
      console.log(dovecot.pid)
      setInterval(() => {}, 1000)`
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [pid] = await once(parent.stdout, 'data')
    // A process that has ended may stay in the table, without a command line, until it is reaped.
    const runs = () => existsSync(`/proc/${Number(pid)}`) && readFileSync(`/proc/${Number(pid)}/cmdline`, 'utf8') !== ''
    assert.ok(runs())
    parent.kill('SIGKILL')
    const next = await startDovecot({ ...options, dir: place })
    const left = runs()
    await next.stop()
    assert.equal(left, false)
  })
})
