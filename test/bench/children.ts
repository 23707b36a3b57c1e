import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cost, Job } from './runner.ts'
import { endedCpuMs, peakMb } from './usage.ts'

/** One command for each mailbox, all at once; resolves when the last has ended. Throws where one fails, with the end of what it said. */
export async function runAll(job: Job, commands: readonly string[][]): Promise<Cost> {
  const cpuBefore = endedCpuMs(process.pid)
  const peaks = new Map<number, number>()
  const began = performance.now()
  const children = commands.map((command, i) => start(command, job, i))
  const watch = setInterval(() => {
    for (const { child } of children) {
      const { pid = 0 } = child
      peaks.set(pid, Math.max(peaks.get(pid) ?? 0, peakMb(pid)))
    }
  }, 50)
  try {
    await Promise.all(children.map(({ ended }) => ended))
  } finally {
    clearInterval(watch)
  }
  const wallMs = performance.now() - began
  const total = [...peaks.values()].reduce((a, b) => a + b, 0)
  return { wallMs, clientCpuMs: endedCpuMs(process.pid) - cpuBefore, peakMb: total }
}

function start([command = '', ...args]: readonly string[], job: Job, i: number) {
  const child: ChildProcess = spawn(command, args, {
    cwd: job.dir,
    env: { ...process.env, HOME: job.dir },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const hear = (data: Buffer) => {
    said = (said + data.toString('latin1')).slice(-20_000)
  }
  child.stdout?.on('data', hear)
  child.stderr?.on('data', hear)
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      writeFileSync(join(job.dir, `said-${i}.txt`), said)
      if (code === 0) resolve()
      else reject(new Error(`${command} ended with ${code}: ${said.slice(-800)}`))
    })
  })
  return { child, ended }
}
