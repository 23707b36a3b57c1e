import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ask } from '../../shared/dns/ask.ts'
import { rrsetAmong } from '../../shared/dns/message.ts'
import { zoneLines } from '../../shared/dns/records.ts'
import type { RecordType, RRset } from '../../shared/dns/zone.ts'
import type { SharedKey } from '../sandbox/dns/bind.ts'
import type { NameServer } from '../sandbox/dns/child.ts'

/** A directory for one server, gone when the tests are. */
export function ownDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'releve-dns-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  return dir
}

/** A key made for one run. */
export function sharedKey(name: string, algorithm: SharedKey['algorithm'] = 'hmac-sha256'): SharedKey {
  return { name, algorithm, secret: Buffer.from(`${name} ${algorithm}`.padEnd(32, '.')).toString('base64') }
}

/** What a server answers for a name and type, asked past the host under test. */
export async function read({ server }: NameServer, name: string, type: RecordType): Promise<RRset | null> {
  return rrsetAmong((await ask({ server, name, type })).answers, name, type)
}

/** Somebody else's change, made with BIND's own nsupdate. */
export async function put(at: NameServer, key: SharedKey, name: string, type: RecordType, one: RRset | null): Promise<void> {
  const adding = one ? zoneLines(one).map(line => `update add ${line.replace(' IN ', ' ')}`) : []
  const lines = [`server 127.0.0.1 ${at.port}`, `update delete ${name}. ${type}`, ...adding, 'send', '']
  const child = spawn('nsupdate', ['-v', '-y', `${key.algorithm}:${key.name}:${key.secret}`], {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.end(lines.join('\n'))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`nsupdate ended with ${code} on ${lines.join(' | ')}`)
}
