import type { Socket } from 'node:net'

/** What all sockets read into, again and again: each read is taken up before the next, and one buffer stays in the processor's cache. */
const readInto = Buffer.allocUnsafeSlow(128 * 1024)

/** Takes what is read; `room`: asked after each read where the next is to go, if it matters. */
type Into = { feed(data: Buffer): void; room(): Buffer | undefined }

/** Reads without a new buffer for each: those keep the garbage collector busier than the copy itself. */
export class Reader {
  private early: Buffer[] = []
  private input: (() => Into) | undefined
  readonly options = {
    buffer: () => this.input?.().room() ?? readInto,
    callback: (bytes: number, buffer: Uint8Array) => {
      const data = Buffer.from(buffer.buffer, buffer.byteOffset, bytes)
      if (this.input) this.input().feed(data)
      else this.early.push(Buffer.from(data))
      return true
    },
  }

  /** Where to; what came before is handed over first. */
  to(input: () => Into): void {
    this.input = input
    for (const data of this.early.splice(0)) input().feed(data)
  }
}

/** How long a connection is listened to whose writes fail, ms. */
const hearMs = 500

/**
 * A write that fails destroys a socket, and with it what the other side said before it closed: that it asks for patience, and for how long. So
 * it is read for a moment more.
 */
export function hearOut(socket: Socket): void {
  const destroy = socket.destroy.bind(socket)
  let ending = false
  socket.destroy = error => {
    if ((error as NodeJS.ErrnoException | undefined)?.syscall !== 'write') return destroy(error)
    if (!ending) setTimeout(() => destroy(error), hearMs)
    ending = true
    return socket
  }
}

/** How long a connection and its greeting may take, ms; a sign-in longer, since the directory behind it can be slow. */
const deadlineMs = 20_000
export const signInMs = 60_000

/** Waits for something that a silent peer must not hold up for ever. */
export async function withDeadline<T>(socket: Socket, work: Promise<T>, ms = deadlineMs): Promise<T> {
  const late = Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })
  const timer = setTimeout(() => socket.destroy(late), ms)
  try {
    return await work
  } finally {
    clearTimeout(timer)
  }
}
