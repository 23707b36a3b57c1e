import type { Head } from './source.ts'

/** Heads of one folder in the order of their UIDs, some twenty bytes each, so that half a million of them stay small. */
export class Heads implements Iterable<Head> {
  private uids = new Uint32Array(64)
  private sizes = new Uint32Array(64)
  private dates = new Float64Array(64)
  private flagSets = new Uint32Array(64)
  private readonly sets: string[][] = []
  private readonly setOf = new Map<string, number>()
  private count = 0

  static of(heads: Iterable<Head>): Heads {
    const made = new Heads()
    for (const { uid, flags, internalDate, sizeBytes } of heads) made.add(uid, flags.join(' '), internalDate, sizeBytes, flags)
    return made
  }

  get length(): number {
    return this.count
  }

  /** Bytes of all messages together. */
  get sizeBytes(): number {
    return this.sizes.subarray(0, this.count).reduce((sum, size) => sum + size, 0)
  }

  /** Adds one; a UID that is there already is replaced. `flags` names a set, `sorted` is that set. */
  add(uid: number, flags: string, internalDate: number, sizeBytes: number, sorted: string[]): void {
    let set = this.setOf.get(flags)
    if (set === undefined) {
      set = this.sets.push(sorted) - 1
      this.setOf.set(flags, set)
    }
    const last = this.count === 0 ? 0 : (this.uids[this.count - 1] ?? 0)
    const at = uid > last ? this.count++ : this.place(uid)
    if (at >= this.uids.length) this.grow()
    this.uids[at] = uid
    // No target takes more, nor does any server hold it.
    this.sizes[at] = Math.min(sizeBytes, 0xffffffff)
    this.dates[at] = internalDate
    this.flagSets[at] = set
  }

  /** Gives its memory back, at once instead of when it is collected. It is not to be looked at any more. */
  free(): void {
    this.count = 0
    for (const { buffer } of [this.uids, this.sizes, this.dates, this.flagSets]) (buffer as ArrayBuffer).transfer(0)
  }

  has(uid: number): boolean {
    return this.indexOf(uid) >= 0
  }

  get(uid: number): Head | undefined {
    return this.at(this.indexOf(uid))
  }

  at(i: number): Head | undefined {
    if (i < 0 || i >= this.count) return undefined
    const flags = this.sets[this.flagSets[i] ?? 0] ?? []
    return { uid: this.uids[i] ?? 0, flags, internalDate: this.dates[i] ?? Number.NaN, sizeBytes: this.sizes[i] ?? 0 }
  }

  *[Symbol.iterator](): Iterator<Head> {
    for (let i = 0; i < this.count; i++) yield this.at(i) as Head
  }

  /** The place of a UID, below 0 where it is not there. */
  indexOf(uid: number): number {
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const there = this.uids[middle] ?? 0
      if (there === uid) return middle
      if (there < uid) low = middle + 1
      else high = middle - 1
    }
    return -1 - low
  }

  /** Where a UID goes that did not come in its order: its own place, or room made for it. */
  private place(uid: number): number {
    const found = this.indexOf(uid)
    if (found >= 0) return found
    const at = -1 - found
    if (++this.count > this.uids.length) this.grow()
    for (const column of [this.uids, this.sizes, this.dates, this.flagSets]) column.copyWithin(at + 1, at, this.count - 1)
    return at
  }

  private grow(): void {
    const length = this.uids.length + (this.uids.length >> 3) + 64
    // What was moved leaves nothing behind for the collector.
    const larger = ({ buffer, BYTES_PER_ELEMENT }: Uint32Array | Float64Array) =>
      (buffer as ArrayBuffer).transfer(length * BYTES_PER_ELEMENT)
    this.uids = new Uint32Array(larger(this.uids))
    this.sizes = new Uint32Array(larger(this.sizes))
    this.dates = new Float64Array(larger(this.dates))
    this.flagSets = new Uint32Array(larger(this.flagSets))
  }
}
