import { dirname } from 'node:path'
import type { World } from '../world.ts'
import type { DemoHost } from './host.ts'
import { dim, paint } from './words.ts'

/** How to look around in a world that is still running. */
export function aroundLines(world: World, host: DemoHost, log: string, wave: string): string[] {
  const address = world.residents[0]?.address ?? ''
  const [domain = ''] = world.domains
  const key = `-H 'x-functions-key: ${host.key}'`
  const { ports } = world.parts.kept
  const imap = (side: 'old' | 'new') => {
    const { port, user, pass } = world.signIn(side, address)
    return `curl -s 'imap://127.0.0.1:${port}/INBOX' -u '${user}:${pass}' -X 'SEARCH ALL'`
  }
  const entries: [what: string, command: string][] = [
    ['the wave', `curl -s ${key} ${host.url}/api/waves/${wave}`],
    ['one mailbox', `curl -s ${key} ${host.url}/api/waves/${wave}/mailboxes/${address}`],
    ['its report', `curl -s ${key} -o report.xlsx ${host.url}/api/waves/${wave}/report.xlsx`],
    ['the new inbox', imap('new')],
    ['its completion notice', imap('new').replace('SEARCH ALL', 'SEARCH HEADER Auto-Submitted auto-generated')],
    ['the old inbox', imap('old')],
    ['the MX', `dig +short @127.0.0.1 -p ${ports.bind} ${domain} MX; dig +short @127.0.0.1 -p ${ports.knot} ${domain} MX`],
    ['tables and queues', world.settings.AzureWebJobsStorage ?? ''],
    ['the host’s log', log],
    ['everything else', dirname(log)],
  ]
  return entries.flatMap(([what, command]) => [`    ${paint('bold', what)}`, `      ${dim(command)}`])
}
