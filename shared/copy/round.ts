import { Failure } from '../errors.ts'
import type { FolderFact } from '../life/facts.ts'
import { folder as machine } from '../life/folder.ts'
import { next } from '../machine.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { Superseded, type Turn } from '../run.ts'
import type { ListedFolder, Source } from '../source/source.ts'
import type { FolderRow, MailboxRow } from '../store/schema.ts'
import type { Target } from '../targets/target.ts'
import { copyFolders, type FolderJob, type FolderResult } from './copy.ts'
import { type Chunk, type Chunks, FolderLedger, ledgerOf } from './folder-ledger.ts'
import { claimed, type FolderRows, folderRowsOf } from './folder-rows.ts'
import { mapFolders } from './folders.ts'
import { followMoves, type Left, lookAgain, type Passed, withoutAny } from './moved.ts'
import { defaultLimits, shared } from './plan.ts'
import { renamed } from './renamed.ts'
import { changed, covered, type Scope, type Work } from './scope.ts'
import { Tally } from './tally.ts'
import { isUnsettled } from './twice.ts'

/** How a round over a mailbox ended. `current` false: the time was spent, go on with the same round. `new`: messages it brought. */
export type Round = { current: boolean; new: number; set: Partial<MailboxRow> }

type Pair = { source: Source; target: Target }

/**
 * One round over the folders of a mailbox, several at a time within the connection budget. Each folder has one writer. Its progress is
 * saved with the mailbox’s row, which also shows that the worker lives.
 */
export async function copyRound(app: App, turn: Turn<MailboxRow>, scope: Scope): Promise<Round> {
  const { row } = turn
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const { copy, connections } = settingsFor(playbook, row)
  const sessions = await app.sessions(row)
  const first = await sessions.open()
  let helping: Promise<Pair | undefined>[] = []
  try {
    const rows = folderRowsOf(app, turn)
    const ledger = () => ledgerOf(app.store, turn)
    const { work, gone } = await listWork(app, row, first, copy, rows, scope, ledger)
    const inScope = await covered(work, scope, first, ledger)
    const [stored, touched] = await Promise.all([ledger(), scope === 'differing' ? inScope : changed(inScope, first)])
    const follows = scope === 'all'
    // A round was stopped before it had followed what was moved: that is between folders, so all are looked at.
    const resumed = stored.all.some(chunk => chunk.row.fence > (row.followed ?? 0))
    // What a worker that was stopped wrote meanwhile stands in folders in which nothing else happened.
    const due =
      follows && resumed
        ? inScope
        : inScope.filter(one => touched.includes(one) || isUnsettled(stored.in(one.row.path), one.row, row))
    // More sessions are a help, not a need: where none is to be had, the first goes on alone.
    const lanes = Math.min(lanesFor(due, connections.perMailbox), 1 + sessions.further())
    helping = Array.from({ length: lanes - 1 }, () => sessions.open({ beside: first }).catch(() => undefined))
    const missing = inScope.flatMap(({ make }) => make ?? [])
    const making = missing.length > 0 ? first.target.create(missing) : undefined
    const ready = Promise.all([rows.flush(), making?.catch(error => sayRefused(error, first.target, inScope, rows))])
    ready.catch(() => {})
    const tally = new Tally(app, turn, work.length)
    for (const { row: folder } of work) tally.known(folder, stored.in(folder.path))
    let portions = shared(due, lanes, messagesIn)
    let coming = lanes
    // Where nobody else comes, all that is left is one stream: between two of them the servers would wait.
    const take = () => {
      if (coming === 0) portions = shared(portions.flat(), 1, messagesIn)
      return portions.shift()
    }
    let current = true
    const passed: Passed[] = []
    const run = async (opening: Promise<Pair | undefined>) => {
      const pair = await opening
      coming--
      if (!pair) return
      for (let portion = take(); portion && current; portion = take())
        // What another found while this one was at it stands.
        if (!(await copyPortion({ app, turn, pair, portion, stored, tally, rows, scope, copy, passed, ready }))) current = false
    }
    const ends = await Promise.allSettled([ready, ...[Promise.resolve(first), ...helping].map(run)])
    // What a round that failed has seen and brought is shown as well.
    if (ends.some(({ status }) => status === 'rejected')) await turn.save(tally.columns()).catch(() => {})
    throwFirst(ends)
    // Once the owner works at the target, there is nothing to follow.
    const followed = current && follows
    if (followed) {
      const left = (folder: FolderRow) => unchanged(app, row, folder, stored)
      const rest = work.filter(one => !due.includes(one)).flatMap(one => left(one.row))
      const ours = { target: first.target, signal: turn.signal, now: app.now, claimed: () => claimed(app, turn) }
      const lost = await withoutAny(ours, gone.flatMap(left), passed, copy.sourceDeletions === 'mirror')
      await followMoves(ours, await lookAgain(first.source, [...passed, ...lost], rest, row.followed), row.followed)
    }
    for (const { heads } of passed) heads.free()
    await rows.flush()
    return { current, new: tally.new, set: { ...tally.columns(), ...(followed ? { followed: row.fence } : {}) } }
  } finally {
    const pairs = [first, ...(await Promise.all(helping))]
    await Promise.all(pairs.map(pair => pair && sessions.giveBack(pair)))
  }
}

/** A folder in which nothing happened, as far as its ledger and its row tell. */
function unchanged(
  app: App,
  mailbox: MailboxRow,
  { path, targetPath, uidValidity, targetUidValidity }: FolderRow,
  stored: Chunks,
): Left[] {
  const chunks = stored.in(path)
  if (chunks.length === 0) return []
  const { wave, address, fence } = mailbox
  const owner = { wave, address, path, targetPath, fence, now: app.now }
  // A round that was stopped has left chunks, and nothing on the row.
  const { row } = chunks.at(-1) as Chunk
  const opened = { uidValidity: targetUidValidity ?? row.targetUidValidity, uidNext: 1, exists: 0, keeps: () => true }
  const ledger = new FolderLedger(app.store.chunks, owner, chunks)
  const way = { path, uidValidity: uidValidity ?? row.uidValidity, targetPath, opened, ledger, settled: () => {} }
  return [{ way, sent: new Set(), again: new Set() }]
}

/** How many folders are worked on at once: more only where there is enough mail to pay for more sign-ins. */
function lanesFor(due: readonly Work[], most = 4): number {
  const messages = due.reduce((sum, work) => sum + messagesIn(work), 0)
  return Math.max(1, Math.min(most, due.length, Math.ceil(messages / 250)))
}

function messagesIn({ listed }: Work): number {
  return listed.messages ?? 100
}

type Copying = {
  app: App
  turn: Turn<MailboxRow>
  pair: Pair
  portion: readonly Work[]
  stored: Chunks
  tally: Tally
  rows: FolderRows
  scope: Scope
  copy: Playbook['copy']
  passed: Passed[]
  ready: Promise<unknown>
}

/** Brings some folders up to date and saves how they stand; false where the time was spent before their end. */
async function copyPortion({
  app,
  turn,
  pair,
  portion,
  stored,
  tally,
  rows,
  scope,
  copy,
  passed,
  ready,
}: Copying): Promise<boolean> {
  const { wave, address, fence } = turn.row
  let current = true
  const jobs = portion.map(({ row }): FolderJob => {
    const { path, targetPath } = row
    const owner = { wave, address, path, targetPath, fence, now: app.now }
    return {
      path,
      targetPath,
      ledger: new FolderLedger(app.store.chunks, owner, stored.in(path)),
      listed: (messages, bytes) => tally.listed(path, messages, bytes),
      brought: counts => tally.brought(path, counts),
      done: async result => {
        current &&= result.current
        tally.finished(path, result)
        await saveFolder(app, rows, row, result)
      },
    }
  })
  const lane = {
    ...pair,
    ready,
    limits: { messages: copy.chunkMessages ?? defaultLimits.messages, bytes: copy.chunkBytes ?? defaultLimits.bytes },
    additionsOnly: scope !== 'all',
    mirror: copy.sourceDeletions === 'mirror',
    signal: turn.signal,
    now: app.now,
    careful: turn.row.tries > 1,
    claimed: () => claimed(app, turn),
    time: () => app.now() < turn.until,
  }
  passed.push(...(await copyFolders(lane, jobs)))
  return current
}

/** Of several failures the one that a person must see: a lost row first, then what must be mended, then weather. */
function throwFirst(ends: readonly PromiseSettledResult<unknown>[]): void {
  const errors = ends.flatMap(end => (end.status === 'rejected' ? [end.reason as unknown] : []))
  const rank = (error: unknown) =>
    error instanceof Superseded ? 0 : error instanceof Failure ? (error.verdict === 'transient' ? 3 : 2) : 1
  const [first] = errors.sort((a, b) => rank(a) - rank(b))
  if (first !== undefined) throw first
}

/** The source’s folders, each with its row; new ones get a row, lost ones are marked: not where somebody repairs the source, of which they may be hidden. `gone`: what it does not list. */
async function listWork(
  app: App,
  mailbox: MailboxRow,
  { source, target }: Pair,
  copy: Playbook['copy'],
  rows: FolderRows,
  scope: Scope,
  ledger: () => Promise<Chunks>,
): Promise<{ work: Work[]; gone: FolderRow[] }> {
  const stored = new Map((await rows.list()).map(row => [row.path, row]))
  const [listed, there] = await Promise.all([source.folders(), target.folders()])
  for (const row of await renamed([...stored.values()], there, target, ledger)) {
    await rows.add(row)
    stored.set(row.path, row)
  }
  const known = new Map([...stored.values()].map(({ path, targetPath }) => [path, targetPath]))
  const mapped = mapFolders(
    listed.filter(folder => !left(folder, copy)),
    there,
    target.traits,
    copy.folders,
    known,
  )
  const byPath = new Map(listed.map(folder => [folder.path, folder]))
  const thereBy = new Map(there.map(({ path, status }) => [path, status]))
  const work: Work[] = []
  for (const { path, targetPath, role, make, odd } of mapped) {
    const row = stored.get(path) ?? { ...newFolder(app, mailbox, path, targetPath, role), odd }
    if (!stored.has(path)) await rows.add(row)
    const folder = byPath.get(path)
    const missing = make ? { path: targetPath, ...(role ? { role } : {}) } : undefined
    if (folder) work.push({ listed: folder, row, make: missing, there: thereBy.get(targetPath) })
  }
  const paths = new Set(mapped.map(({ path }) => path))
  const lost = [...stored.values()].filter(({ path }) => !paths.has(path))
  if (scope !== 'differing') for (const row of lost) await move(app, rows, row, 'vanished', {})
  return { work, gone: lost.filter(({ path }) => !byPath.has(path)) }
}

/** Writes down which folders the target refuses to make, each asked for alone, and throws what it said. */
async function sayRefused(error: unknown, target: Target, work: readonly Work[], rows: FolderRows): Promise<never> {
  if (!(error instanceof Failure) || error.verdict !== 'permanent') throw error
  for (const { row } of work.filter(({ make }) => make)) {
    const refused = await target.create([{ path: row.targetPath }]).then(
      () => false,
      again => again instanceof Failure && again.verdict === 'permanent',
    )
    if (refused) await rows.add({ ...row, odd: 'refused' })
  }
  await rows.flush()
  throw error
}

/** Is the folder left behind by the playbook’s policy? */
function left({ role }: ListedFolder, { trash, junk }: Playbook['copy']): boolean {
  return (role === '\\Trash' && trash === 'leave') || (role === '\\Junk' && junk === 'leave')
}

function newFolder(app: App, { wave, address }: MailboxRow, path: string, targetPath: string, role?: string): FolderRow {
  const life = { state: 'listed' as const, pass: 0, fence: 0, tries: 0, since: app.now() }
  const counts = { found: 0, foundBytes: 0, expunged: 0 }
  return { ...life, ...counts, wave, address, path, targetPath, specialUse: role }
}

/** Saves how the folder stands, if that is anything new. */
async function saveFolder(app: App, rows: FolderRows, row: FolderRow, result: FolderResult): Promise<void> {
  const { uidValidity, uidNext, highestModseq, targetUidValidity, found, foundBytes, expunged, unlisted } = result
  const set = { uidValidity, uidNext, highestModseq, targetUidValidity, found, foundBytes, expunged, unlisted }
  const state = result.current ? 'current' : 'copying'
  const same = row.state === state && Object.entries(set).every(([name, value]) => row[name as keyof FolderRow] === value)
  if (!same) await move(app, rows, row, result.current ? 'folder-current' : 'pass-begun', set)
}

/** A fact of the folder applied in place by the mailbox’s worker, its only writer. */
async function move(app: App, rows: FolderRows, row: FolderRow, fact: FolderFact, set: Partial<FolderRow>): Promise<void> {
  const moved = next(machine, row, { fact, set }, app.now(), app.quietMs)
  if (moved) await rows.add(moved)
}
