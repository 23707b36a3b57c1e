import type { Body } from '../source/source.ts'

/**
 * How many bytes all copies of this process keep until they were read back, of small messages and of large ones. What is not kept is hashed again
 * instead of compared.
 */
const small = { mostBytes: 8 * 1024 * 1024, bytes: 0 }
const large = { mostBytes: 24 * 1024 * 1024, bytes: 0 }

/** What a message takes while it is kept: a tiny one a whole buffer, or 100,000 of them would be hundreds of megabytes that nobody counts. */
const memoryOf = ({ length }: Buffer) => Math.max(length, 4096)

/** The bytes of a message as sent. `release`: nobody looks at them any more. */
export type Kept = { pieces: readonly Buffer[]; release(): void }

/** Is there room for one more? */
export function hasRoom(raw: Buffer): boolean {
  return small.bytes + memoryOf(raw) <= small.mostBytes
}

/** Keeps a message until it was read back; `free` gives its memory back. */
export function keep(raw: Buffer, free: (() => void) | undefined): Kept {
  small.bytes += memoryOf(raw)
  const release = () => {
    small.bytes -= memoryOf(raw)
    free?.()
  }
  return { pieces: [raw], release }
}

/** The large messages of one stream, kept as they pass where there is room. */
export class LargeOnes {
  private readonly held = new Map<Body, Kept>()

  /** The same body; its pieces stay until `of` it is released. */
  keeping(body: Body): Body {
    const { sizeBytes } = body
    if (large.bytes + sizeBytes > large.mostBytes) return body
    large.bytes += sizeBytes
    const pieces: Buffer[] = []
    async function* chunks() {
      for await (const piece of body.chunks()) {
        pieces.push(piece)
        yield piece
      }
    }
    const kept: Body = { sizeBytes, chunks }
    const release = () => {
      if (!this.held.delete(kept)) return
      large.bytes -= sizeBytes
      for (const piece of pieces) body.give?.(piece)
    }
    this.held.set(kept, { pieces, release })
    return kept
  }

  /** What was kept of a body that has arrived. */
  of(body: Body): Kept | undefined {
    return this.held.get(body)
  }

  /** Those that never arrived make room; their memory may still be on its way, and is left to the collector. */
  drop(): void {
    for (const { sizeBytes } of this.held.keys()) large.bytes -= sizeBytes
    this.held.clear()
  }
}
