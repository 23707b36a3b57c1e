import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Entry } from '../../shared/copy/ledger.ts'
import { verifyCommand } from '../../shared/receipt/command.ts'
import { readServer } from '../../shared/receipt/endpoint.ts'
import { type Dovecot, startDovecot } from '../sandbox/mail/dovecot.ts'
import { type GeneratedMessage, generateMailbox } from '../sandbox/mail/generator.ts'
import { homeOf } from '../sandbox/mail/place.ts'
import { seedImap, seedMaildir } from '../sandbox/mail/seed.ts'
import { listFolders, type MailboxSnapshot, snapshot } from '../sandbox/mail/snapshot.ts'
import { decodeName } from '../sandbox/mail/utf7.ts'
import { Wire, type WireLogin } from '../sandbox/mail/wire.ts'
import { filesOf } from './files.ts'
import { chunkRow, emptyLedger, folderRow, mailboxRow, waveRow } from './ledger.ts'

const dir = mkdtempSync(join(tmpdir(), 'reread-'))
const anna = 'anna@lift.test'
const manifest = join(dir, 'anna.jsonl')
const master = { user: 'bmaster', password: 'old-and-new', separator: '*' }
const env = { RELEVE_SOURCE_PASSWORD: master.password, RELEVE_TARGET_PASSWORD: master.password }
let source: Dovecot
let target: Dovecot
let total = 0
const emptied = emptyLedger()

const login = ({ port }: Dovecot): WireLogin => ({ host: '127.0.0.1', port, user: `${anna}*bmaster`, pass: master.password })

before(async () => {
  const common = { users: [anna], password: 'own', master }
  ;[source, target] = await Promise.all([
    startDovecot({ dir: join(dir, 'old'), layout: 'old', ...common }),
    startDovecot({ dir: join(dir, 'new'), layout: 'new', ...common }),
  ])
  const mailbox = generateMailbox({ seed: 'receipt', messages: 80, size: 'small', now: Date.UTC(2026, 10, 1) })
  await seedMaildir({ place: source.place, user: anna, mailbox })
  await seedImap(login(target), { ...mailbox, messages: () => redated(mailbox.messages()) })
  writeFileSync(manifest, await manifestOf(await snapshot(login(source)), await snapshot(login(target))))
})

after(async () => {
  await Promise.all([source?.kill9(), target?.kill9()])
  rmSync(dir, { recursive: true, force: true })
})

/** The same, the first a day later: as from a target that did not keep its date. */
function* redated(messages: Iterable<GeneratedMessage>): Iterable<GeneratedMessage> {
  let first = true
  for (const message of messages) {
    yield first ? { ...message, internalDate: new Date(message.internalDate.getTime() + 86_400_000) } : message
    first = false
  }
}

/** A server’s folders: its own path and UIDVALIDITY of each. */
async function foldersAt(server: Dovecot): Promise<Map<string, { path: string; uidValidity: string }>> {
  const wire = await Wire.open(login(server))
  const found = new Map<string, { path: string; uidValidity: string }>()
  for (const { path, spelling } of await listFolders(wire)) {
    const { untagged } = await wire.must(`EXAMINE "${spelling}"`)
    const uidValidity = /UIDVALIDITY (\d+)/.exec(untagged.map(({ text }) => text).join(' '))?.[1] ?? ''
    found.set(path, { path: decodeName(spelling), uidValidity })
  }
  wire.close()
  return found
}

/** The manifest of a copy whose UIDs are those of its original, as the referee saw both. */
async function manifestOf(original: MailboxSnapshot, copy: MailboxSnapshot): Promise<Buffer> {
  const { store } = emptied
  const [there, here] = await Promise.all([foldersAt(source), foldersAt(target)])
  await store.waves.insert(waveRow())
  const base64 = (hex = '') => Buffer.from(hex, 'hex').toString('base64url')
  for (const [folder, messages] of original) {
    const [from, to] = [there.get(folder), here.get(folder)]
    assert.ok(from && to, folder)
    const copies = new Map(copy.get(folder)?.map(one => [one.uid, one]))
    const entries = messages.map(({ uid, flags, internalDate, size, sha256 }): Entry => {
      // A target that rebuilds what it is given is not read again: nothing is recorded.
      const seen = folder === 'INBOX' && uid === 1 ? {} : { reread: base64(copies.get(uid)?.sha256) }
      const { internalDate: is = '' } = copies.get(uid) ?? {}
      return {
        uid,
        target: uid,
        sizeBytes: size,
        internalDate: Date.parse(internalDate),
        flags,
        digest: base64(sha256),
        ...seen,
        ...(is === internalDate
          ? { outcome: 'copied' }
          : { outcome: 'altered', keptDate: Date.parse(is), note: 'date: another' }),
      }
    })
    const { uidValidity } = from
    const where = { uidValidity, targetPath: to.path, targetUidValidity: to.uidValidity }
    await store.folders.insert(folderRow(anna, from.path, entries.length, where))
    if (entries.length > 0) await store.chunks.insert(chunkRow(anna, from.path, entries, where))
    total += entries.length
  }
  await store.mailboxes.insert(mailboxRow(anna, { found: total }))
  return (await filesOf(emptied)).manifests.get(anna) ?? Buffer.alloc(0)
}

/** Runs the program on the manifest with both servers. */
async function verify(...more: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const server = ({ port }: Dovecot) => `imap://{address}*bmaster@127.0.0.1:${port}?tls=none`
  const args = [manifest, '--source', server(source), '--target', server(target), ...more]
  const code = await verifyCommand(args, env, line => void lines.push(line))
  return { code, lines: lines.map(line => line.replace(`${manifest}: `, '')) }
}

test('every message is read again at both servers and found as it was sealed', async () => {
  const { code, lines } = await verify()
  assert.equal(code, 0, lines.join('\n'))
  assert.ok(lines.includes(`${total} messages read again at the source, 127.0.0.1:${source.port}`), lines.join('\n'))
  assert.ok(lines.includes(`${total} messages read again at the target, 127.0.0.1:${target.port}`), lines.join('\n'))
})

test('a sample reads that many', async () => {
  const { code, lines } = await verify('--sample', '7')
  assert.equal(code, 0, lines.join('\n'))
  assert.ok(lines.includes(`7 messages read again at the target, 127.0.0.1:${target.port}`), lines.join('\n'))
})

test('reading again changes nothing at either server, not even \\Seen', async () => {
  const before = [await snapshot(login(source)), await snapshot(login(target))]
  await verify()
  assert.deepEqual([await snapshot(login(source)), await snapshot(login(target))], before)
})

test('a wrong password ends with 2 and is not printed', async () => {
  const lines: string[] = []
  const args = [manifest, '--source', `imap://${anna}*bmaster@127.0.0.1:${source.port}?tls=none`]
  const code = await verifyCommand(args, { RELEVE_SOURCE_PASSWORD: 'not-this-one' }, line => void lines.push(line))
  assert.equal(code, 2)
  assert.match(lines.join('\n'), /AUTHENTICATIONFAILED/)
  assert.doesNotMatch(lines.join('\n'), /not-this-one/)
})

test('a message altered, one marked and one removed at the target, and one marked at the source, are named', async () => {
  for (const uid of [1, 2]) {
    const file = join(homeOf(target.place, anna), `sdbox/mailboxes/INBOX/dbox-Mails/u.${uid}`)
    const bytes = readFileSync(file)
    const at = bytes.length >> 1
    bytes[at] = bytes[at] === 0x61 ? 0x62 : 0x61
    writeFileSync(file, bytes)
  }
  const wire = await Wire.open(login(target))
  await wire.must('SELECT INBOX')
  await wire.must('UID STORE 3 +FLAGS ($Later)')
  await wire.must('UID STORE 4 +FLAGS (\\Deleted)')
  await wire.must('UID EXPUNGE 4')
  wire.close()
  const old = await Wire.open(login(source))
  await old.must('SELECT INBOX')
  await old.must('UID STORE 5 +FLAGS ($Later)')
  old.close()
  const { code, lines } = await verify()
  assert.equal(code, 1)
  const found = lines.filter(line => line.startsWith('line '))
  const expected = [
    /^line \d+ \(INBOX UID 5\): at the source, UID 5 in INBOX has the flags .*\$Later/,
    /^line \d+ \(INBOX UID 2\): at the target, UID 2 in INBOX has other bytes: SHA-256 [0-9a-f]{64}, sealed [0-9a-f]{64}/,
    /^line \d+ \(INBOX UID 3\): at the target, UID 3 in INBOX has the flags .*\$Later/,
    /^line \d+ \(INBOX UID 4\): at the target, UID 4 in INBOX is there no more/,
  ]
  assert.equal(found.length, expected.length, lines.join('\n'))
  assert.ok(lines.some(line => line.startsWith('1 of them with other bytes than at the source')))
  for (const [i, line] of found.entries()) assert.match(line, expected[i] ?? /$^/)
})

test('a folder made anew at the target, and one that is gone, are named once for all their messages', async () => {
  const filled = [...(await snapshot(login(target)))].filter(
    ([path, messages]) => messages.length > 0 && /^[A-Za-z]+$/.test(path),
  )
  const [anew, gone] = filled.map(([path]) => path).filter(path => path !== 'INBOX')
  assert.ok(anew && gone, `${filled.length} folders`)
  const wire = await Wire.open(login(target))
  for (const folder of [anew, gone]) await wire.must(`DELETE "${folder}"`)
  await wire.must(`CREATE "${anew}"`)
  wire.close()
  const { code, lines } = await verify()
  assert.equal(code, 1)
  const naming = (what: string) => lines.filter(line => line.includes(what)).length
  assert.equal(naming(`at the target, folder ${anew} has UIDVALIDITY`), 1, lines.join('\n'))
  assert.equal(naming(`at the target, folder ${gone} cannot be opened`), 1, lines.join('\n'))
})

test('servers are read as a playbook has them', () => {
  const of = (text: string) => readServer(text, 'anna@lift.test')
  const table: [string, unknown][] = [
    ['imaps://a@h.example', { host: 'h.example', port: 993, tls: 'implicit', user: 'a' }],
    ['imap://a@h.example:993', { host: 'h.example', port: 993, tls: 'implicit', user: 'a' }],
    ['imap://{address}*m@h.example', { host: 'h.example', port: 143, tls: 'starttls', user: 'anna@lift.test*m' }],
    ['imap://{local}@[::1]:1143?tls=none', { host: '::1', port: 1143, tls: 'none', user: 'anna' }],
    ['imap://a%25@h.example?tls=implicit', { host: 'h.example', port: 143, tls: 'implicit', user: 'a%' }],
    ['imap://a@h.example?tls=off', 'tls=off: expected implicit, starttls or none'],
    ['pop://a@h.example', 'expected imap://user@host:port'],
    ['imap://h.example', 'names nobody to sign in as: expected imap://user@host:port'],
  ]
  for (const [text, expected] of table) assert.deepEqual(of(text), expected, text)
})
