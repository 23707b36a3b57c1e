import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Azurite } from '../sandbox/azurite.ts'

/** Storage whose queues deliver more often than once. `sent` and `lost` count what was done to messages. */
export type UnkindQueues = { connectionString: string; sent: number; lost: number; close(): void }

/**
 * A way to the emulator on which every message is sent twice, and the first deletion of each is lost, as the service is free to do: so
 * each is handled four times at least, twice at once and twice after its lease has ended.
 */
export async function unkindQueues({ connectionString, ports }: Azurite): Promise<UnkindQueues> {
  const deleted = new Set<string>()
  const unkind = { sent: 0, lost: 0 }
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body: Buffer[] = []
    for await (const chunk of incoming) body.push(chunk as Buffer)
    const path = incoming.url ?? '/'
    const [, message] = /\/messages\/([^/?]+)/.exec(path) ?? []
    if (incoming.method === 'DELETE' && message !== undefined && !deleted.has(message)) {
      deleted.add(message)
      unkind.lost += 1
      outgoing.writeHead(204).end()
      return
    }
    const passed = await pass(incoming, Buffer.concat(body), ports.queue)
    if (incoming.method === 'POST' && /\/messages(\?|$)/.test(path)) {
      unkind.sent += 1
      await pass(incoming, Buffer.concat(body), ports.queue)
    }
    outgoing.writeHead(passed.status, passed.headers).end(passed.body)
  }
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => outgoing.destroy())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return Object.assign(unkind, {
    connectionString: connectionString.replace(`:${ports.queue}/`, `:${port}/`),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  })
}

type Passed = { status: number; headers: IncomingMessage['headers']; body: Buffer }

/** The signature of a request covers its path and headers but not its host, so it may be sent on, and sent again. */
function pass(incoming: IncomingMessage, body: Buffer, port: number): Promise<Passed> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: incoming.url, method: incoming.method, headers: incoming.headers }
    const onward = request(options, answered => {
      const chunks: Buffer[] = []
      answered.on('data', chunk => chunks.push(chunk))
      answered.on('error', reject)
      answered.on('end', () => {
        const { 'transfer-encoding': _, ...headers } = answered.headers
        resolve({ status: answered.statusCode ?? 500, headers, body: Buffer.concat(chunks) })
      })
    })
    onward.on('error', reject)
    onward.end(body)
  })
}
