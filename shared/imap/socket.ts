import type { Socket } from 'node:net'

/** One buffer that a socket reads into again and again: a new one for each read keeps the garbage collector busier than the copy itself. */
export class Reader {
  private early: Buffer[] = []
  private feed: ((data: Buffer) => void) | undefined
  readonly options = {
    buffer: Buffer.allocUnsafeSlow(256 * 1024),
    callback: (bytes: number, buffer: Uint8Array) => {
      const data = Buffer.from(buffer.buffer, buffer.byteOffset, bytes)
      if (this.feed) this.feed(data)
      else this.early.push(Buffer.from(data))
      return true
    },
  }

  /** Where to; what came before is handed over first. */
  to(feed: (data: Buffer) => void): void {
    this.feed = feed
    for (const data of this.early.splice(0)) feed(data)
  }
}

const deadlineMs = 20_000

/** Waits for something that a silent peer must not hold up for ever. */
export async function withDeadline<T>(socket: Socket, work: Promise<T>): Promise<T> {
  const late = Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })
  const timer = setTimeout(() => socket.destroy(late), deadlineMs)
  try {
    return await work
  } finally {
    clearTimeout(timer)
  }
}
