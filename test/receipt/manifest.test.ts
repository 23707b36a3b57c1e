import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson } from '../../shared/intake/canonical.ts'
import { sha256 } from '../../shared/receipt/chain.ts'
import { excerptOf, receiptText, type WaveReceipt } from '../../shared/receipt/leaves.ts'
import type { MessageLine } from '../../shared/receipt/lines.ts'
import { sealMailbox } from '../../shared/receipt/manifest.ts'
import { withoutOthers } from '../../shared/receipt/privacy.ts'
import { messageFaults } from '../../shared/receipt/rules.ts'
import { reservoir } from '../../shared/receipt/sample.ts'
import { verifyBelongs, verifyWave } from '../../shared/receipt/verify-wave.ts'
import { sealWave } from '../../shared/receipt/wave.ts'
import { chance } from '../fakes/chance.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { faultsOf, filesOf, linesOf, rowOf, verifyBytes } from './files.ts'
import { at, chunkRow, copied, emptyLedger, folderRow, mailboxRow, people, seededWave, storedMailbox, waveRow } from './ledger.ts'

type Line = Record<string, unknown> & { kind: string; prev: string }
const parsed = (bytes: Uint8Array | undefined) => linesOf(bytes ?? Buffer.alloc(0)).map(line => JSON.parse(line) as Line)

test('the same ledger gives the same bytes, and what is sealed before the wave closes is what is handed out after', async () => {
  const one = await filesOf(await seededWave())
  assert.deepEqual(await filesOf(await seededWave()), one)
  assert.notEqual((await filesOf(await seededWave(2))).root, one.root)
  const ledger = await seededWave()
  const { state: _, closedAt: __, ...row } = await rowOf(ledger)
  await ledger.store.waves.put([
    { ...row, state: 'closing', verdict: 'complete-with-exceptions', reasons: ['one'], waitsFor: 'x' },
  ])
  assert.equal((await sealWave(ledger, await rowOf(ledger)))?.seal, one.root)
})

test('a receipt that nobody touched has no fault', async () => {
  assert.deepEqual(await faultsOf(await filesOf(await seededWave())), [])
})

test('each line is canonical JSON and names the SHA-256 of the line before; the last one’s is the seal', async () => {
  const ledger = await seededWave()
  const { manifests } = await filesOf(ledger)
  for (const address of people) {
    const lines = linesOf(manifests.get(address) ?? Buffer.alloc(0))
    for (const [i, line] of lines.entries()) {
      assert.equal(line, canonicalJson(JSON.parse(line)))
      assert.equal((JSON.parse(line) as Line).prev, i === 0 ? '0'.repeat(64) : sha256(lines[i - 1] ?? ''))
    }
    const { seal } = await sealMailbox(ledger, await rowOf(ledger), await storedMailbox(ledger, address))
    assert.equal(seal, sha256(lines.at(-1) ?? ''))
  }
})

test('canonical JSON is sorted by code unit, without blanks, and leaves out what is absent', () => {
  const texts: [unknown, string][] = [
    [{ z: 1, é: 2, Z: 3, 10: 4, 9: 5 }, '{"10":4,"9":5,"Z":3,"z":1,"é":2}'],
    [[[{ b: [1, { d: null, c: true }], a: '' }]], '[[{"a":"","b":[1,{"c":true,"d":null}]}]]'],
    [{ a: undefined, b: [undefined] }, '{"b":[null]}'],
    [['é\u2028"\\\ud800', -0, 1e21, null, {}], '["é\u2028\\"\\\\\\ud800",0,1e+21,null,{}]'],
  ]
  for (const [value, text] of texts) assert.equal(canonicalJson(value), text)
})

test('every message of the ledger has one line, in order, though chunks interleave', async () => {
  const { manifests } = await filesOf(await seededWave())
  for (const bytes of manifests.values()) {
    const messages = parsed(bytes).filter(({ kind }) => kind === 'message')
    const keys = messages.map(({ folder, uidValidity, uid }) => [folder, Number(uidValidity), Number(uid)] as const)
    const sorted = [...keys].sort(
      (a, b) => Buffer.compare(Buffer.from(`${a[0]}`), Buffer.from(`${b[0]}`)) || a[1] - b[1] || a[2] - b[2],
    )
    assert.deepEqual(keys, sorted)
    const inbox = keys.filter(([folder, validity]) => folder === 'INBOX' && validity === 77).map(([, , uid]) => uid)
    assert.deepEqual(
      inbox,
      Array.from({ length: inbox.length }, (_, i) => i + 1),
    )
  }
})

test('a mailbox read folder by folder has the manifest of one read at once', async () => {
  const ledger = await seededWave()
  const row = await rowOf(ledger)
  const mailbox = await storedMailbox(ledger, people[3] ?? '')
  const { seal } = await sealMailbox(ledger, row, mailbox)
  assert.equal((await sealMailbox(ledger, row, { ...mailbox, found: 1_000_000 })).seal, seal)
})

test('no address but the mailbox’s own, no Message-ID and no subject stands in a receipt', async () => {
  const { manifests } = await filesOf(await seededWave())
  for (const [address, bytes] of manifests) {
    const text = bytes.toString()
    assert.match(text, /"note":"refused: 550 <\(address\)> for \(address\)"/)
    assert.deepEqual([...new Set(text.match(/[\w.]+@[\w.]+/g))], [address])
  }
  assert.equal(withoutOthers('to joanna@t.example, anna@t.example.', 'anna@t.example'), 'to (address), anna@t.example.')
})

test('one mailbox’s owner can check his manifest against the root with an excerpt that shows nobody else', async () => {
  const { receipt, manifests, root } = await filesOf(await seededWave())
  for (const address of people) {
    const text = receiptText(excerptOf(JSON.parse(receipt) as WaveReceipt, address) ?? assert.fail())
    const found = verifyWave(text, root)
    assert.deepEqual(found.faults, [])
    assert.equal(people.filter(other => text.includes(other)).length, 1)
    const verified = await verifyBytes(manifests.get(address) ?? Buffer.alloc(0))
    assert.equal(verifyBelongs(verified, found.receipt ?? assert.fail()), undefined)
  }
  const other = excerptOf(JSON.parse(receipt) as WaveReceipt, people[0] ?? '') ?? assert.fail()
  assert.match(
    verifyBelongs(await verifyBytes(manifests.get(people[1] ?? '') ?? Buffer.alloc(0)), other) ?? '',
    /does not show bruno@/,
  )
})

test('waves of one mailbox and of none have a receipt', async () => {
  const ledger = emptyLedger()
  await ledger.store.waves.insert(waveRow())
  assert.deepEqual(await faultsOf(await filesOf(ledger)), [])
  await ledger.store.mailboxes.insert(mailboxRow('anna@town.example', { state: 'cancelled' }))
  assert.deepEqual(await faultsOf(await filesOf(ledger)), [])
  await ledger.store.mailboxes.insert(
    mailboxRow('bob@town.example', { state: 'held', error: { code: 'X', message: 'no', hint: 'h', at: 1 } }),
  )
  const files = await filesOf(ledger)
  assert.deepEqual(await faultsOf(files), [])
  assert.equal((JSON.parse(files.receipt) as WaveReceipt).wave.leaf.verdict, 'incomplete')
})

test('a verdict that the lines do not bear is refused, however well it is sealed', async () => {
  const random = chance(7)
  const table: [string, Parameters<typeof copied>[2], RegExp][] = [
    ['another SHA-256 read again', { reread: Buffer.alloc(32).toString('base64url') }, /copied unchanged, but was read again/],
    ['copied without a SHA-256', { digest: '', reread: '' }, /has no SHA-256/],
    ['refused and at the target', { outcome: 'refused' }, /has a place at the target although/],
    ['a place that another has', { target: 1001 }, /claims UID 1001 in INBOX/],
  ]
  for (const [name, more, expected] of table) {
    const ledger = emptyLedger()
    const address = 'anna@town.example'
    await ledger.store.waves.insert(waveRow())
    await ledger.store.mailboxes.insert(mailboxRow(address, { found: 2 }))
    await ledger.store.folders.insert(folderRow(address, 'INBOX', 2))
    await ledger.store.chunks.insert(chunkRow(address, 'INBOX', [copied(random, 1), copied(random, 2, more)]))
    const [fault, ...others] = (await verifyBytes((await filesOf(ledger)).manifests.get(address) ?? Buffer.alloc(0))).faults
    assert.deepEqual([fault?.line, fault?.folder, fault?.uid, others], [3, 'INBOX', 2, []], name)
    assert.match(fault?.message ?? '', expected, name)
  }
})

test('a whole wave, moved by the program itself, has a receipt that verifies', async () => {
  const world = new World(town())
  const { verdict } = await world.run()
  const files = await filesOf(world.app(), 'town')
  assert.deepEqual(await faultsOf(files), [])
  assert.equal((JSON.parse(files.receipt) as WaveReceipt).wave.leaf.verdict, verdict)
  const end = parsed(files.manifests.get('anna@town.example')).at(-1)
  const held = [...(world.sources.get('anna@town.example')?.folders.values() ?? [])].flatMap(({ messages }) => messages)
  assert.equal(end?.messages, held.length)
})

test('a sample keeps as many as it was asked for, each with the same chance', () => {
  const random = chance(3)
  const hits = Array.from({ length: 20 }, () => 0)
  for (let round = 0; round < 4_000; round++) {
    const sample = reservoir<number>(5, n => Math.floor(random() * n))
    for (let i = 0; i < 20; i++) sample.offer(i)
    assert.equal(new Set(sample.kept).size, 5)
    for (const i of sample.kept) hits[i] = (hits[i] ?? 0) + 1
  }
  assert.ok(
    hits.every(n => n > 850 && n < 1_150),
    `${hits}`,
  )
})

test('a date that the target does not have as the source has it stands in the line; who says that it was kept is contradicted', async () => {
  const line = parsed((await filesOf(await seededWave())).manifests.get(people[0] ?? '')).find(({ uid }) => uid === 13)
  assert.deepEqual([line?.internalDate, line?.keptDate], [null, new Date(at).toISOString()])
  assert.deepEqual(messageFaults(line as unknown as MessageLine), [])
  const said = { ...line, outcome: 'copied' } as unknown as MessageLine
  assert.deepEqual(messageFaults(said), ['is said to be copied, but has another date at the target'])
})
