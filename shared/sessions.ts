import { Failure } from './errors.ts'
import { type Allowance, allowed, complains, throttled } from './manners/allowance.ts'
import type { Sessions } from './ports.ts'
import type { Source } from './source/source.ts'
import type { Target } from './targets/target.ts'

type Pair = { source: Source; target: Target }
/** Where the target’s mailbox is not there yet. */
type Half = { source: Source; target?: Target | undefined }

/** A server and how many sessions this worker may have with it at once. */
export type Share = { server: string; most: number }

/** A session that nobody uses. `ahead`: it was opened for work that comes next, and is none that was left over. */
type Idle = { pair: Pair; timer: NodeJS.Timeout; ahead: boolean }

/** Above this many sessions of a worker no mailbox gets a further one for speed: they would only wait for its processor. */
const manyPairs = 8

/** How long a session that nobody uses stays open for the next step of the same mailbox, ms. */
const idleMs = 5_000

/** How long a mailbox is put aside when no session is free and nobody else waits, ms; and at most, however many wait. */
const fullMs = 3_000
const fullMostMs = 60_000

/** How long what only looks is put aside, ms. */
const asideMs = 15_000

/**
 * Sessions by mailbox, within each server’s share. What is given back is used again by the next step of the same mailbox, and closed when
 * none comes, or when another mailbox needs its place.
 */
export class SessionPool {
  private readonly idle = new Map<string, Idle[]>()
  /** How many are being opened. */
  private opening = 0
  private readonly open = new Map<string, number>()
  /** By source, since who gives a pair back may have taken it apart. */
  private readonly places = new Map<Source, readonly Share[]>()
  /** Servers that asked for patience. */
  private readonly allowances = new Map<string, Allowance>()
  /** Mailboxes that found no room, by server, and when. */
  private readonly turnedAway = new Map<string, Map<string, number>>()
  private readonly now: () => number

  constructor(now: () => number = Date.now) {
    this.now = now
  }

  /** A server failed in a way that may ask for fewer sessions: they are halved, and grow again by one each quiet minute. */
  complaint(server: string, { code }: Failure): void {
    if (!complains(code)) return
    const open = this.open.get(server) ?? 0
    this.allowances.set(server, throttled(this.allowances.get(server), Number.POSITIVE_INFINITY, open, this.now()))
  }

  for(mailbox: string, shares: readonly Share[], open: (beside?: Pair) => Promise<Pair>): Sessions {
    return {
      further: () => {
        const own = this.idle.get(mailbox)?.length ?? 0
        const free = this.room(shares) || this.idle.size > 0 ? manyPairs - this.expected : 0
        return Math.max(own, free)
      },
      open: async (how = {}) => {
        const waiting = this.take(mailbox)
        if (waiting) {
          clearTimeout(waiting.timer)
          if (await alive(waiting.pair)) return waiting.pair
          await this.end(waiting.pair)
        }
        return this.make(mailbox, shares, () => open(how.beside))
      },
      giveBack: async (pair, { ahead = false } = {}) => {
        if (!(await alive(pair))) return this.end(pair)
        const timer = setTimeout(() => this.drop(mailbox, pair), idleMs)
        timer.unref()
        this.idle.set(mailbox, [...(this.idle.get(mailbox) ?? []), { pair, timer, ahead }])
      },
    }
  }

  /**
   * A session for what only looks, counted as every other: refused while a copy waits for a place and where it would take the last one beside
   * others. `wanted`: a copy waits now, so give it back soon.
   */
  async aside<P extends Half>(shares: readonly Share[], open: () => Promise<P>) {
    this.mustBeRoomy(shares)
    const pair = await this.placed(shares, open)
    return { ...pair, wanted: () => shares.some(share => this.isWanted(share)), close: () => this.end(pair) }
  }

  /** The same for work that opens and closes a session by itself. */
  async during<T>(shares: readonly Share[], work: () => Promise<T>): Promise<T> {
    this.mustBeRoomy(shares)
    this.count(shares, 1)
    try {
      return await work()
    } finally {
      this.count(shares, -1)
    }
  }

  /** Has this worker few sessions at work, so that one may be opened for a step that comes next? */
  get quiet(): boolean {
    return this.busy < manyPairs && this.places.size < 2 * manyPairs
  }

  /** Closes everything that is idle. */
  async close(): Promise<void> {
    const waiting = [...this.idle.values()].flat()
    this.idle.clear()
    for (const { timer } of waiting) clearTimeout(timer)
    await Promise.all(waiting.map(({ pair }) => this.end(pair)))
  }

  private async make(mailbox: string, shares: readonly Share[], open: () => Promise<Pair>): Promise<Pair> {
    if (!this.room(shares)) await this.close()
    const full = this.room(shares) ? undefined : shares.find(share => !this.room([share]))
    if (full) throw crowded(full, this.waitMs(mailbox, full))
    for (const { server } of shares) this.turnedAway.get(server)?.delete(mailbox)
    return this.placed(shares, open)
  }

  private take(mailbox: string): Idle | undefined {
    const mine = this.idle.get(mailbox) ?? []
    const first = mine.shift()
    if (mine.length === 0) this.idle.delete(mailbox)
    return first
  }

  private async placed<P extends Half>(shares: readonly Share[], open: () => Promise<P>): Promise<P> {
    this.count(shares, 1)
    this.opening++
    try {
      const pair = await open()
      this.places.set(pair.source, shares)
      return pair
    } catch (error) {
      this.count(shares, -1)
      throw error
    } finally {
      this.opening--
    }
  }

  /** Sessions at work, and those that will be in a moment; what ended mailboxes have left over is neither. */
  private get expected(): number {
    const left = [...this.idle.values()].flat().filter(({ ahead }) => !ahead)
    return this.places.size + this.opening - left.length
  }

  /** Sessions that somebody works with; the others only wait for a next step. */
  private get busy(): number {
    return this.places.size - [...this.idle.values()].flat().length
  }

  private mustBeRoomy(shares: readonly Share[]): void {
    const tight = (share: Share) => (this.open.get(share.server) ?? 0) >= Math.max(1, this.most(share) - 1)
    const full = shares.find(share => this.isWanted(share) || tight(share))
    if (full) throw crowded(full, asideMs)
  }

  private isWanted({ server }: Share): boolean {
    return [...(this.turnedAway.get(server)?.values() ?? [])].some(at => this.now() - at <= 2 * fullMostMs)
  }

  private room(shares: readonly Share[]): boolean {
    return shares.every(share => (this.open.get(share.server) ?? 0) < this.most(share))
  }

  private most({ server, most }: Share): number {
    return allowed(this.allowances.get(server), most, this.now())
  }

  /** The more mailboxes wait, the longer each is put aside: about as long as it takes until its turn comes. */
  private waitMs(mailbox: string, share: Share): number {
    const now = this.now()
    const waiting = this.turnedAway.get(share.server) ?? new Map<string, number>()
    this.turnedAway.set(share.server, waiting.set(mailbox, now))
    for (const [other, at] of waiting) if (now - at > 2 * fullMostMs) waiting.delete(other)
    return Math.min(fullMostMs, fullMs * Math.ceil(waiting.size / this.most(share)))
  }

  private count(shares: readonly Share[], by: number): void {
    for (const { server } of shares) this.open.set(server, (this.open.get(server) ?? 0) + by)
  }

  private drop(mailbox: string, pair: Pair): void {
    const left = (this.idle.get(mailbox) ?? []).filter(one => one.pair !== pair)
    if (left.length > 0) this.idle.set(mailbox, left)
    else this.idle.delete(mailbox)
    void this.end(pair)
  }

  private async end(pair: Half): Promise<void> {
    const shares = this.places.get(pair.source)
    this.places.delete(pair.source)
    await Promise.allSettled([pair.source.close(), pair.target?.close()])
    if (shares) this.count(shares, -1)
  }
}

function crowded({ server, most }: Share, retryAfterMs: number): Failure {
  return new Failure({
    verdict: 'transient',
    during: `opening a session with ${server}`,
    code: 'CROWDED',
    text: `no more than ${most} may be open (the playbook’s \`connections\`), and fewer for a while after it asked for patience`,
    hint: 'Nothing to do: it goes on when one is free. Raise `connections` in the playbook if the server can take more.',
    retryAfterMs,
  })
}

async function alive({ source, target }: Pair): Promise<boolean> {
  return (await source.alive()) && (await target.alive())
}
