import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '../..')

test('a rehearsal plays a calendar from three weeks before D to two weeks after, through the host, and prints its diary', {
  timeout: 400_000,
}, async () => {
  const args = ['test/sandbox/demo.ts', '--playbook', 'test/sandbox/rehearsal/small.yaml', '--mailboxes', '2', '--messages', '10']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  const [code] = (await once(child, 'close')) as [number | null]
  assert.equal(code, 0, output)
  const lines = output.split('\n').flatMap(line => {
    const [, at, what] = /^ {2}\w{3} (\S+ \S+ \S+) +\w+ +(\S+)/.exec(line) ?? []
    return at === undefined ? [] : [`${at} ${what}`]
  })
  const notice = (at: string, name: string, times = 2) => Array<string>(times).fill(`${at} ${name}`)
  assert.deepEqual(
    lines.filter(line => !/ (approve|enqueue|done|switched|\S+\.example)$/.test(line)),
    [
      ...notice('2025-03-17 09:00 +01:00', 'planned', 1),
      '2025-03-24 09:00 +01:00 inventory',
      ...notice('2025-03-30 09:00 +02:00', 'reminder'),
      '2025-03-31 09:00 +02:00 confirm',
      '2025-04-03 09:00 +02:00 begun',
      '2025-04-06 16:00 +02:00 freeze',
      ...notice('2025-04-07 08:00 +02:00', 'welcome'),
      '2025-04-21 09:00 +02:00 closed:',
    ],
    output,
  )
  assert.equal(lines.filter(line => line.endsWith(' done')).length, 2, output)
})
