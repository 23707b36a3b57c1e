import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** A TCP server that says what a test wants: `respond` gets each message and answers with octets, or with null to hang up. */
export type Scripted = { server: string; asked: Buffer[]; close(): Promise<void> }

export async function scripted(
  respond: (message: Buffer) => Promise<Buffer | null | 'silence'> | Buffer | null | 'silence',
): Promise<Scripted> {
  const asked: Buffer[] = []
  const sockets = new Set<Socket>()
  const listener = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    let received = Buffer.alloc(0)
    socket.on('data', async chunk => {
      received = Buffer.concat([received, chunk])
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return
      const message = received.subarray(2, 2 + received.readUInt16BE(0))
      asked.push(message)
      const answer = await respond(message)
      if (answer === null) return socket.destroy()
      if (answer === 'silence') return
      const length = Buffer.alloc(2)
      length.writeUInt16BE(answer.length)
      socket.write(Buffer.concat([length, answer]))
    })
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const bound = listener.address()
  const port = typeof bound === 'object' && bound ? bound.port : 0
  const close = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise(resolve => listener.close(resolve))
  }
  return { server: `127.0.0.1:${port}`, asked, close }
}

/** The bare answer to a message: its header with QR and AA set and the rcode, its question, nothing else. */
export function bareAnswer(message: Buffer, rcode = 0): Buffer {
  let end = 12
  while ((message[end] ?? 0) !== 0) end += (message[end] ?? 0) + 1
  const answer = Buffer.from(message.subarray(0, end + 5))
  answer.writeUInt16BE((message.readUInt16BE(2) & 0x7800) | 0x8400 | rcode, 2)
  answer.fill(0, 6, 12)
  return answer
}
