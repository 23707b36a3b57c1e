import { noticeHeader } from '../notices/header.ts'
import { isTooLarge } from '../repair/refusal.ts'
import type { Refused } from '../repair/rung.ts'
import { Superseded } from '../run.ts'
import type { Message, Source } from '../source/source.ts'
import type { Appended, OpenFolder, Outgoing, Target } from '../targets/target.ts'
import { disown } from './disown.ts'
import { flagsFor } from './flags.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import { landed } from './landed.ts'
import type { Entry } from './ledger.ts'
import { digesting, digestOf, type Identity, identify, match } from './match.ts'
import { mend } from './mend.ts'

/** What sending needs. `signal` aborts when the claim is lost: nothing more is sent then. `settled`: a chunk has all its outcomes. */
export type Sending = {
  source: Source
  target: Target
  targetPath: string
  opened: OpenFolder
  ledger: FolderLedger
  signal: AbortSignal
  now: () => number
  /** Throws `Superseded` where the claim may be another’s by now. */
  claimed?: (() => void) | undefined
  settled: (chunk: Chunk) => void
}

/** A chunk on its way. `unread`: how many of its messages the source has not handed out yet. */
type Flight = {
  chunk: Chunk
  entries: Map<number, Entry>
  unanswered: number
  unread: number
  prints: Identity[]
  /** What the target refused, and its words. */
  refused: Map<number, Refused>
  /** Digests of what was sent in place of a refused message. */
  mended: Map<number, string>
}

/**
 * Sends what chunks still intend, in order, as one stream: while one is appended the next are read. Each chunk’s intent must be in the ledger
 * when it is handed in, and its outcomes are written as soon as it has them all. Appends of unknown outcome are left `intended` by
 * whatever is thrown: `recover` looks for them on the target before anything is sent again.
 */
export async function send(sending: Sending, chunks: AsyncIterable<Chunk> | Iterable<Chunk>): Promise<void> {
  const { source, target, targetPath, opened, signal, claimed } = sending
  const go = claimed ? { go: claimed } : {}
  const unwritten = new Set<Flight>()
  const flights: Flight[] = []
  const hurt: Flight[] = []
  const byUid = new Map<number, Flight>()
  const most = target.traits.mostBytes ?? Number.POSITIVE_INFINITY
  // One after the other: two chunks that look for their UIDs at once could both take the same of two twins.
  let writing: Promise<void> = Promise.resolve()
  let broken: { error: unknown } | undefined

  async function* batches(): AsyncIterable<number[]> {
    for await (const chunk of chunks) {
      const due = dueOf(chunk)
      const entries = new Map(chunk.entries.map(entry => [entry.uid, { ...entry }]))
      const flight = { chunk, entries, unanswered: 0, unread: due.length, prints: [], refused: new Map(), mended: new Map() }
      flights.push(flight)
      unwritten.add(flight)
      for (const uid of due) byUid.set(uid, flight)
      if (due.length > 0) yield due
    }
  }

  async function* outgoing(): AsyncIterable<Outgoing> {
    for await (const message of source.messages(batches())) {
      if (broken) return
      signal.throwIfAborted()
      const flight = byUid.get(message.uid)
      const entry = flight?.entries.get(message.uid)
      if (!flight || !entry) continue
      flight.unread--
      if (message.unreadable) {
        Object.assign(entry, { outcome: 'unreadable', note: message.unreadable })
        continue
      }
      if (isNotice(message)) {
        Object.assign(entry, { outcome: 'deleted', note: 'a notice of this migration, left in the old mailbox' })
        continue
      }
      const one = await prepare(message, entry, opened, target.traits.tellsUids ? undefined : flight.prints)
      if (entry.sizeBytes > most) {
        Object.assign(entry, { outcome: 'too-large', note: `${entry.sizeBytes} bytes, the target takes ${most}` })
        continue
      }
      flight.unanswered++
      yield { ...one, ...go }
    }
    // What was not handed out by now has vanished.
    for (const flight of flights) flight.unread = 0
  }

  const finish = () => {
    for (const flight of flights.filter(({ unread, unanswered }) => unread === 0 && unanswered === 0)) {
      flights.splice(flights.indexOf(flight), 1)
      for (const uid of flight.entries.keys()) byUid.delete(uid)
      if (flight.refused.size > 0) {
        hurt.push(flight)
        continue
      }
      writing = writing.then(() => settle(sending, flight)).then(() => void unwritten.delete(flight))
      // Thrown below; until then nobody waits for it, and an error that nobody waits for ends the process.
      writing.catch(error => {
        broken ??= { error }
      })
    }
  }
  const stream = async () => {
    for await (const result of target.append(targetPath, outgoing())) {
      const flight = byUid.get(result.of)
      const entry = flight?.entries.get(result.of)
      if (!flight || !entry) continue
      flight.unanswered--
      note(entry, result)
      if (!result.done) flight.refused.set(result.of, result)
      finish()
      // With the claim lost no more is sent, but what has gone is heard to its end: only then is it known what to take back.
      if (broken && !(broken.error instanceof Superseded)) throw broken.error
    }
    signal.throwIfAborted()
    finish()
    await writing
    for (const flight of hurt) await mendAndSettle(sending, flight)
  }
  try {
    await stream()
  } catch (error) {
    // Rows that are being written are written to their end, or the next attempt would meet them half way.
    await writing.catch(() => {})
    if (error instanceof Superseded) await disown(sending, unwritten)
    throw error
  }
}

/** What the target refused is tried again once the stream is through and both connections are free. */
async function mendAndSettle(sending: Sending, flight: Flight): Promise<void> {
  for (const [uid, refused] of flight.refused) {
    const entry = flight.entries.get(uid)
    const sent = entry && (await mend(sending, entry, refused))
    if (sent) flight.mended.set(uid, sent)
  }
  await settle(sending, flight)
}

/** Is it one of our own notices, put into the old mailbox? */
function isNotice({ raw }: Message): boolean {
  return Buffer.isBuffer(raw) && raw.subarray(0, 4096).includes(`\r\n${noticeHeader}: `)
}

/** Source UIDs of a chunk that have no outcome yet. */
export function dueOf({ entries }: Chunk): number[] {
  return entries.filter(({ outcome }) => outcome === 'intended').map(({ uid }) => uid)
}

/** The message as the target is to have it; what is sent is noted on its entry. */
async function prepare(message: Message, entry: Entry, { keeps }: OpenFolder, prints: Identity[] | undefined): Promise<Outgoing> {
  const { uid, raw, internalDate } = message
  const { flags, dropped } = flagsFor(message.flags, keeps)
  const sizeBytes = Buffer.isBuffer(raw) ? raw.length : raw.sizeBytes
  Object.assign(entry, { sizeBytes, internalDate, flags })
  if (dropped.length > 0) entry.note = `the target cannot hold ${dropped.join(' ')}`
  if (Buffer.isBuffer(raw)) {
    entry.digest = digestOf(raw)
    prints?.push(await identify(message))
    return { uid, raw, flags, internalDate }
  }
  const told = (digest: string) => {
    entry.digest = digest
    prints?.push({ uid, digest, print: `large ${digest}`, internalDate })
  }
  return { uid, raw: digesting(raw, told), flags, internalDate }
}

function note(entry: Entry, result: Appended): void {
  if (!result.done) Object.assign(entry, { outcome: isTooLarge(result) ? 'too-large' : 'refused', note: result.text })
  else {
    entry.outcome = entry.note ? 'altered' : 'copied'
    if (result.uid !== undefined) entry.target = result.uid
  }
}

/**
 * Writes a chunk’s outcomes, after reading back what arrived while the next chunks are sent. Where the target told no UIDs they are looked
 * for first; what was never read has vanished.
 */
async function settle(sending: Sending, { chunk, entries, prints, mended }: Flight): Promise<void> {
  if (prints.length > 0) {
    const there = await landed(sending, [chunk])
    for (const [uid, at] of match(prints, there)) Object.assign(entries.get(uid) ?? {}, { target: at })
  }
  await readBack(sending, entries, mended)
  const gone = { outcome: 'vanished', note: 'no longer at the source when it was to be read' } as const
  const settled = [...entries.values()].map((entry): Entry => (entry.outcome === 'intended' ? { ...entry, ...gone } : entry))
  await sending.ledger.write(chunk, settled)
  sending.settled(chunk)
}

/** What a note says of a message that was read back. */
export const otherBytes = 'the target gives out other bytes than it was given'

/**
 * Reads again what arrived, and notes the digest of what the target gives out; `mended`: digests of what was sent in another form. A target that
 * rebuilds its messages is not read again.
 */
async function readBack(
  { target }: Sending,
  entries: ReadonlyMap<number, Entry>,
  mended: ReadonlyMap<number, string>,
): Promise<void> {
  if (target.traits.rebuilds) return
  const byTarget = new Map(
    [...entries.values()].flatMap(entry => (entry.target && !entry.reread ? [[entry.target, entry] as const] : [])),
  )
  if (byTarget.size === 0) return
  for await (const message of target.messages([[...byTarget.keys()].sort((a, b) => a - b)])) {
    const entry = byTarget.get(message.uid)
    if (!entry) continue
    entry.reread = (await identify(message)).digest
    if (entry.reread === (mended.get(entry.uid) ?? entry.digest)) continue
    Object.assign(entry, { outcome: 'altered', note: [entry.note, otherBytes].filter(Boolean).join('; ') })
  }
}
