import type { Portion } from '../source/source.ts'
import type { Target } from '../targets/target.ts'
import { landed } from './landed.ts'
import type { Entry } from './ledger.ts'
import { match } from './match.ts'
import type { Flight, Sending } from './way.ts'

/**
 * Flights that have all their answers: what arrived is read back while the next are sent, several together where they come faster than that,
 * then their outcomes are written. `error`: the first thing that went wrong.
 */
export class Settling {
  error: unknown
  private waiting: Flight[] = []
  private working: Promise<void> | undefined
  private readonly writes = new Set<Promise<void>>()
  private readonly sending: Sending
  private readonly written: (flight: Flight) => void

  constructor(sending: Sending, written: (flight: Flight) => void) {
    this.sending = sending
    this.written = written
  }

  add(flight: Flight): void {
    this.waiting.push(flight)
    this.working ??= this.work()
  }

  /** Resolves when all is written; throws what went wrong. What is being written is written to its end. */
  async all(): Promise<void> {
    await this.working
    await Promise.all(this.writes)
    if (this.error) throw this.error
  }

  /** One group after the other: two that look for their UIDs at once could both take the same of two twins. */
  private async work(): Promise<void> {
    for (let group = this.next(); group.length > 0; group = this.next()) {
      try {
        await settle(this.sending, group)
        for (const flight of group) this.write(flight)
      } catch (error) {
        this.error ??= error
      }
    }
    this.working = undefined
  }

  private next(): Flight[] {
    const group = this.error ? [] : this.waiting
    this.waiting = []
    return group
  }

  private write(flight: Flight): void {
    const { way, chunk, entries } = flight
    const writing = way.ledger.write(chunk, [...entries.values()]).then(
      () => {
        this.written(flight)
        way.settled(chunk)
      },
      error => {
        this.error ??= error
      },
    )
    this.writes.add(writing)
    void writing.then(() => this.writes.delete(writing))
  }
}

/**
 * Gives every message of these flights its outcome. Where the target told no UIDs they are looked for first; what was never read has
 * vanished.
 */
async function settle({ target }: Sending, flights: readonly Flight[]): Promise<void> {
  for (const { way, chunk, entries, prints } of flights) {
    if (prints.length === 0) continue
    const there = await landed(target, way, [chunk])
    for (const [uid, at] of match(prints, there)) Object.assign(entries.get(uid) ?? {}, { target: at })
  }
  if (!target.traits.rebuilds) await readBack(target, flights)
  const gone = { outcome: 'vanished', note: 'no longer at the source when it was to be read' } as const
  for (const { entries } of flights)
    for (const entry of entries.values()) if (entry.outcome === 'intended') Object.assign(entry, gone)
}

/** What a note says of a message that was read back. */
export const otherBytes = 'the target gives out other bytes than it was given'

/** Reads again what arrived, and notes the digest of what the target gives out. A target that rebuilds its messages is not read again. */
async function readBack(target: Target, flights: readonly Flight[]): Promise<void> {
  const sought = new Map<string, Map<number, { entry: Entry; mended: string | undefined }>>()
  const portions: Portion[] = []
  for (const { way, entries, mended } of flights) {
    const arrived = [...entries.values()].filter(({ target: at, reread }) => at && !reread)
    if (arrived.length === 0) continue
    const { targetPath: path, opened } = way
    const byUid = sought.get(path) ?? new Map()
    sought.set(path, byUid)
    for (const entry of arrived) byUid.set(entry.target ?? 0, { entry, mended: mended.get(entry.uid) })
    const uids = arrived.map(({ target: at }) => at ?? 0).sort((a, b) => a - b)
    portions.push({ path, uidValidity: opened.uidValidity, uids })
  }
  if (portions.length === 0) return
  for await (const { path, uid, digest } of target.digests(portions)) {
    const found = sought.get(path)?.get(uid)
    if (!found) continue
    const { entry, mended } = found
    entry.reread = digest
    if (digest === (mended ?? entry.digest)) continue
    Object.assign(entry, { outcome: 'altered', note: [entry.note, otherBytes].filter(Boolean).join('; ') })
  }
}
