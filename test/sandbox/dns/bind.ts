import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { freePort, type NameServer, startChild } from './child.ts'

/** A TSIG key as servers and clients share it; `secret` in base64. */
export type SharedKey = { name: string; algorithm: 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512'; secret: string }

/** A zone to serve. `grants`: lines of BIND's update-policy without `grant`, e.g. `mover. subdomain old.example. MX TXT`. */
export type BindZone = { name: string; text: string; grants?: string[]; dnssec?: boolean }

export type BindOptions = {
  /** Our own directory: configuration, zones, journals, keys and log live there. Zones that are there already are kept. */
  dir: string
  address?: string
  port?: number
  zones: BindZone[]
  keys: SharedKey[]
  /** Secondaries told of every change: address, port and the key that signs it and the transfer. */
  notify?: { address: string; port: number; key: string }[]
}

/** BIND as primary: no files of the system, no rndc, only the port given or a free one. Changes survive a stop and a start on `dir`. */
export async function startBind({
  dir,
  address = '127.0.0.1',
  port,
  zones,
  keys,
  notify = [],
}: BindOptions): Promise<NameServer> {
  const at = port ?? (await freePort(address))
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  for (const { name, text } of zones) {
    // BIND writes its changes into this file and the journal beside it.
    if (!existsSync(`${dir}/${name}.zone`)) writeFileSync(`${dir}/${name}.zone`, text)
  }
  writeFileSync(`${dir}/named.conf`, configuration({ dir, address, port: at, zones, keys, notify }), { mode: 0o600 })
  // -g: foreground, log to stderr. One thread is plenty and keeps memory low.
  const args = ['-g', '-n', '1', '-c', `${dir}/named.conf`]
  return startChild({ command: 'named', args, dir, address, port: at, ready: zones.map(zone => zone.name) })
}

function configuration({ dir, address, port, zones, keys, notify }: Required<BindOptions>): string {
  const to = notify.map(one => `${one.address} port ${one.port} key "${one.key}";`).join(' ')
  const transfer = notify.map(one => `key "${one.key}";`).join(' ') || 'none;'
  return [
    ...keys.map(({ name, algorithm, secret }) => `key "${name}" { algorithm ${algorithm}; secret "${secret}"; };`),
    'controls { };',
    `options {
  directory "${dir}"; key-directory "${dir}"; managed-keys-directory "${dir}";
  pid-file none; lock-file none; session-keyfile none;
  listen-on port ${port} { ${address}; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; allow-query { any; }; minimal-responses yes; empty-zones-enable no;
  notify explicit; also-notify { ${to} }; notify-delay 0; allow-transfer { ${transfer} };
  max-cache-size 8m;
};`,
    ...zones.map(({ name, grants = [], dnssec = false }) => {
      const policy = grants.map(line => `grant ${line};`).join(' ')
      const signing = dnssec ? 'dnssec-policy default; inline-signing yes;' : ''
      return `zone "${name}" { type primary; file "${dir}/${name}.zone"; update-policy { ${policy} }; ${signing} };`
    }),
    '',
  ].join('\n')
}
