import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { act } from '../../shared/commands/act.ts'
import { noticeList } from '../../shared/commands/notices.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { readReports } from '../../shared/imap/reports.ts'
import { reportOf } from '../../shared/notices/returned.ts'
import { sweep } from '../../shared/sweep.ts'
import { work } from '../../shared/work.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { betweenServers, letter } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { startDovecot } from '../sandbox/mail/dovecot.ts'
import { deliver } from '../sandbox/mail/lmtp.ts'
import { delayed, exchange, exchange2003, exim, postfix, qmail, sendmail } from './reports.ts'

const master = { user: 'm', password: 'master-secret', separator: '*' }
const id = '<1.w@adm.example>'
const to = 'anna@sud.example'

describe('a report', () => {
  const cases = [
    ['Postfix', postfix, 'failed', '5.1.1', /^550 5\.1\.1 <anna@sud\.example>: Recipient address rejected: User unknown$/],
    ['Exchange', exchange, 'failed', '5.1.10', /^550 5\.1\.10 RESOLVER\.ADR\.RecipientNotFound; Recipient not found/],
    ['qmail', qmail, 'failed', '5.1.1', /^Sorry, no mailbox here by that name/],
    ['Exim', exim, 'failed', '5.1.1', /550 5\.1\.1 User unknown$/],
    ['Sendmail', sendmail, 'failed', '5.1.1', /^550 5\.1\.1 .*User unknown$/],
    ['Postfix that still tries', delayed, 'delayed', '4.4.1', /^connect to mx\.sud\.example.*timed out$/],
  ] as const
  for (const [of, make, action, status, text] of cases)
    test(`of ${of} says of which letter and whom it speaks`, async () => {
      const read = await reportOf(make({ id, to }))
      assert.ok(read && read !== 'unreadable', 'it is no report')
      assert.ok(read.messageIds.includes(id), read.messageIds.join())
      assert.equal(read.recipients.length, 1)
      const [one] = read.recipients
      assert.deepEqual([one?.action, one?.status, one?.recipient], [action, status, to])
      assert.match(one?.text ?? '', text)
    })

  test('is not what is none: a letter, a delivery that succeeded, noise', async () => {
    assert.equal(
      await reportOf(Buffer.from('Subject: failed\r\n\r\nAction: failed\r\nFinal-Recipient: rfc822; a@b.example\r\n')),
      undefined,
    )
    assert.equal(
      await reportOf(Buffer.from('From: Anna <anna@sud.example>\r\nSubject: Absence\r\n\r\nBack on Monday.\r\n')),
      undefined,
    )
    const relayed = postfix({ id, to }).toString().replace('Action: failed', 'Action: relayed')
    assert.equal(await reportOf(Buffer.from(relayed)), undefined)
    assert.equal(await reportOf(Buffer.from([0, 255, 13, 10])), undefined)
  })

  test('of any server is read at once, however long a line in place of an address', async () => {
    const long = `${'@'.repeat(250_000)} x`
    for (const [, make] of cases) {
      const read = await reportOf(Buffer.from(make({ id, to }).toString().replaceAll(to, long)))
      assert.notEqual(typeof read, 'object')
    }
  })
})

const playbook = (bounces: string) =>
  betweenServers(
    'series',
    `routing: { kind: none }
lateMail: { for: PT0S }
languages: [fr]
calendar: [{ on: begun, notice: hello }]
notices: [{ notice: hello, template: withdrawn, audience: owner, issuer: it, channel: smtp }]
issuers: { it: { name: IT, address: it@adm.example } }
channels: { smtp: { host: 127.0.0.1, tls: none }${bounces} }
`,
  )
const watched = `, bounces: { address: back@adm.example, imap: { host: 127.0.0.1, tls: none, auth: { kind: master-user, user: m, secret: BACK } } }`

async function sent(bounces = watched) {
  const box = () => {
    const made = new MemoryMailbox({ delimiter: '.' })
    made.deliver('INBOX', letter('one'))
    return made
  }
  const world = new World({
    playbook: playbook(bounces),
    wave: { wave: 'w', playbook: 'series', mailboxes: [{ address: to }] },
    sources: new Map([[to, box()]]),
    targets: new Map([[to, new MemoryMailbox({ delimiter: '.' })]]),
  })
  await world.run()
  const app = world.app()
  const messageId = world.readers.letters[0]?.messageId ?? assert.fail('nothing was sent')
  /** Lets time go by, with all that is due meanwhile. */
  const later = async (minutes: number) => {
    world.clock.move(minutes * 60_000)
    await sweep(app)
    for (const message of world.queues.visible()) {
      world.queues.delete(message)
      await work(app, message.kick)
    }
  }
  const state = async () => (await noticeList(app, 'w')).notices[0] ?? assert.fail('no notice')
  return { world, app, messageId, later, state }
}

describe('a notice that came back', () => {
  test('is undeliverable, says why and what to do, and the wave warns; the same report twice is one', async () => {
    const { world, app, messageId, later, state } = await sent()
    world.returns.box.mails.push(postfix({ id: '<of@others.example>', to }), postfix({ id: messageId, to }))
    await later(11)
    const found = await state()
    assert.equal(found.state, 'undeliverable')
    assert.match(found.error?.message ?? '', /User unknown/)
    assert.ok(found.error?.hint)
    assert.match((await waveStatus(app, 'w')).warnings?.join() ?? '', /hello did not reach anna@sud\.example.*User unknown/)
    await act(app, 'w', 'release', { why: 'its mailbox was made' }, 'operator')
    await later(1)
    assert.equal(world.readers.letters.length, 2)
    world.returns.box.uidValidity = '2'
    await later(11)
    const again = await state()
    assert.deepEqual([again.state, again.returned?.length], ['sent', 1])
    world.returns.box.mails.push(exchange({ id: messageId, to }))
    await later(11)
    assert.deepEqual([(await state()).state, (await state()).returned?.length], ['undeliverable', 2])
    assert.deepEqual(world.returns.box.asked.at(-1), { uidValidity: '2', lastUid: 2 })
  })

  test('is only noted where the server still tries, or where its reader’s mailbox sent it on', async () => {
    const { world, messageId, later, state } = await sent()
    world.returns.box.mails.push(delayed({ id: messageId, to }), postfix({ id: messageId, to: 'else@where.example' }))
    await later(11)
    const found = await state()
    assert.deepEqual(
      [found.state, found.returned?.map(({ action, recipient }) => `${action} ${recipient}`)],
      ['sent', [`delayed ${to}`, 'failed else@where.example']],
    )
  })

  test('without a Message-ID is known by its subject and its reader; what nobody understands is counted and told', async () => {
    const { world, app, later, state } = await sent()
    const { subject = '' } = await state()
    const strange = Buffer.from('From: MAILER-DAEMON@mx.sud.example\r\nSubject: Rejet\r\n\r\nCourrier refus\u00e9.\r\n')
    world.returns.box.mails.push(strange, exchange2003({ to, subject: 'of somebody else' }))
    await later(11)
    assert.deepEqual([(await state()).state, (await waveStatus(app, 'w')).warnings?.length], ['sent', 1])
    assert.match(
      (await waveStatus(app, 'w')).warnings?.join() ?? '',
      /in back@adm\.example that the program could not understand: 1;/,
    )
    world.returns.box.mails.push(exchange2003({ to, subject }))
    await later(11)
    const found = await state()
    assert.equal(found.state, 'undeliverable')
    assert.match(found.error?.message ?? '', /account does not exist .*#5\.1\.1/)
  })

  test('is looked for during fourteen days, and not where the playbook names no mailbox', async () => {
    const { world, later } = await sent()
    await later(11)
    await later(14 * 24 * 60)
    const asked = world.returns.box.asked.length
    await later(60)
    assert.deepEqual([world.returns.box.asked.length, asked > 0], [asked, true])
    const blind = await sent('')
    await blind.later(60)
    assert.equal(blind.world.returns.box.asked.length, 0)
  })
})

test('on a real server reports are read once, oldest first, and stay unseen', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'returned-'))
  const user = 'back@adm.example'
  const server = await startDovecot({ dir, layout: 'old', users: [user], password: 'of-the-box', master })
  try {
    const endpoint = {
      host: server.host,
      port: server.port,
      tls: 'none' as const,
      login: async () => ({ user, pass: 'of-the-box' }),
    }
    const raws = [postfix({ id, to }), letter('an answer of a person'), exchange({ id, to }), qmail({ id, to })]
    for (const raw of raws) await deliver({ lmtpPort: server.lmtpPort, from: '', to: user, raw })
    const first = await readReports(endpoint, user, {})
    const read = await Promise.all(first.mails.map(async ({ uid, raw }) => [uid, idsOf(await reportOf(raw))]))
    assert.deepEqual([first.lastUid, first.more, read], [4, false, [1, 3, 4].map(uid => [uid, [id]])])
    const { uidValidity, lastUid } = first
    assert.deepEqual((await readReports(endpoint, user, { uidValidity, lastUid })).mails, [])
    assert.equal((await readReports(endpoint, user, { uidValidity: '1', lastUid })).mails.length, 3)
    const login = await endpoint.login()
    const client = new ImapFlow({
      host: server.host,
      port: server.port,
      secure: false,
      doSTARTTLS: false,
      logger: false,
      auth: login,
    })
    await client.connect()
    await client.mailboxOpen('INBOX', { readOnly: true })
    assert.deepEqual((await client.search({ seen: false })) || [], [1, 2, 3, 4])
    await client.logout()
  } finally {
    await server.kill9()
    rmSync(dir, { recursive: true, force: true })
  }
})

function idsOf(report: Awaited<ReturnType<typeof reportOf>>): string[] {
  return report && report !== 'unreadable' ? report.messageIds : []
}
