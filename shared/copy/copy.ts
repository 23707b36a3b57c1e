import type { Heads } from '../source/heads.ts'
import type { Head, Listing } from '../source/source.ts'
import type { ChunkRow } from '../store/schema.ts'
import type { OpenFolder } from '../targets/target.ts'
import { apart } from './broken.ts'
import { send } from './chunk.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import { followExpunges, followFlags, followGone } from './follow.ts'
import { byPolicy, type Counts, count, type Entry, elsewhere } from './ledger.ts'
import type { Passed } from './moved.ts'
import { type ChunkLimits, chunked } from './plan.ts'
import { recover } from './recover.ts'
import { takeOver } from './take-over.ts'
import { keepArrived, reopenIfTargetIsNew } from './target-anew.ts'
import { dropTwice } from './twice.ts'
import type { Load, Sending, Way } from './way.ts'

/** What holds for every folder of a lane. `additionsOnly`: the owner works at the target already, so only what is new is brought. */
export type Lane = Sending & {
  /** Resolves once the target folders are there. */
  ready?: Promise<unknown>
  limits: ChunkLimits
  additionsOnly: boolean
  /** Is a copy removed whose original was expunged since? */
  mirror: boolean
  /** Is there time for another chunk? */
  time: () => boolean
}

/** One folder to bring up to date. */
export type FolderJob = {
  path: string
  targetPath: string
  ledger: FolderLedger
  /** Called after each chunk with what it brought. */
  brought: (counts: Counts) => void
  /** Called once the source folder is listed. */
  listed: (messages: number, bytes: number) => void
  /** Called with how the folder stands after its pass. */
  done: (result: FolderResult) => Promise<void>
}

/** How a folder stands after its pass. `current` false: the time was spent before its end. */
export type FolderResult = {
  current: boolean
  uidValidity: string
  uidNext: number
  highestModseq?: string
  targetUidValidity: string
  counts: Counts
  found: number
  foundBytes: number
  expunged: number
  /** Messages that the source counts beside those that it lists; absent: none. */
  unlisted: number | undefined
  /** Messages appended or adopted in this pass. */
  new: number
}

/**
 * A folder in the middle of its pass. `before`: what had arrived earlier. `sent`: chunks that were begun now. `resumed`: UIDs that chunks begun earlier still intended. `again`: those that
 * were sent after all. `stopped`: the time was spent
 * before its last chunk.
 */
type Passing = {
  job: FolderJob
  way: Way
  listing: Listing
  before: number
  sent: Set<Chunk>
  resumed: ReadonlySet<number>
  again: Set<number>
  stopped: boolean
}

/**
 * Brings folders up to date, all together: finish what an interruption left open, list the source, take over what is known under an older
 * UIDVALIDITY, send what is new chunk by chunk, then follow changed flags. What one folder waits for is asked for while another is on its
 * way, so that a distant server is waited for a few times in all. May be stopped anywhere and begun again. Resolves with the folders that are
 * through.
 */
export async function copyFolders(lane: Lane, jobs: readonly FolderJob[]): Promise<Passed[]> {
  const { source, target, signal, ready } = lane
  const opening = Promise.resolve(ready).then(() => target.open(jobs.map(({ targetPath }) => targetPath)))
  opening.catch(() => {})
  const listings: Listing[] = []
  for await (const listing of source.list(jobs.map(({ path }) => ({ path, fromUid: 1 })))) listings.push(listing)
  const opened = await opening
  const passing = jobs.map((job, i) => passingOf(job, listings[i] as Listing, opened[i] as OpenFolder))
  for (const one of passing) await prepare(lane, one)

  const goOn = () => {
    signal.throwIfAborted()
    lane.claimed?.()
    return lane.time()
  }
  await send(lane, loads(lane, passing, goOn))
  for (const load of apart(passing.map(({ way }) => way))) {
    const one = passing.find(({ way }) => way === load.way) as Passing
    one.stopped ||= !goOn()
    if (!one.stopped) await send(lane, [load])
  }
  for (const one of passing) {
    const { job, way, listing, before, sent, resumed, stopped } = one
    const { heads, status } = listing
    if (!stopped && !lane.additionsOnly) {
      await followFlags(lane, way, heads, sent, resumed)
      await followGone(lane, way, heads)
      if (lane.mirror) await followExpunges(lane, way, heads)
    }
    const rows = job.ledger.of(status.uidValidity).map(({ row }) => row)
    const counts = { copied: sum(rows, 'copied'), adopted: sum(rows, 'adopted'), excepted: sum(rows, 'excepted') }
    const { highestModseq } = status
    await job.done({
      current: !stopped,
      uidValidity: status.uidValidity,
      uidNext: Math.max(status.uidNext, (heads.at(heads.length - 1)?.uid ?? 0) + 1),
      // What the server does not list may be listed the next time, were nothing else new.
      ...(highestModseq && !listing.unlisted ? { highestModseq } : {}),
      targetUidValidity: way.opened.uidValidity,
      counts: { ...counts, sizeBytes: sum(rows, 'sizeBytes') },
      found: sum(rows, 'messages'),
      foundBytes: sum(rows, 'sizeBytes'),
      expunged: expungedIn(one),
      unlisted: listing.unlisted,
      new: total(job.ledger) - before,
    })
  }
  return passing.flatMap(({ way, listing, sent, again, stopped }) =>
    stopped ? [] : [{ way, heads: listing.heads, sent, again }],
  )
}

function passingOf(job: FolderJob, listing: Listing, opened: OpenFolder): Passing {
  const { path, targetPath, ledger } = job
  const { heads, status } = listing
  job.listed(heads.length, heads.sizeBytes)
  const way: Way = { path, uidValidity: status.uidValidity, targetPath, opened, ledger, settled: ({ row }) => job.brought(row) }
  return { job, way, listing, before: total(ledger), sent: new Set(), resumed: new Set(), again: new Set(), stopped: false }
}

/** What must be settled before anything new is sent. */
async function prepare(lane: Lane, one: Passing): Promise<void> {
  const { way, listing } = one
  const { ledger, uidValidity, opened } = way
  if (ledger.chunks.length === 0) return
  await dropTwice(ledger, uidValidity)
  if (lane.additionsOnly) await keepArrived(ledger, uidValidity, opened)
  else await reopenIfTargetIsNew(way, lane.target)
  const open = ledger.of(uidValidity).filter(({ row }) => row.state === 'open')
  one.resumed = new Set(open.flatMap(({ entries }) => entries.flatMap(({ uid, outcome }) => (outcome === 'intended' ? uid : []))))
  if (open.length > 0) await recover(lane, way, open)
  await takeOver(lane, way, listing.heads, lane.additionsOnly)
  await sendAfterAll(lane, one)
}

/** What is to be sent of all folders, each chunk with its intent in the ledger. */
async function* loads(lane: Lane, passing: Passing[], goOn: () => boolean): AsyncIterable<Load> {
  for (const one of passing) {
    const { way } = one
    for (const chunk of way.ledger.of(way.uidValidity).filter(({ row }) => row.state === 'open')) {
      one.stopped ||= !goOn()
      if (!one.stopped) yield { way, chunk }
    }
  }
  for (const group of together(fresh(lane, passing))) {
    if (!goOn()) {
      for (const { one } of group) one.stopped = true
      continue
    }
    const intents = group.map(async ({ one, heads }) => {
      const { ledger, uidValidity, opened } = one.way
      return { one, chunk: await ledger.intend(uidValidity, heads.map(intended), opened) }
    })
    for (const [i, { one, chunk }] of (await Promise.all(intents)).entries()) {
      one.stopped ||= i > 0 && !goOn()
      if (one.stopped) continue
      one.sent.add(chunk)
      yield { way: one.way, chunk }
    }
  }
}

/** What is new, chunk by chunk. */
function* fresh(lane: Lane, passing: Passing[]): Iterable<{ one: Passing; heads: Head[] }> {
  for (const one of passing) for (const heads of chunked(freshIn(one.way, one.listing.heads), lane.limits)) yield { one, heads }
}

/** Chunks whose intents are written together: so many storage requests fewer. */
function* together<T extends { heads: Head[] }>(chunks: Iterable<T>): Iterable<T[]> {
  let group: T[] = []
  let bytes = 0
  for (const chunk of chunks) {
    const size = chunk.heads.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    if (group.length > 0 && (group.length >= most.chunks || bytes + size > most.bytes)) {
      yield group
      group = []
      bytes = 0
    }
    group.push(chunk)
    bytes += size
  }
  if (group.length > 0) yield group
}
const most = { chunks: 20, bytes: 50_000_000 }

/** Messages that no chunk knows yet. */
function* freshIn({ ledger, uidValidity }: Way, heads: Heads): Iterable<Head> {
  const known = new Uint8Array(heads.length)
  for (const { entries } of ledger.of(uidValidity)) for (const { uid } of entries) known[heads.indexOf(uid)] = 1
  for (let i = 0; i < heads.length; i++) if (!known[i]) yield heads.at(i) as Head
}

/** How many messages that were copied the source no longer has. */
function expungedIn({ job, way, listing, sent }: Passing): number {
  const older = job.ledger.of(way.uidValidity).filter(chunk => !sent.has(chunk))
  const lost = ({ uid, outcome }: Entry) => outcome !== 'vanished' && outcome !== 'removed' && !listing.heads.has(uid)
  return older.reduce((total, { entries }) => total + entries.filter(lost).length, 0)
}

/** A message as intended: what the listing told of it. Those marked `\Deleted` are left behind, and say so. */
function intended({ uid, sizeBytes, internalDate, flags }: Head): Entry {
  const entry: Entry = { uid, sizeBytes, internalDate, flags: [], outcome: 'intended' }
  return flags.some(flag => flag.toLowerCase() === '\\deleted') ? { ...entry, outcome: 'deleted' } : entry
}

/** What was marked as deleted or could not be read, and is there after all, is sent after all. */
async function sendAfterAll(lane: Lane, { job, way, listing: { heads }, again }: Passing): Promise<void> {
  const { ledger, uidValidity, opened } = way
  for (const chunk of ledger.of(uidValidity)) {
    const before = chunk.entries
    const entries = before.map((entry): Entry => {
      const head = byPolicy.includes(entry.outcome) ? heads.get(entry.uid) : undefined
      const wanted = head && intended(head)
      if (wanted?.outcome !== 'intended') return entry
      again.add(entry.uid)
      return { ...wanted, claim: ledger.claim }
    })
    if (entries.every((entry, i) => entry === before[i])) continue
    lane.signal.throwIfAborted()
    const counted = count(before)
    if (chunk.row.targetUidValidity === opened.uidValidity) await ledger.write(chunk, entries)
    else await ledger.write(chunk, entries.map(elsewhere), opened)
    await send(lane, [{ way: { ...way, settled: ({ row }) => job.brought(less(row, counted)) }, chunk }])
  }
}

/** What a chunk brought this time. */
function less(now: Counts, before: Counts): Counts {
  const { copied, adopted, excepted, sizeBytes } = now
  return {
    copied: copied - before.copied,
    adopted: adopted - before.adopted,
    excepted: excepted - before.excepted,
    sizeBytes: sizeBytes - before.sizeBytes,
  }
}

function total(ledger: FolderLedger): number {
  return ledger.chunks.reduce((total, { row }) => total + row.copied + row.adopted, 0)
}

function sum(rows: readonly ChunkRow[], column: 'copied' | 'adopted' | 'excepted' | 'sizeBytes' | 'messages'): number {
  return rows.reduce((total, row) => total + row[column], 0)
}
