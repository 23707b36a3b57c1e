import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import { Heads } from '../source/heads.ts'
import type { Listing, Source } from '../source/source.ts'
import type { FolderRow, MailboxRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import { FolderLedger, ledgerOf } from './folder-ledger.ts'
import { claimed, folderRowsOf } from './folder-rows.ts'
import { differs } from './scope.ts'
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
    const folders = again ? await shown(current.filter(differs), source) : current
    // What its owner deleted is his doing. Before he works there it is not looked for until something went wrong: another round brings it.
    const lost = livedIn || row.tries > 0 ? await missing(folders, target) : new Set<FolderRow>()
    const ledgers = folders.map(({ path, targetPath }) => {
      const owner = { ...row, path, targetPath, fence: turn.row.fence, now: app.now }
      return new FolderLedger(app.store.chunks, owner, stored.in(path))
    })
    const there = target.list(
      folders.flatMap((one, i) =>
        lost.has(one) ? [] : [{ path: one.targetPath, fromUid: firstCopyIn(ledgers[i] as FolderLedger) }],
      ),
    )
    const listed = there[Symbol.asyncIterator]()
    const found: { here: Listing; there: Listing }[] = []
    // Both servers are asked at the same time.
    let next = listed.next()
    next.catch(() => {})
    for await (const here of source.list(folders.map(({ path }) => ({ path, fromUid: 1 })))) {
      turn.signal.throwIfAborted()
      const folder = folders[found.length] as FolderRow
      if (lost.has(folder)) {
        found.push({ here, there: nothingAt(folder.targetPath) })
        continue
      }
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

/** Those that the source still shows; another keeps what was said of it. */
async function shown(folders: readonly FolderRow[], source: Source): Promise<FolderRow[]> {
  const here = await source.folders()
  return folders.filter(({ path }) => here.some(one => one.path === path))
}

/** Those that are not at the target any more. */
async function missing(folders: readonly FolderRow[], target: Target): Promise<Set<FolderRow>> {
  const standing = await target.standing(folders.map(({ targetPath }) => targetPath))
  return new Set(folders.filter((_, i) => standing[i] === undefined))
}

/** A folder that is not there, as it would be listed. */
function nothingAt(path: string): Listing {
  return { path, status: { uidValidity: '', uidNext: 1, exists: 0 }, heads: Heads.of([]) }
}
