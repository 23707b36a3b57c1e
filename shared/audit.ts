import { createHash } from 'node:crypto'
import type { App } from './ports.ts'
import type { AuditRow } from './store/schema.ts'

type Entry = Pick<AuditRow, 'subject' | 'who' | 'action' | 'why' | 'details'>

/** Writes down who did what, when and why. `since`: when it began, epoch ms; done anew after a stop, it is the same entry then. */
export async function record(app: App, entry: Entry, since?: number): Promise<void> {
  const at = since ?? app.now()
  await app.store.audit.insert({ ...entry, at, key: keyOf(at, [at, entry, since ?? app.newId()]) })
}

/** Writes down something that is done once, by whoever comes first, because of `cause`, which was there at `since`, epoch ms. */
export async function recordOnce(app: App, entry: Entry, since: number, cause: unknown): Promise<void> {
  await app.store.audit.insert({ ...entry, at: app.now(), key: keyOf(since, [entry.subject, entry.action, cause]) })
}

function keyOf(at: number, of: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(of)).digest('hex')
  return `${String(at).padStart(13, '0')}-${digest.slice(0, 12)}`
}
