import { hash } from 'node:crypto'
import { canonicalJson } from '../intake/canonical.ts'

/** What a line of a manifest is chained by: its number from 1, and the SHA-256 of the line before it. */
export type Link = { line: number; prev: string }

/** `prev` of a first line: 64 zeros. */
export const nothingBefore = '0'.repeat(64)

/** SHA-256 in lower-case hex, as `sha256sum` prints it. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data)
}

/** A hash chain under construction. `next`: what the next record is to hold; `seal`: the hash of the last line. */
export type Chain = { readonly next: Link; add(record: Link): string; readonly seal: string }

/** Chains records: each becomes a line of canonical JSON, ended by LF, that names the hash of the line before it (without its LF). */
export function chain(): Chain {
  let line = 1
  let prev = nothingBefore
  return {
    get next() {
      return { line, prev }
    },
    add(record) {
      const text = canonicalJson(record)
      line++
      prev = sha256(text)
      return `${text}\n`
    },
    get seal() {
      return prev
    },
  }
}

/** Longest line that is read; a manifest's own are below 10 KB. */
const mostLineBytes = 1024 * 1024

/** Cuts bytes into lines, each with its LF; the last one may have none. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let rest = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, from)) {
      yield data.subarray(from, end + 1)
      from = end + 1
    }
    rest = Buffer.from(data.subarray(from))
    if (rest.length > mostLineBytes) {
      yield rest
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield rest
}
