/** A set of UIDs that takes a bit for each, since a folder may hold half a million. */
export class UidSet {
  private readonly pages = new Map<number, Uint32Array>()

  /** Adds one; false where it was there already. */
  add(uid: number): boolean {
    const number = Math.floor(uid / 1024)
    const page = this.pages.get(number) ?? new Uint32Array(32)
    this.pages.set(number, page)
    const at = uid % 1024
    const word = at >> 5
    const bit = 1 << (at & 31)
    const held = page[word] ?? 0
    page[word] = held | bit
    return (held & bit) === 0
  }
}
