import { isAbsurd } from '../repair/date.ts'
import type { Body, Portion } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import { noteDate } from './dates.ts'
import { hasRoom, type Kept, keep, LargeOnes } from './keeping.ts'
import { landed } from './landed.ts'
import type { Entry, Outcome } from './ledger.ts'
import { match } from './match.ts'
import type { Flight, Sending, Way } from './way.ts'

/** A message that has arrived and is to be read back. `kept`: its bytes as sent, where there was memory for them. */
type Arrival = { flight: Flight; entry: Entry; kept?: Kept | undefined }

/** What is read back together at least, unless a chunk waits for it: each look costs the server an opening of the folder. */
const enough = { messages: 64, bytes: 2 * 1024 * 1024 }

/** So many flights, or so long, outcomes wait to be written together: a request for each would cost more than the copy of small ones. */
const together = { flights: 20, ms: 2_000 }

/**
 * Messages that have arrived, and flights that have all their answers: what arrived is read back while the next are sent, then a flight’s outcomes
 * are written. `error`: the first thing that went wrong.
 */
export class Settling {
  error: unknown
  readonly large = new LargeOnes()
  private arrivals: Arrival[] = []
  private bytes = 0
  private hurried = false
  private waiting: Flight[] = []
  private working: Promise<void> | undefined
  private readonly writes = new Set<Promise<void>>()
  private unwritten: Flight[] = []
  private unwrittenSince = 0
  private readonly sending: Sending
  private readonly open: Set<Flight>

  /** `open`: flights whose outcomes are not written yet; one that is leaves it. */
  constructor(sending: Sending, open: Set<Flight>) {
    this.sending = sending
    this.open = open
  }

  /**
   * The target took a message. `free` gives its memory back. Where there is no memory to keep it, what this folder keeps is read back first: the
   * stream waits for that, and does not run away from it.
   */
  async arrived(flight: Flight, entry: Entry, raw: Buffer | Body, free: (() => void) | undefined): Promise<void> {
    const rereads = entry.target !== undefined && isReread(this.sending, entry)
    const whole = Buffer.isBuffer(raw)
    if (rereads && whole && !hasRoom(raw) && this.arrivals.length > 0) {
      this.hurried = true
      this.working ??= this.work()
      await this.working
    }
    const small = rereads && whole && hasRoom(raw) ? keep(raw, free) : undefined
    if (!small) free?.()
    this.writeDue()
    if (!rereads) return
    this.arrivals.push({ flight, entry, kept: whole ? small : this.large.of(raw) })
    this.bytes += entry.sizeBytes
    if (this.due()) this.working ??= this.work()
  }

  /** A flight has all its answers. */
  add(flight: Flight): void {
    this.waiting.push(flight)
    this.working ??= this.work()
  }

  /** Resolves when all is written; throws what went wrong. What is being written is written to its end. */
  async all(): Promise<void> {
    await this.working
    this.writeAll()
    await Promise.all(this.writes)
    for (const { kept } of this.arrivals.splice(0)) kept?.release()
    this.large.drop()
    if (this.error) throw this.error
  }

  /** One group after the other: two that look for their UIDs at once could both take the same of two twins. */
  private async work(): Promise<void> {
    while (!this.error && this.due()) {
      const { arrivals, waiting: flights } = this
      this.hurried = false
      this.arrivals = []
      this.bytes = 0
      this.waiting = []
      try {
        await settle(this.sending, arrivals, flights, this.open)
        if (this.unwritten.length === 0) this.unwrittenSince = this.sending.now()
        this.unwritten.push(...flights)
        this.writeDue()
        // Where UIDs are looked for, what is ours already must be known before the next look.
        if (!this.sending.target.traits.tellsUids) {
          this.writeAll()
          await Promise.all(this.writes)
        }
      } catch (error) {
        this.error ??= error
      } finally {
        for (const { kept } of arrivals) kept?.release()
      }
    }
    this.working = undefined
  }

  private due(): boolean {
    const { arrivals, bytes, waiting, hurried } = this
    return waiting.length > 0 || hurried || arrivals.length >= enough.messages || bytes >= enough.bytes
  }

  private writeDue(): void {
    const { unwritten, unwrittenSince, sending } = this
    if (unwritten.length >= together.flights || sending.now() - unwrittenSince >= together.ms) this.writeAll()
  }

  private writeAll(): void {
    for (const flight of this.unwritten.splice(0)) this.write(flight)
  }

  private write(flight: Flight): void {
    const { way, chunk, entries } = flight
    const writing = way.ledger
      .write(chunk, [...entries.values()])
      .then(() => {
        this.open.delete(flight)
        if (chunk.row.state === 'done') way.settled(chunk)
      })
      .catch(error => {
        this.error ??= error
      })
    this.writes.add(writing)
    void writing.then(() => this.writes.delete(writing))
  }
}

/**
 * Reads back what arrived, and gives every message of these flights its outcome. UIDs that the target did not tell are looked for first, those of all
 * `open` flights of a folder; what was never read has vanished.
 */
async function settle(
  sending: Sending,
  arrivals: Arrival[],
  flights: readonly Flight[],
  open: ReadonlySet<Flight>,
): Promise<void> {
  const { target, now } = sending
  const looked = new Set<string>()
  for (const flight of flights) {
    const { way, entries, prints } = flight
    if (prints.length > 0 && !looked.has(way.path)) await find(target, way, open, now())
    if (prints.length > 0) looked.add(way.path)
    if (prints.length + flight.mended.size > 0)
      for (const entry of entries.values())
        if (entry.target && !entry.reread && isReread(sending, entry)) arrivals.push({ flight, entry })
  }
  await readBack(target, arrivals)
  const gone = { outcome: 'vanished', note: 'no longer at the source when it was to be read' } as const
  for (const { entries, due } of flights)
    for (const entry of entries.values()) if (entry.outcome === 'intended' && due.has(entry.uid)) Object.assign(entry, gone)
}

/** Looks for what has arrived in a folder without a UID, of all flights at once: only their order tells some twins apart. What was refused is not there. */
async function find(target: Target, way: Way, open: ReadonlySet<Flight>, now: number): Promise<void> {
  const flights = [...open].filter(({ way: { path } }) => path === way.path)
  const entries = flights.flatMap(({ entries }) => [...entries.values()])
  const taken = new Set(entries.flatMap(({ target }) => target ?? []))
  const sought = new Map<number, Entry>()
  for (const entry of entries) if (!entry.target && arrived.includes(entry.outcome)) sought.set(entry.uid, entry)
  const prints = flights.flatMap(({ prints }) =>
    prints.flatMap(one => {
      const { flags } = sought.get(one.uid) ?? {}
      return flags ? [{ ...one, flags }] : []
    }),
  )
  const chunks = flights.map(({ chunk }) => chunk)
  for (const [uid, at] of match(prints, await landed(target, way, chunks, taken), now))
    Object.assign(sought.get(uid) ?? {}, { target: at })
}

const arrived: readonly Outcome[] = ['copied', 'altered']

/** What a note says of a message that was read back. */
export const otherBytes = 'the target gives out other bytes than it was given'

/** Is it looked at again? Bytes that a target has rebuilt are not ours, but a date that it may have changed is. */
function isReread({ target, now }: Sending, { internalDate }: Entry): boolean {
  return !target.traits.rebuilds || isAbsurd(internalDate, now())
}

/** Reads again what arrived, and notes the digest and the date of what the target gives out. */
async function readBack(target: Target, arrivals: readonly Arrival[]): Promise<void> {
  const sought = new Map<string, Map<number, Arrival>>()
  const portions: Portion[] = []
  for (const arrival of arrivals) {
    const { targetPath: path, opened } = arrival.flight.way
    let byUid = sought.get(path)
    if (!byUid) {
      byUid = new Map()
      sought.set(path, byUid)
      portions.push({ path, uidValidity: opened.uidValidity, uids: [] })
    }
    byUid.set(arrival.entry.target ?? 0, arrival)
  }
  const all = portions.map(portion => ({
    ...portion,
    uids: [...(sought.get(portion.path)?.keys() ?? [])].sort((a, b) => a - b),
  }))
  const known = (path: string, uid: number) => {
    const { kept, entry } = sought.get(path)?.get(uid) ?? {}
    return kept && entry?.digest ? { sizeBytes: entry.sizeBytes, pieces: kept.pieces, digest: entry.digest } : undefined
  }
  if (all.length === 0) return
  for await (const { path, uid, digest, internalDate } of target.digests(all, known)) {
    const { flight, entry } = sought.get(path)?.get(uid) ?? {}
    if (!flight || !entry) continue
    noteDate(entry, internalDate)
    if (target.traits.rebuilds) continue
    entry.reread = digest
    if (digest === (flight.mended.get(entry.uid) ?? entry.digest)) continue
    Object.assign(entry, { outcome: 'altered', note: [entry.note, otherBytes].filter(Boolean).join('; ') })
  }
}
