import { createHash } from 'node:crypto'

/*
 * The tree of RFC 9162 2.1 (and RFC 6962): a leaf is SHA-256 of 0x00 and its bytes, a node SHA-256 of 0x01 and its two children, so that neither can
 * be passed off as the other. Level by level; a node without a sibling is carried up as it is, which is the RFC's tree.
 */

/** Hash of a leaf, hex. */
export function leafHash(data: string | Uint8Array): string {
  return createHash('sha256').update(Buffer.of(0)).update(data).digest('hex')
}

/** Every level of the tree over these leaf hashes, the root last. */
export function tree(leaves: readonly string[]): string[][] {
  const levels = [[...leaves]]
  for (let level = leaves; level.length > 1; ) {
    const above: string[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left = '', right] = level.slice(i, i + 2)
      above.push(right === undefined ? left : nodeHash(left, right))
    }
    levels.push(above)
    level = above
  }
  return levels
}

/** The root of a tree; that of no leaves is the SHA-256 of nothing. */
export function rootOf(levels: readonly string[][]): string {
  return levels.at(-1)?.[0] ?? createHash('sha256').digest('hex')
}

/** The inclusion proof of a leaf: its siblings on the way to the root. */
export function proofOf(levels: readonly string[][], index: number): string[] {
  return levels.flatMap((level, height) => level[(index >> height) ^ 1] ?? [])
}

/** The root that a leaf and its proof lead to (RFC 9162 2.1.3.2); undefined where the proof does not fit the place. */
export function rootFrom(leaf: string, index: number, size: number, proof: readonly string[]): string | undefined {
  if (!Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  let hash = leaf
  let at = index
  let last = size - 1
  for (const sibling of proof) {
    if (last === 0) return undefined
    while (at % 2 === 0 && at === last) {
      at /= 2
      last /= 2
    }
    hash = at % 2 === 1 ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    at = Math.floor(at / 2)
    last = Math.floor(last / 2)
  }
  while (at === last && last > 0) {
    if (at % 2 === 1) return undefined
    at /= 2
    last /= 2
  }
  return last === 0 ? hash : undefined
}

function nodeHash(left: string, right: string): string {
  return createHash('sha256')
    .update(Buffer.of(1))
    .update(Buffer.from(left, 'hex'))
    .update(Buffer.from(right, 'hex'))
    .digest('hex')
}
