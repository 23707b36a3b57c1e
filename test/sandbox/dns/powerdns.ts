import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { freePort, type NameServer, startChild } from './child.ts'

/** PowerDNS with its HTTP API, a primary of `zones` in SQLite; only free ports. */
export async function startPowerDns({
  dir,
  zones,
  key,
}: {
  dir: string
  zones: { name: string; text: string }[]
  key: string
}): Promise<NameServer & { url: string }> {
  const address = '127.0.0.1'
  const [port, web] = [await freePort(address), await freePort(address)]
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const database = `${dir}/pdns.sqlite3`
  const settings = [
    `launch=gsqlite3`,
    `gsqlite3-database=${database}`,
    `local-address=${address}`,
    `local-port=${port}`,
    `socket-dir=${dir}`,
    'webserver=yes',
    `webserver-address=${address}`,
    `webserver-port=${web}`,
    'api=yes',
    `api-key=${key}`,
    'cache-ttl=0',
    'query-cache-ttl=0',
    'negquery-cache-ttl=0',
    'zone-cache-refresh-interval=0',
    'primary=yes',
    '',
  ]
  writeFileSync(`${dir}/pdns.conf`, settings.join('\n'), { mode: 0o600 })
  const schema = readFileSync('/usr/share/pdns-backend-sqlite3/schema/schema.sqlite3.sql', 'utf8')
  const { DatabaseSync } = await import('node:sqlite')
  const made = new DatabaseSync(database)
  made.exec(schema)
  made.close()
  for (const { name, text } of zones) {
    writeFileSync(`${dir}/${name}.zone`, text)
    execFileSync('pdnsutil', [`--config-dir=${dir}`, 'load-zone', name, `${dir}/${name}.zone`], { stdio: 'pipe' })
  }
  const server = await startChild({
    command: 'pdns_server',
    args: [`--config-dir=${dir}`, '--daemon=no', '--guardian=no'],
    dir,
    address,
    port,
    ready: zones.map(({ name }) => name),
  })
  return { ...server, url: `http://${address}:${web}` }
}
