import { type Entry, unpack } from '../copy/ledger.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import { type ChunkRow, type FolderRow, folderKey, type LandingRow, mailboxKey } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'
import { type Kind, ofFolders, seenInBodies, seenInHeads } from './finding.ts'
import { type Counted, unpackSeen } from './seen.ts'

/** How good predictions were: predicted and so, predicted and not so, so and not predicted; among messages that were looked at, and all folders. */
export type Score = { hits: number; misses: number; surprises: number; precision?: number; recall?: number }
export type Scores = Partial<Record<Kind, Score>>

/** Predictions of a wave held against what happened: by kind, and of each mailbox by its address. */
export type Landed = { scores: Scores; mailboxes: ReadonlyMap<string, Score> }

/**
 * Holds a wave’s predictions against its ledger and folders. Of a mailbox that is held before its comparison only folders count: one that the target
 * refuses is why. Undefined while none of its mailboxes has been scanned and come that far.
 */
export async function scoreLanding(store: Store, wave: string): Promise<Landed | undefined> {
  const rows = await all(store.landings.list({ partition: keyPart(wave) }))
  const found = new Map<string, Map<Kind, Score>>()
  await inParallel(rows, async row => {
    const mailbox = await store.mailboxes.get(keyPart(wave), keyPart(row.address))
    const compared = mailbox?.row.verifiedAt !== undefined
    if (!row.seen || !(compared || mailbox?.row.state === 'held')) return
    const counted = new Map<Kind, Score>()
    found.set(row.address, counted)
    await scoreFolders(store, row, unpackSeen(row.seen), counted)
    if (compared) await scoreMessages(store, row, unpackSeen(row.seen), counted)
  })
  if (found.size === 0) return undefined
  const each = [...found.values()].flatMap(counted => [...counted])
  const scores = [...new Set(each.map(([kind]) => kind))].sort().map((kind): [Kind, Score] => {
    return [kind, summed(each.flatMap(([of, score]) => (of === kind ? [score] : [])))]
  })
  const mailboxes = new Map([...found].map(([address, counted]) => [address, summed([...counted.values()])]))
  return { scores: Object.fromEntries(scores), mailboxes }
}

async function scoreMessages(store: Store, row: LandingRow, folders: readonly Counted[], into: Map<Kind, Score>): Promise<void> {
  const chunks = await all(store.chunks.list({ partition: mailboxKey(row) }))
  for (const folder of folders) {
    const actual = happened(folder, chunks)
    for (const kind of [...seenInHeads, ...seenInBodies]) {
      // Where not all UIDs were kept, what happened to the others says nothing.
      if ((folder.counts[kind] ?? 0) !== (folder.uids[kind]?.length ?? 0)) continue
      const looked = new Set(seenInBodies.includes(kind) ? folder.looked : actual.keys())
      const predicted = new Set(folder.uids[kind])
      for (const uid of looked) add(into, kind, predicted.has(uid), actual.get(uid)?.includes(kind) ?? false)
    }
  }
}

/** Every folder that the copy met, also those that nobody had seen before. */
async function scoreFolders(store: Store, row: LandingRow, seen: readonly Counted[], into: Map<Kind, Score>): Promise<void> {
  const predicted = new Map(seen.map(({ path, kinds }) => [path, kinds]))
  for (const folder of await all(store.folders.list({ partition: mailboxKey(row) })))
    for (const kind of ofFolders) add(into, kind, predicted.get(folder.path)?.includes(kind) ?? false, becameOf(folder) === kind)
}

/** What became of a folder, in the words of predictions. One that was refused, and is there after all, was not refused. */
function becameOf({ odd, targetUidValidity }: FolderRow): Kind | undefined {
  if (odd === 'refused') return targetUidValidity === undefined ? 'reserved' : undefined
  return odd
}

/** What became of each message that the scan may have seen, by UID: the kinds that its outcome speaks of. */
function happened({ path, uidValidity }: Counted, chunks: readonly ChunkRow[]): Map<number, Kind[]> {
  const mine = chunks.filter(chunk => chunk.folder === folderKey(path) && chunk.uidValidity === uidValidity)
  return new Map(mine.flatMap(({ entries }) => unpack(entries).map(entry => [entry.uid, kindsOf(entry)] as const)))
}

/** Words of a note by which the ledger tells what was changed, and why. */
const tells: readonly [RegExp, Kind][] = [
  [/cannot hold/, 'keywords'],
  [/\blong-lines:|\ba line of [\d,]+ bytes/, 'long-line'],
  [/\bnul:|\bNUL byte/, 'nul'],
  [/\beight-bit-headers:|raw 8-bit byte/, 'eight-bit-header'],
  [/\bline-ends:|\bbare (?:CR|LF)/, 'line-ends'],
  [/\bdate:/, 'date'],
]

/** The kinds that an outcome speaks of. */
export function kindsOf({ outcome, note = '' }: Pick<Entry, 'outcome' | 'note'>): Kind[] {
  if (outcome === 'too-large') return ['too-large']
  if (outcome !== 'altered' && outcome !== 'refused') return []
  return tells.flatMap(([pattern, kind]) => (pattern.test(note) ? [kind] : []))
}

function add(into: Map<Kind, Score>, kind: Kind, predicted: boolean, so: boolean): void {
  if (!predicted && !so) return
  const score = into.get(kind) ?? { hits: 0, misses: 0, surprises: 0 }
  into.set(kind, score)
  if (predicted && so) score.hits++
  else if (predicted) score.misses++
  else score.surprises++
}

function summed(scores: readonly Score[]): Score {
  const sum = (of: (score: Score) => number) => scores.reduce((total, score) => total + of(score), 0)
  const [hits, misses, surprises] = [sum(one => one.hits), sum(one => one.misses), sum(one => one.surprises)]
  const share = (all: number) => Math.round((hits / all) * 1000) / 1000
  return {
    ...{ hits, misses, surprises },
    ...(hits + misses > 0 ? { precision: share(hits + misses) } : {}),
    ...(hits + surprises > 0 ? { recall: share(hits + surprises) } : {}),
  }
}
