import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ExchangeFront, type FrontOptions, startExchangeFront } from '../sandbox/mail/exchange-front.ts'
import { exchangeFolders } from '../sandbox/mail/exchange-words.ts'
import { type HostProcess, until } from './host-process.ts'
import { passwords, type Site, startSite } from './site.ts'

const anna = 'anna@limits.test'
const folders = exchangeFolders('fr')
const megabyte = Buffer.from(`Subject: large\r\n\r\n${'0123456789abcdef\r\n'.repeat(60_000)}`)
let site: Site
let front: ExchangeFront
let rules: FrontOptions
let host: HostProcess

before(async () => {
  const folder = ['INBOX']
  const date = new Date('2020-02-03T04:05:06Z')
  const one = (raw: Buffer) => ({ folder, raw, internalDate: date, flags: ['\\Seen'], keywords: [] })
  const mail = [
    one(Buffer.from('Subject: small\r\n\r\nText\r\n')),
    one(megabyte),
    one(Buffer.from('Subject: last\r\n\r\nText\r\n')),
  ]
  site = await startSite({
    people: [anna],
    messages: 0,
    mailbox: () => ({ folders: [{ path: folder, subscribed: true }], messages: () => mail }),
    new: { folders },
  })
  rules = {
    backend: { port: site.target.port, master: site.target.master },
    token: async () => undefined,
    mailboxExists: async () => true,
    password: async ({ authzid, password }) => (password === passwords.TARGET_PASSWORD ? authzid : undefined),
    folders,
    maxMessageBytes: 500_000,
  }
  front = await startExchangeFront(rules)
  host = await site.host()
})

after(async () => {
  await front?.stop()
  await site?.close()
})

test('a message that was too large arrives by a retry once the limit is raised, and the wave is complete', async () => {
  const auth = '{ kind: authzid, user: migration, secret: TARGET_PASSWORD }'
  const imap = `{ host: 127.0.0.1, port: ${front.port}, tls: none, auth: ${auth} }`
  const target = `{ kind: exchange-server, accounts: existing, imap: ${imap} }`
  assert.equal((await host.call('PUT', 'playbooks/limits', site.playbook('limits', { target }))).status, 201)
  assert.equal((await host.call('POST', 'waves', { wave: 'w', playbook: 'limits', mailboxes: [{ address: anna }] })).status, 202)
  const first = await until(host, 'waves/w', ({ verdict }) => verdict !== null)
  assert.equal(first.verdict, 'complete-with-exceptions', JSON.stringify(first))
  const { exceptions } = (await host.call('GET', 'waves/w/exceptions')).json as { exceptions: Record<string, unknown>[] }
  assert.deepEqual(
    exceptions.map(({ folder, outcome, reason, remedy }) => [folder, outcome, reason, /retry the wave/.test(String(remedy))]),
    [['INBOX', 'too-large', 'Maximum size of appendable message has been exceeded.', true]],
  )
  assert.equal((await site.copy(anna)).get('INBOX')?.length, 2)

  Object.assign(rules, { maxMessageBytes: 5_000_000 })
  const retry = await host.call('POST', 'waves/w/retry', { why: 'the limit was raised' })
  assert.equal(retry.json.changed, 1, retry.text)
  const second = await until(host, 'waves/w', ({ verdict }) => verdict !== null && verdict !== first.verdict)
  assert.equal(second.verdict, 'complete', JSON.stringify(second))
  assert.notEqual(second.seal, first.seal)
  assert.deepEqual(second.messages, { found: 3, copied: 3, adopted: 0, excepted: 0 })
  assert.equal((await site.copy(anna)).get('INBOX')?.length, 3)
})
