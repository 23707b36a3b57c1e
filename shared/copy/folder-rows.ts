import type { App } from '../ports.ts'
import { Superseded, type Turn } from '../run.ts'
import { type FolderRow, type MailboxRow, mailboxKey } from '../store/schema.ts'

/** How long a folder’s row waits for others to be saved with it, ms: long enough to save a transaction, short enough to watch. */
const saveEveryMs = 2_000

/** A transaction of Table Storage holds at most this many rows. */
const most = 100

type Context = Pick<App, 'store' | 'now' | 'quietMs'>

const kept = new WeakMap<Turn<MailboxRow>, FolderRows>()

/** The rows of a mailbox’s folders, as its worker’s last step left them; read anew where an earlier worker may still be writing. */
export function folderRowsOf(app: Context, turn: Turn<MailboxRow>): FolderRows {
  const known = turn.row.lost === undefined ? kept.get(turn) : undefined
  const rows = known ?? new FolderRows(app, turn)
  kept.set(turn, rows)
  return rows
}

/**
 * Rows of a mailbox’s folders, on their way into storage several in one transaction. The mailbox’s worker is their only writer: a row is replaced as
 * it was read or written last; where that fails, or the claim was not shown for long, it proves first that the claim still stands.
 */
export class FolderRows {
  private readonly etags = new Map<string, string>()
  private readonly rows = new Map<string, FolderRow>()
  private waiting = new Map<string, FolderRow>()
  private listed = false
  private flushing: Promise<void> = Promise.resolve()
  private savedAt: number
  private readonly app: Context
  private readonly turn: Turn<MailboxRow>

  constructor(app: Context, turn: Turn<MailboxRow>) {
    this.app = app
    this.turn = turn
    this.savedAt = app.now()
  }

  /** Every row as it stands in storage; asked once. */
  async list(): Promise<FolderRow[]> {
    if (!this.listed) {
      this.listed = true
      for await (const { row, etag } of this.app.store.folders.list({ partition: mailboxKey(this.turn.row) }))
        this.know(row, etag)
    }
    return [...this.rows.values()]
  }

  async add(row: FolderRow): Promise<void> {
    this.waiting.set(row.path, row)
    if (this.waiting.size >= most || this.app.now() - this.savedAt >= saveEveryMs) await this.flush()
  }

  /** Saves what waits. Throws `Superseded` where the claim is lost. */
  async flush(): Promise<void> {
    const now = this.flushing.then(() => this.write())
    this.flushing = now.catch(() => {})
    return now
  }

  private async write(): Promise<void> {
    const rows = [...this.waiting.values()]
    if (rows.length === 0) return
    this.waiting = new Map()
    const { app, turn } = this
    this.savedAt = app.now()
    const { folders } = app.store
    if (isStale(app, turn)) await turn.save({})
    const lost: FolderRow[] = []
    const saving = rows.map(async row => {
      const etag = this.etags.get(row.path)
      const saved = await (etag === undefined ? folders.insert(row) : folders.save(row, etag))
      if (typeof saved === 'string') lost.push(row)
      else this.know(row, saved.etag)
    })
    await Promise.all(saving)
    if (lost.length === 0) return
    await turn.save({})
    await folders.put(lost)
    this.listed = false
  }

  private know(row: FolderRow, etag: string): void {
    this.rows.set(row.path, row)
    this.etags.set(row.path, etag)
  }
}

/** Was the claim not renewed in time, so that another may have taken it? */
export function isStale({ now, quietMs }: Pick<App, 'now' | 'quietMs'>, { row }: Turn<MailboxRow>): boolean {
  return now() > (row.dueAt ?? Number.POSITIVE_INFINITY) - quietMs / 3
}

/**
 * Nothing is sent on a claim that was not renewed in time: this process may have been stopped for a while, and another one be at it. What
 * it writes now would come after that one has looked.
 */
export function claimed(app: App, turn: Turn<MailboxRow>): void {
  turn.signal.throwIfAborted()
  if (isStale(app, turn)) throw new Superseded()
}
