import { isGivable } from '../repair/date.ts'
import type { Message, Source } from '../source/source.ts'
import type { OpenFolder, Target } from '../targets/target.ts'
import { asked, dueOf, givenUp, isBroken, isGivenUp, noteEnd, proofIn, times } from './broken.ts'
import { dateThere, noteDate } from './dates.ts'
import { flagsFor, lossOf, withFewer } from './flags.ts'
import type { Chunk } from './folder-ledger.ts'
import { type Landed, landed } from './landed.ts'
import { arrived, type Entry } from './ledger.ts'
import { exact, type Identity, identify, match, matchExactly } from './match.ts'
import { otherBytes } from './settling.ts'
import type { Sending, Way } from './way.ts'

/** What recovering needs: of the source only what it hands out. */
type Recovering = Omit<Sending, 'source'> & { source: Pick<Source, 'messages'> }

type Read = Omit<Message, 'raw' | 'free'> & { digest: string }

/**
 * After an interruption: looks on the target, from the UIDNEXT in the intents on, for what had arrived, and takes it for ours one for one. All
 * open chunks are looked at together, lest one take a copy that is another’s. What is still intended afterwards has not arrived.
 */
export async function recover(sending: Recovering, way: Way, chunks: readonly Chunk[]): Promise<void> {
  const { target, signal, claimed } = sending
  const { opened, ledger, targetPath: path } = way
  const there = await landed(target, way, chunks)
  const sought = there.length > 0 ? arrivedBefore(way) : []
  const messages = new Map<number, Read>()
  const unreadable = new Map<number, string>()
  if (there.length > 0) await read(sending, way, chunks, sought, messages, unreadable)
  const { found, orphans } = shared(way, chunks, sought, there, target.traits.rebuilds, sending.now())
  const byUid = new Map(there.map(one => [one.uid, one]))
  for (const chunk of chunks) {
    signal.throwIfAborted()
    const changes = new Map<number, readonly string[]>()
    const known = (was: Entry): Entry => {
      if (was.outcome !== 'intended') return was
      const entry = { ...was, claim: was.claim ?? ledger.claim }
      const message = messages.get(entry.uid)
      const copy = byUid.get(found.get(entry.uid) ?? 0)
      if (!message) return orphaned(entry, orphans.get(entry.uid), unreadable.get(entry.uid))
      if (!copy) return entry
      const adopted = adopt(entry, message, copy, target, opened)
      changes.set(copy.uid, adopted.flags)
      return adopted
    }
    const entries = chunk.entries.map(known).map(entry => (isBroken(entry) && isGivenUp(entry) ? givenUp(entry) : entry))
    // Without `claimed` one that was stopped meanwhile puts back what its successor has changed.
    const instead = await target.setFlags({ path, uidValidity: opened.uidValidity }, changes, claimed)
    const set = entries.map(entry => {
      const fewer = instead.get(entry.target ?? 0)
      return fewer ? withFewer(entry, fewer) : entry
    })
    const uidNext = chunk.row.targetUidValidity === opened.uidValidity ? chunk.row.targetUidNext : 1
    await ledger.write(chunk, set, { uidValidity: opened.uidValidity, uidNext })
    if (chunk.row.state === 'done') way.settled(chunk)
  }
}

/** What arrived in the folder when it was numbered otherwise: its copies may lie here under UIDs that nobody knows, and are no other’s. */
function arrivedBefore({ ledger, uidValidity, opened }: Way): Identity[] {
  const found: Identity[] = []
  for (const { row, entries } of ledger.of(uidValidity))
    for (const { uid, target, digest, internalDate, outcome } of entries)
      if (digest && arrived.includes(outcome) && (target === undefined || row.targetUidValidity !== opened.uidValidity))
        found.push({ uid: -uid, digest, print: `arrived ${uid}`, internalDate })
  return found
}

/** Reads at the source what the chunks still intend. */
async function read(
  { source, signal, careful }: Recovering,
  way: Way,
  chunks: readonly Chunk[],
  sought: Identity[],
  messages: Map<number, Read>,
  unreadable: Map<number, string>,
): Promise<void> {
  const { path, uidValidity } = way
  const loads = chunks.map(chunk => ({ way, chunk }))
  const broken = chunks.flatMap(({ entries }) => entries.filter(entry => isBroken(entry) && !isUnread(entry)))
  const last = broken.sort((a, b) => times(b) - times(a)).map(({ uid }) => ({ path, uidValidity, uids: [uid] }))
  const portions = [
    ...loads.flatMap(({ way, chunk: { entries } }) => [...asked(way, dueOf(entries), entries.some(isBroken))]),
    ...(last.length > 0 ? proofIn([way]) : []),
    ...last,
  ]
  const wanted = new Set(chunks.flatMap(({ entries }) => entries.filter(isIntended).map(({ uid }) => uid)))
  try {
    for await (const message of source.messages(portions, careful)) {
      signal.throwIfAborted()
      if (!wanted.has(message.uid)) {
        message.free?.()
        continue
      }
      if (message.unreadable) {
        unreadable.set(message.uid, message.unreadable)
        continue
      }
      const identity = await identify(message)
      sought.push(identity)
      const { raw, free: _, ...rest } = message
      const sizeBytes = Buffer.isBuffer(raw) ? raw.length : raw.sizeBytes
      messages.set(message.uid, { ...rest, sizeBytes, digest: identity.digest })
      message.free?.()
    }
  } catch (error) {
    // A large one ends while it is identified.
    await noteEnd(error, loads)
    throw error
  }
}

function isIntended({ outcome }: Entry): boolean {
  return outcome === 'intended'
}

/** Is it given up because the source cannot hand it out? */
function isUnread(entry: Entry): boolean {
  return isGivenUp(entry) && entry.broken?.doing === 'reading'
}

function adopt(entry: Entry, message: Read, copy: Landed, target: Target, opened: OpenFolder): Entry {
  const { flags, dropped } = flagsFor(message.flags, opened.keeps)
  const { internalDate, sizeBytes, digest } = message
  const reread = target.traits.rebuilds ? {} : { reread: copy.digest }
  const changed = !target.traits.rebuilds && copy.digest !== digest
  const note = changed ? otherBytes : lossOf(dropped)
  const outcome = note === undefined ? { outcome: 'adopted' as const } : { outcome: 'altered' as const, note }
  const adopted: Entry = { ...entry, target: copy.uid, digest, ...reread, flags, internalDate, sizeBytes, ...outcome }
  noteDate(adopted, copy.internalDate)
  return adopted
}

/**
 * Whose the copies there are, each taken once: by UID of a message that was read, and of one that was not. Those have only their size and date, and
 * go before what is like another in its bytes but of another date: or a twin would take the copy of one that was expunged. Of what a target
 * rebuilt no bytes tell, so there they go last. A second copy of one that is there, which a writer left that was thought dead, is no twin’s of another
 * date: it stays nobody’s, and the comparison removes it.
 */
function shared(
  { ledger, opened }: Way,
  chunks: readonly Chunk[],
  sought: readonly Identity[],
  there: readonly Landed[],
  rebuilds: boolean,
  now: number,
): { found: Map<number, number>; orphans: Map<number, Landed> } {
  const found = rebuilds ? match(sought, there, now) : matchExactly(sought, there)
  const free = () => there.filter(({ uid }) => !used.has(uid))
  const used = new Set(found.values())
  const read = new Set(sought.map(({ uid }) => uid))
  const orphans = new Map<number, Landed>()
  const left = free()
  for (const { entries } of chunks)
    for (const entry of entries) {
      if (!isIntended(entry) || read.has(entry.uid)) continue
      const date = isGivable(entry.internalDate) ? entry.internalDate : undefined
      const i = left.findIndex(one => one.sizeBytes === entry.sizeBytes && one.internalDate === (date ?? one.likely))
      const [copy] = i < 0 ? [] : left.splice(i, 1)
      if (copy) orphans.set(entry.uid, copy)
      if (copy) used.add(copy.uid)
    }
  const others = sought.filter(({ uid }) => !found.has(uid))
  const placed = new Set(sought.flatMap(one => (found.has(one.uid) ? [exact(one)] : [])))
  for (const { row, entries } of others.length > 0 ? ledger.chunks : [])
    if (row.targetUidValidity === opened.uidValidity)
      for (const entry of entries)
        if (entry.target && entry.digest) placed.add(exact({ digest: entry.digest, internalDate: dateThere(entry) }))
  const rest = free().filter(one => rebuilds || !placed.has(exact(one)))
  for (const [uid, at] of match(others, rest, now)) found.set(uid, at)
  return { found, orphans }
}

/**
 * Expunged at the source since it was sent, or `unreadable` now. What cannot be read is not sent again either, were it readable a moment later:
 * nobody could say that it has not arrived.
 */
function orphaned(entry: Entry, copy: Landed | undefined, unreadable: string | undefined): Entry {
  if (!copy) return unreadable === undefined ? entry : { ...entry, outcome: 'unreadable', note: unreadable }
  const { uid: target, digest, flags, internalDate } = copy
  const adopted: Entry = { ...entry, target, digest, reread: digest, flags, outcome: 'adopted' }
  noteDate(adopted, internalDate)
  return adopted
}
