import assert from 'node:assert/strict'
import { test } from 'node:test'
import { receiptText, type WaveReceipt } from '../../shared/receipt/leaves.ts'
import { verifyBelongs, verifyWave } from '../../shared/receipt/verify-wave.ts'
import { chance, oneOf } from '../fakes/chance.ts'
import { type Files, faultsOf, fileOf, filesOf, linesOf, verifyBytes } from './files.ts'
import { people, seededWave } from './ledger.ts'
import { edited, forgedWithout, resealed, ways } from './tampering.ts'

const untouched: Files = await filesOf(await seededWave())
const address = people[1] ?? ''
const bytes = untouched.manifests.get(address) ?? Buffer.alloc(0)
const lines = linesOf(bytes)
const copy = (): Files => ({ ...untouched, manifests: new Map(untouched.manifests) })

/** The place (from 0) of a message among the lines. */
const placeOf = (folder: string, uid: number) =>
  lines.findIndex(line => {
    const { folder: its, uid: number, uidValidity } = JSON.parse(line) as Record<string, unknown>
    return its === folder && number === uid && uidValidity === '77'
  })
const at = placeOf('INBOX', 4)
const faults = async (changed: readonly string[]) => (await verifyBytes(fileOf(changed))).faults

/** What is done to INBOX UID 4 and its line; which line, UID and words must be among what is found. */
const named: [string, string[], { line: number; folder?: string; uid?: number; message: RegExp }][] = [
  [
    'a changed byte',
    lines.with(
      at,
      (lines[at] ?? '').replace(/"size":(\d)/, (_, digit) => `"size":${(Number(digit) % 9) + 1}`),
    ),
    { line: at + 1, folder: 'INBOX', uid: 4, message: /INBOX UID 4 is not what was sealed/ },
  ],
  [
    'a dropped row',
    lines.toSpliced(at, 1),
    { line: at + 1, folder: 'INBOX', uid: 5, message: /line \d+ is missing between INBOX UID 3 and INBOX UID 5/ },
  ],
  [
    'two swapped rows',
    lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? ''),
    { line: at + 2, folder: 'INBOX', uid: 4, message: /INBOX UID 4 is line \d+: it stands here again, or out of its place/ },
  ],
  [
    'a duplicated row',
    lines.toSpliced(at + 1, 0, lines[at] ?? ''),
    { line: at + 2, folder: 'INBOX', uid: 4, message: /stands after INBOX UID 4: twice/ },
  ],
  [
    'an altered header',
    lines.with(
      0,
      edited(lines[0] ?? '', () => ({ target: 'mail.other.example:993' })),
    ),
    { line: 1, message: /the header is not what was sealed/ },
  ],
  ['a file cut between lines', lines.slice(0, at), { line: at, message: /no closing line/ }],
  ['an appended row', [...lines, lines[at] ?? ''], { line: lines.length + 1, message: /after the closing line/ }],
  [
    'a forged count',
    resealed(
      lines.map(line =>
        line.includes('"kind":"folder"') && line.includes('"folder":"INBOX"') ? edited(line, () => ({ messages: 1 })) : line,
      ),
    ),
    {
      line: lines.findIndex(line => /"folder":"INBOX".*"kind":"folder"/.test(line)) + 1,
      folder: 'INBOX',
      message: /states messages 1, but/,
    },
  ],
  [
    'a forged total',
    resealed(
      lines.with(
        -1,
        edited(lines.at(-1) ?? '', () => ({ counts: { copied: 1 } })),
      ),
    ),
    { line: lines.length, message: /states counts \{"copied":1\}, but the lines come to/ },
  ],
  [
    'an outcome that there is not',
    lines.with(
      at,
      edited(lines[at] ?? '', () => ({ outcome: 'fine' })),
    ),
    { line: at + 1, folder: 'INBOX', uid: 4, message: /not as a manifest has it: outcome/ },
  ],
  [
    'a field too many',
    lines.with(
      at,
      edited(lines[at] ?? '', () => ({ subject: 'x' })),
    ),
    { line: at + 1, folder: 'INBOX', uid: 4, message: /not as a manifest has it: subject/ },
  ],
  ['a line that is no JSON', lines.with(at, 'x'), { line: at + 1, message: /it is not JSON/ }],
  ['another layout', lines.with(at, (lines[at] ?? '').replace(',', ', ')), { line: at + 1, uid: 4, message: /other layout/ }],
  [
    'a line end of its own',
    lines.with(at, `${lines[at]}\r`),
    { line: at + 1, message: /ends otherwise than the lines before it/ },
  ],
  ['a missing header', lines.slice(1), { line: 1, message: /line 1 is missing between the beginning/ }],
]

for (const [what, changed, { message, ...where }] of named) {
  test(`${what} is named with its place`, async () => {
    const found = await faults(changed)
    const hit = found.some(
      fault => message.test(fault.message) && Object.entries(where).every(([name, value]) => fault[name as 'line'] === value),
    )
    assert.ok(hit, JSON.stringify({ where, found }, null, 1))
  })
}

test('a file that ends within a line, is empty or holds something else is refused', async () => {
  assert.match((await verifyBytes(bytes.subarray(0, -1))).faults.at(-1)?.message ?? '', /has no end/)
  assert.match((await verifyBytes(Buffer.alloc(0))).faults[0]?.message ?? '', /empty/)
  assert.ok((await verifyBytes(Buffer.alloc(3_000_000, 'x'))).faults.length > 0)
})

test('a header that cannot be read hides nothing that is wrong behind it', async () => {
  const changed = ['x', ...lines.slice(1)].with(-2, (lines.at(-2) ?? '').replace('"line"', '"lines"'))
  const { faults, more } = await verifyBytes(fileOf(changed))
  assert.equal(more, 0)
  assert.equal(faults.filter(({ message }) => message.startsWith('no header')).length, 1)
  assert.ok(faults.some(({ line }) => line === lines.length - 1))
})

test('a forgery that was sealed anew is whole in itself; the wave’s root refuses it', async () => {
  const forged = forgedWithout(bytes, ({ folder, uid, uidValidity }) => folder === 'INBOX' && uid === 4 && uidValidity === '77')
  const verified = await verifyBytes(forged)
  assert.deepEqual(verified.faults, [])
  const { receipt } = verifyWave(untouched.receipt, untouched.root)
  assert.match(verifyBelongs(verified, receipt ?? assert.fail()) ?? '', /the manifest is not the one that was sealed/)
})

test('a wave that was sealed anew as a whole is refused by the root that was noted', async () => {
  const files = copy()
  ways['forge a mailbox, seal it and the wave anew']?.(files, chance(1))
  const { root } = JSON.parse(files.receipt) as WaveReceipt
  assert.deepEqual(await faultsOf({ ...files, root }), [])
  const [fault, ...others] = await faultsOf(files)
  assert.match(fault ?? '', /this is not the receipt that was sealed/)
  assert.deepEqual(others, [])
})

test('two mailboxes exchanged in the wave are named', async () => {
  const receipt = JSON.parse(untouched.receipt) as WaveReceipt
  const [one, two] = receipt.mailboxes
  if (!one || !two) assert.fail()
  ;[one.leaf.seal, two.leaf.seal] = [two.leaf.seal, one.leaf.seal]
  const found = await faultsOf({ ...untouched, receipt: receiptText(receipt) })
  assert.ok(found.some(fault => fault.includes(`${people[0]}: its seal is`) && fault.includes(`it is the seal of ${people[1]}`)))
  assert.ok(found.some(fault => fault.startsWith(`wave: ${people[0]}: what it says of this mailbox does not lead to the root`)))
})

test('1,000 random tamperings are all refused', async () => {
  const random = chance(20_261_004)
  const names = Object.keys(ways)
  const done = new Map<string, number>()
  for (let n = 0; n < 1_000; n++) {
    const name = n < names.length ? (names[n] ?? '') : oneOf(random, names)
    const files = copy()
    ways[name]?.(files, random)
    const same =
      files.receipt === untouched.receipt &&
      people.every(one => files.manifests.get(one)?.equals(untouched.manifests.get(one) ?? bytes))
    assert.ok(!same, `tampering ${n} (${name}) changed nothing`)
    // Manifests that nobody touched were found whole above.
    for (const one of people) if (files.manifests.get(one) === untouched.manifests.get(one)) files.manifests.delete(one)
    const found = await faultsOf(files)
    assert.ok(found.length > 0, `tampering ${n} (${name}) was not found`)
    done.set(name, (done.get(name) ?? 0) + 1)
  }
  assert.equal(done.size, names.length)
})
