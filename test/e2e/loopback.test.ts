import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { test } from 'node:test'

const root = resolve(import.meta.dirname, '../..')

/** A network of its own for a command and all that it starts. Who is not root needs a user namespace for it. */
const alone = process.getuid?.() === 0 ? ['-n'] : ['--user', '--map-current-user', '--keep-caps', '-n']

/** Brings up `lo` (SIOCSIFFLAGS), which is all that this network has; Perl is on every Debian, the `ip` command is not. */
const up = `perl -e 'socket($s, 2, 2, 0) or die; my $lo = pack("a16 s x22", "lo", 0x41); ioctl($s, 0x8914, $lo) or die $!'`

/** How often the kernel of this network was asked for a way that there is not: each is an attempt to leave the machine (RFC 4293). */
const counters = `awk '/^Ip:/ && ++n == 2 { v4 = $13 } $1 == "Ip6OutNoRoutes" { v6 = $2 } END { print "attempts " v4 + v6 }' /proc/net/snmp /proc/net/snmp6`

type Ran = { code: number | null; output: string; attempts: number[] }

/** Runs a command in such a network; the attempts before and after it. */
async function inItsOwnNetwork(command: string): Promise<Ran> {
  const script = `set -e; ${up}; ${counters}; set +e; ${command}; code=$?; ${counters}; exit $code`
  // Without this the runner inside would take itself for a part of this one.
  const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
  const child = spawn('unshare', [...alone, 'sh', '-c', script], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', text => {
      output += text
    })
  }
  await once(child, 'close')
  return { code: child.exitCode, output, attempts: [...output.matchAll(/^attempts (\d+)$/gm)].map(match => Number(match[1])) }
}

const possible = spawnSync('unshare', [...alone, 'true'], { encoding: 'utf8' })
const skip =
  possible.status === 0
    ? false
    : `NOT CHECKED HERE: this machine lets nobody have a network of his own (${possible.stderr.trim() || possible.error?.message}). Run the tests as root with CAP_SYS_ADMIN, as in: docker run --cap-add SYS_ADMIN`

test('an attempt to leave the machine is seen, by any protocol', { skip }, async () => {
  const code = {
    tcp: `require('net').connect(80, '198.51.100.7').on('error', () => {})`,
    tcp6: `require('net').connect(80, '2001:db8::7').on('error', () => {})`,
    udp: `const s = require('dgram').createSocket('udp4'); s.send('x', 53, '198.51.100.7', () => s.close())`,
    udp6: `const s = require('dgram').createSocket('udp6'); s.send('x', 53, '2001:db8::7', () => s.close())`,
  }
  for (const [name, attempt] of Object.entries(code)) {
    const { attempts, output } = await inItsOwnNetwork(`'${process.execPath}' -e "${attempt}"`)
    assert.ok((attempts[1] ?? 0) > (attempts[0] ?? 0), `${name}: ${output}`)
  }
  const quiet = await inItsOwnNetwork(`'${process.execPath}' -e "require('net').connect(9, '127.0.0.1').on('error', () => {})"`)
  assert.equal(quiet.attempts[1], quiet.attempts[0], quiet.output)
})

test('a whole run needs nothing outside the machine, and no process of it tries to get there', { skip }, async () => {
  const { code, output, attempts } = await inItsOwnNetwork(`'${process.execPath}' --test test/e2e/world.test.ts`)
  assert.equal(code, 0, output)
  assert.match(output, /^ℹ pass [1-9]/m)
  assert.equal(attempts.length, 2, output)
  assert.equal(attempts[1], attempts[0], `something tried to leave the machine ${output}`)
})
