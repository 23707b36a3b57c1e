import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { Listing } from '../source/source.ts'
import type { MailboxRow } from '../store/schema.ts'
import { FolderLedger, ledgerOf } from './folder-ledger.ts'
import { claimed, folderRowsOf } from './folder-rows.ts'
import { compareFolder, firstCopyIn } from './verify.ts'

/**
 * Compares every folder of a mailbox with its source and its ledger, and keeps what was found on the folder’s row. `livedIn`: people work in it
 * already. Returns how many messages another round would bring that the last one did not see.
 */
export async function verifyMailbox(app: App, turn: Turn<MailboxRow>, livedIn: boolean): Promise<number> {
  const { row } = turn
  const sessions = await app.sessions(row)
  const pair = await sessions.open()
  const { source, target } = pair
  try {
    const rows = folderRowsOf(app, turn)
    const [stored, all] = await Promise.all([ledgerOf(app.store, turn), rows.list()])
    const folders = all.filter(({ state }) => state === 'current')
    const ledgers = folders.map(({ path, targetPath }) => {
      const owner = { ...row, path, targetPath, mailboxPass: row.pass, fence: turn.row.fence, now: app.now }
      return new FolderLedger(app.store.chunks, owner, stored.in(path))
    })
    const there = target.list(
      folders.map(({ targetPath: path }, i) => ({ path, fromUid: firstCopyIn(ledgers[i] as FolderLedger) })),
    )
    const listed = there[Symbol.asyncIterator]()
    const found: { here: Listing; there: Listing }[] = []
    // Both servers are asked at the same time.
    let next = listed.next()
    next.catch(() => {})
    for await (const here of source.list(folders.map(({ path }) => ({ path, fromUid: 1 })))) {
      turn.signal.throwIfAborted()
      const { value } = await next
      found.push({ here, there: value as Listing })
      next = listed.next()
      next.catch(() => {})
    }
    await next
    let missedInAll = 0
    for (const [i, folder] of folders.entries()) {
      turn.signal.throwIfAborted()
      const { here, there } = found[i] as { here: Listing; there: Listing }
      const how = { livedIn, seen: folder, claimed: () => claimed(app, turn) }
      const { removed, missed, ...comparison } = await compareFolder(here, there, ledgers[i] as FolderLedger, target, how)
      const checked = { at: app.now(), ...comparison, ...(removed > 0 ? { removed } : {}) }
      missedInAll += missed
      // Or the next round would take it for a folder in which nothing happened.
      await rows.add({ ...folder, checked, ...(missed > 0 ? { highestModseq: undefined } : {}) })
      here.heads.free()
      there.heads.free()
    }
    await rows.flush()
    return missedInAll
  } finally {
    await sessions.giveBack(pair)
  }
}
