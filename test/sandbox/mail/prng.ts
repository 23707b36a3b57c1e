/** A small random source: the same seed gives the same numbers on every machine, for ever. */
export type Prng = {
  /** 32 bits, unsigned. */
  bits(): number
  /** From 0 up to, not including, 1. */
  unit(): number
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** Characters of the base64 alphabet. */
  letters(count: number): string
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** sfc32, seeded from the characters of `seed`. */
export function prngOf(seed: string | number): Prng {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 1]
  for (const character of `${seed}`) {
    a = Math.imul(a ^ (character.codePointAt(0) ?? 0), 0x85ebca6b)
    b = Math.imul(b ^ (a >>> 15), 0xc2b2ae35)
    c = Math.imul(c + (b >>> 13), 0x27d4eb2f)
  }
  const bits = () => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 15; round += 1) bits()
  const unit = () => bits() / 2 ** 32
  const between = (low: number, high: number) => low + Math.floor(unit() * (high - low + 1))
  return {
    bits,
    unit,
    between,
    chance: probability => unit() < probability,
    pick<T>(from: readonly T[]): T {
      if (from.length === 0) throw new RangeError('nothing to pick from')
      return from[between(0, from.length - 1)] as T
    },
    letters: count => Array.from({ length: count }, () => alphabet[bits() & 63]).join(''),
  }
}
