import type { Turn } from '../run.ts'
import type { ChunkRow, FolderRow, MailboxRow } from '../store/schema.ts'
import { folderKey } from '../store/schema.ts'
import type { FolderResult } from './copy.ts'

type Sums = {
  found: number
  foundBytes: number
  copied: number
  adopted: number
  excepted: number
  copiedBytes: number
  unlisted: number
}
const none: Readonly<Sums> = { found: 0, foundBytes: 0, copied: 0, adopted: 0, excepted: 0, copiedBytes: 0, unlisted: 0 }

/** How often a mailbox’s progress is saved at most, ms: often enough to watch, rare enough to cost nothing. */
const saveEveryMs = 3_000

/** What a mailbox’s worker counts as it goes: sums over its folders, taken from the ledger and kept up as chunks are done. */
export class Tally {
  new = 0
  private readonly folders = new Map<string, Sums>()
  private readonly count: number
  private readonly app: { now: () => number }
  private readonly turn: Turn<MailboxRow>
  private savedAt: number

  constructor(app: { now: () => number }, turn: Turn<MailboxRow>, folders: number) {
    this.app = app
    this.turn = turn
    this.savedAt = app.now()
    this.count = folders
  }

  /** What earlier turns brought, as the ledger has it. Chunks of an older UIDVALIDITY have been taken over and do not count. */
  known({ path, uidValidity, found, foundBytes, unlisted = 0 }: FolderRow, chunks: readonly { row: ChunkRow }[]): void {
    const done = chunks.filter(({ row }) => row.state === 'done' && row.uidValidity === (uidValidity ?? row.uidValidity))
    for (const { row } of done) this.add(row.folder, row)
    this.of(folderKey(path)).unlisted = unlisted
    this.listed(path, found, foundBytes)
  }

  /** A source folder was listed: what is there is found, and so is what its ledger holds already. */
  listed(path: string, messages: number, bytes: number): void {
    const sums = this.of(folderKey(path))
    sums.found = Math.max(sums.found, messages)
    sums.foundBytes = Math.max(sums.foundBytes, bytes)
    this.save()
  }

  /** A chunk is done. */
  brought(
    path: string,
    { copied, adopted, excepted, sizeBytes }: Pick<ChunkRow, 'copied' | 'adopted' | 'excepted' | 'sizeBytes'>,
  ): void {
    this.new += copied + adopted
    this.add(folderKey(path), { copied, adopted, excepted, sizeBytes })
    // What comes forward has not failed for long: the next failure is not answered with a wait of minutes.
    if (this.turn.row.tries > 1) this.turn.save({ ...this.columns(), tries: 1 }).catch(() => {})
    else this.save()
  }

  /** A folder is through. */
  finished(path: string, { found, foundBytes, current, counts, unlisted = 0 }: FolderResult): void {
    const { copied, adopted, excepted, sizeBytes } = counts
    const sums = { found, foundBytes, copied, adopted, excepted, copiedBytes: sizeBytes, unlisted }
    if (current) this.folders.set(folderKey(path), sums)
  }

  /** The mailbox’s columns as they now stand. */
  columns(): Partial<MailboxRow> & Sums {
    const total = { ...none }
    for (const sums of this.folders.values()) for (const name of Object.keys(total) as (keyof Sums)[]) total[name] += sums[name]
    return { ...total, folders: this.count }
  }

  private add(
    folder: string,
    { copied, adopted, excepted, sizeBytes }: Pick<ChunkRow, 'copied' | 'adopted' | 'excepted' | 'sizeBytes'>,
  ): void {
    const sums = this.of(folder)
    sums.copied += copied
    sums.adopted += adopted
    sums.excepted += excepted
    sums.copiedBytes += sizeBytes
    sums.found = Math.max(sums.found, sums.copied + sums.adopted + sums.excepted)
  }

  private of(folder: string): Sums {
    const known = this.folders.get(folder) ?? { ...none }
    this.folders.set(folder, known)
    return known
  }

  /** Progress is told now and then; a lost row shows itself through the turn’s signal. */
  private save(): void {
    if (this.app.now() - this.savedAt < saveEveryMs) return
    this.savedAt = this.app.now()
    this.turn.save(this.columns()).catch(() => {})
  }
}
