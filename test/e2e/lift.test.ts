import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Azurite, startAzurite } from '../sandbox/azurite.ts'
import { compareMailboxes, describe } from '../sandbox/mail/compare.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { generateMailbox } from '../sandbox/mail/generator.ts'
import { seedMaildir } from '../sandbox/mail/seed.ts'
import { snapshot } from '../sandbox/mail/snapshot.ts'
import { type HostProcess, startHostProcess, until } from './host-process.ts'

const dir = mkdtempSync(join(tmpdir(), 'lift-'))
const people = ['anna@lift.test', 'bruno@lift.test', 'chantal@lift.test']
const passwords = { SOURCE_PASSWORD: 'source-secret-4711', TARGET_PASSWORD: 'target-secret-0815' }
const now = Date.UTC(2026, 10, 1)
let azurite: Azurite
let source: Dovecot
let target: Dovecot
let host: HostProcess

before(async () => {
  const master = (password: string) => ({ user: 'bmaster', password, separator: '*' })
  ;[azurite, source, target] = await Promise.all([
    startAzurite({ dir: 'memory' }),
    startDovecot({
      dir: join(dir, 'old'),
      layout: 'old',
      users: people,
      password: 'own',
      master: master(passwords.SOURCE_PASSWORD),
    }),
    startDovecot({
      dir: join(dir, 'new'),
      layout: 'new',
      users: people,
      password: 'own',
      master: master(passwords.TARGET_PASSWORD),
    }),
  ])
  for (const [i, user] of people.entries()) {
    await seedMaildir({
      place: source.place,
      user,
      mailbox: generateMailbox({ seed: i, messages: 60, size: 'small', odd: i === 1, now }),
    })
  }
  host = await startHostProcess({ AzureWebJobsStorage: azurite.connectionString, ...passwords })
})

after(async () => {
  await host?.stop()
  await Promise.all([source?.kill9(), target?.kill9(), azurite?.stop()])
  rmSync(dir, { recursive: true, force: true })
})

/** Names that differ only in case fall together on Exchange, so the second gets a number. */
const folderMap = { 'Odd/été': 'Odd/été (2)' }

/** The smallest playbook of the operator’s contract; only the two ports differ. */
const smallest = (sourcePort: number, targetPort: number) => `playbook: lift
timeZone: Europe/Paris
source:
  imap: { host: 127.0.0.1, port: ${sourcePort}, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: SOURCE_PASSWORD } }
target:
  kind: exchange-server          # or exchange-online
  accounts: existing             # or graph, script
  imap: { host: 127.0.0.1, port: ${targetPort}, tls: none, auth: { kind: master-user, user: bmaster, separator: "*", secret: TARGET_PASSWORD } }
routing: { kind: none }          # none | manual | rfc2136 | azure-dns | ovh | gandi | cloudflare | powerdns | recipient
lateMail: { for: PT0S }          # how long late mail at the old server is followed; default 72 h
calendar: []                     # empty: every step starts as soon as it may
notices: []
`

test('the smallest playbook moves mailboxes between two servers that the project did not start, byte for byte', async () => {
  const put = await host.call('PUT', 'playbooks/lift', smallest(source.port, target.port), { 'content-type': 'application/yaml' })
  assert.equal(put.status, 201, put.text)
  const post = await host.call('POST', 'waves', { wave: 'w1', playbook: 'lift', mailboxes: people.map(address => ({ address })) })
  assert.equal(post.status, 202, post.text)
  const wave = await until(host, 'waves/w1', ({ verdict }) => verdict !== null)
  assert.equal(wave.verdict, 'complete', JSON.stringify(wave))
  const receipt = await host.call('GET', 'waves/w1/receipt.json')
  assert.equal(receipt.json.root, wave.seal, receipt.text)
  for (const user of people) {
    const login = (port: number, password: string) => ({ host: '127.0.0.1', port, user: `${user}*bmaster`, pass: password })
    const original = await snapshot(login(source.port, passwords.SOURCE_PASSWORD))
    const copy = await snapshot(login(target.port, passwords.TARGET_PASSWORD))
    assert.deepEqual(describe(compareMailboxes(original, copy, { folderMap })), [], user)
  }
})
