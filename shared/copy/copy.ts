import { Failure } from '../errors.ts'
import type { Head, Source } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import { type Sending, send } from './chunk.ts'
import { flagsFor, sameFlags } from './flags.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import { byPolicy, type Counts, count, type Entry, type Outcome } from './ledger.ts'
import { type ChunkLimits, chunked } from './plan.ts'
import { recover } from './recover.ts'
import { takeOver } from './take-over.ts'

/** One folder to bring up to date. `additionsOnly`: its owner works at the target already, so only what is new is brought. */
export type FolderJob = {
  source: Source
  target: Target
  path: string
  targetPath: string
  ledger: FolderLedger
  limits: ChunkLimits
  additionsOnly: boolean
  /** Is a copy removed whose original was expunged since? */
  mirror: boolean
  signal: AbortSignal
  now: () => number
  /** Throws `Superseded` where the claim may be another’s by now. */
  claimed?: (() => void) | undefined
  /** Is there time for another chunk? */
  time: () => boolean
  /** Called after each chunk with what it brought. */
  brought: (counts: Counts) => void
  /** Called once the source folder is listed. */
  listed: (heads: number, bytes: number) => void
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
  /** Messages appended or adopted in this pass. */
  new: number
}

/**
 * Brings one folder up to date: finish what an interruption left open, list the source, take over what is known under an older
 * UIDVALIDITY, send what is new chunk by chunk, then follow changed flags. May be stopped anywhere and begun again.
 */
export async function copyFolder(job: FolderJob): Promise<FolderResult> {
  const { source, target, ledger, signal } = job
  const [status, opened] = await Promise.all([source.open(job.path), target.open(job.targetPath)])
  const settled = ({ row }: Chunk) => job.brought(row)
  const sending: Sending = {
    source,
    target,
    targetPath: job.targetPath,
    opened,
    ledger,
    signal,
    now: job.now,
    settled,
    claimed: job.claimed,
  }
  const before = total(ledger)

  await reopenIfTargetIsNew(ledger, status.uidValidity, opened.uidValidity)
  const open = ledger.of(status.uidValidity).filter(({ row }) => row.state === 'open')
  if (open.length > 0) await recover(sending, open)

  const heads: Head[] = []
  if (status.exists > 0) for await (const head of source.heads(1)) heads.push(head)
  job.listed(heads.length, sum(heads.map(({ sizeBytes }) => sizeBytes)))
  await takeOver(sending, status.uidValidity, heads)
  await sendAfterAll(sending, status.uidValidity, heads, job)

  const known = new Set(ledger.of(status.uidValidity).flatMap(({ entries }) => entries.map(({ uid }) => uid)))
  const fresh = heads.filter(({ uid }) => !known.has(uid))
  let current = true
  const goOn = () => {
    signal.throwIfAborted()
    current &&= job.time()
    return current
  }
  const left = open.filter(({ row }) => row.state === 'open')
  async function* intents(): AsyncIterable<Chunk> {
    for (const chunk of left) if (goOn()) yield chunk
    for (const chunk of chunked(fresh, job.limits)) {
      if (!goOn()) return
      yield await ledger.intend(status.uidValidity, chunk.map(intended), opened)
    }
  }
  if (left.length + fresh.length > 0) await send(sending, intents())
  if (current && !job.additionsOnly) await followFlags(sending, status.uidValidity, heads)
  if (current && !job.additionsOnly && job.mirror) await followExpunges(sending, status.uidValidity, heads)

  const now = new Set(heads.map(({ uid }) => uid))
  const entries = ledger.of(status.uidValidity).flatMap(chunk => chunk.entries)
  return {
    current,
    uidValidity: status.uidValidity,
    uidNext: Math.max(status.uidNext, (heads.at(-1)?.uid ?? 0) + 1),
    ...(status.highestModseq ? { highestModseq: status.highestModseq } : {}),
    targetUidValidity: opened.uidValidity,
    counts: count(entries),
    found: entries.length,
    foundBytes: sum(entries.map(({ sizeBytes }) => sizeBytes)),
    expunged: entries.filter(({ uid, outcome }) => !now.has(uid) && outcome !== 'vanished' && outcome !== 'removed').length,
    new: total(ledger) - before,
  }
}

/** A message as intended: what the listing told of it. Those marked `\Deleted` are left behind, and say so. */
function intended({ uid, sizeBytes, internalDate, flags }: Head): Entry {
  const entry: Entry = { uid, sizeBytes, internalDate, flags: [], outcome: 'intended' }
  return flags.some(flag => flag.toLowerCase() === '\\deleted') ? { ...entry, outcome: 'deleted' } : entry
}

/** The target folder was deleted and made anew since: our UIDs there mean nothing, so every chunk is looked for again. */
async function reopenIfTargetIsNew(ledger: FolderLedger, uidValidity: string, targetUidValidity: string): Promise<void> {
  const arrived: readonly Outcome[] = ['copied', 'adopted', 'altered']
  for (const chunk of ledger.of(uidValidity).filter(({ row }) => row.targetUidValidity !== targetUidValidity)) {
    const entries = chunk.entries.map((entry): Entry => (arrived.includes(entry.outcome) ? reopened(entry) : entry))
    if (entries.some(({ outcome }) => outcome === 'intended')) await ledger.write(chunk, entries)
  }
}

function reopened({ uid, sizeBytes, internalDate }: Entry): Entry {
  return { uid, sizeBytes, internalDate, flags: [], outcome: 'intended' }
}

/** What was marked as deleted or could not be read, and is there after all, is sent after all. */
async function sendAfterAll(sending: Sending, uidValidity: string, heads: readonly Head[], job: FolderJob): Promise<void> {
  const { ledger, opened, signal } = sending
  const there = new Map(heads.filter(head => intended(head).outcome === 'intended').map(head => [head.uid, head]))
  for (const chunk of ledger.of(uidValidity)) {
    const entries = chunk.entries.map((entry): Entry => {
      const head = byPolicy.includes(entry.outcome) ? there.get(entry.uid) : undefined
      return head ? intended(head) : entry
    })
    if (entries.every((entry, i) => entry === chunk.entries[i])) continue
    signal.throwIfAborted()
    const before = count(chunk.entries)
    await ledger.write(chunk, entries, chunk.row.targetUidValidity === opened.uidValidity ? undefined : opened)
    await send({ ...sending, settled: ({ row }) => job.brought(less(row, before)) }, [chunk])
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

/** Flags that changed at the source since they were copied are set at the target, on our own copies. */
async function followFlags(sending: Sending, uidValidity: string, heads: readonly Head[]): Promise<void> {
  const { target, opened, ledger, signal } = sending
  const now = new Map(heads.map(({ uid, flags }) => [uid, flags]))
  for (const chunk of ledger.of(uidValidity)) {
    const changed = new Map<number, Entry>()
    for (const entry of chunk.entries) {
      const flags = now.get(entry.uid)
      if (!entry.target || !flags) continue
      const { flags: wanted, dropped } = flagsFor(flags, opened.keeps)
      if (sameFlags(wanted, entry.flags)) continue
      const { note, ...rest } = entry
      const otherBytes = entry.reread !== undefined && entry.reread !== entry.digest
      const lost = dropped.length > 0 ? { note: `the target cannot hold ${dropped.join(' ')}`, outcome: 'altered' as const } : {}
      const mended = entry.outcome === 'altered' ? { outcome: 'copied' as const } : {}
      const kept = otherBytes ? { note: note ?? '' } : mended
      changed.set(entry.uid, { ...rest, flags: wanted, ...kept, ...lost })
    }
    if (changed.size === 0) continue
    await openAgain(sending)
    signal.throwIfAborted()
    await target.setFlags(new Map([...changed.values()].map(({ target: at, flags }) => [at ?? 0, flags])))
    await ledger.write(
      chunk,
      chunk.entries.map(entry => changed.get(entry.uid) ?? entry),
    )
  }
}

/** Above this many, half a folder does not vanish by its owner’s hand: its copies stay, and the number is reported. */
const suspicious = 20

/** Copies of messages that the source no longer has are removed, by UID and from our own ledger only. */
async function followExpunges(sending: Sending, uidValidity: string, heads: readonly Head[]): Promise<void> {
  const { target, ledger, signal } = sending
  const now = new Set(heads.map(({ uid }) => uid))
  const arrived = ledger.of(uidValidity).flatMap(({ entries }) => entries.filter(({ target: at }) => at !== undefined))
  const lost = new Set(arrived.filter(({ uid }) => !now.has(uid)).map(({ uid }) => uid))
  if (lost.size === 0 || (lost.size > suspicious && lost.size > arrived.length / 2)) return
  await openAgain(sending)
  for (const chunk of ledger.of(uidValidity)) {
    const gone = chunk.entries.flatMap(({ uid, target: at }) => (lost.has(uid) && at ? [at] : []))
    if (gone.length === 0) continue
    signal.throwIfAborted()
    if (!(await target.removeOurs(gone))) return
    const without = ({ target: _, ...entry }: Entry): Entry => ({ ...entry, outcome: 'removed' })
    await ledger.write(
      chunk,
      chunk.entries.map(entry => (lost.has(entry.uid) && entry.target ? without(entry) : entry)),
    )
  }
}

/** Opens the target folder before our copies there are changed. Were it made anew meanwhile, our UIDs would name somebody else’s messages. */
async function openAgain({ target, targetPath, opened }: Sending): Promise<void> {
  const { uidValidity } = await target.open(targetPath)
  if (uidValidity === opened.uidValidity) return
  const hint = 'The target folder was made anew while it was worked on; the next pass looks for everything again.'
  throw new Failure({ verdict: 'transient', during: `following changes in “${targetPath}”`, code: 'UIDVALIDITY', hint })
}

function total(ledger: FolderLedger): number {
  return sum(ledger.chunks.map(({ row }) => row.copied + row.adopted))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
