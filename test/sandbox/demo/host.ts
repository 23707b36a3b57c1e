import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { hostArguments, hostEnv } from '../../host/as-started.ts'

/** The built app in the local host, in a process of its own. */
export type DemoHost = {
  url: string
  key: string
  /** Calls the app; throws with its words where it refuses. */
  call<T>(method: string, path: string, body?: string, type?: string, operator?: string): Promise<T>
  /** All that it has printed. */
  output(): string
  stop(): Promise<void>
}

const root = resolve(import.meta.dirname, '../../..')

/** Starts it on a free port with these settings, and its output in this file; it ends with this process, however that ends. */
export async function startDemoHost(settings: Record<string, string>, log: string): Promise<DemoHost> {
  const env = { ...process.env, ...hostEnv, PORT: '0', ...settings }
  const command = ['--pdeathsig', 'TERM', process.execPath, ...hostArguments, 'dist/test/host/start.js']
  const child = spawn('setpriv', command, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let ended = false
  const exit = once(child, 'exit').then(() => {
    ended = true
  })
  const ready = Promise.withResolvers<string>()
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      appendFileSync(log, chunk)
      const url = /^ready (http:\S+)$/m.exec(output)?.[1]
      if (url) ready.resolve(url)
    })
  const failed = exit.then(() => Promise.reject(new Error(`The host ended. Its last words:\n${output.slice(-1500)}`)))
  const url = await Promise.race([ready.promise, failed])
  failed.catch(() => undefined)
  const key = settings.FUNCTIONS_HOST_KEY ?? ''
  return {
    url,
    key,
    output: () => output,
    async call<T>(method: string, path: string, body?: string, type = 'application/json', operator?: string) {
      if (ended) await failed
      const who = operator === undefined ? {} : { 'x-operator': operator }
      const headers = { 'x-functions-key': key, ...who, ...(body === undefined ? {} : { 'content-type': type }) }
      const response = await fetch(`${url}/api/${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} /api/${path} was answered with ${response.status}: ${text}`)
      return JSON.parse(text) as T
    },
    async stop() {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await exit
      clearTimeout(patience)
    },
  }
}
