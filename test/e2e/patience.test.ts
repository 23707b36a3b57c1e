import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ExchangeFront, startExchangeFront } from '../sandbox/mail/exchange-front.ts'
import { exchangeFolders } from '../sandbox/mail/exchange-words.ts'
import type { MailboxSnapshot } from '../sandbox/mail/snapshot.ts'
import { type HostProcess, until } from './host-process.ts'
import { passwords, type Site, startSite } from './site.ts'

const people = ['anna@lift.test', 'bruno@lift.test']
const folders = exchangeFolders('en')
let site: Site
let front: ExchangeFront
let host: HostProcess

before(async () => {
  site = await startSite({ people, messages: 60, new: { folders } })
  front = await startExchangeFront({
    backend: { port: site.target.port, master: { user: 'bmaster', password: passwords.TARGET_PASSWORD, separator: '*' } },
    token: async () => undefined,
    mailboxExists: async address => people.includes(address),
    password: async ({ user, password }) => (password === passwords.TARGET_PASSWORD ? user.replace(/\*bmaster$/, '') : undefined),
    folders,
  })
  host = await site.host()
})

after(async () => {
  await host?.stop()
  await front?.stop()
  await site?.close()
})

test('an Exchange that asks for patience gets it, nothing is lost, and the wave says what it cost', {
  timeout: 120_000,
}, async () => {
  const auth = 'auth: { kind: master-user, user: bmaster, separator: "*", secret: TARGET_PASSWORD }'
  const target = `{ kind: exchange-server, imap: { host: 127.0.0.1, port: ${front.port}, tls: none, ${auth} } }`
  front.throttle('anna@lift.test', { next: 2, suggestedMs: 1_500, commands: ['APPEND'] })
  assert.equal((await host.call('PUT', 'playbooks/lift', site.playbook('lift', { target }))).status, 201)
  const posted = await host.call('POST', 'waves', {
    wave: 'w',
    playbook: 'lift',
    mailboxes: people.map(address => ({ address })),
  })
  assert.equal(posted.status, 202, posted.text)
  const wave = await until(host, 'waves/w', ({ verdict }) => verdict !== null)
  assert.ok(front.throttledCount('anna@lift.test') >= 1)
  assert.ok(typeof wave.waitedMs === 'number' && wave.waitedMs >= 1_500, `${wave.waitedMs} ms`)
  const { found, copied, adopted, excepted } = wave.messages as Record<string, number>
  assert.equal((copied ?? 0) + (adopted ?? 0) + (excepted ?? 0), found)
  for (const user of people) {
    const digests = (mailbox: MailboxSnapshot) =>
      [...mailbox.values()].flatMap(messages =>
        messages.flatMap(({ flags, sha256 }) => (flags.includes('\\Deleted') ? [] : [sha256])),
      )
    assert.deepEqual(digests(await site.copy(user)).sort(), digests(await site.original(user)).sort(), user)
  }
  const report = await host.call('GET', 'waves/w/report.json')
  assert.equal(report.json.waitedMs, wave.waitedMs)
})
