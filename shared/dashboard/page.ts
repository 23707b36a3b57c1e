import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { HttpResponseInit } from '@azure/functions'
import { styles } from './styles.ts'

/** The page and the modules of its program, which stand compiled in a folder. */
export type Dashboard = {
  /** The page itself. It holds no data: whoever has no key sees a form. */
  page(): Promise<HttpResponseInit>
  /** One module by its file name; 304 where the browser has it already, 404 where there is none. */
  module(name: string, ifNoneMatch: string | null): Promise<HttpResponseInit>
}

/** Serves the modules of a folder (`…/browser/`) and the page that starts its `main.js`. */
export function dashboard(folder: URL): Dashboard {
  const names = once(async () => (await readdir(folder)).filter(name => name.endsWith('.js')))
  const sources = new Map<string, Promise<{ body: string; etag: string }>>()
  const sourceOf = (name: string) => {
    const source = sources.get(name) ?? read(new URL(name, folder))
    sources.set(name, source)
    source.catch(() => sources.delete(name))
    return source
  }
  return {
    async page() {
      const nonce = randomBytes(16).toString('base64')
      return { status: 200, headers: headersOf(nonce), body: html(nonce, await names()) }
    },
    async module(name, ifNoneMatch) {
      if (!(await names()).includes(name))
        return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'There is no such module.\n' }
      const { body, etag } = await sourceOf(name)
      const headers = { ...always, etag, 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }
      return ifNoneMatch === etag ? { status: 304, headers } : { status: 200, headers, body }
    },
  }
}

const always = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
}

/**
 * Only what carries this answer’s nonce runs or styles, only this origin is spoken to, nobody frames the page, and no text can become
 * markup (Trusted Types without any policy). The nonce passes on to the modules that a module imports.
 */
function headersOf(nonce: string): Record<string, string> {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `connect-src 'self'`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ]
  return {
    ...always,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
  }
}

const icon =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Crect width=%2216%22 height=%2216%22 rx=%223%22 fill=%22%230b5cad%22/%3E%3Cpath d=%22M3 5l5 4 5-4M3 5v7h10V5%22 fill=%22none%22 stroke=%22white%22 stroke-width=%221.5%22/%3E%3C/svg%3E'

/** The sentences of each language; a page fetches those of its own. */
const seldom = /^(?:causes|waits|hints|warnings)-/

function html(nonce: string, modules: readonly string[]): string {
  const preloads = modules
    .filter(name => !seldom.test(name))
    .map(name => `<link rel="modulepreload" nonce="${nonce}" href="dashboard/${name}">`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Relève</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="${icon}">
<style nonce="${nonce}">${styles}</style>
${preloads.join('\n')}
<script type="module" nonce="${nonce}" src="dashboard/main.js"></script>
</head>
<body><noscript><p>This page needs JavaScript. The same answers: <code>GET /api/waves</code>.</p></noscript></body>
</html>
`
}

async function read(url: URL): Promise<{ body: string; etag: string }> {
  const body = await readFile(url, 'utf8')
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
