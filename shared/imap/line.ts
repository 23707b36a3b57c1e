/** First in, first out, however many: shifting an array of a hundred thousand moves them all. */
export class Line<T extends object> {
  private items: (T | undefined)[] = []
  private at = 0

  push(item: T): void {
    this.items.push(item)
  }

  shift(): T | undefined {
    const item = this.items[this.at]
    if (!item) return undefined
    this.items[this.at++] = undefined
    if (this.at === this.items.length || this.at > 1000) {
      this.items = this.items.slice(this.at)
      this.at = 0
    }
    return item
  }
}
