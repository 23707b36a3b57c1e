import { dateText } from '../repair/date.ts'
import type { Head, Listing } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import { dateThere, isAnother } from './dates.ts'
import { sameFlags } from './flags.ts'
import type { FolderLedger } from './folder-ledger.ts'
import { inPortions } from './landed.ts'
import { arrived as arrivedOutcomes, type Entry } from './ledger.ts'

/**
 * What the comparison of one folder found. `newer`: messages that came to the source since the pass. `missed`: how many the pass ought to have
 * brought, and did not see; another may. `differences` names at most some dozens, those at the target first; `differing` counts them all, `atTarget`
 * those of what lies at the target.
 */
export type Comparison = {
  source: number
  target: number
  newer: number
  missed: number
  differences: string[]
  differing: number
  atTarget: number
  removed: number
}

/** The last comparison of a folder as it is kept: what was compared and what differs (at most some dozens, as text). */
export type Checked = {
  at: number
  source: number
  target: number
  newer: number
  differences: string[]
  differing: number
  atTarget?: number
  removed?: number
}

/** How the source folder stood when its last pass listed it. */
export type Seen = { uidValidity?: string | undefined; uidNext?: number | undefined }

/** How a folder is compared. `before`: what an earlier comparison had found, before somebody worked there: that is no doing of his. */
type How = { livedIn: boolean; seen: Seen; before?: Before | undefined; claimed?: () => void }
type Before = { differences: readonly string[]; differing: number; atTarget?: number }

/** How many differences are named by folder. */
const named = 40

/** From which UID of the target on a folder's copies are to be found. */
export function firstCopyIn(ledger: FolderLedger): number {
  let first = Number.POSITIVE_INFINITY
  for (const { row, entries } of ledger.chunks) {
    first = Math.min(first, row.targetUidNext)
    for (const { target } of entries) if (target) first = Math.min(first, target)
  }
  return Number.isFinite(first) ? first : 1
}

/**
 * Compares one folder, source to ledger to target: every source message has an outcome, every message that the ledger says has arrived is
 * on the target under its UID with its date, flags and size, and nothing of ours is there twice. A surplus copy of ours (a writer that
 * was thought dead) is removed while nobody works at the target yet; messages that are not ours are never touched. `livedIn`: somebody works
 * there by now, so what he moved away, deleted or read is his doing and no difference. What came since the folder was `seen` is none either.
 */
export async function compareFolder(
  here: Listing,
  there: Listing,
  ledger: FolderLedger,
  target: Target,
  { livedIn, seen, before, claimed }: How,
): Promise<Comparison> {
  const [atSource, atTarget] = [new Differences(), new Differences()]
  const isHis = (what: string) => livedIn && !wasSaid(what, before)
  const known = new Uint8Array(here.heads.length)
  let arrived = 0
  let anew = 0
  for (const { row, entries } of ledger.of(here.status.uidValidity)) {
    const isThere = row.targetUidValidity === there.status.uidValidity
    for (const entry of entries) {
      const at = here.heads.indexOf(entry.uid)
      if (at >= 0) known[at] = 1
      if (at >= 0 && entry.outcome === 'intended') atSource.add(`UID ${entry.uid}: was being copied`)
      if (at >= 0 && entry.outcome === 'vanished') atSource.add(withheld(entry.uid))
      if (entry.target === undefined) continue
      arrived++
      // Before anybody works there, another round fills a folder anew that is not the one that was filled.
      if (!isThere && !livedIn) anew++
      for (const what of differ(entry, isThere ? there.heads.get(entry.target) : undefined, isHis)) atTarget.add(what)
    }
  }

  const surplus = await surplusOf(target, there, ledger, here.status.uidValidity, livedIn)
  const place = { path: there.path, uidValidity: there.status.uidValidity }
  const removed = surplus.length > 0 && !livedIn && (await target.removeOurs(place, surplus, claimed)) ? surplus.length : 0
  if (removed < surplus.length) for (const uid of surplus) atTarget.add(`target UID ${uid}: a second copy of a message of ours`)
  const { unlisted = 0 } = here
  if (unlisted > 0) atSource.add(hidden(here.heads.length + unlisted, unlisted))
  const renumbered = seen.uidValidity !== undefined && seen.uidValidity !== here.status.uidValidity
  if (renumbered)
    atSource.add('the old server numbered all messages anew after they were copied (UIDVALIDITY): nothing could be compared')
  let newer = 0
  let missed = anew
  for (let i = 0; i < known.length; i++) {
    if (known[i]) continue
    const uid = here.heads.at(i)?.uid ?? 0
    if (renumbered || uid < (seen.uidNext ?? 1)) missed++
    else newer++
    if (!renumbered && uid < (seen.uidNext ?? 1))
      atSource.add(`UID ${uid}: the old server did not list it when the folder was copied`)
  }
  const differences = [...atTarget.named, ...atSource.named].slice(0, named)
  const differing = atTarget.count + atSource.count
  return { source: here.heads.length, target: arrived, newer, missed, differences, differing, atTarget: atTarget.count, removed }
}

/** Counts all, names some dozens. */
class Differences {
  count = 0
  readonly named: string[] = []

  add(what: string): void {
    if (this.count++ < named) this.named.push(what)
  }
}

/** Was it different before? Where that comparison could not name all that differed at the target, it may have been. */
function wasSaid(what: string, before: Before | undefined): boolean {
  if (!before) return false
  return (before.atTarget ?? before.differing) > named || before.differences.includes(what)
}

/** What is said of a message that the old server lists and does not hand out, and what to do. */
function withheld(uid: number): string {
  return `UID ${uid}: is at the source, but was not handed out: have the folder repaired there, then retry`
}

/** What is said of messages that the old server counts and does not name, and what to do. */
function hidden(counted: number, unlisted: number): string {
  return `the old server counts ${counted} messages (EXISTS) and lists ${counted - unlisted}: have the folder’s index rebuilt there, then retry: what appears is brought`
}

/** Nearly always the answer: half a million empty lists are garbage for nothing. */
const none: readonly string[] = []

function differ(entry: Entry, head: Head | undefined, isHis: (what: string) => boolean): readonly string[] {
  const at = `UID ${entry.uid}`
  if (!head) return [`${at}: is missing at the target (UID ${entry.target})`].filter(what => !isHis(what))
  const flags = sameFlags(head.flags, entry.flags)
  const wanted = dateThere(entry)
  const date = !isAnother(head.internalDate, wanted)
  if (flags && date) return none
  const others = `${at}: flags are ${head.flags.join(' ') || 'none'}, expected ${entry.flags.join(' ') || 'none'}`
  const found: string[] = []
  if (!flags && !isHis(others)) found.push(others)
  if (!date) found.push(`${at}: INTERNALDATE is ${dateText(head.internalDate)}, expected ${dateText(wanted)}`)
  return found
}

/**
 * Of the messages that are not in the ledger, those that are byte for byte one of ours, or one of ours that was removed since, while nobody but us can
 * have brought it. Only sizes that we sent are read. Where one of ours is no longer in its place its owner may have moved it away and back: then a message with its bytes may be the only one
 * there is.
 */
async function surplusOf(
  target: Target,
  there: Listing,
  ledger: FolderLedger,
  uidValidity: string,
  livedIn: boolean,
): Promise<number[]> {
  const { heads, status, path } = there
  const ours = new Uint8Array(heads.length)
  for (const { row, entries } of ledger.chunks)
    if (row.targetUidValidity === status.uidValidity) for (const { target: at } of entries) if (at) ours[heads.indexOf(at)] = 1
  const strangers: Head[] = []
  for (let i = 0; i < heads.length; i++) if (!ours[i]) strangers.push(heads.at(i) as Head)
  if (strangers.length === 0) return []
  // Of half a million messages only those are kept that could be one of the strangers.
  const sizes = new Set(strangers.map(({ sizeBytes }) => sizeBytes))
  const inPlace = new Map<string, number>()
  const moved = new Set<string>()
  for (const { row, entries } of ledger.of(uidValidity))
    for (const { target: at, digest = '', sizeBytes, outcome } of entries) {
      if (!sizes.has(sizeBytes)) continue
      const wasOurs = at === undefined && outcome === 'removed' && !livedIn
      const isHere = at !== undefined && row.targetUidValidity === status.uidValidity && heads.has(at)
      if (isHere || wasOurs) inPlace.set(digest, sizeBytes)
      else if (arrivedOutcomes.includes(outcome)) moved.add(digest)
    }
  for (const digest of moved) inPlace.delete(digest)
  const ofOurs = new Set(inPlace.values())
  const suspects = strangers.filter(({ sizeBytes }) => ofOurs.has(sizeBytes)).map(({ uid }) => uid)
  const surplus: number[] = []
  if (suspects.length === 0) return surplus
  for await (const { uid, digest } of target.digests(inPortions(path, suspects, status.uidValidity)))
    if (inPlace.has(digest)) surplus.push(uid)
  return surplus
}
