import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The built app in the local host, in a process of its own, as `npm start` runs it. */
export type HostProcess = {
  url: string
  pid: number
  /** Everything it has printed so far. */
  output(): string
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answered>
  kill9(): Promise<void>
  stop(): Promise<number | null>
}

export type Answered = { status: number; text: string; json: Record<string, unknown>; headers: Headers }

export const hostKey = 'e2e-host-key'
const root = resolve(import.meta.dirname, '../..')

/** Starts the host on a free port with settings over those of the example; resolves when it serves. */
export async function startHostProcess(settings: Record<string, string>): Promise<HostProcess> {
  const state = mkdtempSync(join(tmpdir(), 'releve-host-'))
  const env = { ...process.env, PORT: '0', FUNCTIONS_HOST_KEY: hostKey, ...settings }
  const child = spawn(process.execPath, [join(root, 'test/host/start.ts')], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
  })
  child.stderr.on('data', chunk => {
    output += chunk
  })
  const ended = once(child, 'exit').then(() => rmSync(state, { recursive: true, force: true }))
  const url = await ready(child, () => output)
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    call: (method, path, body, headers = {}) => call(url, method, path, body, headers),
    async kill9() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

async function ready(child: ChildProcess, output: () => string): Promise<string> {
  for (;;) {
    const url = /^ready (http:\S+)$/m.exec(output())?.[1]
    if (url) return url
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the host did not start:\n${output()}`)
    await new Promise(done => setTimeout(done, 50))
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
  host: HostProcess,
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
