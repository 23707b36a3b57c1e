import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { compareMailboxes, type Difference } from '../sandbox/mail/compare.ts'
import { arrived, atDistance, forget, type Ground, look, type Seed } from './ground.ts'
import type { Cost, Runner } from './runner.ts'
import { groupCpuMs, load } from './usage.ts'
import type { Workload } from './workloads.ts'

/** How many messages stood at the target, so many ms after the start. */
export type Point = { ms: number; messages: number }

/** What one runner did in one round. `differences`: by kind; empty for an exact copy. */
export type Result = Cost & {
  runner: string
  workload: string
  round: number
  messages: number
  bytes: number
  serverCpuMs: number
  differences: Partial<Record<Difference['kind'], number>>
  timeline: Point[]
  load: number
  error?: string
}

/** One runner, one load, once: into empty mailboxes, watched from outside, then compared message by message. */
export async function round(
  ground: Ground,
  workload: Workload,
  seeds: readonly Seed[],
  runner: Runner,
  n: number,
): Promise<Result> {
  const slug = runner.name.replaceAll(/\W+/g, '-')
  const targets = seeds.map((_, i) => `r${n}.${slug}.${workload.name}${i}@bench.test`)
  const dir = join(ground.dir, 'rounds', `${workload.name}-${n}-${slug}`)
  mkdirSync(dir, { recursive: true })
  const distance = await atDistance(ground, workload.roundTripMs)
  const servers = () => groupCpuMs(ground.source.pid) + groupCpuMs(ground.target.pid)
  const clock = { before: 0, began: 0, timeline: [] as Point[] }
  const start = () =>
    void Object.assign(clock, { before: servers(), began: performance.now(), timeline: [{ ms: 0, messages: 0 }] })
  start()
  const watch = setInterval(() => {
    clock.timeline.push({ ms: performance.now() - clock.began, messages: arrived(ground, targets) })
  }, watchMs(workload))
  const sums = {
    runner: runner.name,
    workload: workload.name,
    round: n,
    messages: seeds.reduce((sum, { messages }) => sum + messages, 0),
    bytes: seeds.reduce((sum, { bytes }) => sum + bytes, 0),
    load: load(),
  }
  try {
    const cost = await runner.run({ ground, seeds, targets, ports: distance, dir, start })
    clearInterval(watch)
    const serverCpuMs = servers() - clock.before
    const timeline = clock.timeline.filter(({ ms }) => ms < cost.wallMs)
    timeline.push({ ms: cost.wallMs, messages: arrived(ground, targets) })
    return { ...sums, ...cost, serverCpuMs, timeline, differences: await compare(ground, seeds, targets) }
  } catch (error) {
    const none = { wallMs: Number.NaN, clientCpuMs: 0, peakMb: 0, serverCpuMs: 0, differences: {}, timeline: [] }
    return { ...sums, ...none, error: error instanceof Error ? error.message : String(error) }
  } finally {
    clearInterval(watch)
    distance.close()
    forget(ground, targets)
  }
}

/** How often the arrivals are counted, ms: rarely where counting takes long itself. */
const watchMs = ({ messages }: Workload) => (messages > 100_000 ? 20_000 : 400)

async function compare(ground: Ground, seeds: readonly Seed[], targets: readonly string[]): Promise<Result['differences']> {
  const differences: Result['differences'] = {}
  for (const [i, { original }] of seeds.entries()) {
    const copy = await look(ground.target, targets[i] ?? '')
    for (const { kind } of compareMailboxes(original, copy)) differences[kind] = (differences[kind] ?? 0) + 1
  }
  return differences
}
