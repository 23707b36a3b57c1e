import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { FolderRow, MailboxRow } from '../store/schema.ts'

/** How long a folder’s row waits for others to be saved with it, ms: long enough to save a transaction, short enough to watch. */
const saveEveryMs = 2_000

/** A transaction of Table Storage holds at most this many rows. */
const most = 100

/**
 * Rows of a mailbox’s folders on their way into storage, several in one transaction. The mailbox’s worker is their only writer: before it
 * writes it proves that its claim still stands.
 */
export class FolderRows {
  private rows: FolderRow[] = []
  private savedAt: number
  private readonly app: Pick<App, 'store' | 'now'>
  private readonly turn: Turn<MailboxRow>

  constructor(app: Pick<App, 'store' | 'now'>, turn: Turn<MailboxRow>) {
    this.app = app
    this.turn = turn
    this.savedAt = app.now()
  }

  async add(row: FolderRow): Promise<void> {
    this.rows.push(row)
    if (this.rows.length >= most || this.app.now() - this.savedAt >= saveEveryMs) await this.flush()
  }

  /** Saves what waits. Throws `Superseded` where the claim is lost. */
  async flush(): Promise<void> {
    const rows = this.rows
    if (rows.length === 0) return
    this.rows = []
    this.savedAt = this.app.now()
    await this.turn.save({})
    await this.app.store.folders.put(rows)
  }
}
