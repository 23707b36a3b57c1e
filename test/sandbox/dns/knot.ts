import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import type { SharedKey } from './bind.ts'
import { freePort, type NameServer, startChild } from './child.ts'

export type KnotOptions = {
  /** Our own directory; short, for a control socket lives in it. */
  dir: string
  address?: string
  port?: number
  /** Zones transferred from `primary`; with `text` Knot is the zone's primary itself. */
  zones: { name: string; text?: string }[]
  keys: SharedKey[]
  /** Where zones are transferred from, and the key that signs transfers and NOTIFY. */
  primary?: { address: string; port: number; key: string }
  /** Who may change the zones that Knot is primary of: key and types. */
  grants?: { key: string; types: string[] }[]
}

/** Knot as a secondary by TSIG transfer and NOTIFY, or as a primary that takes updates; only the port given or a free one. */
export async function startKnot(options: KnotOptions): Promise<NameServer> {
  const { dir, address = '127.0.0.1', zones } = options
  const port = options.port ?? (await freePort(address))
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  for (const { name, text } of zones) {
    if (text !== undefined && !existsSync(`${dir}/${name}.zone`)) writeFileSync(`${dir}/${name}.zone`, text)
  }
  writeFileSync(`${dir}/knot.conf`, configuration({ ...options, address, port }), { mode: 0o600 })
  return startChild({
    command: 'knotd',
    args: ['-c', `${dir}/knot.conf`],
    dir,
    address,
    port,
    ready: zones.map(zone => zone.name),
  })
}

function configuration({ dir, address, port, zones, keys, primary, grants = [] }: KnotOptions): string {
  const acls = [...(primary ? ['from-primary'] : []), ...grants.map((_, at) => `grant-${at}`)]
  return [
    'server:',
    `  rundir: ${dir}`,
    `  listen: ${address}@${port}`,
    '  udp-workers: 1',
    '  tcp-workers: 1',
    '  background-workers: 1',
    'log:',
    '  - target: stderr',
    '    any: info',
    'database:',
    `  storage: ${dir}`,
    '  journal-db-max-size: 50M',
    'key:',
    ...keys.flatMap(({ name, algorithm, secret }) => [`  - id: ${name}`, `    algorithm: ${algorithm}`, `    secret: ${secret}`]),
    ...(primary
      ? ['remote:', '  - id: primary', `    address: ${primary.address}@${primary.port}`, `    key: ${primary.key}`]
      : []),
    'acl:',
    ...(primary ? ['  - id: from-primary', `    key: ${primary.key}`, '    action: notify'] : []),
    ...grants.flatMap(({ key, types }, at) => [
      `  - id: grant-${at}`,
      `    key: ${key}`,
      '    action: update',
      `    update-type: [${types.join(', ')}]`,
    ]),
    'template:',
    '  - id: default',
    `    storage: ${dir}`,
    `    file: "%s.zone"`,
    ...(acls.length > 0 ? [`    acl: [${acls.join(', ')}]`] : []),
    'zone:',
    ...zones.flatMap(({ name, text }) => [`  - domain: ${name}`, ...(text === undefined ? ['    master: primary'] : [])]),
    '',
  ].join('\n')
}
