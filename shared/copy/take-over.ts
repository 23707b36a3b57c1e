import { Failure } from '../errors.ts'
import type { Heads } from '../source/heads.ts'
import type { Target } from '../targets/target.ts'
import { isBroken, isGivenUp, noteEnd } from './broken.ts'
import { dateThere, isAnother, noteDate } from './dates.ts'
import type { Chunk } from './folder-ledger.ts'
import { inPortions, type Landed, landed } from './landed.ts'
import { arrived, type Entry, elsewhere } from './ledger.ts'
import { type Identity, identify, match } from './match.ts'
import type { Sending, Way } from './way.ts'

/**
 * The source changed its UIDVALIDITY: messages that an older one brought are found again by their bytes, one for one, and only their rows
 * are written; nothing is sent twice. What an interruption left open under the older one may have arrived too: it is looked for as well. `livedIn`:
 * what arrived in a folder that is not the one there now has arrived all the same.
 */
export async function takeOver(
  { source, target, now: clock, careful }: Sending,
  way: Way,
  heads: Heads,
  livedIn: boolean,
): Promise<void> {
  const { path, uidValidity, ledger, opened } = way
  if (ledger.chunks.every(({ row }) => row.uidValidity === uidValidity)) return
  const unfound = await findAnew(target, way, clock())
  const now = ledger.of(uidValidity)
  const taken = new Set(now.flatMap(({ entries }) => entries.map(({ target }) => target)))
  const older = ledger.chunks.filter(({ row }) => row.uidValidity !== uidValidity)
  const old = older.filter(({ row }) => row.targetUidValidity === opened.uidValidity)
  // Numbered anew more than once, a copy stands in the rows of each time: it is one all the same.
  const orphans = new Map<number, Entry>()
  for (const { entries } of old)
    for (const entry of entries) if (entry.target && !taken.has(entry.target)) orphans.set(entry.target, entry)
  const open = old.filter(chunk => chunk.row.state === 'open' || unfound.includes(chunk))
  const strays = open.length > 0 ? await landed(target, way, open) : []
  const gone = livedIn ? arrivedElsewhere(older, now, opened.uidValidity) : []
  if (orphans.size + strays.length + gone.length > 0) {
    const known = new Set(now.flatMap(({ entries }) => entries.map(({ uid }) => uid)))
    const fresh = [...heads].flatMap(({ uid }) => (known.has(uid) ? [] : [uid]))
    const byTarget = new Map(orphans)
    for (const { uid, print: _, likely: __, ...one } of strays)
      byTarget.set(uid, { ...one, uid, target: uid, outcome: 'adopted' })
    for (const [i, entry] of gone.entries()) byTarget.set(-1 - i, entry)
    const there = [...orphans, ...gone.map((entry, i) => [-1 - i, entry] as const)].map(
      ([uid, { digest = '', internalDate }]): Identity => ({ uid, digest, print: `target ${uid}`, internalDate }),
    )
    // At these a connection ended before: they have a row already, and are asked for last.
    const broken = now.flatMap(chunk =>
      chunk.entries.filter(one => isBroken(one) && !isGivenUp(one)).map(({ uid }) => ({ chunk, uid })),
    )
    const last = broken.map(({ uid }) => ({ path, uidValidity, uids: [uid] }))
    const sought: Identity[] = []
    try {
      for await (const message of source.messages([...inPortions(path, fresh, uidValidity), ...last], careful)) {
        if (!message.unreadable) sought.push(await identify(message))
        message.free?.()
      }
    } catch (error) {
      await noteHere(error, way, heads, fresh)
      throw error
    }
    const found = match(sought, [...there, ...strays], clock())
    if (!livedIn && target.traits.tellsUids) dropNewcomers(found, sought, byTarget)
    for (const uid of found.values()) taken.add(uid)
    const again = sought.flatMap(({ uid, digest, internalDate }): Entry[] => {
      const orphan = byTarget.get(found.get(uid) ?? 0)
      if (!orphan) return []
      const taken: Entry = {
        ...orphan,
        uid,
        internalDate,
        digest,
        outcome: orphan.outcome === 'copied' ? 'adopted' : orphan.outcome,
      }
      noteDate(taken, dateThere(orphan))
      return [taken]
    })
    const byUid = new Map(again.map(entry => [entry.uid, entry]))
    for (const { chunk, uid } of broken) {
      const entry = byUid.get(uid)
      if (entry)
        await ledger.write(
          chunk,
          chunk.entries.map(one => (one.uid === uid ? entry : one)),
        )
      byUid.delete(uid)
    }
    const unknown = [...byUid.values()]
    for (let i = 0; i < unknown.length; i += 200) {
      const chunk = await ledger.intend(uidValidity, unknown.slice(i, i + 200), opened)
      await ledger.write(chunk, chunk.entries)
    }
  }
  const left = strays.filter(({ uid }) => !taken.has(uid))
  for (const chunk of older)
    if (chunk.row.state === 'open')
      await ledger.write(
        chunk,
        chunk.entries.map(entry => outnumbered(entry, left)),
      )
}

/**
 * A message with the bytes of a copy and another date may be a twin that came as that one left. It is sent with its date, and the copy goes as one whose original was moved. But a
 * server that changes many dates as it numbers anew has none of them sent again.
 */
function dropNewcomers(found: Map<number, number>, sought: readonly Identity[], there: ReadonlyMap<number, Entry>): void {
  const came = sought.filter(({ uid, internalDate }) =>
    isAnother(internalDate, there.get(found.get(uid) ?? 0)?.internalDate ?? Number.NaN),
  )
  if (came.length <= few) for (const { uid } of came) found.delete(uid)
}
const few = 20

/**
 * The target numbered its messages anew as well, or its folder was made anew: copies that an older UIDVALIDITY of the source brought are found again by
 * their bytes, one for one, and their rows say where they are now. Returns the chunks of which that cannot be told, since the target rebuilds what it stores:
 * their copies are looked for by what the source has now.
 */
async function findAnew(target: Target, way: Way, now: number): Promise<Chunk[]> {
  const { uidValidity, ledger, opened } = way
  const lost = ledger.chunks.filter(
    ({ row, entries }) =>
      row.uidValidity !== uidValidity &&
      row.targetUidValidity !== opened.uidValidity &&
      entries.some(({ target, outcome }) => target || outcome === 'intended'),
  )
  if (lost.length === 0) return []
  // Numbered anew more than once, a copy stands in the rows of each time: it is looked for once.
  const placeOf = ({ row }: Chunk, at: number) => `${row.targetUidValidity} ${at}`
  const places = new Map<string, Entry>()
  for (const chunk of lost) for (const entry of chunk.entries) if (entry.target) places.set(placeOf(chunk, entry.target), entry)
  const sought = [...places.values()].map(
    (entry, i): Identity => ({ uid: i, digest: entry.digest ?? '', print: `copy ${i}`, internalDate: dateThere(entry) }),
  )
  const found = match(sought, await landed(target, way, lost), now)
  const at = new Map([...places.keys()].map((place, i) => [place, found.get(i)]))
  for (const chunk of lost) {
    const entries = chunk.entries.map(({ target: before, ...entry }): Entry => {
      const there = before && at.get(placeOf(chunk, before))
      return there ? { ...entry, target: there } : entry
    })
    await ledger.write(chunk, entries, { uidValidity: opened.uidValidity, uidNext: 1 })
  }
  return target.traits.rebuilds ? lost : []
}

/**
 * What arrived at the target and is not in the folder that is there now. Numbered anew more than once, a message stands in the rows of each time: of those of
 * the same bytes there are as many as one numbering has, less those that are here or known under the new numbers.
 */
function arrivedElsewhere(older: readonly Chunk[], now: readonly Chunk[], targetUidValidity: string): Entry[] {
  const gone = new Map<string, Entry>()
  const known = new Set<string>()
  for (const chunks of Map.groupBy([...now, ...older], ({ row }) => row.uidValidity).values()) {
    const times = new Map<string, number>()
    for (const isHere of [true, false])
      for (const { row, entries } of chunks)
        for (const entry of entries) {
          const { target, digest, outcome } = entry
          if (!digest || !arrived.includes(outcome)) continue
          if (isHere !== (target !== undefined && row.targetUidValidity === targetUidValidity)) continue
          const nth = (times.get(digest) ?? 0) + 1
          times.set(digest, nth)
          if (isHere || chunks[0]?.row.uidValidity === now[0]?.row.uidValidity) known.add(`${digest} ${nth}`)
          else gone.set(`${digest} ${nth}`, elsewhere(entry))
        }
  }
  return [...gone].flatMap(([key, entry]) => (known.has(key) ? [] : [entry]))
}

/** Writes down at which message a connection ended: one that no row knows yet gets one, or it would be met first for ever. */
async function noteHere(error: unknown, way: Way, heads: Heads, fresh: readonly number[]): Promise<void> {
  const { ledger, uidValidity, opened } = way
  const uid = error instanceof Failure && error.at?.doing === 'reading' && error.at.path === way.path ? error.at.uid : 0
  const head = fresh.includes(uid) ? heads.get(uid) : undefined
  if (head) {
    const { sizeBytes, internalDate } = head
    await ledger.intend(uidValidity, [{ uid, sizeBytes, internalDate, flags: [], outcome: 'intended' }], opened)
  }
  await noteEnd(
    error,
    ledger.of(uidValidity).map(chunk => ({ way, chunk })),
  )
}

/**
 * An entry that was still open when its UID ceased to mean anything: its message is known under another by now, or was expunged. Then its copy, known by
 * size and date, is ours to remove.
 */
function outnumbered(entry: Entry, left: Landed[]): Entry {
  if (entry.outcome !== 'intended') return entry
  const i = left.findIndex(one => one.sizeBytes === entry.sizeBytes && one.internalDate === entry.internalDate)
  const [copy] = i < 0 ? [] : left.splice(i, 1)
  if (!copy) return { ...entry, outcome: 'vanished', note: 'the source numbered its messages anew before this one was settled' }
  const { uid: target, digest, flags } = copy
  return { ...entry, target, digest, reread: digest, flags, outcome: 'adopted' }
}
