/** How many messages had arrived when it was asked. */
export type Point = { at: number; messages: number }

/** How long the chart looks back, and over how long a rate is taken, ms: mailboxes tell of their progress about once a second. */
const keptMs = 15 * 60_000
const windowMs = 10_000

/** The points with one more; those too old for the chart fall away. */
export function withPoint(points: readonly Point[], point: Point): Point[] {
  return [...points.filter(({ at }) => at >= point.at - keptMs && at < point.at), point]
}

/** Messages per second at each point after the first, over the last seconds before it. */
export function ratesOf(points: readonly Point[]): { at: number; perSecond: number }[] {
  return points.flatMap((point, i) => {
    const from = points.findLast((earlier, j) => j < i && earlier.at <= point.at - windowMs) ?? points[0]
    if (!from || from.at >= point.at) return []
    return [{ at: point.at, perSecond: Math.max(0, ((point.messages - from.messages) * 1000) / (point.at - from.at)) }]
  })
}
