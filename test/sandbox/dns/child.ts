import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { ask } from '../../../shared/dns/ask.ts'

/** A name server of ours that runs. `server` is where to ask it, `host:port`. Stopped twice is stopped once. */
export type NameServer = { server: string; port: number; pid: number; stop(signal?: NodeJS.Signals): Promise<void> }

export type Start = { command: string; args: string[]; dir: string; address: string; port: number; ready: string[] }

/**
 * Starts a name server in the foreground as our child and waits until it answers for every zone in `ready`. Its output goes to
 * `<dir>/<command>.log`, whose end is in the error when it does not come up. It dies with this process,
 * however that ends.
 */
export async function startChild({ command, args, dir, address, port, ready }: Start): Promise<NameServer> {
  const log = `${dir}/${command}.log`
  const out = openSync(log, 'w')
  // Debian keeps servers in sbin, which is not on everyone's path.
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` }
  // pdeathsig: no way in which this process can end leaves the server behind.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], { cwd: dir, env, stdio: ['ignore', out, out] })
  closeSync(out)
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()).once('error', () => resolve()))
  const server = `${address}:${port}`
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const patience = setTimeout(() => child.kill('SIGKILL'), 5_000)
    await ended
    clearTimeout(patience)
  }
  try {
    await untilReady(child, server, ready)
  } catch (error) {
    await stop('SIGKILL')
    const tail = readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')
    throw new Error(
      `${command} did not come up at ${server}: is it installed (test/setup.sh), may it write to ${dir}?\n${tail}`,
      {
        cause: error,
      },
    )
  }
  return { server, port, pid: child.pid ?? 0, stop }
}

/**
 * A port that is free for UDP and TCP at all the addresses, at the time of asking. Below the range from which the kernel gives
 * ports to outgoing connections, so that none of those takes it meanwhile.
 */
export async function freePort(...addresses: string[]): Promise<number> {
  for (;;) {
    const port = randomInt(12_000, 32_000)
    const free = await Promise.all((addresses.length > 0 ? addresses : ['127.0.0.1']).map(address => isFree(address, port)))
    if (free.every(Boolean)) return port
  }
}

async function isFree(address: string, port: number): Promise<boolean> {
  const tcp = createServer().listen(port, address)
  const udp = createSocket('udp4').bind(port, address)
  const bound = await Promise.allSettled([once(tcp, 'listening'), once(udp, 'listening')])
  tcp.close()
  udp.close()
  return bound.every(one => one.status === 'fulfilled')
}

async function untilReady(child: ChildProcess, server: string, zones: string[]): Promise<void> {
  const until = Date.now() + 20_000
  for (const zone of zones) {
    for (;;) {
      const reply = await ask({ server, name: zone, type: 'SOA', deadlineMs: 1_000 }).catch(() => undefined)
      if (reply?.flag_aa && reply.answers.length > 0) break
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) throw new Error('it ended')
      if (Date.now() > until) throw new Error(`no answer for ${zone} within 20 s`)
      await pause(20)
    }
  }
}
