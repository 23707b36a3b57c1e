import { createHash } from 'node:crypto'
import type { App } from './ports.ts'
import type { AuditRow } from './store/schema.ts'

/** Writes down who did what, when and why. `since`: when it began, epoch ms; done anew after a stop, it is the same entry then. */
export async function record(
  app: App,
  entry: Pick<AuditRow, 'subject' | 'who' | 'action' | 'why' | 'details'>,
  since?: number,
): Promise<void> {
  const at = since ?? app.now()
  const digest = createHash('sha256')
    .update(JSON.stringify([at, entry, since ?? app.newId()]))
    .digest('hex')
    .slice(0, 12)
  await app.store.audit.insert({ ...entry, at, key: `${String(at).padStart(13, '0')}-${digest}` })
}
