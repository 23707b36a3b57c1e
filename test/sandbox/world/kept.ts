import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../dns/child.ts'

const portNames = [
  'blob',
  'queue',
  'table',
  'oldImap',
  'oldLmtp',
  'newImap',
  'newLmtp',
  'exchange',
  'bind',
  'knot',
  'graph',
  'smtp',
] as const
const secretNames = ['source', 'target', 'update', 'transfer', 'app', 'hostKey'] as const

/** Where each part of a world listens. */
export type WorldPorts = Record<(typeof portNames)[number], number>

/** What a world keeps from one start to the next, so that a playbook and a running app stay right. Secrets in base64. */
export type Kept = { ports: WorldPorts; secrets: Record<(typeof secretNames)[number], string> }

/** The ports and secrets of the world in this directory; made at its first start. Ports that are given win. */
export async function keptIn(dir: string, given: Partial<WorldPorts> = {}): Promise<Kept> {
  const file = join(dir, 'world.json')
  if (existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept
    const lacking = portNames.filter(name => kept.ports[name] === undefined && given[name] === undefined)
    const more = await Promise.all(lacking.map(async name => [name, await freePort()] as const))
    return { ...kept, ports: { ...kept.ports, ...given, ...Object.fromEntries(more) } }
  }
  const ports = new Set<number>()
  while (ports.size < portNames.length) ports.add(await freePort())
  const free = [...ports]
  const made = Object.fromEntries(portNames.map((name, i) => [name, given[name] ?? free[i]])) as WorldPorts
  const secrets = Object.fromEntries(secretNames.map(name => [name, randomBytes(32).toString('base64')]))
  const kept: Kept = { ports: made, secrets: secrets as Kept['secrets'] }
  mkdirSync(dir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(kept, undefined, 2)}\n`, { mode: 0o600 })
  return kept
}
