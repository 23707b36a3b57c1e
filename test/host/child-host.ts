import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))

/** A copy of the fixture app in a folder of its own, so that its `.releve` and its files are the test's alone. */
export async function copyOfFixture(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'releve-host-'))
  await cp(path.join(here, 'fixture'), folder, { recursive: true, filter: source => !source.endsWith('.releve') })
  await symlink(path.join(here, '../../node_modules'), path.join(folder, 'node_modules'))
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A host in a process of its own. */
export class ChildHost {
  readonly process: ChildProcess
  readonly exit: Promise<number | null>
  out = ''
  error = ''
  readonly #watchers = new Set<() => void>()

  /** Runs start.ts, or with times (lease, renewal, drain limit, in milliseconds) quick-start.ts. */
  constructor(appRoot: string, env: Record<string, string>, times: number[] = []) {
    const entry = path.join(here, times.length > 0 ? 'quick-start.ts' : 'start.ts')
    const { PATH, HOME } = process.env
    this.process = spawn(process.execPath, [entry, ...times.map(String)], {
      cwd: appRoot,
      env: { PATH, HOME, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process.stdout?.setEncoding('utf8').on('data', text => {
      this.out += text
      for (const watcher of this.#watchers) watcher()
    })
    this.process.stderr?.setEncoding('utf8').on('data', text => {
      this.error += text
    })
    this.exit = once(this.process, 'close').then(([code]) => {
      for (const watcher of this.#watchers) watcher()
      return code
    })
  }

  /** Resolves with the first match in what it has printed or will print; rejects when it ends without. */
  said(pattern: RegExp): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(this.out)
        const ended = this.process.exitCode !== null || this.process.signalCode !== null
        if (!match && !ended) return
        this.#watchers.delete(look)
        if (match) resolve(match)
        else reject(new Error(`It ended without saying ${pattern}:\n${this.out}\n${this.error}`))
      }
      this.#watchers.add(look)
      look()
    })
  }

  /** Its address, once it serves. */
  async ready(): Promise<string> {
    const [, url = ''] = await this.said(/^ready (http:\/\/127\.0\.0\.1:\d+)$/m)
    return url
  }

  /** Sends a signal to this process alone. */
  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal)
  }

  /** Ends it at once, if it still runs. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGKILL')
    await this.exit
  }
}
