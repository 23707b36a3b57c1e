import { chanceOf } from '../forecast/chance.ts'

/** At most `most` UIDs, ascending, each as likely as another; the same seed chooses the same. */
export function sampled(uids: readonly number[], most: number, seed: string): number[] {
  if (uids.length <= most) return [...uids]
  const chance = chanceOf(seed)
  const left = [...uids]
  for (let i = 0; i < most; i++) {
    const j = i + Math.floor(chance.unit() * (left.length - i))
    const [a = 0, b = 0] = [left[i], left[j]]
    left[i] = b
    left[j] = a
  }
  return left.slice(0, most).sort((a, b) => a - b)
}
