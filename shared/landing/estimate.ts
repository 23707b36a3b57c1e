/** How many of `all` there are, where `count` were seen among `looked` chosen by chance. */
export type Estimate = { expected: number; least: number; most: number }

/** Wilson’s interval for a share, at 95 %; exact where all were looked at, never below what was seen. */
export function estimated(count: number, looked: number, all: number): Estimate {
  if (looked >= all || looked === 0) return { expected: count, least: count, most: looked === 0 ? all : count }
  const z2 = 1.96 ** 2
  const share = count / looked
  const middle = (share + z2 / (2 * looked)) / (1 + z2 / looked)
  const half = (1.96 / (1 + z2 / looked)) * Math.sqrt((share * (1 - share)) / looked + z2 / (4 * looked ** 2))
  const unseen = all - looked
  return {
    expected: count + Math.round(share * unseen),
    least: count + Math.floor(Math.max(0, middle - half) * unseen),
    most: count + Math.ceil(Math.min(1, middle + half) * unseen),
  }
}

/** Estimates of parts, added: their deviations as those of independent parts. */
export function added(parts: readonly Estimate[]): Estimate {
  const expected = parts.reduce((sum, part) => sum + part.expected, 0)
  const off = (of: (part: Estimate) => number) => Math.sqrt(parts.reduce((sum, part) => sum + of(part) ** 2, 0))
  return {
    expected,
    least: Math.max(0, Math.round(expected - off(part => part.expected - part.least))),
    most: Math.round(expected + off(part => part.most - part.expected)),
  }
}
