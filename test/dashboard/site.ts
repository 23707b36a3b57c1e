import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import type { HttpResponseInit } from '@azure/functions'
import { act, actions, calendarActions } from '../../shared/commands/act.ts'
import { sayDone } from '../../shared/commands/done.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { mailboxList, mailboxStatus, waveExceptions } from '../../shared/commands/mailbox-status.ts'
import { waveReport } from '../../shared/commands/report.ts'
import { waveList, waveStatus } from '../../shared/commands/status.ts'
import { updateWave } from '../../shared/commands/update.ts'
import { dashboard } from '../../shared/dashboard/page.ts'
import { Refusal } from '../../shared/errors.ts'
import { asking, type Known } from '../../shared/operators.ts'
import type { App } from '../../shared/ports.ts'

export const siteKey = 'site-key'

/** The page as it ships, and an API that answers by the real commands. */
export type Site = {
  url: string
  /** Every request to the API so far: `POST waves/w/hold {…}`. */
  readonly calls: Call[]
  /** While true, connections are dropped: the server cannot be reached. */
  down: boolean
  stop(): Promise<void>
}

export type Call = { method: string; path: string; key: string | undefined; operator: string | undefined; body: unknown }

/** Compiles the page’s program as `npm run build` does, and serves it beside the commands over the given app. */
export async function startSite(app: App, known: Known = {}): Promise<Site> {
  const dist = mkdtempSync(join(tmpdir(), 'dashboard-'))
  const root = resolve(import.meta.dirname, '../..')
  await compile(root, dist)
  const { page, module } = dashboard(pathToFileURL(`${dist}/shared/dashboard/browser/`))
  const site = { url: '', calls: [] as Call[], down: false }
  const server = await serve(async (request, response) => {
    if (site.down) return void request.destroy()
    const url = new URL(request.url ?? '/', 'http://site.example')
    const path = url.pathname.replace(/^\/api\//, '')
    const asset = /^dashboard\/([^/]+)$/.exec(path)?.[1]
    const answer =
      path === 'dashboard'
        ? await page()
        : asset !== undefined
          ? await module(asset, request.headers['if-none-match'] ?? null)
          : await api(app, known, site.calls, request, path, url.searchParams.get('dryRun'))
    response.writeHead(answer.status ?? 200, answer.headers as Record<string, string>)
    response.end(answer.body as string | Uint8Array | undefined)
  })
  site.url = `${server.url}/api/dashboard`
  return Object.assign(site, {
    async stop() {
      server.stop()
      rmSync(dist, { recursive: true, force: true })
    },
  })
}

/** A server on this machine, for a page alone: where it is, and how it is stopped. */
export async function serve(answer: RequestListener): Promise<{ url: string; stop(): void }> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function api(
  app: App,
  known: Known,
  calls: Call[],
  request: IncomingMessage,
  path: string,
  dryRun: string | null,
): Promise<HttpResponseInit> {
  const text = (await buffer(request)).toString()
  const key = header(request, 'x-functions-key')
  const operator = header(request, 'x-operator')
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  calls.push({ method: request.method ?? '', path: dryRun === null ? path : `${path}?dryRun=${dryRun}`, key, operator, body })
  if (key !== siteKey) return { status: 401 }
  const [, wave, part, rest] = path.split('/').map(decodeURIComponent)
  try {
    const headers = { get: (name: string) => header(request, name) ?? null }
    const { who, refusal } = asking(known, headers, request.method === 'GET' ? 'look' : 'order')
    if (refusal) throw refusal
    if (request.method === 'POST' && wave && isAction(part)) return json(202, await act(app, wave, part, body, who))
    if (request.method === 'POST' && wave && part === 'done') return json(202, await sayDone(app, wave, body, who))
    if (request.method === 'POST' && wave && part === 'update') {
      const { dry, result } = await carryOut(app, dryRun, on => updateWave(on, wave, body, who))
      return json(dry ? 200 : 202, result)
    }
    if (wave === undefined) return json(200, await waveList(app))
    if (part === undefined) return json(200, await waveStatus(app, wave))
    if (part === 'exceptions') return json(200, await waveExceptions(app, wave))
    if (part.startsWith('report.')) return await waveReport(app, wave, part.slice(7))
    return json(200, rest === undefined ? await mailboxList(app, wave) : await mailboxStatus(app, wave, rest))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, details } = error
    return json(error.status, { error: { code, message, details } })
  }
}

function json(status: number, body: unknown): HttpResponseInit {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) }
}

function isAction(part: string | undefined): part is Parameters<typeof act>[2] {
  return [...actions, ...calendarActions].some(action => action === part)
}

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

/** Without checking types: that is `npm run check`’s, and here it would only take time. */
async function compile(root: string, dist: string): Promise<void> {
  symlinkSync(join(root, 'node_modules'), join(dist, 'node_modules'))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  await new Promise<void>((done, failed) => {
    execFile(process.execPath, [tsc, '-p', join(root, 'tsconfig.json'), '--outDir', dist, '--noCheck'], error =>
      error ? failed(error) : done(),
    )
  })
}
