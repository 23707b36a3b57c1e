import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A write at which something is to happen: the first whose method, path and body match, before it is done, or after, its answer lost. */
export type Strike = { step: string; write: RegExp; when: 'before' | 'after' }

/** A way to the tables of a storage emulator that strikes at each of these writes once, and lets all else through. */
export async function strikingTables(
  storage: string,
  strikes: readonly Strike[],
  strike: (step: string) => void,
): Promise<{ storage: string; stop(): Promise<void> }> {
  const port = Number(/TableEndpoint=http:\/\/127\.0\.0\.1:(\d+)/.exec(storage)?.[1])
  const left = new Set(strikes)
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = []
    incoming
      .on('data', chunk => chunks.push(chunk))
      .on('end', () => {
        const { method = 'GET', url = '/', headers } = incoming
        const body = Buffer.concat(chunks)
        const written = method === 'GET' ? '' : `${method} ${decodeURIComponent(url)} ${body}`
        const due = written === '' ? undefined : [...left].find(({ write }) => write.test(written))
        const hit = () => {
          if (due) strike(due.step)
          answer.destroy()
        }
        if (due) left.delete(due)
        if (due?.when === 'before') return hit()
        const upstream = request({ host: '127.0.0.1', port, method, path: url, headers }, response => {
          if (due) return void response.resume().on('end', hit)
          answer.writeHead(response.statusCode ?? 502, response.rawHeaders)
          response.pipe(answer)
        })
        upstream.on('error', () => answer.destroy()).end(body)
      })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own = (server.address() as AddressInfo).port
  return {
    storage: storage.replace(/(TableEndpoint=http:\/\/127\.0\.0\.1:)\d+/, `$1${own}`),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
