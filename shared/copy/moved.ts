import { Heads } from '../source/heads.ts'
import type { Message, Source } from '../source/source.ts'
import type { Chunk } from './folder-ledger.ts'
import { followExpunges, forget, goneFrom, here } from './follow.ts'
import type { Entry } from './ledger.ts'
import { recover } from './recover.ts'
import type { Sending, Way } from './way.ts'

/** A folder after its pass: what the source lists in it, the chunks that were begun in this pass, and what was sent `again` of older ones. */
export type Passed = { way: Way; heads: Heads; sent: ReadonlySet<Chunk>; again: ReadonlySet<number> }

/** A folder that may have been left since it was looked at; without `heads` nothing of it was listed. */
export type Left = Omit<Passed, 'heads'> & { heads?: Heads }

/** What the ledger says of a copy whose original was moved. */
export const movedNote = 'moved by its owner to another folder, where its copy is now'

/**
 * Messages that their owner moved between two passes: gone from one folder, and come to another with the same bytes. The copy in the folder that
 * they left is removed, by UID and from our own ledger only, since there is one where they are now. Counted: of ten twins of which one was
 * moved, one copy goes. `followed`: the claim under which that was done last; what came since, in a round that was stopped before it had followed
 * it, counts as well, unless a copy was removed for it already.
 */
export async function followMoves(
  { target, claimed }: Pick<Sending, 'target' | 'claimed'>,
  passed: readonly Passed[],
  followed = 0,
): Promise<void> {
  if (!passed.some(isOlder)) return
  const come = comeIn(passed, followed)
  if (come.size === 0) return
  for (const { way, heads, sent } of passed) {
    const { ledger, opened, targetPath: path } = way
    const isGone = goneFrom(way, heads)
    for (const chunk of here(way)) {
      if (sent.has(chunk)) continue
      const { entries } = chunk
      const gone = comeElsewhere(
        entries.filter(entry => isGone(chunk, entry)),
        come,
      )
      if (gone.size === 0) continue
      const uids = [...gone].map(({ target: at }) => at ?? 0)
      if (!(await target.removeOurs({ path, uidValidity: opened.uidValidity }, uids, claimed))) return
      await forget(way, chunk, uids)
      const without = ({ target: _, ...entry }: Entry): Entry => ({
        ...entry,
        outcome: 'removed',
        note: movedNote,
        claim: ledger.claim,
      })
      await ledger.write(
        chunk,
        entries.map(entry => (gone.has(entry) ? without(entry) : entry)),
      )
    }
  }
}

/**
 * Folders are looked at one after the other, and their owner may move a message from one that was looked at to one that was not yet. So where
 * something has come, folders that hold a copy of the same bytes are listed once more; `rest`: those in which nothing had happened.
 */
export async function lookAgain(
  source: Source,
  passed: readonly Passed[],
  rest: readonly Left[],
  followed = 0,
): Promise<Passed[]> {
  if (![...passed, ...rest].some(isOlder)) return [...passed]
  const come = comeIn(passed, followed)
  if (come.size === 0) return [...passed]
  const mayBeLeft = ({ way, heads, sent }: Left) =>
    way.ledger
      .of(way.uidValidity)
      .some(
        chunk =>
          !sent.has(chunk) &&
          chunk.entries.some(({ target, digest, uid }) => target && come.has(digest ?? '') && heads?.has(uid) !== false),
      )
  const left = [...passed, ...rest].filter(mayBeLeft)
  const now = new Map<Left, Heads>()
  let n = 0
  for await (const { status, heads } of source.list(left.map(({ way: { path } }) => ({ path, fromUid: 1 })))) {
    const one = left[n++]
    if (one && status.uidValidity === one.way.uidValidity) now.set(one, heads)
  }
  return [...passed, ...rest].flatMap(one => {
    const heads = now.get(one) ?? one.heads
    return heads ? [{ ...one, heads }] : []
  })
}

/**
 * Folders that the source does not list any more, renamed there or deleted: all of their messages have left, and may have come to another. What became of their copies is for the
 * target to say; those that nobody heard of are looked for. `mirror`: what had been expunged in one of the `passed` under its old name goes first.
 */
export async function withoutAny(
  sending: Omit<Sending, 'source'>,
  gone: readonly Left[],
  passed: readonly Passed[],
  mirror: boolean,
): Promise<Passed[]> {
  if (gone.length === 0) return []
  const { target } = sending
  const standing = await target.standing(gone.map(({ way: { targetPath } }) => targetPath))
  const there = gone.filter(({ way }, i) => standing[i]?.uidValidity === way.opened.uidValidity)
  for (const { way } of there) {
    const open = way.ledger.chunks.filter(({ row: { state } }) => state === 'open')
    if (open.length > 0) await recover({ ...sending, source: { messages: () => nothing() } }, way, open)
    const now = mirror ? passed.find(one => isSame(one.way, way)) : undefined
    if (now) await followExpunges(sending, way, now.heads)
  }
  return there.map(one => ({ ...one, heads: Heads.of([]) }))
}

async function* nothing(): AsyncIterable<Message> {}

/** Is it one folder under two names? It has its UIDVALIDITY, and a message of ours under the same UID. */
function isSame({ ledger, uidValidity }: Way, old: Way): boolean {
  if (uidValidity !== old.uidValidity) return false
  const digests = new Map(ledger.of(uidValidity).flatMap(({ entries }) => entries.map(({ uid, digest }) => [uid, digest])))
  return old.ledger
    .of(uidValidity)
    .some(({ entries }) => entries.some(({ uid, digest }) => digest && digest === digests.get(uid)))
}

/** Does a folder hold copies from before this round? Only these can have been left; a first round has none. */
function isOlder({ way, sent }: Left): boolean {
  return here(way).some(chunk => !sent.has(chunk))
}

/** How many of each digest have come: in this round, or in an earlier one that was stopped before it had followed them. */
function comeIn(passed: readonly Passed[], followed: number): Map<string, number> {
  const now = new Map<string, number>()
  const earlier = new Map<string, number>()
  const add = (to: Map<string, number>, digest: string, by: number) => to.set(digest, (to.get(digest) ?? 0) + by)
  for (const { way, heads, sent, again } of passed) {
    const chunks = way.ledger.of(way.uidValidity)
    // What was there under an older UIDVALIDITY has not come.
    const before = new Set(here(way).flatMap(chunk => (chunks.includes(chunk) ? [] : chunk.entries.map(({ target: at }) => at))))
    for (const chunk of chunks) {
      const { row, entries } = chunk
      for (const { uid, digest, target: at, note, claim } of entries) {
        if (!digest || (at && before.has(at))) continue
        if (at && (sent.has(chunk) || again.has(uid))) add(now, digest, 1)
        if (at && (claim ?? row.madeBy ?? 0) > followed && heads.has(uid)) add(earlier, digest, 1)
        if (note === movedNote && (claim ?? row.fence) > followed) add(earlier, digest, -1)
      }
    }
  }
  for (const [digest, count] of earlier) if (count > (now.get(digest) ?? 0)) now.set(digest, count)
  return now
}

/** Those of a folder’s lost messages that came to another; each takes one of those that came. */
function comeElsewhere(entries: readonly Entry[], come: Map<string, number>): Set<Entry> {
  const gone = new Set<Entry>()
  for (const entry of entries) {
    const left = entry.digest ? (come.get(entry.digest) ?? 0) : 0
    if (left === 0) continue
    come.set(entry.digest ?? '', left - 1)
    gone.add(entry)
  }
  return gone
}
