import type { Head, Source } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import { recover, type Sending, send } from './chunk.ts'
import { flagsFor, sameFlags } from './flags.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import { type Counts, count, type Entry } from './ledger.ts'
import { type Identity, identify, match } from './match.ts'
import { type ChunkLimits, chunked } from './plan.ts'

/** One folder to bring up to date. `additionsOnly`: its owner works at the target already, so only what is new is brought. */
export type FolderJob = {
  source: Source
  target: Target
  path: string
  targetPath: string
  ledger: FolderLedger
  limits: ChunkLimits
  additionsOnly: boolean
  signal: AbortSignal
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
  const status = await source.open(job.path)
  const opened = await target.open(job.targetPath)
  const settled = ({ row }: Chunk) => job.brought(row)
  const sending: Sending = { source, target, targetPath: job.targetPath, opened, ledger, signal, settled }
  const before = total(ledger)

  await reopenIfTargetIsNew(ledger, status.uidValidity, opened.uidValidity)
  for (const chunk of ledger.of(status.uidValidity).filter(({ row }) => row.state === 'open')) {
    signal.throwIfAborted()
    await recover(sending, chunk)
  }

  const heads: Head[] = []
  if (status.exists > 0) for await (const head of source.heads(1)) heads.push(head)
  job.listed(heads.length, sum(heads.map(({ sizeBytes }) => sizeBytes)))
  await takeOver(sending, status.uidValidity, heads)

  const known = new Set(ledger.of(status.uidValidity).flatMap(({ entries }) => entries.map(({ uid }) => uid)))
  const fresh = heads.filter(({ uid }) => !known.has(uid))
  let current = true
  async function* intents(): AsyncIterable<Chunk> {
    for (const chunk of chunked(fresh, job.limits)) {
      signal.throwIfAborted()
      current &&= job.time()
      if (!current) return
      yield await ledger.intend(status.uidValidity, chunk.map(intended), opened)
    }
  }
  if (fresh.length > 0) await send(sending, intents())
  if (current && !job.additionsOnly) await followFlags(sending, status.uidValidity, heads)

  const now = new Set(heads.map(({ uid }) => uid))
  const entries = ledger.of(status.uidValidity).flatMap(chunk => chunk.entries)
  return {
    current,
    uidValidity: status.uidValidity,
    uidNext: Math.max(status.uidNext, ...heads.map(({ uid }) => uid + 1)),
    ...(status.highestModseq ? { highestModseq: status.highestModseq } : {}),
    targetUidValidity: opened.uidValidity,
    counts: count(entries),
    found: entries.length,
    foundBytes: sum(entries.map(({ sizeBytes }) => sizeBytes)),
    expunged: entries.filter(({ uid, outcome }) => !now.has(uid) && outcome !== 'vanished').length,
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
  for (const chunk of ledger.of(uidValidity).filter(({ row }) => row.targetUidValidity !== targetUidValidity)) {
    const entries = chunk.entries.map(({ target, ...entry }): Entry => (target ? { ...entry, outcome: 'intended' } : entry))
    if (entries.some(({ outcome }) => outcome === 'intended')) await ledger.write(chunk, entries)
  }
}

/**
 * The source changed its UIDVALIDITY: messages that an older one brought are found again by their bytes, one for one, and only their rows
 * are written; nothing is sent twice.
 */
async function takeOver({ source, ledger, opened }: Sending, uidValidity: string, heads: readonly Head[]): Promise<void> {
  const now = ledger.of(uidValidity)
  const taken = new Set(now.flatMap(({ entries }) => entries.map(({ target }) => target)))
  const old = ledger.chunks.filter(({ row }) => row.uidValidity !== uidValidity && row.targetUidValidity === opened.uidValidity)
  const orphans = old.flatMap(({ entries }) => entries.filter(({ target }) => target && !taken.has(target)))
  if (orphans.length === 0) return
  const known = new Set(now.flatMap(({ entries }) => entries.map(({ uid }) => uid)))
  const fresh = heads.filter(({ uid }) => !known.has(uid))
  const there: Identity[] = orphans.map(({ target, digest }) => ({
    uid: target ?? 0,
    digest: digest ?? '',
    print: `target ${target}`,
  }))
  const sought: Identity[] = []
  for await (const message of source.messages([fresh.map(({ uid }) => uid)])) {
    sought.push({ ...(await identify(message)), print: `source ${message.uid}` })
  }
  const found = match(sought, there)
  const byTarget = new Map(orphans.map(orphan => [orphan.target, orphan]))
  const again = fresh.flatMap((head): Entry[] => {
    const orphan = byTarget.get(found.get(head.uid))
    return orphan ? [{ ...orphan, uid: head.uid, outcome: orphan.outcome === 'copied' ? 'adopted' : orphan.outcome }] : []
  })
  for (let i = 0; i < again.length; i += 200) {
    const chunk = await ledger.intend(uidValidity, again.slice(i, i + 200), {
      uidValidity: opened.uidValidity,
      uidNext: opened.uidNext,
    })
    await ledger.write(chunk, chunk.entries)
  }
}

/** Flags that changed at the source since they were copied are set at the target, on our own copies. */
async function followFlags(
  { target, targetPath, opened, ledger, signal }: Sending,
  uidValidity: string,
  heads: readonly Head[],
): Promise<void> {
  const now = new Map(heads.map(({ uid, flags }) => [uid, flags]))
  for (const chunk of ledger.of(uidValidity)) {
    const changed = new Map<number, Entry>()
    for (const entry of chunk.entries) {
      const flags = now.get(entry.uid)
      if (!entry.target || !flags) continue
      const { flags: wanted, dropped } = flagsFor(flags, opened.keeps)
      if (sameFlags(wanted, entry.flags)) continue
      const { note, ...rest } = entry
      const lost = dropped.length > 0 ? { note: `the target cannot hold ${dropped.join(' ')}`, outcome: 'altered' as const } : {}
      const mended = dropped.length === 0 && entry.outcome === 'altered' ? { outcome: 'copied' as const } : {}
      changed.set(entry.uid, { ...rest, flags: wanted, ...mended, ...lost })
    }
    if (changed.size === 0) continue
    await target.open(targetPath)
    signal.throwIfAborted()
    await target.setFlags(new Map([...changed.values()].map(({ target: at, flags }) => [at ?? 0, flags])))
    await ledger.write(
      chunk,
      chunk.entries.map(entry => changed.get(entry.uid) ?? entry),
    )
  }
}

function total(ledger: FolderLedger): number {
  return sum(ledger.chunks.map(({ row }) => row.copied + row.adopted))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0)
}
