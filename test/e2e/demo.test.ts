import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'

const root = resolve(import.meta.dirname, '../..')
const limit = { timeout: 150_000 }

type Ended = { code: number | null; output: string }

/** Runs the demo without a terminal, as a build server would; `until` is a text after which it is interrupted. */
async function demo(args: readonly string[], until?: string): Promise<Ended> {
  const child = spawn(process.execPath, ['test/sandbox/demo.ts', ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let interrupted = false
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (until === undefined || interrupted || !output.includes(until)) return
      interrupted = true
      child.kill('SIGINT')
    })
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

test('the demo moves a wave, proves it and exits with 0; without a terminal it writes plain lines', limit, async () => {
  const { code, output } = await demo(['--mailboxes', '2', '--messages', '30'])
  assert.equal(code, 0, output)
  assert.match(output, /^ {2}verdict complete$/m)
  for (const what of ['verdict', 'mailboxes', 'new mail', 'late mail', 'notices', 'MX'])
    assert.match(output, new RegExp(`✓ ${what} `), output)
  assert.match(output, /copy-mailbox +\d+× +[\d.]+ s/)
  assert.equal(stripVTControlCharacters(output), output)
})

test(
  'a copy that lacks one message ends it with 1, although the app says complete; of a corpus not a word is printed',
  limit,
  async () => {
    const corpus = mkdtempSync(join(tmpdir(), 'corpus-'))
    const folder = join(corpus, 'Affaire Tournesol.2024')
    mkdirSync(folder)
    for (let i = 0; i < 9; i += 1) {
      const mail = `From: Bianca <castafiore@scala.test>\nTo: t@moulinsart.test\nDate: ${i + 1} Feb 2020 10:00:00 +0100\nSubject: Bijoux ${i}\n\nAh ${i}\n`
      writeFileSync(join(i % 2 ? folder : corpus, `${i}.eml`), mail)
    }
    try {
      const { code, output } = await demo(['--mailboxes', '1', '--corpus', corpus, '--spoil', '--keep'], 'Ctrl-C stops it')
      assert.equal(code, 1, output)
      assert.match(output, /1 mailbox with 9 messages/)
      assert.match(output, /^ {2}verdict complete$/m)
      assert.match(output, /✗ mailboxes +accueil@mairie\.example: INBOX: 1 lost/)
      assert.match(output, /curl -s 'imap:\/\/127\.0\.0\.1:\d+\/INBOX'/)
      assert.doesNotMatch(output, /Tournesol|Bianca|castafiore|moulinsart|Bijoux/i)
    } finally {
      rmSync(corpus, { recursive: true, force: true })
    }
  },
)

test('an interrupt in the middle stops everything and leaves nothing behind', limit, async () => {
  const { code, output } = await demo(['--mailboxes', '2', '--messages', '30'], 'making accounts')
  assert.equal(code, 130, output)
  assert.doesNotMatch(output, /verdict complete/)
})

test('what is wrong on the command line is said, with what can be said instead', limit, async () => {
  const wrong = await demo(['--mailboxes', 'many'])
  assert.equal(wrong.code, 2)
  assert.match(wrong.output, /expected a whole number/)
  const help = await demo(['--help'])
  assert.equal(help.code, 0)
  assert.match(help.output, /--spoil/)
})
