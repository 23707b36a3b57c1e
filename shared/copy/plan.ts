import type { Head } from '../source/source.ts'

/** How much one chunk may hold. */
export type ChunkLimits = { messages: number; bytes: number }

export const defaultLimits: ChunkLimits = { messages: 200, bytes: 25_000_000 }

/** Heads in chunks, in UID order, none above the limits (a single larger message is a chunk of its own). */
export function* chunked(heads: Iterable<Head>, limits: ChunkLimits): Iterable<Head[]> {
  let chunk: Head[] = []
  let bytes = 0
  for (const head of heads) {
    if (chunk.length > 0 && (chunk.length >= limits.messages || bytes + head.sizeBytes > limits.bytes)) {
      yield chunk
      chunk = []
      bytes = 0
    }
    chunk.push(head)
    bytes += head.sizeBytes
  }
  if (chunk.length > 0) yield chunk
}

/**
 * Folders in as many portions as there are lanes, about equal in messages, the largest folders first; none much above `most` messages, so
 * that what is through is saved now and then. A folder costs about as much as `perFolder` messages by itself.
 */
export function shared<T>(folders: readonly T[], lanes: number, messagesIn: (folder: T) => number): T[][] {
  const weight = (folder: T) => messagesIn(folder) + perFolder
  const total = folders.reduce((sum, folder) => sum + weight(folder), 0)
  const portions: { folders: T[]; weight: number }[] = Array.from({ length: Math.max(lanes, Math.ceil(total / most)) }, () => ({
    folders: [],
    weight: 0,
  }))
  for (const folder of [...folders].sort((a, b) => weight(b) - weight(a))) {
    const lightest = portions.reduce((least, portion) => (portion.weight < least.weight ? portion : least))
    lightest.folders.push(folder)
    lightest.weight += weight(folder)
  }
  return portions.filter(({ folders }) => folders.length > 0).map(({ folders }) => folders)
}
const most = 20_000
const perFolder = 10
