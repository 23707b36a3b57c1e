import type { Heads } from '../source/heads.ts'
import type { OpenFolder } from '../targets/target.ts'
import { flagsFor, lossOf, sameFlags, withFewer } from './flags.ts'
import type { Chunk } from './folder-ledger.ts'
import { type Entry, triable } from './ledger.ts'
import type { Sending, Way } from './way.ts'

/** Flags that changed at the source since they were copied are set at the target, on our own copies. `sent` and `resumed`: chunks, and UIDs of older ones, whose flags are newer than `heads`. */
export async function followFlags(
  { target, signal, claimed }: Sending,
  way: Way,
  heads: Heads,
  sent: ReadonlySet<Chunk>,
  resumed: ReadonlySet<number>,
): Promise<void> {
  const { targetPath: path, uidValidity, opened, ledger } = way
  const wantedFor = remembering(opened)
  for (const chunk of ledger.of(uidValidity)) {
    if (sent.has(chunk)) continue
    const entries = chunk.entries
    const changed = new Map<number, Entry>()
    for (const entry of entries) {
      const now = entry.target && !resumed.has(entry.uid) ? heads.get(entry.uid)?.flags : undefined
      if (!now) continue
      const { flags, dropped, text } = wantedFor(now)
      if (text === entry.flags.join(' ') || sameFlags(flags, entry.flags)) continue
      const { note = '', ...rest } = entry
      const others = note.split('; ').filter(said => said !== '' && !/^(the target cannot hold|flags:) /.test(said))
      const said = [lossOf(dropped) ?? [], others].flat().join('; ')
      const whole = entry.outcome === 'altered' ? 'copied' : entry.outcome
      changed.set(entry.uid, { ...rest, flags, ...(said ? { outcome: 'altered', note: said } : { outcome: whole }) })
    }
    if (changed.size === 0) continue
    signal.throwIfAborted()
    const set = new Map([...changed.values()].map(({ target: at, flags }) => [at ?? 0, flags]))
    const instead = await target.setFlags({ path, uidValidity: opened.uidValidity }, set, claimed)
    for (const [uid, entry] of changed) {
      const fewer = instead.get(entry.target ?? 0)
      if (fewer) changed.set(uid, withFewer(entry, fewer))
    }
    await ledger.write(
      chunk,
      entries.map(entry => changed.get(entry.uid) ?? entry),
    )
  }
}

/** What the target keeps of a set of flags; a folder has few sets, and a listing gives the same list for the same set. */
function remembering({ keeps }: OpenFolder): (flags: readonly string[]) => { flags: string[]; dropped: string[]; text: string } {
  const known = new Map<readonly string[], { flags: string[]; dropped: string[]; text: string }>()
  return flags => {
    let wanted = known.get(flags)
    if (!wanted) {
      const kept = flagsFor(flags, keeps)
      wanted = { ...kept, text: kept.flags.join(' ') }
      known.set(flags, wanted)
    }
    return wanted
  }
}

/** What could not be brought is no exception any more once its owner has deleted or moved it; why it could not stays in its note. */
export async function followGone({ signal }: Sending, { ledger, uidValidity }: Way, heads: Heads): Promise<void> {
  const isGone = ({ uid, outcome }: Entry) => triable.includes(outcome) && !heads.has(uid)
  for (const chunk of ledger.of(uidValidity).filter(({ row: { excepted } }) => excepted > 0)) {
    const { entries } = chunk
    if (!entries.some(isGone)) continue
    signal.throwIfAborted()
    const gone = (entry: Entry): Entry => ({
      ...entry,
      outcome: 'vanished',
      note: [entry.note, 'then its owner deleted or moved it'].filter(Boolean).join('; '),
    })
    await ledger.write(
      chunk,
      entries.map(entry => (isGone(entry) ? gone(entry) : entry)),
    )
  }
}

/** Above this many, half a folder does not vanish by its owner’s hand: its copies stay, and the number is reported. */
const suspicious = 20

/** Copies of messages that the source no longer has are removed, by UID and from our own ledger only. */
export async function followExpunges(
  { target, signal, claimed }: Omit<Sending, 'source'>,
  way: Way,
  heads: Heads,
): Promise<void> {
  const { targetPath: path, uidValidity, opened, ledger } = way
  const isGone = goneFrom(way, heads)
  const chunks = here(way)
  let arrived = 0
  let lost = 0
  for (const chunk of chunks)
    for (const entry of chunk.entries) {
      if (entry.target === undefined) continue
      if (chunk.row.uidValidity === uidValidity) arrived++
      if (isGone(chunk, entry)) lost++
    }
  if (lost === 0 || (lost > suspicious && lost > arrived / 2)) return
  for (const chunk of chunks) {
    const entries = chunk.entries
    const gone = entries.flatMap(entry => (entry.target && isGone(chunk, entry) ? [entry.target] : []))
    if (gone.length === 0) continue
    signal.throwIfAborted()
    if (!(await target.removeOurs({ path, uidValidity: opened.uidValidity }, gone, claimed))) return
    await forget(way, chunk, gone)
    const without = ({ target: _, ...entry }: Entry): Entry => ({ ...entry, outcome: 'removed' })
    await ledger.write(
      chunk,
      entries.map(entry => (isGone(chunk, entry) ? without(entry) : entry)),
    )
  }
}

/** Chunks whose copies are in the target folder as it is now, those of an older UIDVALIDITY of the source included. */
export function here({ ledger, uidValidity, opened }: Way): Chunk[] {
  return ledger.chunks.filter(({ row }) => row.uidValidity === uidValidity || row.targetUidValidity === opened.uidValidity)
}

/**
 * Copies that were removed are in the rows of older numberings no more either. Those go first: of a message that comes back, its bytes would tell that
 * it is there, and it would not be sent.
 */
export async function forget(way: Way, { row }: Chunk, removed: Iterable<number>): Promise<void> {
  const gone = new Set(removed)
  for (const chunk of here(way)) {
    if (chunk.row.uidValidity === row.uidValidity || chunk.row.targetUidValidity !== row.targetUidValidity) continue
    const { entries } = chunk
    if (!entries.some(({ target }) => target && gone.has(target))) continue
    await way.ledger.write(
      chunk,
      entries.map(({ target, ...entry }) =>
        target && gone.has(target) ? { ...entry, outcome: 'removed' } : { ...entry, ...(target ? { target } : {}) },
      ),
    )
  }
}

/**
 * Tells of a copy whether its original has left the folder. What an older UIDVALIDITY brought is known under the new one where it is still there
 * (`takeOver`); one that could not be read then may be: while one without a copy is listed that has its bytes, or, where nobody knows its bytes, its date (servers tell sizes that are
 * not those of the bytes), it is not taken for gone.
 */
export function goneFrom({ ledger, uidValidity }: Way, heads: Heads): (chunk: Chunk, entry: Entry) => boolean {
  const isOf = ({ row }: Chunk) => row.uidValidity === uidValidity
  if (ledger.chunks.every(isOf)) return (_, { target, uid }) => target !== undefined && !heads.has(uid)
  const taken = new Set<number>()
  const digests = new Map<number, string>()
  for (const { entries } of ledger.of(uidValidity))
    for (const { target, uid, digest } of entries) {
      if (target) taken.add(target)
      if (target || digest) digests.set(uid, (!target && digest) || 'at the target')
    }
  const without = new Set<string | number>()
  for (const { uid, internalDate } of heads) without.add(digests.get(uid) ?? internalDate)
  return (chunk, entry) => {
    if (entry.target === undefined) return false
    if (isOf(chunk)) return !heads.has(entry.uid)
    return !taken.has(entry.target) && !without.has(entry.internalDate) && !without.has(entry.digest ?? '')
  }
}
