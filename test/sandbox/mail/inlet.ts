import type { Socket } from 'node:net'

/** Unread bytes beyond which the other side is made to wait. */
const highWater = 1 << 20

/** A socket read on request: lines and runs of bytes, in order. `undefined` is its end, also where it broke. */
export class Inlet {
  private readonly socket: Socket
  private held: Buffer = Buffer.alloc(0)
  private ended = false
  private wake: (() => void) | undefined

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', chunk => {
      this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
      if (this.held.length > highWater) socket.pause()
      this.wake?.()
    })
    const end = () => {
      this.ended = true
      this.wake?.()
    }
    socket.on('end', end)
    socket.on('close', end)
    socket.on('error', end)
  }

  /** The next line without its end, one character per byte. */
  async line(): Promise<string | undefined> {
    for (let from = 0; ; ) {
      const end = this.held.indexOf(10, from)
      if (end >= 0)
        return this.shift(end + 1)
          .toString('latin1')
          .replace(/\r?\n$/, '')
      from = this.held.length
      if (!(await this.more())) return undefined
    }
  }

  /** At least one byte and at most `limit`, as they come. */
  async some(limit: number): Promise<Buffer | undefined> {
    while (this.held.length === 0) if (!(await this.more())) return undefined
    return this.shift(Math.min(limit, this.held.length))
  }

  /** Exactly so many bytes. */
  async take(count: number): Promise<Buffer | undefined> {
    const pieces: Buffer[] = []
    for (let left = count; left > 0; ) {
      const piece = await this.some(left)
      if (piece === undefined) return undefined
      pieces.push(piece)
      left -= piece.length
    }
    return Buffer.concat(pieces)
  }

  private shift(count: number): Buffer {
    const piece = this.held.subarray(0, count)
    this.held = this.held.subarray(count)
    return piece
  }

  private async more(): Promise<boolean> {
    if (this.ended) return false
    const before = this.held.length
    this.socket.resume()
    await new Promise<void>(resolve => {
      this.wake = resolve
    })
    this.wake = undefined
    return this.held.length > before || !this.ended
  }
}

/** Writes, and waits while the other side does not read; a socket that is gone swallows what is written. */
export async function put(socket: Socket, bytes: Buffer | string): Promise<void> {
  if (socket.destroyed || socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)) return
  await new Promise<void>(resolve => {
    const go = () => {
      socket.off('drain', go)
      socket.off('close', go)
      resolve()
    }
    socket.on('drain', go)
    socket.on('close', go)
  })
}
