import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/**
 * What happens to the wires of a proxy from now on. `bytes`: cut after so many more, wherever that is; `ms`: answers are kept back so long, then cut; `text`: each wire is
 * cut where it is to carry that, and what it gathered before is lost with it, as with a server that falls with its answers unsent.
 */
export type Trouble =
  | { kind: 'cut'; bytes: number }
  | { kind: 'late'; ms: number }
  | { kind: 'at'; text: string }
  | { kind: 'busy' }
  | undefined

/** A loopback proxy before one server. */
export type Between = { port: number; trouble(next: Trouble): void; struck(): number; stop(): void }

const busy = 'HTTP/1.1 503 Server Busy\r\nx-ms-error-code: ServerBusy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n'

/** Passes bytes on unchanged, until it is told to make trouble. `busy` answers every request in place of a storage that has too much to do. */
export async function startProxy(target: number): Promise<Between> {
  let trouble: Trouble
  let left = 0
  let struck = 0
  /** Wires that pass bytes on. One that lost any passes none any more: TCP knows no holes. */
  const pairs = new Set<[Socket, Socket]>()
  const cut = (some: Iterable<[Socket, Socket]>) => {
    for (const pair of some) for (const socket of pair) socket.destroy()
  }
  const server = createServer(client => {
    const upstream = connect(target, '127.0.0.1')
    let mute = false
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    for (const [from, to] of [pair, [upstream, client] as const]) {
      from.setNoDelay(true)
      from.on('error', () => undefined)
      from.on('close', () => {
        to.destroy()
        pairs.delete(pair)
      })
      let gathered: Buffer[] | undefined
      const passOn = (text: string) => {
        const all = Buffer.concat(gathered ?? [])
        gathered = undefined
        if (!pairs.has(pair)) return
        if (!all.includes(text)) return void to.write(all)
        struck += 1
        cut([pair])
      }
      from.on('data', data => {
        if (!pairs.has(pair) || (mute && from === upstream)) return
        if (trouble?.kind === 'at') {
          if (!gathered) setTimeout(passOn, 10, trouble.text)
          gathered = [...(gathered ?? []), data]
          return
        }
        if (trouble?.kind === 'cut') {
          const part = data.subarray(0, left)
          left -= part.length
          to.write(part)
          if (left > 0) return
          trouble = undefined
          struck += 1
          const all = [...pairs]
          pairs.clear()
          // What was let through is to leave before its wire ends.
          return void setImmediate(cut, all)
        }
        if (trouble?.kind === 'busy' && from === client) {
          struck += 1
          return void client.end(busy)
        }
        if (trouble?.kind === 'late' && from === upstream) {
          struck += 1
          // What is asked is still done.
          mute = true
          return void setTimeout(cut, trouble.ms, [pair])
        }
        to.write(data)
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    trouble(next) {
      trouble = next
      left = next?.kind === 'cut' ? next.bytes : 0
    },
    struck: () => struck,
    stop() {
      server.close()
      cut(pairs)
    },
  }
}
