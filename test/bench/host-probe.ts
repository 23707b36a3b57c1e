import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import type { ClientRequest } from 'node:http'
import { Session } from 'node:inspector/promises'
import { dirname } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/**
 * Loaded into the host by `--import` when it is measured: four times a second it adds a line to the file in BENCH_PROBE with what the storage was
 * asked (idle looks into queues apart), how long at least one request was under way, memory, and how long the event loop stood still.
 */
const file = process.env.BENCH_PROBE
if (file) {
  const loop = monitorEventLoopDelay({ resolution: 5 })
  loop.enable()
  const began = new WeakMap<ClientRequest, number>()
  const counts: Record<string, number> = {}
  let under = 0
  let since = 0
  let stateMs = 0
  let requestMs = 0
  subscribe('http.client.request.start', message => {
    const { request } = message as { request: ClientRequest }
    const name = nameOf(request)
    counts[name] = (counts[name] ?? 0) + 1
    if (name === 'look') return
    began.set(request, performance.now())
    if (under++ === 0) since = performance.now()
  })
  const ended = (message: unknown) => {
    const { request } = message as { request: ClientRequest }
    const at = began.get(request)
    if (at === undefined) return
    began.delete(request)
    requestMs += performance.now() - at
    if (--under === 0) stateMs += performance.now() - since
  }
  subscribe('http.client.response.finish', ended)
  subscribe('http.client.request.error', ended)
  const timer = setInterval(() => {
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
    const memory = { rss, heapUsed, external, arrayBuffers }
    const { user, system } = process.cpuUsage()
    const busy = { cpuMs: (user + system) / 1000, stallMs: loop.max / 1e6 }
    loop.reset()
    const state = stateMs + (under > 0 ? performance.now() - since : 0)
    appendFileSync(file, `${JSON.stringify({ at: Date.now(), ...memory, ...busy, stateMs: state, requestMs, counts })}\n`)
  }, 250)
  timer.unref()
}

/** From a SIGUSR2 until it is told to end, the processor profile goes into the file in BENCH_PROFILE. */
const { BENCH_PROFILE: kept } = process.env
if (kept)
  process.once('SIGUSR2', async () => {
    const session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.start')
    process.once('SIGTERM', async () => {
      const { profile } = await session.post('Profiler.stop')
      mkdirSync(dirname(kept), { recursive: true })
      writeFileSync(kept, JSON.stringify(profile))
    })
  })

/** `insert Chunks`, `get Mailboxes`, `send`; a queue that is looked into for work is `look`. */
function nameOf({ method, path }: ClientRequest): string {
  const [, , rest = ''] = path.split('?')[0]?.split('/') ?? []
  const of = rest.replace(/\(.*/, '')
  if (/\/messages/.test(path)) return method === 'GET' ? 'look' : `${verbs[method] ?? method} message`
  if (path.includes('/$batch')) return 'batch'
  return `${path.includes('()') && method === 'GET' ? 'list' : (verbs[method] ?? method)} ${of}`
}

const verbs: Readonly<Record<string, string>> = { GET: 'get', POST: 'insert', PUT: 'replace', PATCH: 'merge', DELETE: 'delete' }
