import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type HostProcess, startHostProcess } from '../e2e/host-process.ts'
import { forget, master } from './ground.ts'
import type { Cost, Inside, Job, Runner } from './runner.ts'
import { cpuMs, peakMb } from './usage.ts'

/**
 * How the host is run for a measurement. `cold`: this wave is the first of its process; else it has copied other mailboxes before. `profileDir`: it
 * writes a processor profile there when it ends. `playbook`: more lines for it.
 */
export type OursOptions = { cold?: boolean; profileDir?: string; playbook?: string }

/** A line that the probe in the host wrote. */
type Sample = {
  at: number
  rss: number
  heapUsed: number
  arrayBuffers: number
  stallMs: number
  stateMs: number
  requestMs: number
  counts: Record<string, number>
}

/** The whole deployed path: the built app in the functions host, storage on disk; timed from the wave’s POST to its verdict. */
export function ours({ cold = false, profileDir, playbook = '' }: OursOptions = {}): Runner {
  return {
    name: cold ? 'ours, cold' : 'ours',
    exact: true,
    peer: true,
    async run(job) {
      const probe = join(job.dir, 'probe.jsonl')
      const host = await startHostProcess(
        {
          AzureWebJobsStorage: job.ground.azurite.connectionString,
          BENCH_PASSWORD: master.password,
          BENCH_PROBE: probe,
          ...(profileDir === undefined ? {} : { BENCH_PROFILE: join(profileDir, `${basename(job.dir)}.cpuprofile`) }),
        },
        { nodeOptions: ['--import', resolve(import.meta.dirname, '../../dist/test/bench/host-probe.js')] },
      )
      try {
        if (!cold) await warmUp(host, job, playbook)
        if (profileDir !== undefined) process.kill(host.pid, 'SIGUSR2')
        return await timed(host, job, probe, playbook)
      } finally {
        await host.stop()
      }
    },
  }
}

/** So many waves of 4,000 messages a process goes on getting quicker: V8 compiles anew what it has seen more of. */
const warmWaves = 10

/** Waves that are not measured: what a worker that runs for days has had long ago. */
async function warmUp(host: HostProcess, { ground, ports, dir }: Job, more: string): Promise<void> {
  for (let wave = 0; wave < warmWaves; wave++) {
    const targets = ground.warm.map(({ user }) => `${wave}.${basename(dir)}.${user}`)
    await play(host, await prepare(host, { seeds: ground.warm, targets, ports }, more))
    forget(ground, targets)
  }
}

async function timed(host: HostProcess, job: Job, probe: string, more: string): Promise<Cost> {
  const wave = await prepare(host, job, more)
  // The host’s first answers are slow; a question before the clock starts is what every running app has had.
  await host.call('GET', 'waves')
  const before = { host: cpuMs(host.pid), azurite: cpuMs(job.ground.azurite.pid), at: Date.now() }
  const began = performance.now()
  job.start()
  await play(host, wave)
  const wallMs = performance.now() - began
  const clientCpuMs = cpuMs(host.pid) - before.host
  const azuriteCpuMs = cpuMs(job.ground.azurite.pid) - before.azurite
  const peak = peakMb(host.pid)
  writeFileSync(join(job.dir, 'host.txt'), host.output())
  await setTimeout(300)
  return { wallMs, clientCpuMs, peakMb: peak, inside: { azuriteCpuMs, ...insideOf(host, wave.wave, probe, before.at) } }
}

type Wave = { wave: string; playbook: string; mailboxes: object[] }

/** Stores the playbook of a wave; the wave itself is not sent yet. */
async function prepare(host: HostProcess, job: Pick<Job, 'seeds' | 'targets' | 'ports'>, more: string): Promise<Wave> {
  const wave = `w${Date.now().toString(36)}`
  const put = await host.call('PUT', `playbooks/${wave}`, playbookOf(wave, job.ports, more), {
    'content-type': 'application/yaml',
  })
  if (put.status !== 201) throw new Error(put.text)
  return { wave, playbook: wave, mailboxes: job.seeds.map(({ user }, i) => ({ address: job.targets[i], source: { user } })) }
}

/** From the wave’s POST to its verdict. */
async function play(host: HostProcess, wave: Wave): Promise<void> {
  const late = setTimeout(600_000, 'late' as const, { ref: false })
  const post = await host.call('POST', 'waves', wave)
  if (post.status !== 202) throw new Error(post.text)
  const closed = new RegExp(`wave=${wave.wave} .*answer=closed`)
  // Only what is new is looked at, when it comes: whoever measures shares the machine with what he measures.
  for (let heard = 0; !closed.test(host.output().slice(heard)); ) {
    heard = host.output().lastIndexOf('\n') + 1
    const more = await Promise.race([host.more(), late])
    if (more === 'late') throw new Error(`no verdict within ten minutes:\n${host.output().slice(-3000)}`)
  }
  const { json, text } = await verdictOf(host, wave.wave)
  if (json.verdict !== 'complete') throw new Error(`the wave ended otherwise than complete: ${text}`)
}

/** The line in the log comes just before the row is saved. */
async function verdictOf(host: HostProcess, wave: string) {
  for (;;) {
    const answered = await host.call('GET', `waves/${wave}`)
    if (answered.json.verdict) return answered
    await setTimeout(5)
  }
}

function insideOf(host: HostProcess, wave: string, probe: string, since: number): Omit<Inside, 'azuriteCpuMs'> {
  const works: Record<string, number> = {}
  for (const [, work = '', took] of host.output().matchAll(new RegExp(`wave=${wave} .*work=(\\S+) took=(\\d+)`, 'g')))
    works[work] = (works[work] ?? 0) + Number(took)
  const byMailbox = new Map<string, number>()
  for (const [, mailbox = '', took] of host.output().matchAll(new RegExp(`wave=${wave} mailbox=(\\S+) .*took=(\\d+)`, 'g')))
    byMailbox.set(mailbox, (byMailbox.get(mailbox) ?? 0) + Number(took))
  const lines = existsSync(probe) ? readFileSync(probe, 'utf8').trim().split('\n') : []
  const samples = lines.filter(Boolean).map(line => JSON.parse(line) as Sample)
  const inWave = samples.filter(({ at }) => at >= since)
  const first = samples.filter(({ at }) => at < since).at(-1)
  const last = inWave.at(-1)
  const requests: Record<string, number> = {}
  for (const [kind, count] of Object.entries(last?.counts ?? {})) {
    const made = count - (first?.counts[kind] ?? 0)
    if (made > 0) requests[kind] = made
  }
  const mb = (bytes: number) => bytes / 1024 / 1024
  return {
    works,
    longestMailboxMs: Math.max(0, ...byMailbox.values()),
    requests,
    stateMs: (last?.stateMs ?? 0) - (first?.stateMs ?? 0),
    requestMs: (last?.requestMs ?? 0) - (first?.requestMs ?? 0),
    stallMs: Math.max(0, ...inWave.map(({ stallMs }) => stallMs)),
    memory: inWave.map(({ at, rss, heapUsed, arrayBuffers }) => ({
      at: at - since,
      rssMb: mb(rss),
      heapMb: mb(heapUsed),
      buffersMb: mb(arrayBuffers),
    })),
  }
}

export function playbookOf(name: string, ports: Job['ports'], more: string): string {
  const { user, separator } = master
  const auth = `{ kind: master-user, user: ${user}, separator: "${separator}", secret: BENCH_PASSWORD }`
  return `playbook: ${name}
timeZone: Europe/Paris
source:
  imap: { host: 127.0.0.1, port: ${ports.source}, tls: none, auth: ${auth} }
target:
  kind: exchange-server
  accounts: existing
  imap: { host: 127.0.0.1, port: ${ports.target}, tls: none, auth: ${auth} }
routing: { kind: none }
lateMail: { for: PT0S }
calendar: []
notices: []
${more}`
}
