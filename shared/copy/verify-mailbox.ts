import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import { folderKey, type MailboxRow, mailboxKey } from '../store/schema.ts'
import { chunksOf, FolderLedger } from './folder-ledger.ts'
import { FolderRows } from './folder-rows.ts'
import { compareFolder } from './verify.ts'

/** Compares every folder of a mailbox with its source and its ledger, and keeps what was found on the folder’s row. */
export async function verifyMailbox(app: App, turn: Turn<MailboxRow>): Promise<void> {
  const { row } = turn
  const sessions = await app.sessions(row)
  const pair = await sessions.open()
  const { source, target } = pair
  try {
    const stored = await chunksOf(app.store, row)
    const rows = new FolderRows(app, turn)
    for await (const { row: folder } of app.store.folders.list({ partition: mailboxKey(row), states: ['current'] })) {
      turn.signal.throwIfAborted()
      const owner = {
        ...row,
        path: folder.path,
        targetPath: folder.targetPath,
        mailboxPass: row.pass,
        fence: turn.row.fence,
        now: app.now,
      }
      const ledger = new FolderLedger(app.store.chunks, owner, stored.get(folderKey(folder.path)) ?? [])
      const { removed, ...found } = await compareFolder(source, target, folder, ledger, true)
      const checked = { at: app.now(), ...found, ...(removed > 0 ? { removed } : {}) }
      await rows.add({ ...folder, checked })
    }
    await rows.flush()
  } finally {
    await sessions.giveBack(pair)
  }
}
