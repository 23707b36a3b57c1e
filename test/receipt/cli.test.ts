import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { verifyCommand } from '../../shared/receipt/command.ts'
import { excerptOf, receiptText, type WaveReceipt } from '../../shared/receipt/leaves.ts'
import { type Files, filesOf } from './files.ts'
import { people, seededWave } from './ledger.ts'
import { forgedWithout } from './tampering.ts'

const dir = mkdtempSync(join(tmpdir(), 'receipt-'))
const cli = join(import.meta.dirname, '../../shared/receipt/cli.ts')
const [anna = '', bruno = ''] = people
let files: Files

before(async () => {
  files = await filesOf(await seededWave())
  for (const [address, bytes] of files.manifests) writeFileSync(join(dir, `${address}.jsonl`), bytes)
  writeFileSync(join(dir, 'receipt.json'), files.receipt)
  const excerpt = excerptOf(JSON.parse(files.receipt) as WaveReceipt, anna) ?? assert.fail()
  writeFileSync(join(dir, 'excerpt.json'), receiptText(excerpt))
  const forged = forgedWithout(files.manifests.get(anna) ?? Buffer.alloc(0), ({ kind, uid }) => kind === 'message' && uid === 4)
  writeFileSync(join(dir, 'forged.jsonl'), forged)
})

after(() => rmSync(dir, { recursive: true, force: true }))

type Ran = { code: number; output: string; errors: string }

/** Runs the program as its user does, in the folder of the files. */
function verify(...args: string[]): Promise<Ran> {
  return run(cli, {}, ...args)
}

function run(program: string, secrets: Record<string, string>, ...args: string[]): Promise<Ran> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [program, ...args],
      { cwd: dir, env: { PATH: process.env.PATH, ...secrets } },
      (error, output, errors) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, output, errors }),
    )
  })
}

test('a whole wave with its receipt and its noted root is as it was sealed', async () => {
  const { code, output } = await verify(...people.map(one => `${one}.jsonl`), '--wave', 'receipt.json', '--root', files.root)
  assert.equal(code, 0, output)
  for (const one of people)
    assert.match(output, new RegExp(`${one} in wave w1: \\d+ messages in \\d+ folders, complete-with-exceptions`))
  assert.match(output, /All is as it was sealed\.\n$/)
})

test('an owner’s manifest and excerpt are enough for him; a manifest alone says what it cannot show', async () => {
  const lines: string[] = []
  const manifest = join(dir, `${anna}.jsonl`)
  const check = (...more: string[]) => verifyCommand([manifest, ...more], {}, line => void lines.push(line))
  assert.equal(await check('--wave', join(dir, 'excerpt.json'), '--root', files.root), 0)
  assert.doesNotMatch(lines.join('\n'), /Without --wave/)
  assert.equal(await check(), 0)
  assert.match(lines.join('\n'), /Without --wave and --root nobody can tell/)
})

test('a tampered file is named with line, folder and UID, and ends with 1', async () => {
  const text = (files.manifests.get(bruno) ?? Buffer.alloc(0)).toString()
  writeFileSync(join(dir, 'tampered.jsonl'), text.replace(/("folder":"INBOX".*"outcome":)"copied"(.*"uid":4,)/, '$1"adopted"$2'))
  const { code, output } = await verify('tampered.jsonl')
  assert.equal(code, 1)
  assert.match(output, /^tampered\.jsonl: line \d+ \(INBOX UID 4\): INBOX UID 4 is not what was sealed/m)
})

test('a manifest that was left out of the wave’s is named', async () => {
  const [, ...others] = people
  const { code, output } = await verify(...others.map(one => `${one}.jsonl`), '--wave', 'receipt.json', '--root', files.root)
  assert.equal(code, 0, output)
  assert.match(
    output,
    new RegExp(`^receipt\\.json: no manifest was given, .* of 1 of the ${people.length} mailboxes .*: ${anna}$`, 'm'),
  )
  const whole = await verify(...people.map(one => `${one}.jsonl`), '--wave', 'receipt.json')
  assert.doesNotMatch(whole.output, /no manifest was given/)
})

test('line ends that a transfer through Windows made are told, and are no fault', async () => {
  const windows = (text: string) => text.replaceAll('\n', '\r\n')
  writeFileSync(join(dir, 'windows.jsonl'), windows((files.manifests.get(anna) ?? Buffer.alloc(0)).toString()))
  writeFileSync(join(dir, 'windows.json'), windows(files.receipt))
  const { code, output } = await verify('windows.jsonl', '--wave', 'windows.json', '--root', files.root)
  assert.equal(code, 0, output)
  assert.match(output, /^windows\.jsonl: its lines end with CR LF, as a transfer made them/m)
})

test('the program’s own files are enough, until it is to sign in: then it says what is missing', async () => {
  const alone = mkdtempSync(join(tmpdir(), 'receipt-alone-'))
  try {
    cpSync(join(import.meta.dirname, '../../shared'), join(alone, 'shared'), { recursive: true })
    const program = join(alone, 'shared/receipt/cli.ts')
    const { code, output } = await run(program, {}, `${anna}.jsonl`)
    assert.equal(code, 0, output)
    const source = ['--source', 'imap://anna@127.0.0.1:1?tls=none']
    const signing = await run(program, { RELEVE_SOURCE_PASSWORD: 'x' }, `${anna}.jsonl`, ...source)
    assert.equal(signing.code, 2)
    assert.match(signing.output, /run npm install --omit=dev in its folder\.$/m)
  } finally {
    rmSync(alone, { recursive: true, force: true })
  }
})

test('what was sealed anew, another wave’s root and the same manifest twice end with 1', async () => {
  const args = ['forged.jsonl', `${anna}.jsonl`, `${anna}.jsonl`, '--wave', 'receipt.json', '--root', '0'.repeat(64)]
  const { code, output } = await verify(...args)
  assert.equal(code, 1)
  assert.match(output, /^forged\.jsonl: its seal is .* the manifest is not the one that was sealed/m)
  assert.match(output, /^receipt\.json: its root is .*: this is not the receipt that was sealed/m)
  assert.match(output, /^anna@town\.example\.jsonl: line 1: is a second manifest of anna@town\.example/m)
})

test('what cannot be checked ends with 2 and says why', async () => {
  const table: [string[], RegExp][] = [
    [[], /no manifest is named/],
    [['none.jsonl'], /none\.jsonl/],
    [['--colour'], /--colour/],
    [[`${anna}.jsonl`, '--root', files.root], /give that with --wave/],
    [[`${anna}.jsonl`, '--sample', '5'], /--source or --target/],
    [[`${anna}.jsonl`, `${bruno}.jsonl`, '--source', 'imap://anna@127.0.0.1:143'], /\{address\}/],
    [[`${anna}.jsonl`, '--source', 'imap://anna@old.town.example:143?tls=none'], /only taken for this machine itself/],
    [[`${anna}.jsonl`, '--source', 'imap://anna:secret@127.0.0.1:143'], /holds a password/],
    [[`${anna}.jsonl`, '--source', 'imap://anna@127.0.0.1:143?tls=none'], /RELEVE_SOURCE_PASSWORD/],
  ]
  for (const [args, expected] of table) {
    const lines: string[] = []
    const inside = args.map(arg => (arg.endsWith('.jsonl') ? join(dir, arg) : arg))
    assert.equal(await verifyCommand(inside, {}, line => void lines.push(line)), 2, `${args}: ${lines}`)
    const output = lines.join('\n')
    assert.match(output, expected)
    assert.doesNotMatch(output, /secret@/)
  }
})

test('called wrongly it ends with 2 and says how it is called', async () => {
  const { code, output } = await verify()
  assert.equal(code, 2)
  assert.match(output, /^usage: releve-verify/m)
})
