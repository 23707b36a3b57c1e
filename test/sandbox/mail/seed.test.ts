import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { compareMailboxes } from './compare.ts'
import { corpusMailbox } from './corpus.ts'
import { type Dovecot, startDovecot } from './dovecot.ts'
import { generateMailbox, specialFolders } from './generator.ts'
import { seedImap, seedMaildir } from './seed.ts'
import { listFolders, snapshot, snapshotOf } from './snapshot.ts'
import { Wire } from './wire.ts'

const master = { user: 'bmaster', password: 'master-secret', separator: '*' }
const shape = { users: 'any', password: 'user-secret', master } as const
const mailbox = generateMailbox({ seed: 3, messages: 250, size: 'small', odd: true, now: Date.UTC(2026, 10, 1) })

describe('a generated mailbox', { timeout: 40_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'seed-'))
  let old: Dovecot
  let prefixed: Dovecot
  let modern: Dovecot

  before(async () => {
    ;[old, prefixed, modern] = await Promise.all([
      startDovecot({ dir: join(dir, 'old'), layout: 'old', ...shape, folders: specialFolders('fr') }),
      startDovecot({ dir: join(dir, 'prefixed'), layout: 'old', ...shape, prefix: 'INBOX.' }),
      startDovecot({ dir: join(dir, 'new'), layout: 'new', ...shape }),
    ])
  })

  after(async () => {
    await Promise.all([old.kill9(), prefixed.kill9(), modern.kill9()])
    rmSync(dir, { recursive: true, force: true })
  })

  const login = (server: Dovecot, user: string) => ({
    host: server.host,
    port: server.port,
    user: `${user}*bmaster`,
    pass: master.password,
  })

  test('written into a Maildir is served to the byte, with its flags, keywords and dates, by UID from 1', async () => {
    for (const server of [old, prefixed]) {
      const seeded = await seedMaildir({ place: server.place, user: 'anna@old.example', mailbox })
      const shown = await snapshot(login(server, 'anna@old.example'))
      assert.deepEqual(compareMailboxes(snapshotOf(mailbox), shown), [])
      assert.deepEqual(shown, snapshotOf(mailbox))
      assert.equal([...shown.values()].flat().length, seeded.messages)
    }
  })

  test('appended over IMAP is the same', async () => {
    for (const server of [modern, prefixed]) {
      const seeded = await seedImap(login(server, 'bert@new.example'), mailbox)
      const shown = await snapshot(login(server, 'bert@new.example'))
      assert.deepEqual(compareMailboxes(snapshotOf(mailbox), shown), [])
      assert.equal([...shown.values()].flat().length, seeded.messages)
    }
  })

  test('written into a Maildir has its subscriptions and roles, and a folder on the way that is none', async () => {
    await seedMaildir({ place: old.place, user: 'carl@old.example', mailbox })
    const wire = await Wire.open(login(old, 'carl@old.example'))
    const subscribed = (await wire.must('LSUB "" "*"')).untagged.length
    assert.equal(subscribed, mailbox.folders.filter(folder => folder.subscribed).length)
    const roles = (await wire.must('LIST (SPECIAL-USE) "" "*"')).untagged.map(({ text }) => text)
    assert.equal(roles.length, 5)
    assert.ok(roles.some(text => /^\* LIST \(.*\\Sent.*\) "\." "&AMk-l&AOk-ments envoy&AOk-s"$/.test(text)))
    assert.match((await wire.must('LIST "" "Clients"')).untagged[0]?.text ?? '', /\\Noselect/i)
    assert.ok((await listFolders(wire)).every(({ path }) => path !== 'Clients'))
    wire.close()
  })

  test('mail that arrives afterwards takes the next UID', async () => {
    await seedMaildir({ place: old.place, user: 'dora@old.example', mailbox })
    const wire = await Wire.open(login(old, 'dora@old.example'))
    const next = (snapshotOf(mailbox).get('INBOX')?.length ?? 0) + 1
    const answer = await wire.append('INBOX', [], new Date(0), Buffer.from('Subject: x\r\n\r\nx\r\n'))
    assert.match(answer.text, new RegExp(`^\\[APPENDUID 1400000000 ${next}\\]`))
    wire.close()
  })

  test('a folder of .eml files is a mailbox too', async () => {
    const corpus = join(dir, 'corpus')
    mkdirSync(join(corpus, 'Été', '2019'), { recursive: true })
    writeFileSync(join(corpus, 'one.eml'), 'Date: Tue, 1 Jul 2003 10:52:37 +0200\nSubject: un\n\nligne\n')
    writeFileSync(join(corpus, 'Été', '2019', 'two.eml'), 'Date: none\r\nSubject: deux\r\n\r\nligne\r\n')
    writeFileSync(join(corpus, 'notes.txt'), 'no message')
    const box = corpusMailbox({ dir: corpus, now: Date.UTC(2026, 0, 1) })
    await seedMaildir({ place: old.place, user: 'corpus@old.example', mailbox: box })
    const shown = await snapshot(login(old, 'corpus@old.example'))
    assert.equal(shown.get('INBOX')?.[0]?.internalDate, '2003-07-01T08:52:37.000Z')
    assert.equal(shown.get('Été/2019')?.length, 1)
    assert.deepEqual(
      compareMailboxes(snapshotOf(box), shown).filter(({ kind }) => kind !== 'no folder'),
      [],
    )
  })
})
