import { noticeHeader } from '../notices/header.ts'
import { hasLineOver } from '../repair/bytes.ts'
import { insteadOf, isGivable } from '../repair/date.ts'
import { isTooLarge } from '../repair/refusal.ts'
import { Superseded } from '../run.ts'
import type { Body, Message, Portion } from '../source/source.ts'
import type { Appended, Outgoing } from '../targets/target.ts'
import { asked, dueOf, isBroken, isGivenUp, noteEnd } from './broken.ts'
import { disown } from './disown.ts'
import { flagsFor, lossOf } from './flags.ts'
import type { Entry } from './ledger.ts'
import { begun, digesting, digestOf, type Identity, identityOf } from './match.ts'
import { mend } from './mend.ts'
import { Settling } from './settling.ts'
import type { Flight, Load, Sending, Way } from './way.ts'

/** A message of a flight. */
type Passing = Outgoing & { flight: Flight; entry: Entry; free: (() => void) | undefined }

/**
 * Sends what chunks still intend, in order, as one stream over however many folders: while one is appended the next are read, and what
 * arrived is read back. Each chunk’s intent must be in the ledger when it is handed in, and its outcomes are written as soon as it has
 * them all. Appends of unknown outcome are left `intended` by whatever is thrown: `recover` looks for them on the target before anything
 * is sent again.
 */
export async function send(sending: Sending, loads: AsyncIterable<Load> | Iterable<Load>): Promise<void> {
  const { source, target, signal, now, claimed, careful } = sending
  const go = claimed ? { go: claimed } : {}
  const unwritten = new Set<Flight>()
  const flights: Flight[] = []
  const hurt: Flight[] = []
  const { mostBytes = Number.POSITIVE_INFINITY, mostLineBytes, tellsUids, rebuilds } = target.traits
  const done = new Settling(sending, unwritten)

  async function* portions(): AsyncIterable<Portion> {
    for await (const { way, chunk, alone } of loads) {
      const stored = chunk.entries
      const uids = alone ? [alone.uid] : dueOf(stored)
      const apart = stored.some(isBroken)
      const flight = {
        way,
        chunk,
        entries: new Map(stored.map(entry => [entry.uid, { ...entry }])),
        due: new Set(uids),
        apart,
        unanswered: 0,
        unread: uids.length,
        prints: [],
        refused: alone || chunk.row.state !== 'open' ? new Map() : refusedBefore(stored),
        mended: new Map(),
      }
      flights.push(flight)
      unwritten.add(flight)
      if (alone) yield* alone.proof
      yield* asked(way, uids, apart)
    }
  }

  /** Whose message it is: of the first flights, since they are read in order. */
  const flightOf = ({ path, uid }: Message): { flight: Flight; entry: Entry } | undefined => {
    const at = flights.findIndex(({ way, due }) => way.path === path && due.has(uid))
    const flight = flights[at]
    const entry = flight?.entries.get(uid)
    if (!flight || !entry) return undefined
    // What an earlier one was not handed out by now has vanished.
    for (let i = 0; i < at; i++) (flights[i] as Flight).unread = 0
    return { flight, entry }
  }

  async function* outgoing(): AsyncIterable<Passing> {
    for await (const message of source.messages(portions(), careful)) {
      if (done.error) return
      signal.throwIfAborted()
      const { flight, entry } = flightOf(message) ?? {}
      if (!flight || !entry) {
        message.free?.()
        continue
      }
      flight.unread--
      if (message.unreadable) {
        Object.assign(entry, { outcome: 'unreadable', note: message.unreadable })
        continue
      }
      if (isNotice(message)) {
        Object.assign(entry, { outcome: 'deleted', note: 'a notice of this migration, left in the old mailbox' })
        continue
      }
      const one = prepare(message, entry, flight.way, tellsUids ? undefined : flight.prints)
      if (!isGivable(message.internalDate)) await redate(one, entry, now())
      if (entry.sizeBytes > mostBytes) {
        Object.assign(entry, { outcome: 'too-large', note: `${entry.sizeBytes} bytes, the target takes ${mostBytes}` })
        continue
      }
      // What is sure to be refused costs the server no error: it is mended like what was.
      if (mostLineBytes !== undefined && Buffer.isBuffer(message.raw) && hasLineOver(message.raw, mostLineBytes)) {
        const text = `a line is too long: the target takes ${mostLineBytes} bytes`
        Object.assign(entry, { outcome: 'refused', note: text })
        flight.refused.set(entry.uid, { code: 'NO', text })
        message.free?.()
        continue
      }
      flight.unanswered++
      const alone = flight.apart ? { alone: true } : {}
      const raw = Buffer.isBuffer(one.raw) || rebuilds || !tellsUids ? one.raw : done.large.keeping(one.raw)
      yield { ...one, raw, ...go, ...alone, flight, entry, free: message.free }
    }
    // What was not handed out by now has vanished.
    for (const flight of flights) flight.unread = 0
  }

  const finish = () => {
    // In order: one that is read later is not through earlier.
    for (let first = flights[0]; first && first.unread === 0 && first.unanswered === 0; first = flights[0]) {
      const flight = first
      flights.shift()
      if (flight.refused.size > 0) {
        hurt.push(flight)
        continue
      }
      done.add(flight)
    }
  }
  const stream = async () => {
    for await (const result of target.append(outgoing())) {
      const { flight, entry, free } = result.of
      flight.unanswered--
      note(entry, result)
      if (result.done && result.uid === undefined && tellsUids) flight.prints.push(printOf(entry, result.of.raw))
      if (result.done) await done.arrived(flight, entry, result.of.raw, free)
      else flight.refused.set(entry.uid, result)
      if (flight.unanswered === 0) finish()
      // With the claim lost no more is sent, but what has gone is heard to its end: only then is it known what to take back.
      if (done.error && !(done.error instanceof Superseded)) throw done.error
    }
    signal.throwIfAborted()
    finish()
    await done.all()
    for (const flight of hurt) {
      await mendAll(sending, flight)
      done.add(flight)
    }
    await done.all()
  }
  try {
    await stream()
  } catch (error) {
    // Rows that are being written are written to their end, or the next attempt would meet them half way.
    await done.all().catch(() => {})
    if (error instanceof Superseded) await disown(sending, unwritten)
    else {
      for (const flight of unwritten) await remember(flight)
      await noteEnd(error, unwritten)
    }
    throw error
  }
}

/**
 * What was refused is written down before the chunk is through: Exchange cuts a connection after ten errors, and who sends the same again
 * never gets beyond them.
 */
async function remember({ way, chunk, entries, refused }: Flight): Promise<void> {
  const stored = chunk.entries
  if (stored.every(({ uid, outcome }) => !refused.has(uid) || outcome !== 'intended')) return
  await way.ledger.write(
    chunk,
    stored.map(entry => (refused.has(entry.uid) ? (entries.get(entry.uid) ?? entry) : entry)),
  )
}

/** What an earlier connection was cut over, still to be mended. */
function refusedBefore(entries: readonly Entry[]): Flight['refused'] {
  const some = entries.filter(entry => entry.outcome === 'refused' && !isGivenUp(entry))
  return new Map(some.map(({ uid, note = '' }) => [uid, { code: 'NO', text: note }]))
}

/** What the target refused is tried again once the stream is through and both connections are free. */
async function mendAll(sending: Sending, flight: Flight): Promise<void> {
  for (const [uid, refused] of flight.refused) {
    const entry = flight.entries.get(uid)
    const sent = entry && (await mend(sending, flight.way, entry, refused))
    if (sent) flight.mended.set(uid, sent)
  }
}

/** Is it one of our own, a notice put into the old mailbox or a probe sent there? Servers on the way write their lines above ours. */
function isNotice({ raw }: Message): boolean {
  if (!Buffer.isBuffer(raw)) return false
  const end = raw.indexOf('\r\n\r\n')
  const head = end < 0 ? raw : raw.subarray(0, end)
  return head.includes(noticeLine) || head.subarray(0, noticeLine.length - 1).equals(noticeLine.subarray(1))
}
const noticeLine = Buffer.from(`\n${noticeHeader}: `)

/** The message as the target is to have it; what is sent is noted on its entry. */
function prepare(message: Message, entry: Entry, { targetPath, opened }: Way, prints: Identity[] | undefined): Outgoing {
  const { uid, raw, internalDate } = message
  const { flags, dropped } = flagsFor(message.flags, opened.keeps)
  const sizeBytes = Buffer.isBuffer(raw) ? raw.length : raw.sizeBytes
  Object.assign(entry, { sizeBytes, internalDate, flags })
  const lost = lossOf(dropped)
  if (lost) entry.note = lost
  const out = { path: targetPath, uid, flags, internalDate }
  if (Buffer.isBuffer(raw)) {
    entry.digest = digestOf(raw)
    prints?.push(printOf(entry, raw))
    return { ...out, raw }
  }
  const told = (digest: string) => {
    entry.digest = digest
    prints?.push(printOf(entry, raw))
  }
  return { ...out, raw: digesting(raw, told) }
}

/** By what a message is looked for where the target tells no UID of it. */
function printOf({ uid, internalDate, digest = '' }: Entry, raw: Buffer | Body): Identity {
  return Buffer.isBuffer(raw)
    ? identityOf(uid, raw, internalDate, digest)
    : { uid, digest, print: `large ${digest}`, internalDate }
}

/** The source told no date that an APPEND can name: the message goes with the likeliest, lest it look as if it had come today. */
async function redate(one: Outgoing, entry: Entry, now: number): Promise<void> {
  const { start, raw } = Buffer.isBuffer(one.raw) ? { start: one.raw, raw: one.raw } : await begun(one.raw)
  const { at, note } = insteadOf(entry.internalDate, start, now)
  Object.assign(one, { raw, internalDate: at })
  Object.assign(entry, { keptDate: at, note: [entry.note, `date: ${note}`].filter(Boolean).join('; ') })
}

function note(entry: Entry, result: Appended): void {
  if (!result.done) Object.assign(entry, { outcome: isTooLarge(result) ? 'too-large' : 'refused', note: result.text })
  else {
    entry.outcome = entry.note ? 'altered' : 'copied'
    if (result.uid !== undefined) entry.target = result.uid
  }
}
