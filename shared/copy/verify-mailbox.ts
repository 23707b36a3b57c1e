import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { Listing, Source } from '../source/source.ts'
import type { FolderRow, MailboxRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import { FolderLedger, ledgerOf } from './folder-ledger.ts'
import { claimed, folderRowsOf } from './folder-rows.ts'
import { asFilled, differs } from './scope.ts'
import { compareFolder, firstCopyIn } from './verify.ts'

/**
 * Compares every folder of a mailbox with its source and its ledger, and keeps what was found on the folder’s row. `livedIn`: people work in it
 * already. `again`: only those that were not found alike before. Returns how many messages another round would bring that the last one did not see.
 */
export async function verifyMailbox(app: App, turn: Turn<MailboxRow>, livedIn: boolean, again = false): Promise<number> {
  const { row } = turn
  const sessions = await app.sessions(row)
  const pair = await sessions.open()
  const { source, target } = pair
  try {
    const rows = folderRowsOf(app, turn)
    const [stored, all] = await Promise.all([ledgerOf(app.store, turn), rows.list()])
    const current = all.filter(({ state }) => state === 'current')
    const folders = again ? await comparable(current.filter(differs), pair, one => rows.add(one)) : current
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
      const how = { livedIn, seen: folder, before: again ? folder.checked : undefined, claimed: () => claimed(app, turn) }
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

/** The folders that can be compared anew: of those that are not what was filled any more it is written down that a person is to look. */
async function comparable(
  folders: readonly FolderRow[],
  { source, target }: { source: Source; target: Target },
  save: (row: FolderRow) => Promise<void>,
): Promise<FolderRow[]> {
  const [here, filled] = await Promise.all([source.folders(), asFilled(folders, target)])
  for (const folder of folders) {
    const { checked, targetPath } = folder
    const what = `its folder at the new server, “${targetPath}”, was renamed, deleted or made anew since: bring by hand what is missing`
    if (filled.includes(folder) || !checked || checked.differences.includes(what)) continue
    const differences = [what, ...checked.differences]
    await save({ ...folder, checked: { ...checked, differences, differing: checked.differing + 1 } })
  }
  return filled.filter(({ path }) => here.some(one => one.path === path))
}
