/** Takes the time that so many bytes of one message need; undefined where nothing has to be waited for. */
export type Pace = (bytes: number, messages?: number) => Promise<void> | undefined

/** A rate and how much of it is left: filled by the second, never above one second's worth. May fall below zero: then one waits. */
export type Bucket = { perSecond: number; left: number; at: number }

/** A full bucket. */
export function bucket(perSecond: number, now: number): Bucket {
  return { perSecond, left: perSecond, at: now }
}

/** Takes `amount` out, and tells how long to wait until the bucket is at zero again, ms. */
export function take(from: Bucket, amount: number, now: number): number {
  from.left = Math.min(from.perSecond, from.left + ((now - from.at) * from.perSecond) / 1000) - amount
  from.at = now
  return from.left >= 0 ? 0 : Math.ceil((-from.left * 1000) / from.perSecond)
}

/** What one server may be asked for. */
export type Rates = { messagesPerSecond?: number | undefined; bytesPerSecond?: number | undefined }

/** Longest single wait, ms: a worker that is told to stop notices between two. */
const sliceMs = 1_000

/** The rates of the servers that this worker speaks with, each shared by all its sessions. The rates asked for last hold. */
export class Paces {
  private readonly buckets = new Map<string, Bucket>()
  private readonly now: () => number
  private readonly wait: (ms: number) => Promise<void>

  constructor(now: () => number, wait: (ms: number) => Promise<void>) {
    this.now = now
    this.wait = wait
  }

  /** The pace of mail that passes between these servers; undefined where none of them has a rate. */
  between(servers: readonly ({ server: string } & Rates)[]): Pace | undefined {
    const bytes = servers.flatMap(({ server, bytesPerSecond }) => this.of(`${server} bytes`, bytesPerSecond))
    const messages = servers.flatMap(({ server, messagesPerSecond }) => this.of(`${server} messages`, messagesPerSecond))
    if (bytes.length + messages.length === 0) return undefined
    return (size, count = 1) => {
      const now = this.now()
      const waits = [...bytes.map(one => take(one, size, now)), ...messages.map(one => take(one, count, now))]
      const ms = Math.max(...waits)
      return ms === 0 ? undefined : this.pass(ms)
    }
  }

  private of(name: string, perSecond: number | undefined): Bucket[] {
    if (perSecond === undefined) return []
    const known = this.buckets.get(name) ?? bucket(perSecond, this.now())
    known.perSecond = perSecond
    this.buckets.set(name, known)
    return [known]
  }

  private async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= sliceMs) await this.wait(Math.min(left, sliceMs))
  }
}
