import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** A server that runs in a chroot of its own, on loopback. */
export type Chrooted = { host: string; port: number; stop(): Promise<void> }

/** Processes of one instance, started in its chroot; they die with this process. `stop` ends them and removes the instance. */
export class Chroot {
  readonly dir: string
  private readonly children: ChildProcess[] = []
  private said = ''

  constructor(dir: string) {
    this.dir = dir
  }

  start(command: readonly string[], env: Readonly<Record<string, string>> = {}): void {
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'chroot', this.dir, ...command], {
      env: { PATH: '/usr/sbin:/usr/bin', LC_ALL: 'C', ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr] as Socket[]) {
      stream.on('data', data => {
        this.said = `${this.said}${data}`.slice(-2_000)
      })
      stream.unref()
    }
    // Whoever forgets to stop it can end all the same, and it ends with them.
    child.unref()
    child.on('error', () => undefined)
    this.children.push(child)
  }

  /** Resolves when something greets on the port. */
  greets(port: number): Promise<void> {
    return this.until(() => greeted(port), `greet on port ${port}`)
  }

  /** Resolves when a path within the chroot is there. */
  has(path: string): Promise<void> {
    return this.until(async () => existsSync(join(this.dir, path)), `make ${path}`)
  }

  private async until(isSo: () => Promise<boolean>, what: string): Promise<void> {
    for (let tries = 0; tries < 300; tries += 1) {
      if (await isSo()) return
      await delay(50)
    }
    await this.stop()
    throw new Error(`the server in ${this.dir} did not ${what} within 15 s. It said: ${this.said}`)
  }

  async stop(): Promise<void> {
    for (const child of this.children.splice(0)) {
      child.ref()
      const gone = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
      try {
        process.kill(-(child.pid ?? 0), 'SIGKILL')
      } catch {
        // All of the group have ended.
      }
      await gone
    }
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise(closed => server.close(closed))
  return typeof address === 'object' && address !== null ? address.port : 0
}

function greeted(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1')
    const end = (answer: boolean) => {
      resolve(answer)
      socket.destroy()
    }
    socket.setTimeout(5_000, () => end(false))
    socket.on('error', () => end(false))
    socket.on('close', () => end(false))
    socket.on('data', data => end(/^\* OK/.test(data.toString('latin1'))))
  })
}
