import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dim, many, paint, sized } from './demo/words.ts'
import { inventedMailbox } from './world/mail.ts'
import { startWorld, type World } from './world.ts'

const usage = `Starts what stands in for the world, and nothing of the app: storage, old server, Exchange Online, Graph, name servers.

  npm run sandbox -- [options]

  --mailboxes N   how many mailboxes the old server has (6)
  --messages M    how many messages each has at first (50)
  --dir DIR       where everything lies; started again there, it is the same world (.releve/sandbox)
`
const say = (line = '') => process.stdout.write(`${line}\n`)

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mailboxes: { type: 'string', default: '6' },
      messages: { type: 'string', default: '50' },
      dir: { type: 'string', default: resolve(import.meta.dirname, '../../.releve/sandbox') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return void say(usage)
  mkdirSync(values.dir, { recursive: true })
  const world = await startWorld({ dir: values.dir, mailboxes: count(values.mailboxes) })
  const stopped = new Promise<void>((done, failed) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => world.stop().then(done, failed))
  })
  const now = Date.now()
  const seeded = await world.fill(resident => inventedMailbox(resident, count(values.messages), now))
  for (const line of tableOf(world, seeded)) say(line)
  await stopped
}

function tableOf(world: World, seeded: { messages: number; bytes: number }): string[] {
  const { ports, secrets } = world.parts.kept
  const first = world.residents[0]?.address ?? ''
  const playbook = join(world.dir, `${world.playbook.name}.yaml`)
  const wave = join(world.dir, 'wave.json')
  const environment = join(world.dir, 'environment')
  writeFileSync(playbook, world.playbook.text)
  writeFileSync(wave, `${JSON.stringify(world.wave(), undefined, 2)}\n`)
  const exports = Object.entries(world.settings).map(([name, value]) => `export ${name}='${value}'`)
  writeFileSync(environment, `${exports.join('\n')}\n`, { mode: 0o600 })

  const place = (file: string) => relative(process.cwd(), file) || file
  const call = `curl -H 'x-functions-key: ${secrets.hostKey}'`
  const rows: [what: string, where: string, how: string][] = [
    ['old server, IMAP', `127.0.0.1:${ports.oldImap}`, `${first}*bmaster, password ${secrets.source}`],
    ['old server, LMTP', `127.0.0.1:${ports.oldLmtp}`, 'no sign-in'],
    ['Exchange Online, IMAP', `127.0.0.1:${ports.exchange}`, 'XOAUTH2 with a token of the app'],
    ['the server behind it', `127.0.0.1:${ports.newImap}`, `${first}*bmaster, password ${secrets.target}`],
    ['the same, LMTP', `127.0.0.1:${ports.newLmtp}`, 'no sign-in'],
    ['Graph and its login', `http://127.0.0.1:${ports.graph}`, `app ${world.settings.AZURE_CLIENT_ID}`],
    ['BIND, primary', `127.0.0.1:${ports.bind}`, `${world.domains.join(', ')}; key releve`],
    ['Knot, secondary', `127.0.0.1:${ports.knot}`, world.domains.join(', ')],
    ['blobs', `127.0.0.1:${ports.blob}`, 'the development account'],
    ['queues', `127.0.0.1:${ports.queue}`, 'the same'],
    ['tables', `127.0.0.1:${ports.table}`, 'the same'],
  ]
  const [a, b] = [0, 1].map(column => Math.max(...rows.map(row => row[column]?.length ?? 0)))
  return [
    '',
    ...rows.map(([what, where, how]) => `  ${what.padEnd(a ?? 0)}  ${paint('cyan', where.padEnd(b ?? 0))}  ${dim(how)}`),
    '',
    `  ${many(world.residents.length, 'mailbox', 'mailboxes')}${seeded.messages > 0 ? `, ${many(seeded.messages, 'message')}, ${sized(seeded.bytes)} put in now` : ', as they were left'}`,
    `  ${dim(
      world.residents
        .map(({ address }) => address)
        .slice(0, 12)
        .join(' '),
    )}`,
    '',
    paint('bold', '  To move them, in another terminal:'),
    `    . ${place(environment)} && npm start`,
    paint('bold', '  and in a third:'),
    `    ${call} -X PUT -H 'content-type: application/yaml' --data-binary @${place(playbook)} http://127.0.0.1:7071/api/playbooks/${world.playbook.name}`,
    `    ${call} -H 'content-type: application/json' --data-binary @${place(wave)} http://127.0.0.1:7071/api/waves`,
    `    ${call} http://127.0.0.1:7071/api/waves/w1`,
    '',
    dim(`  Everything lies in ${place(world.dir)}. Ctrl-C stops it all; started again, it goes on where it was.`),
    '',
  ]
}

function count(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 1) return number
  throw new Error(`Expected a whole number above 0 (got ${text}).\n\n${usage}`)
}

main().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
