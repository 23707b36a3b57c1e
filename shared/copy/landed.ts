import type { Sending } from './chunk.ts'
import type { Chunk } from './folder-ledger.ts'
import { type Identity, identify } from './match.ts'

/** A message on the target that may be ours. */
export type Landed = Identity & { sizeBytes: number; flags: string[] }

/** Messages on the target that chunks may have brought: from their UIDNEXT on (all, if the target folder was made anew), and in no row yet. */
export async function landed({ target, targetPath, ledger }: Sending, chunks: readonly Chunk[]): Promise<Landed[]> {
  const { uidValidity, uidNext, exists } = await target.open(targetPath)
  if (exists === 0) return []
  const bounds = chunks.map(({ row }) => (row.targetUidValidity === uidValidity ? row.targetUidNext : 1))
  const from = bounds.reduce((least, uid) => Math.min(least, uid), uidNext)
  const ours = ledger.ours(uidValidity)
  const uids: number[] = []
  for await (const { uid } of target.heads(from)) if (!ours.has(uid)) uids.push(uid)
  const found: Landed[] = []
  if (uids.length === 0) return found
  for await (const message of target.messages(inBatches(uids))) {
    const { flags, sizeBytes } = message
    found.push({ ...(await identify(message)), sizeBytes, flags })
  }
  return found
}

/** Some hundred UIDs at a time. */
export function* inBatches(uids: readonly number[]): Iterable<readonly number[]> {
  for (let i = 0; i < uids.length; i += 200) yield uids.slice(i, i + 200)
}
