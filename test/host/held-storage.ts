import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A way to the storage on which answers can be held back, and which remembers every call as `METHOD status`. */
export type HeldStorage = {
  /** The queue endpoint's port. */
  port: number
  calls: string[]
  /** Resolves when storage has answered the next call of that method, whose answer then waits for the returned function. */
  hold: (method: string) => Promise<() => void>
  close: () => void
}

/** Stands between a client and the queue endpoint at that port of this machine. */
export async function heldStorage(queuePort: number): Promise<HeldStorage> {
  const calls: string[] = []
  const holds: { method: string; answered: (release: () => void) => void }[] = []
  const server = createServer((request, response) => void pass(request, response))

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const forward = send({
      port: queuePort,
      host: '127.0.0.1',
      method: request.method,
      path: request.url,
      headers: request.headers,
    })
    request.pipe(forward)
    const [answer] = (await once(forward, 'response')) as [IncomingMessage]
    calls.push(`${request.method} ${answer.statusCode}`)
    const at = holds.findIndex(hold => hold.method === request.method)
    const [held] = at >= 0 ? holds.splice(at, 1) : []
    if (held) await new Promise<void>(release => held.answered(release))
    response.writeHead(answer.statusCode ?? 500, answer.headers)
    answer.pipe(response)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    calls,
    hold: method => new Promise(answered => holds.push({ method, answered })),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
