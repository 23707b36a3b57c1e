import { type Entry, unpack } from '../copy/ledger.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import { type ChunkRow, folderKey, type LandingRow, mailboxKey } from '../store/schema.ts'
import { all, type Store } from '../store/store.ts'
import { type Kind, ofFolders, seenInBodies, seenInHeads } from './finding.ts'
import { type Counted, unpackSeen } from './seen.ts'

/** How good a kind of prediction was: predicted and so, predicted and not so, so and not predicted; among messages that were looked at. */
export type Score = { hits: number; misses: number; surprises: number; precision?: number; recall?: number }
export type Scores = Partial<Record<Kind, Score>>

/** Predictions of a wave held against its ledger. Undefined while none of its mailboxes has been scanned and compared with its target. */
export async function scoreLanding(store: Store, wave: string): Promise<Scores | undefined> {
  const rows = await all(store.landings.list({ partition: keyPart(wave) }))
  const counted = new Map<Kind, Score>()
  let compared = 0
  await inParallel(rows, async row => {
    const mailbox = await store.mailboxes.get(keyPart(wave), keyPart(row.address))
    if (!row.seen || mailbox?.row.verifiedAt === undefined) return
    compared++
    await scoreMailbox(store, row, unpackSeen(row.seen), counted)
  })
  if (compared === 0) return undefined
  return Object.fromEntries([...counted].map(([kind, score]) => [kind, rounded(score)]))
}

async function scoreMailbox(store: Store, row: LandingRow, folders: readonly Counted[], into: Map<Kind, Score>): Promise<void> {
  const partition = mailboxKey(row)
  const chunks = await all(store.chunks.list({ partition }))
  const targets = new Map((await all(store.folders.list({ partition }))).map(({ path, targetPath }) => [path, targetPath]))
  for (const folder of folders) {
    const actual = happened(folder, chunks)
    for (const kind of [...seenInHeads, ...seenInBodies]) {
      // Where not all UIDs were kept, what happened to the others says nothing.
      if ((folder.counts[kind] ?? 0) !== (folder.uids[kind]?.length ?? 0)) continue
      const looked = new Set(seenInBodies.includes(kind) ? folder.looked : actual.keys())
      const predicted = new Set(folder.uids[kind])
      for (const uid of looked) add(into, kind, predicted.has(uid), actual.get(uid)?.includes(kind) ?? false)
    }
    const target = targets.get(folder.path)
    for (const kind of ofFolders)
      if (target !== undefined)
        add(
          into,
          kind,
          folder.kinds.includes(kind),
          folder.kinds.includes(kind) && kind !== 'reserved' && target === folder.target,
        )
  }
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

function rounded(score: Score): Score {
  const { hits, misses, surprises } = score
  const share = (all: number) => Math.round((hits / all) * 1000) / 1000
  return {
    ...score,
    ...(hits + misses > 0 ? { precision: share(hits + misses) } : {}),
    ...(hits + surprises > 0 ? { recall: share(hits + surprises) } : {}),
  }
}
