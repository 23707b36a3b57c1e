import type { App } from '../ports.ts'
import type { Turn } from '../run.ts'
import type { Heads } from '../source/heads.ts'
import type { Listing } from '../source/source.ts'
import { type FolderRow, type MailboxRow, mailboxKey } from '../store/schema.ts'
import type { Store } from '../store/store.ts'
import { apart } from './broken.ts'
import { send } from './chunk.ts'
import { type Chunk, FolderLedger, ledgerOf } from './folder-ledger.ts'
import { claimed, folderRowsOf } from './folder-rows.ts'
import { type Entry, elsewhere, triable, unpack } from './ledger.ts'
import { recover } from './recover.ts'
import { renamed } from './renamed.ts'
import type { Round } from './round.ts'
import { differs } from './scope.ts'
import { isExcepted, someChunks } from './some-chunks.ts'
import { Tally } from './tally.ts'
import { keepArrived } from './target-anew.ts'
import { dropTwice } from './twice.ts'
import type { Load, Sending, Way } from './way.ts'

/** Has the mailbox messages that can be tried again, or folders that were not found alike? */
export async function hasTriable(store: Store, mailbox: MailboxRow): Promise<boolean> {
  // What a mailbox that is through was sealed with tells without its folders.
  if (mailbox.sealed === undefined || mailbox.sealed.verdict === 'incomplete')
    for await (const { row } of store.folders.list({ partition: mailboxKey(mailbox) })) if (differs(row)) return true
  if (mailbox.excepted === 0) return false
  for await (const { entries } of someChunks(store, mailbox, isExcepted))
    if (unpack(entries).some(({ outcome }) => triable.includes(outcome))) return true
  return false
}

/**
 * Tries again what the target refused or the source could not hand out, and nothing else: additions only, since its owner works at the
 * target by now. May be stopped anywhere and begun again: each chunk is tried once since the order was given.
 */
export async function retryRound(app: App, turn: Turn<MailboxRow>): Promise<Round> {
  const { row } = turn
  const sessions = await app.sessions(row)
  const pair = await sessions.open()
  try {
    const rows = folderRowsOf(app, turn)
    const [stored, here, there] = await Promise.all([ledgerOf(app.store, turn), pair.source.folders(), pair.target.folders()])
    for (const row of await renamed(await rows.list(), there, pair.target, async () => stored)) await rows.add(row)
    await rows.flush()
    const folders = (await rows.list()).filter(({ state }) => state !== 'gone')
    let current = true
    for (const folder of folders) {
      const known = here.some(({ path }) => path === folder.path) && there.some(({ path }) => path === folder.targetPath)
      if (!known) continue
      const owner = { ...row, path: folder.path, targetPath: folder.targetPath, now: app.now }
      current &&= await retryFolder(app, turn, pair, folder, new FolderLedger(app.store.chunks, owner, stored.in(folder.path)))
    }
    const tally = new Tally(app, turn, folders.length)
    for (const folder of folders) tally.known(folder, stored.in(folder.path))
    return { current, new: tally.new, set: tally.columns() }
  } finally {
    await sessions.giveBack(pair)
  }
}

/** False where the time was spent before its end. A folder that the source numbered anew is left as it is: its UIDs mean nothing. */
async function retryFolder(
  app: App,
  turn: Turn<MailboxRow>,
  { source, target }: Pick<Sending, 'source' | 'target'>,
  folder: FolderRow,
  ledger: FolderLedger,
): Promise<boolean> {
  const { signal, row } = turn
  const due = ledger.of(folder.uidValidity ?? '').filter(chunk => isDue(chunk, row.since))
  if (due.length === 0) return true
  const { path, targetPath } = folder
  const [opened] = await target.open([targetPath])
  let listing: Listing | undefined
  for await (const one of source.list([{ path, fromUid: 1 }])) listing = one
  if (!opened || !listing || listing.status.uidValidity !== folder.uidValidity) return true
  const { heads, status } = listing
  const way: Way = { path, uidValidity: status.uidValidity, targetPath, opened, ledger, settled: () => {} }
  const sending: Sending = { source, target, signal, now: app.now, careful: row.tries > 1, claimed: () => claimed(app, turn) }
  await dropTwice(ledger, status.uidValidity)
  await keepArrived(ledger, status.uidValidity, opened)
  const open = due.filter(chunk => chunk.row.state === 'open')
  if (open.length > 0) await recover(sending, way, open)
  let current = true
  async function* again(): AsyncIterable<Load> {
    for (const chunk of due.filter(chunk => isDue(chunk, row.since))) {
      signal.throwIfAborted()
      current &&= app.now() < turn.until
      if (!current) return
      if (chunk.row.state !== 'open') {
        const isThere = chunk.row.targetUidValidity === way.opened.uidValidity
        const entries = reopened(chunk, heads)
        await ledger.write(chunk, isThere ? entries : entries.map(elsewhere), way.opened)
      }
      yield { way, chunk }
    }
  }
  await send(sending, again())
  for (const load of apart([way])) {
    current &&= app.now() < turn.until
    if (current) await send(sending, [load])
  }
  return current
}

/** Is it open, or has it something to try that was last tried before the order was given? */
function isDue({ row, entries }: Chunk, since: number): boolean {
  return row.state === 'open' || (row.at < since && entries.some(({ outcome }) => triable.includes(outcome)))
}

/** What is to be tried again is intended again, if the source still has it; what it no longer has keeps its outcome. */
function reopened({ entries }: Chunk, heads: Heads): Entry[] {
  return entries.map(entry => {
    const head = triable.includes(entry.outcome) ? heads.get(entry.uid) : undefined
    if (!head) return entry
    const { uid, sizeBytes, internalDate } = head
    return { uid, sizeBytes, internalDate, flags: [], outcome: 'intended' }
  })
}
