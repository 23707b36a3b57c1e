import type { Head } from '../source/source.ts'

/** How much one chunk may hold. */
export type ChunkLimits = { messages: number; bytes: number }

export const defaultLimits: ChunkLimits = { messages: 200, bytes: 25_000_000 }

/** Heads in chunks, in UID order, none above the limits (a single larger message is a chunk of its own). */
export function chunked(heads: readonly Head[], limits: ChunkLimits): Head[][] {
  const chunks: Head[][] = []
  let chunk: Head[] = []
  let bytes = 0
  for (const head of heads) {
    if (chunk.length > 0 && (chunk.length >= limits.messages || bytes + head.sizeBytes > limits.bytes)) {
      chunks.push(chunk)
      chunk = []
      bytes = 0
    }
    chunk.push(head)
    bytes += head.sizeBytes
  }
  if (chunk.length > 0) chunks.push(chunk)
  return chunks
}
