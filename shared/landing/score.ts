import { type Entry, type Outcome, unpack } from '../copy/ledger.ts'
import { otherBytes } from '../copy/settling.ts'
import { type BriefChunk, isExcepted, someChunks } from '../copy/some-chunks.ts'
import { settingsFor } from '../playbooks/entity.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import { type FolderRow, folderKey, type LandingRow, type MailboxRow, mailboxKey } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'
import { type Kind, ofFolders, ofMailboxes, seenInBodies, seenInHeads } from './finding.ts'
import { quotaOf } from './quota.ts'
import { type Counted, unpackSeen } from './seen.ts'

/**
 * How good predictions were: predicted and so, predicted and not so, so and not predicted; among messages that were looked at, all folders, and all
 * mailboxes. `unscored`: of how many the wave cannot tell, and why.
 */
export type Score = {
  hits: number
  misses: number
  surprises: number
  precision?: number
  recall?: number
  unscored?: { count: number; why: string[] }
}
export type Scores = Partial<Record<Scored, Score>>

/** `other`: refused or changed for a reason that no look knows of. */
export type Scored = Kind | 'other'

/** Predictions of a wave held against what happened: by kind, and of each mailbox by its address. */
export type Landed = { scores: Scores; mailboxes: ReadonlyMap<string, Score> }

/**
 * Holds a wave’s predictions against its ledger and folders. Of a mailbox that is held before its comparison only folders count: one that the target
 * refuses is why. Undefined while none of its mailboxes has been scanned and come that far.
 */
export async function scoreLanding(app: Pick<App, 'store' | 'playbook'>, wave: string): Promise<Landed | undefined> {
  const { store } = app
  const partition = keyPart(wave)
  const ended = (row: MailboxRow) => row.verifiedAt !== undefined || row.state === 'held'
  const mailboxes = new Map((await all(store.mailboxes.list({ partition }))).map(row => [row.address, row]))
  if (![...mailboxes.values()].some(ended)) return undefined
  const rows = await all(store.landings.list({ partition }))
  const found = new Map<string, Map<Scored, Score>>()
  await inParallel(rows, async row => {
    const mailbox = mailboxes.get(row.address)
    const compared = mailbox?.verifiedAt !== undefined
    if (!row.seen || !mailbox || !ended(mailbox)) return
    const counted = new Map<Scored, Score>()
    found.set(row.address, counted)
    await scoreFolders(store, row, unpackSeen(row.seen), counted)
    if (compared) await scoreMessages(store, row, unpackSeen(row.seen), counted)
    const { playbook, playbookVersion } = mailbox
    scoreMailbox(settingsFor(await app.playbook(playbook, playbookVersion), mailbox), row, mailbox, counted)
  })
  if (found.size === 0) return undefined
  const each = [...found.values()].flatMap(counted => [...counted])
  const scores = [...new Set(each.map(([kind]) => kind))].sort().map((kind): [Scored, Score] => {
    return [kind, summed(each.flatMap(([of, score]) => (of === kind ? [score] : [])))]
  })
  const ofEach = new Map([...found].map(([address, counted]) => [address, summed([...counted.values()])]))
  return { scores: Object.fromEntries(scores), mailboxes: ofEach }
}

async function scoreMessages(
  store: Store,
  row: LandingRow,
  folders: readonly Counted[],
  into: Map<Scored, Score>,
): Promise<void> {
  const became = await happened(store, row, folders)
  for (const folder of folders) {
    const looked = new Set(folder.looked)
    // Where not all UIDs were kept, what happened to the others says nothing.
    const whole = [...seenInHeads, ...seenInBodies].filter(
      kind => (folder.counts[kind] ?? 0) === (folder.uids[kind]?.length ?? 0),
    )
    const predicted = whole.map(kind => ({ kind, inBody: seenInBodies.includes(kind), uids: new Set(folder.uids[kind]) }))
    for (const [uid, { told, unnamed, bytes }] of became.get(folderKey(folder.path)) ?? []) {
      for (const { kind, inBody, uids } of predicted) {
        if (inBody && !looked.has(uid)) continue
        const so = told.includes(kind) || (unnamed && inBody && uids.has(uid))
        const why = uids.has(uid) && !so ? untoldOf(kind, bytes) : undefined
        if (why !== undefined) leave(into, kind, why)
        else add(into, kind, uids.has(uid), so)
      }
      const isForeseen = predicted.some(({ inBody, uids }) => inBody && uids.has(uid))
      add(into, 'other', false, unnamed && looked.has(uid) && !isForeseen)
    }
  }
}

/** Every folder that the copy met, also those that nobody had seen before. */
async function scoreFolders(store: Store, row: LandingRow, seen: readonly Counted[], into: Map<Scored, Score>): Promise<void> {
  const predicted = new Map(seen.map(({ path, kinds }) => [path, kinds]))
  for (const folder of await all(store.folders.list({ partition: mailboxKey(row) })))
    for (const kind of ofFolders) add(into, kind, predicted.get(folder.path)?.includes(kind) ?? false, becameOf(folder) === kind)
}

/** The failures by which a mailbox of each kind was held: those that say so, and those by which Exchange and Graph say it among other things. */
const heldBy: Readonly<Record<(typeof ofMailboxes)[number], { surely: string; perhaps?: string }>> = {
  'over-quota': { surely: 'OVERQUOTA', perhaps: 'UNAVAILABLE' },
  'group-address': { surely: '', perhaps: 'ObjectConflict' },
  'too-many': { surely: '' },
}

/** What is said of a mailbox as a whole, held against what it was ever held by; what was mended since counts as well. */
function scoreMailbox(playbook: Playbook, { findings = [] }: LandingRow, mailbox: MailboxRow, into: Map<Scored, Score>): void {
  const has = (code: string | undefined) => code !== undefined && (mailbox.heldBy ?? []).includes(code)
  for (const kind of ofMailboxes) {
    const predicted = findings.some(finding => finding.kind === kind)
    const { surely, perhaps } = heldBy[kind]
    const stopped = has(surely) || (predicted && has(perhaps))
    const why = stopped
      ? undefined
      : predicted
        ? untold(kind, playbook, mailbox)
        : has(perhaps)
          ? `${perhaps} may mean this, or another thing`
          : undefined
    if (why === undefined) add(into, kind, predicted, stopped)
    else leave(into, kind, why)
  }
}

/** Why it says nothing of a prediction that a mailbox was not stopped; undefined where it does. */
function untold(kind: (typeof ofMailboxes)[number], playbook: Playbook, mailbox: MailboxRow): string | undefined {
  const { verifiedAt, targetReadyAt, foundBytes, wanted } = mailbox
  if (kind === 'too-many') return 'Microsoft does not support it, which no server says: the copy itself is not stopped'
  if (kind === 'group-address')
    return targetReadyAt === undefined
      ? 'its account has not been made yet'
      : 'its account was made: whether the group was renamed before, or was no hindrance, is not known'
  if (verifiedAt === undefined) return 'it has not been copied whole'
  const quota = quotaOf(playbook, wanted)
  const isOver = quota !== undefined && foundBytes > quota.bytes
  return isOver ? undefined : 'it holds less than its room by now: mail was deleted, or it has another licence'
}

/** What became of a folder, in the words of predictions. One that was refused, and is there after all, was not refused. */
function becameOf({ odd, targetUidValidity }: FolderRow): Kind | undefined {
  if (odd === 'refused') return targetUidValidity === undefined ? 'reserved' : undefined
  return odd
}

/**
 * What became of a message that was sent: the kinds that its outcome speaks of. `unnamed`: it was refused or changed, and no kind says why.
 * `bytes`: whether they were compared.
 */
type Became = { told: Kind[]; unnamed: boolean; bytes: 'compared' | 'unseen' | 'absent' }

/** What became of each message that something was predicted of, or that did not arrive as it was: by folder and UID. */
async function happened(store: Store, row: LandingRow, folders: readonly Counted[]): Promise<Map<string, Map<number, Became>>> {
  const scanned = new Map(folders.map(one => [folderKey(one.path), one]))
  const predicted = new Map(folders.map(one => [one, Object.values(one.uids).flat()]))
  const isWanted = (chunk: BriefChunk) => {
    const folder = scanned.get(chunk.folder)
    if (!folder || folder.uidValidity !== chunk.uidValidity) return false
    return isExcepted(chunk) || (predicted.get(folder)?.some(uid => uid >= chunk.firstUid && uid <= chunk.lastUid) ?? false)
  }
  const became = new Map<string, Map<number, Became>>()
  for await (const { folder, entries } of someChunks(store, row, isWanted)) {
    const byUid = became.get(folder) ?? new Map<number, Became>()
    became.set(folder, byUid)
    for (const entry of unpack(entries)) if (wasSent.includes(entry.outcome)) byUid.set(entry.uid, becameOfMessage(entry))
  }
  return became
}

/** Outcomes by which a prediction is proved; of one that its owner deleted, or that could not be read, nothing is known. */
const wasSent: readonly Outcome[] = ['copied', 'adopted', 'altered', 'too-large', 'refused']

function becameOfMessage(entry: Entry): Became {
  const { outcome, note = '', reread } = entry
  const told = kindsOf(entry)
  const isAbsent = outcome === 'too-large' || outcome === 'refused'
  const isOther = outcome === 'altered' || outcome === 'refused'
  const unnamed = isOther && (told.length === 0 || note.includes(otherBytes))
  return { told, unnamed, bytes: isAbsent ? 'absent' : reread === undefined ? 'unseen' : 'compared' }
}

/** Why it says nothing that the ledger has no word of such a message; undefined where it would have one. */
function untoldOf(kind: Kind, bytes: Became['bytes']): string | undefined {
  if (bytes === 'absent') return 'it was refused for another reason'
  const isRebuilt = bytes === 'unseen' && (kind === 'nul' || kind === 'eight-bit-header' || kind === 'line-ends')
  return isRebuilt ? 'the target took it; it builds each message anew, and nobody sees what it changes' : undefined
}

/** Words of a note by which the ledger tells what was changed, and why. */
const tells: readonly [RegExp, Kind][] = [
  [/cannot hold|\bflags:/, 'keywords'],
  [/\blong-lines:|\ba line of [\d,]+ bytes/, 'long-line'],
  [/\bnul:|\bNUL byte/, 'nul'],
  [/\beight-bit-headers:|raw 8-bit byte/, 'eight-bit-header'],
  [/\bline-ends:|\bbare (?:CR|LF)/, 'line-ends'],
  [/\bdate:/, 'date'],
]

/** The kinds that an outcome speaks of. An empty message has but one reason. */
export function kindsOf({ outcome, note = '', sizeBytes }: Pick<Entry, 'outcome' | 'note' | 'sizeBytes'>): Kind[] {
  if (outcome === 'too-large') return ['too-large']
  if (outcome !== 'altered' && outcome !== 'refused') return []
  const told = tells.flatMap(([pattern, kind]) => (pattern.test(note) ? [kind] : []))
  return sizeBytes === 0 ? [...told, 'empty'] : told
}

function add(into: Map<Scored, Score>, kind: Scored, predicted: boolean, so: boolean): void {
  if (!predicted && !so) return
  const score = scoreOf(into, kind)
  if (predicted && so) score.hits++
  else if (predicted) score.misses++
  else score.surprises++
}

function leave(into: Map<Scored, Score>, kind: Scored, reason: string): void {
  const score = scoreOf(into, kind)
  const { count = 0, why = [] } = score.unscored ?? {}
  score.unscored = { count: count + 1, why: why.includes(reason) ? why : [...why, reason] }
}

function scoreOf(into: Map<Scored, Score>, kind: Scored): Score {
  const score = into.get(kind) ?? { hits: 0, misses: 0, surprises: 0 }
  into.set(kind, score)
  return score
}

function summed(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0)
  const [hits, misses, surprises] = [sum(one => one.hits), sum(one => one.misses), sum(one => one.surprises)]
  const share = (all: number) => Math.round((hits / all) * 1000) / 1000
  const unscored = scores.flatMap(one => one.unscored ?? [])
  const count = unscored.reduce((total, one) => total + one.count, 0)
  return {
    ...(count > 0 ? { unscored: { count, why: [...new Set(unscored.flatMap(one => one.why))].sort() } } : {}),
    ...{ hits, misses, surprises },
    ...(hits + misses > 0 ? { precision: share(hits + misses) } : {}),
    ...(hits + surprises > 0 ? { recall: share(hits + surprises) } : {}),
  }
}
