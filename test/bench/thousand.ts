import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { until } from '../e2e/host-process.ts'
import { startSite } from '../e2e/site.ts'
import { cpuMs, groupCpuMs, load, peakMb } from './usage.ts'

/*
 * A wave of many small mailboxes through the whole of it: functions host, storage, two servers. Where the processor time goes, and what the
 * storage is asked for each mailbox. Arguments: mailboxes (1000), messages in each (20).
 */

const [mailboxes = 1000, messages = 20] = process.argv.slice(2).map(Number)
const people = Array.from({ length: mailboxes }, (_, i) => `p${String(i).padStart(4, '0')}@thousand.test`)
const probe = join(mkdtempSync(join(tmpdir(), 'thousand-')), 'probe.jsonl')

type Look = { counts: Record<string, number>; rss: number; stateMs: number }
type Cpu = Record<'host' | 'storage' | 'old server' | 'new server', number>

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`

say(`seeding ${mailboxes} mailboxes of ${messages} messages ...`)
const site = await startSite({ people, messages, durable: true })
try {
  const nodeOptions = ['--import', resolve(import.meta.dirname, 'host-probe.ts')]
  const host = await site.host({ BENCH_PROBE: probe }, { nodeOptions })
  await host.call('PUT', 'playbooks/thousand', site.playbook('thousand'))
  const cpu = (): Cpu => ({
    host: cpuMs(host.pid),
    storage: cpuMs(site.azurite.pid),
    'old server': groupCpuMs(site.source.pid),
    'new server': groupCpuMs(site.target.pid),
  })
  const before = cpu()
  const began = performance.now()
  const body = { wave: 'w', playbook: 'thousand', mailboxes: people.map(address => ({ address })) }
  const answer = await host.call('POST', 'waves', body)
  if (answer.status !== 202) throw new Error(answer.text)
  const enqueuedMs = performance.now() - began
  const marks: string[] = []
  const ended = await until(
    host,
    'waves/w',
    json => {
      const { state } = json
      if (typeof state === 'string' && !marks.some(mark => mark.startsWith(`${state} `)))
        marks.push(`${state} ${seconds(performance.now() - began)}`)
      return json.verdict !== null
    },
    1_800_000,
  )
  const tookMs = performance.now() - began
  const after = cpu()
  await new Promise(passed => setTimeout(passed, 500))
  const last = readFileSync(probe, 'utf8').trim().split('\n').at(-1) ?? '{}'
  report(ended, before, after, tookMs, enqueuedMs, marks, JSON.parse(last), peakMb(host.pid))
  await host.stop()
} finally {
  await site.close()
  rmSync(resolve(probe, '..'), { recursive: true, force: true })
}

function report(
  ended: Record<string, unknown>,
  before: Cpu,
  after: Cpu,
  tookMs: number,
  enqueuedMs: number,
  marks: string[],
  look: Look,
  peak: number,
): void {
  const { copied } = ended.messages as { copied: number }
  const { copied: bytes } = ended.bytes as { copied: number }
  const names = Object.keys(after) as (keyof Cpu)[]
  const spent = names.map(name => ({ name, ms: after[name] - before[name] }))
  const total = spent.reduce((sum, { ms }) => sum + ms, 0)
  const cores = availableParallelism()
  say(`\nverdict ${ended.verdict}: ${copied} messages, ${(bytes / 1e6).toFixed(0)} MB in ${seconds(tookMs)} on ${cores} cores`)
  say(
    `${((copied * 1000) / tookMs).toFixed(0)} messages/s, ${((mailboxes * 1000) / tookMs).toFixed(1)} mailboxes/s; the POST took ${seconds(enqueuedMs)}`,
  )
  say(`states: ${marks.join(', ')}; load of the machine at the end ${load()}; the host’s memory at most ${peak.toFixed(0)} MB`)
  say('\n| process | CPU | share | a mailbox |\n| --- | --- | --- | --- |')
  for (const { name, ms } of [...spent, { name: 'all', ms: total }])
    say(`| ${name} | ${seconds(ms)} | ${((100 * ms) / total).toFixed(0)} % | ${(ms / mailboxes).toFixed(1)} ms |`)
  say(
    `cores busy with it: ${(total / tookMs).toFixed(2)} of ${cores}; at least one storage request under way ${((100 * look.stateMs) / tookMs).toFixed(0)} % of the time`,
  )
  const counts = Object.entries(look.counts).sort(([, a], [, b]) => b - a)
  const asked = counts.filter(([name]) => name !== 'look').reduce((sum, [, count]) => sum + count, 0)
  say(`\n| storage operation | times | a mailbox |\n| --- | --- | --- |`)
  for (const [name, count] of [...counts, ['all but looks into queues', asked] as const])
    say(`| ${name} | ${count} | ${(count / mailboxes).toFixed(2)} |`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
