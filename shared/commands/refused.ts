import type { App } from '../ports.ts'
import { refusedAccesses } from '../store/schema.ts'
import { all } from '../store/store.ts'
import { iso } from './status.ts'

/** Every access that was refused, the newest first: whose, to what, how often in its hour, and when last. */
export async function refusedAccess(app: App) {
  const rows = await all(app.store.audit.list({ partition: refusedAccesses }))
  const refused = rows
    .toSorted((a, b) => b.at - a.at)
    .map(({ who, subject, at, times, details }) => ({ who, subject, ...Object(details), times, lastAt: iso(at) }))
  return { refused }
}
