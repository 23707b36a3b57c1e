/** Buffers up to this size are kept for the next message; larger ones pass through in pieces. */
const largest = 2 * 1024 * 1024
const smallest = 4 * 1024

/** How much memory a message takes: a tiny one as much as the smallest buffer. */
export function memoryOf({ length }: Uint8Array): number {
  return Math.max(length, smallest)
}

/**
 * Memory of messages, used again and again: a new buffer for every message keeps the garbage collector busier than the copy. What is given back
 * and not kept is freed at once, not when the collector next looks at all that is old. What is never given back is collected as any other buffer.
 */
export class Memory {
  private readonly free = new Map<number, ArrayBuffer[]>()
  private kept = 0
  private wanted = false
  private resting: NodeJS.Timeout | undefined
  private readonly most: number
  private readonly restMs: number

  /** `most`: how many bytes may wait to be used again. `restMs`: once nothing was taken for so long, twice at the most, none do. */
  constructor(most: number, restMs = 1_000) {
    this.most = most
    this.restMs = restMs
  }

  take(bytes: number): Buffer {
    if (bytes > largest) return Buffer.allocUnsafeSlow(bytes)
    this.wanted = true
    const size = sizeFor(bytes)
    const block = this.free.get(size)?.pop()
    if (block) this.kept -= size
    return block ? Buffer.from(block, 0, bytes) : Buffer.allocUnsafeSlow(size).subarray(0, bytes)
  }

  /** Gives back what `take` gave; it must not be looked at any more. */
  give({ buffer }: Buffer): void {
    const size = buffer.byteLength
    if (!(buffer instanceof ArrayBuffer) || size > largest || sizeFor(size) !== size) return
    if (this.kept + size > this.most) return void buffer.transfer(0)
    this.kept += size
    this.resting ??= this.rest()
    const same = this.free.get(size)
    if (same) same.push(buffer)
    else this.free.set(size, [buffer])
  }

  private rest(): NodeJS.Timeout {
    return setTimeout(() => {
      this.resting = this.wanted ? this.rest() : this.clear()
      this.wanted = false
    }, this.restMs).unref()
  }

  private clear(): undefined {
    for (const blocks of this.free.values()) for (const block of blocks) block.transfer(0)
    this.free.clear()
    this.kept = 0
  }
}

/** The next quarter on the way to a power of two: little of a buffer stays empty. */
function sizeFor(bytes: number): number {
  if (bytes <= smallest) return smallest
  const step = 2 ** Math.ceil(Math.log2(bytes)) / 8
  return Math.ceil(bytes / step) * step
}

/** The memory of all connections of this process: what is freed is zeroed by the kernel page for page when it is wanted again. */
export const memory = new Memory(40 * 1024 * 1024)
