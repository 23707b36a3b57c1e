import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'
import { type CopyEnds, forecastOf } from './forecast.ts'
import type { Progress } from './sizes.ts'

/** The forecast in short, for the wave’s status: null where its end cannot be told, or has been. */
export async function forecastInShort(app: App, row: WaveRow, mailboxes: readonly Progress[]) {
  if (row.state !== 'planned' && row.state !== 'preparing') return null
  const { copy, cost, bytesPerSecond } = await forecastOf(app, row, mailboxes)
  if (!copy) return null
  return { copyEndsAt: new Date(copy.p50At).toISOString(), bytesPerSecond, copy: instants(copy), ...(cost ? { cost } : {}) }
}

/** Both instants as ISO 8601 in UTC. */
export function instants({ p50At, p90At }: CopyEnds) {
  return { p50At: new Date(p50At).toISOString(), p90At: new Date(p90At).toISOString() }
}
