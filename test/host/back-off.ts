/** How long an idle listener waits: 100 ms, then 100 ms + (0.8...1.2) * 2^(n-1) * 100 ms, never above the longest; a message resets it. */
export class BackOff {
  #idle = 0
  readonly #longestMs: number
  readonly #random: () => number

  constructor(longestMs: number, random: () => number) {
    this.#longestMs = longestMs
    this.#random = random
  }

  next(): number {
    const n = this.#idle++
    const grown = n === 0 ? 0 : (0.8 + 0.4 * this.#random()) * 2 ** (n - 1) * shortestMs
    return Math.min(shortestMs + grown, this.#longestMs)
  }

  reset(): void {
    this.#idle = 0
  }
}

const shortestMs = 100
