import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { maildirOf } from '../sandbox/mail/place.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const anna = 'anna@hidden.test'
let site: Site
let host: HostProcess
let server: Server
let port: number
let isDamaged = true

/** Stands before the Dovecot and leaves message 2 out of its listings and searches, as a server with a damaged index does; EXISTS counts it. */
function listen(): Promise<Server> {
  const listening = createServer(client => {
    const wire = connect(site.source.port, '127.0.0.1')
    const end = (other: Socket) => () => void other.destroy()
    client.on('error', end(wire)).on('close', end(wire))
    wire.on('error', end(client)).on('close', end(client))
    client.pipe(wire)
    let held = ''
    wire.on('data', data => {
      const text = held + data.toString('latin1')
      const whole = text.lastIndexOf('\n') + 1
      held = text.slice(whole)
      const told = text.slice(0, whole)
      const hidden = told
        .replaceAll(/^\* 2 FETCH \([^{\n]*RFC822\.SIZE[^{\n]*\n/gm, '')
        .replaceAll(/^\* SEARCH 1 2 /gm, '* SEARCH 1 ')
      client.write(isDamaged ? hidden : told, 'latin1')
    })
  })
  return new Promise(resolve => listening.listen(0, '127.0.0.1', () => resolve(listening)))
}

before(async () => {
  const one = (subject: string) => ({
    folder: ['INBOX'],
    raw: Buffer.from(`Subject: ${subject}\r\n\r\nText of ${subject}\r\n`),
    internalDate: new Date('2020-02-03T04:05:06Z'),
    flags: ['\\Seen'],
    keywords: [],
  })
  const messages = ['first', 'hidden', 'last'].map(one)
  site = await startSite({
    people: [anna],
    messages: 0,
    mailbox: () => ({ folders: [{ path: ['INBOX'], subscribed: true }], messages: () => messages }),
  })
  server = await listen()
  port = Object(server.address()).port
  host = await site.host()
})

after(async () => {
  server?.close()
  await site?.close()
})

/** What an administrator does: Dovecot numbers what lies in the folder anew, from 1 and under another UIDVALIDITY. */
async function rebuild(): Promise<void> {
  isDamaged = false
  const maildir = maildirOf(site.source.place, anna)
  for (const name of readdirSync(maildir).filter(name => name.startsWith('dovecot'))) rmSync(join(maildir, name), { force: true })
  // It knows by heart what it has open.
  await site.restartSource()
}

test('what a Dovecot lists only once its index was rebuilt arrives by a retry, once, and the wave is complete', async () => {
  const auth = '{ kind: master-user, user: bmaster, separator: "*", secret: SOURCE_PASSWORD }'
  const source = `{ imap: { host: 127.0.0.1, port: ${port}, tls: none, auth: ${auth} } }`
  assert.equal((await host.call('PUT', 'playbooks/hidden', site.playbook('hidden', { source }))).status, 201)
  assert.equal((await host.call('POST', 'waves', { wave: 'w', playbook: 'hidden', mailboxes: [{ address: anna }] })).status, 202)
  const first = await until(host, 'waves/w', ({ verdict }) => verdict !== null)
  assert.equal(first.verdict, 'incomplete', JSON.stringify(first))
  assert.match(String(first.reasons), /counts 3 messages \(EXISTS\) and lists 2: .*retry/)
  assert.deepEqual(first.messages, { found: 2, copied: 2, adopted: 0, excepted: 0 })

  await rebuild()
  const retry = await host.call('POST', 'waves/w/retry', { why: 'its index was rebuilt' })
  assert.equal(retry.json.changed, 1, retry.text)
  const second = await until(host, 'waves/w', ({ verdict }) => verdict !== null && verdict !== first.verdict)
  assert.equal(second.verdict, 'complete', JSON.stringify(second))
  assert.notEqual(second.seal, first.seal)
  assert.deepEqual(second.messages, { found: 3, copied: 1, adopted: 2, excepted: 0 })
  assert.deepEqual(await site.differences(anna), [])
})
