import type { Head, Source } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import { sameFlags } from './flags.ts'
import type { FolderLedger } from './folder-ledger.ts'
import type { Entry } from './ledger.ts'
import { identify } from './match.ts'

/**
 * What the comparison of one folder found. `newer`: messages that came to the source since the pass.
 * `differences` names at most some dozens; `differing` counts them all.
 */
export type Comparison = {
  source: number
  target: number
  newer: number
  differences: string[]
  differing: number
  removed: number
}

/** How many differences are named by folder. */
const named = 40

/**
 * Compares one folder, source to ledger to target: every source message has an outcome, every message that the ledger says has arrived is
 * on the target under its UID with its date, flags and size, and nothing of ours is there twice. A surplus copy of ours (a writer that
 * was thought dead) is removed while nobody works at the target yet; messages that are not ours are never touched.
 */
export async function compareFolder(
  source: Source,
  target: Target,
  folder: { path: string; targetPath: string },
  ledger: FolderLedger,
  mayRemove: boolean,
): Promise<Comparison> {
  const [status, opened] = await Promise.all([source.open(folder.path), target.open(folder.targetPath)])
  const chunks = ledger.of(status.uidValidity)
  const entries = new Map(chunks.flatMap(chunk => chunk.entries.map(entry => [entry.uid, entry] as const)))
  const arrived = [...entries.values()].filter(({ target: at }) => at !== undefined)

  const there = new Map<number, Head>()
  const bounds = [...arrived.map(({ target: at }) => at ?? 1), ...chunks.map(({ row }) => row.targetUidNext)]
  const from = bounds.reduce((least, uid) => Math.min(least, uid), opened.uidNext)
  if (opened.exists > 0) for await (const head of target.heads(from)) there.set(head.uid, head)

  const differences: string[] = []
  let here = 0
  let newer = 0
  if (status.exists > 0) {
    for await (const head of source.heads(1)) {
      here++
      const entry = entries.get(head.uid)
      if (!entry) newer++
      else if (entry.outcome === 'intended') differences.push(`UID ${head.uid}: was being copied`)
      else if (entry.outcome === 'vanished') differences.push(`UID ${head.uid}: is at the source, but was not handed out`)
    }
  }
  for (const entry of arrived) differences.push(...differ(entry, there.get(entry.target ?? 0)))

  const ours = ledger.ours(opened.uidValidity)
  const strangers = [...there.values()].filter(({ uid }) => !ours.has(uid))
  const surplus = await surplusOf(target, strangers, arrived, there)
  const removed = surplus.length > 0 && mayRemove && (await target.removeOurs(surplus)) ? surplus.length : 0
  if (removed < surplus.length) differences.push(...surplus.map(uid => `target UID ${uid}: a second copy of a message of ours`))

  return {
    source: here,
    target: arrived.length,
    newer,
    differences: differences.slice(0, named),
    differing: differences.length,
    removed,
  }
}

function differ(entry: Entry, head: Head | undefined): string[] {
  const at = `UID ${entry.uid}`
  if (!head) return [`${at}: is missing at the target (UID ${entry.target})`]
  const found: string[] = []
  if (!sameFlags(head.flags, entry.flags))
    found.push(`${at}: flags are ${head.flags.join(' ') || 'none'}, expected ${entry.flags.join(' ') || 'none'}`)
  // INTERNALDATE has whole seconds (RFC 9051 2.3.3).
  if (Math.abs(head.internalDate - entry.internalDate) >= 1000)
    found.push(`${at}: INTERNALDATE is ${iso(head)}, expected ${iso(entry)}`)
  return found
}

/**
 * Of the messages that are not in the ledger, those that are byte for byte one of ours. Only sizes that we sent are read. Where one of ours is no
 * longer in its place its owner may have moved it away and back: then a message with its bytes may be the only one there is.
 */
async function surplusOf(
  target: Target,
  strangers: readonly Head[],
  arrived: readonly Entry[],
  there: ReadonlyMap<number, Head>,
): Promise<number[]> {
  const moved = new Set(arrived.filter(({ target: at }) => !there.has(at ?? 0)).map(({ digest }) => digest))
  const inPlace = arrived.filter(({ digest }) => !moved.has(digest))
  const sizes = new Set(inPlace.map(({ sizeBytes }) => sizeBytes))
  const digests = new Set(inPlace.map(({ digest }) => digest))
  const suspects = strangers.filter(({ sizeBytes }) => sizes.has(sizeBytes)).map(({ uid }) => uid)
  const surplus: number[] = []
  if (suspects.length === 0) return surplus
  for await (const message of target.messages([suspects])) {
    const { uid, digest } = await identify(message)
    if (digests.has(digest)) surplus.push(uid)
  }
  return surplus
}

function iso({ internalDate }: { internalDate: number }): string {
  return Number.isNaN(internalDate) ? 'unknown' : new Date(internalDate).toISOString()
}
