import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { hostArguments, hostEnv } from '../host/as-started.ts'
import { appCopy } from './app-copy.ts'

/** The built app in the local host, in a process of its own, as `npm start` runs it. */
export type HostProcess = {
  url: string
  pid: number
  /** Everything it has printed so far. */
  output(): string
  /** Resolves when it prints something more. */
  more(): Promise<void>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
  kill9(): Promise<void>
  /** Drains it; its exit code. One that does not end within a minute is killed (null). */
  stop(): Promise<number | null>
}

export type Answered = { status: number; text: string; json: Record<string, unknown>; headers: Headers }

/** How the host is run. `leaseMs` shortens the queue messages’ lease (renewed every quarter of it), so that a suite waits for seconds. */
export type HostShape = { leaseMs?: number; nodeOptions?: readonly string[] }

export const hostKey = 'e2e-host-key'

/** Starts the host on a free port with settings over those of the example; resolves when it serves. It dies with this process. */
export async function startHostProcess(settings: Record<string, string>, shape: HostShape = {}): Promise<HostProcess> {
  const { leaseMs, nodeOptions = [] } = shape
  const cwd = appCopy()
  // Its modules lie elsewhere each time, and would only fill the cache.
  const env = { ...process.env, NODE_COMPILE_CACHE: undefined, ...hostEnv, PORT: '0', FUNCTIONS_HOST_KEY: hostKey, ...settings }
  const times = leaseMs === undefined ? [] : [leaseMs, leaseMs / 4, 20_000].map(String)
  const entry = join('dist/test/host', leaseMs === undefined ? 'start.js' : 'quick-start.js')
  const command = ['--pdeathsig', 'KILL', process.execPath, ...hostArguments, ...nodeOptions, entry, ...times]
  const child = spawn('setpriv', command, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const waiting: (() => void)[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output += text
      for (const told of waiting.splice(0)) told()
    })
  const ended = once(child, 'close')
  const url = await ready(child, () => output)
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    more: () => new Promise(told => void waiting.push(told)),
    call: (method, path, body, headers = {}) => call(url, method, path, body, headers),
    async kill9() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 60_000)
      await ended
      clearTimeout(patience)
      return child.exitCode
    },
  }
}

async function ready(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const url = /^ready (http:\S+)$/m.exec(output())?.[1]
    if (url) return url
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the host did not start:\n${output()}`)
    await new Promise(done => setTimeout(done, 20))
  }
}

async function call(
  url: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answered> {
  const text =
    typeof body === 'string' || body instanceof Uint8Array ? body : body === undefined ? undefined : JSON.stringify(body)
  const type = typeof body === 'object' && !(body instanceof Uint8Array) ? { 'content-type': 'application/json' } : {}
  const init = {
    method,
    headers: { 'x-functions-key': hostKey, ...type, ...headers },
    ...(text === undefined ? {} : { body: text as BodyInit }),
  }
  const response = await fetch(`${url}/api/${path}`, init)
  const answered = await response.text()
  let json: Record<string, unknown> = {}
  try {
    json = JSON.parse(answered)
  } catch {}
  return { status: response.status, text: answered, json, headers: response.headers }
}

/** Asks until `done` is satisfied; throws with the last answer after `boundMs`. */
export async function until(
  host: Pick<HostProcess, 'call' | 'output'>,
  path: string,
  done: (json: Answered['json']) => boolean,
  boundMs = 60_000,
): Promise<Answered['json']> {
  const end = Date.now() + boundMs
  for (;;) {
    const { json, text } = await host.call('GET', path)
    if (done(json)) return json
    if (Date.now() > end) throw new Error(`${path} did not get there in ${boundMs} ms: ${text}\n${host.output().slice(-3000)}`)
    await new Promise(after => setTimeout(after, 100))
  }
}
