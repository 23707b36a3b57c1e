/** Numbers drawn from a seed: the same seed gives the same numbers, so that a forecast asked for twice is the same forecast. */
export type Chance = { /** In [0, 1). */ unit(): number /** Mean 0, standard deviation 1. */; normal(): number }

/** A generator for a seed: FNV-1a over the text, then mulberry32. */
export function chanceOf(seed: string): Chance {
  let state = 0x811c9dc5
  for (const c of seed) state = Math.imul(state ^ (c.codePointAt(0) ?? 0), 0x01000193)
  const unit = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  // Box and Muller's way from two uniform numbers to a normal one.
  const normal = () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())
  return { unit, normal }
}
