import { copyRound } from '../../shared/copy/round.ts'
import { verifyMailbox } from '../../shared/copy/verify-mailbox.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import type { App } from '../../shared/ports.ts'
import type { Turn } from '../../shared/run.ts'
import { openImapSource } from '../../shared/source/imap.ts'
import type { MailboxRow } from '../../shared/store/schema.ts'
import { openImapTarget } from '../../shared/targets/imap.ts'
import { mailboxRow } from '../fakes/rows.ts'
import { memoryStore } from '../fakes/store.ts'

/**
 * The copy engine alone, for profiles: no host, no queues, the state in memory. Its one argument is JSON: the mailboxes, the ports, the login. It
 * prints its own wall time, ms.
 */
type Order = {
  pairs: { source: string; target: string }[]
  ports: { source: number; target: number }
  suffix: string
  pass: string
  playbook: string
}

const { pairs, ports, suffix, pass, playbook: text } = JSON.parse(process.argv[2] ?? '') as Order
const playbook = parsePlaybook(text, undefined, 'engine')
const store = memoryStore()
const endpoint = (port: number, user: string) => ({
  host: '127.0.0.1',
  port,
  tls: 'none' as const,
  login: async () => ({ user: `${user}${suffix}`, pass }),
})

const began = performance.now()
await Promise.all(
  pairs.map(async ({ source, target }) => {
    const row = mailboxRow({ state: 'pre-staging', pass: 1, fence: 1, address: target })
    const open = async () => ({
      source: await openImapSource(endpoint(ports.source, source), source, { ahead: true }),
      target: await openImapTarget(endpoint(ports.target, target), target, { ahead: true }),
    })
    const idle: Awaited<ReturnType<typeof open>>[] = []
    const app = {
      store,
      now: Date.now,
      quietMs: 30_000,
      playbook: async () => playbook,
      sessions: async () => ({
        further: () => 8,
        open: async () => idle.shift() ?? open(),
        giveBack: async (pair: Awaited<ReturnType<typeof open>>) => void idle.push(pair),
      }),
    } as unknown as App
    const turn: Turn<MailboxRow> = {
      row,
      save: async () => {},
      signal: new AbortController().signal,
      until: Number.POSITIVE_INFINITY,
    }
    const round = await copyRound(app, turn, 'all')
    if (!round.current) throw new Error('the round is not current')
    await verifyMailbox(app, turn, false)
    await Promise.all(idle.map(pair => Promise.all([pair.source.close(), pair.target.close()])))
  }),
)
process.stdout.write(`${performance.now() - began}\n`)
process.exit(0)
