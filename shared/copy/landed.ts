import { isGivable, likelyDate } from '../repair/date.ts'
import type { Portion } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import type { Chunk } from './folder-ledger.ts'
import { type Identity, identify } from './match.ts'
import type { Way } from './way.ts'

/** A message on the target that may be ours. `likely`: the date that it would have been given for want of another; only where one of ours had none. */
export type Landed = Identity & { sizeBytes: number; flags: string[]; likely?: number }

/**
 * Messages on the target that chunks may have brought: from their UIDNEXT on (all, if the target folder was made anew), in no row yet and not
 * `taken`.
 */
export async function landed(
  target: Target,
  { targetPath, ledger }: Way,
  chunks: readonly Chunk[],
  taken: ReadonlySet<number> = new Set(),
): Promise<Landed[]> {
  const [now] = await target.standing([targetPath])
  const found: Landed[] = []
  if (!now || now.exists === 0) return found
  const bounds = chunks.map(({ row }) => (row.targetUidValidity === now.uidValidity ? row.targetUidNext : 1))
  const isUndated = chunks.some(({ entries }) =>
    entries.some(({ outcome, internalDate }) => outcome === 'intended' && !isGivable(internalDate)),
  )
  const fromUid = bounds.reduce((least, uid) => Math.min(least, uid), now.uidNext)
  for await (const { status, heads } of target.list([{ path: targetPath, fromUid }])) {
    const ours = ledger.ours(status.uidValidity)
    const uids = [...heads].flatMap(({ uid }) => (ours.has(uid) || taken.has(uid) ? [] : [uid]))
    if (uids.length === 0) continue
    for await (const message of target.messages(inPortions(targetPath, uids, status.uidValidity))) {
      const { flags, sizeBytes, raw } = message
      const likely = isUndated && Buffer.isBuffer(raw) ? { likely: likelyDate(raw, Number.POSITIVE_INFINITY).at } : {}
      found.push({ ...(await identify(message)), sizeBytes, flags, ...likely })
      message.free?.()
    }
  }
  return found
}

/** Some hundred UIDs at a time. */
export function* inPortions(path: string, uids: readonly number[], uidValidity: string): Iterable<Portion> {
  for (let i = 0; i < uids.length; i += 200) yield { path, uidValidity, uids: uids.slice(i, i + 200) }
}
