import { connect, createServer, type Socket } from 'node:net'

/**
 * A process of its own: `lag-proxy.ts HALF_MS PORT...` listens on a free loopback port for each given one and passes bytes on unchanged, each
 * `HALF_MS` later than they came, in both directions; a new connection costs one round trip first. Bandwidth is not limited. It prints the
 * ports that it listens on as one JSON line, and ends when its standard input does.
 */
const [half = '20', ...targets] = process.argv.slice(2)
const halfMs = Number(half)

/** A line’s worth of bytes under way; a sender that is further ahead is made to wait, as by a TCP window. */
const windowBytes = 64 * 1024 * 1024

const listening = targets.map(Number).map(async target => {
  const server = createServer(client => {
    client.setNoDelay(true)
    client.pause()
    client.on('error', () => {})
    setTimeout(() => {
      if (client.destroyed) return
      const upstream = connect({ host: '127.0.0.1', port: target })
      upstream.setNoDelay(true)
      upstream.on('error', () => client.destroy())
      pass(client, upstream)
      pass(upstream, client)
      client.resume()
    }, 2 * halfMs)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
})
process.stdout.write(`${JSON.stringify(await Promise.all(listening))}\n`)
process.stdin.on('end', () => process.exit(0)).resume()

type Parcel = { due: number; data: Buffer | undefined }

/** Passes one direction on. The end travels like a byte, behind those before it. */
function pass(from: Socket, to: Socket): void {
  const parcels: Parcel[] = []
  let bytes = 0
  let waiting = false
  const deliver = () => {
    waiting = false
    const now = performance.now()
    for (let first = parcels[0]; first && first.due <= now; first = parcels[0]) {
      parcels.shift()
      if (first.data === undefined) return void to.end()
      bytes -= first.data.length
      to.write(first.data)
    }
    if (from.isPaused() && bytes + to.writableLength < windowBytes / 2) from.resume()
    const next = parcels[0]
    if (next) deliverIn(next.due - performance.now())
  }
  const deliverIn = (ms: number) => {
    if (waiting) return
    waiting = true
    setTimeout(deliver, Math.max(0, ms))
  }
  const put = (data: Buffer | undefined) => {
    parcels.push({ due: performance.now() + halfMs, data })
    deliverIn(halfMs)
  }
  to.on('drain', () => from.isPaused() && bytes < windowBytes / 2 && from.resume())
  from.on('data', data => {
    bytes += data.length
    put(data)
    if (bytes + to.writableLength > windowBytes) from.pause()
  })
  from.on('end', () => put(undefined))
  from.on('close', () => !from.readableEnded && to.destroy())
  from.on('error', () => to.destroy())
}
