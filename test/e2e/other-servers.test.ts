import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { handsOn } from '../contracts/hands-imap.ts'
import type { Chrooted } from '../sandbox/mail/chrooted.ts'
import { compareMailboxes, describe } from '../sandbox/mail/compare.ts'
import { startCourier } from '../sandbox/mail/courier.ts'
import { startCyrus } from '../sandbox/mail/cyrus.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import { snapshot } from '../sandbox/mail/snapshot.ts'
import { type HostProcess, until } from './host-process.ts'
import { type Site, startSite } from './site.ts'

const anna = 'anna@other.test'
const bruno = 'bruno@other.test'
const own = 'own-secret'
let site: Site
let host: HostProcess
const servers: Chrooted[] = []

before(async () => {
  site = await startSite({ people: [anna, bruno], messages: 0 })
  host = await site.host({ IMAP_anna: own, PROXY_PASSWORD: 'proxy-secret' })
})

after(async () => {
  await site?.close()
  await Promise.all(servers.map(server => server.stop()))
})

/** Fills a mailbox of the old server, moves it by a wave that waits for its day, changes it, and moves the rest. */
async function moves(name: string, address: string, { host: at, port }: Chrooted, auth: string): Promise<void> {
  const login = { host: at, port, user: address, pass: own }
  const mailbox = generateMailbox({ seed: name, messages: 60, size: 'small', now: Date.UTC(2026, 10, 1) })
  const hands = await handsOn(login)
  const spell = (path: readonly string[]) =>
    path.join() === 'INBOX' ? 'INBOX' : (hands.prefix ?? '') + path.join(hands.delimiter)
  for (const { path } of mailbox.folders) if (path.join() !== 'INBOX') await hands.make(spell(path))
  const uids: number[] = []
  for (const { folder, raw, flags, keywords, internalDate } of mailbox.messages())
    uids.push(await hands.deliver(spell(folder), raw, [...flags, ...keywords], internalDate.getTime()))
  assert.equal(uids.length, 60)
  const source = `{ imap: { host: 127.0.0.1, port: ${port}, tls: none, auth: ${auth} } }`
  const calendar = '[{ at: "D-1 16:00", step: cutover }]'
  const put = await host.call('PUT', `playbooks/${name}`, site.playbook(name, { source, calendar }))
  assert.equal(put.status, 201, put.text)
  const post = await host.call('POST', 'waves', { wave: name, playbook: name, day: '2099-01-10', mailboxes: [{ address }] })
  assert.equal(post.status, 202, post.text)
  await until(host, `waves/${name}`, ({ state }) => state === 'ready')

  const [first] = await hands.read('INBOX')
  await hands.setFlags('INBOX', first?.uid ?? 0, ['\\Flagged', '\\Seen'])
  await hands.deliver('INBOX', Buffer.from('Subject: just now\r\n\r\nText\r\n'), ['\\Answered'], Date.UTC(2026, 0, 4))
  const day = { why: 'it is today', day: '2026-01-05' }
  assert.equal((await host.call('POST', `waves/${name}/reschedule`, day)).status, 202)
  const wave = await until(host, `waves/${name}`, ({ verdict }) => verdict !== null)
  assert.equal(wave.verdict, 'complete', JSON.stringify(wave))
  assert.deepEqual(wave.messages, { found: 61, copied: 61, adopted: 0, excepted: 0 })
  await hands.close()
  assert.deepEqual(describe(compareMailboxes(await snapshot(login), await site.copy(address), {})), [])
}

test('a mailbox of a Courier moves whole: its prefix, no CONDSTORE, one password for each', async () => {
  const courier = await startCourier({ [anna]: own })
  servers.push(courier)
  await moves('courier', anna, courier, '{ kind: passwords, secret: "IMAP_{local}" }')
})

test('a mailbox of a Cyrus moves whole: its prefix, HIGHESTMODSEQ, one login that acts for all', async () => {
  const cyrus = await startCyrus({ [bruno]: own }, { user: 'migration', password: 'proxy-secret' })
  servers.push(cyrus)
  await moves('cyrus', bruno, cyrus, '{ kind: authzid, user: migration, secret: PROXY_PASSWORD }')
})
