import { createHash } from 'node:crypto'
import type { App } from './ports.ts'
import { mostCharacters } from './store/columns.ts'
import { type AuditRow, refusedAccesses } from './store/schema.ts'

type Entry = Pick<AuditRow, 'subject' | 'who' | 'action' | 'why' | 'details'>

/**
 * Writes down who did what, when and why. `since`: when it began, epoch ms; done anew after a stop, it is the same entry then. What concerns more
 * mailboxes than a column holds is several entries of one instant.
 */
export async function record(app: App, entry: Entry, since?: number): Promise<void> {
  const at = since ?? app.now()
  for (const part of parts(entry)) await app.store.audit.insert({ ...part, at, key: keyOf(at, [at, part, since ?? app.newId()]) })
}

/** Writes down something that is done once, by whoever comes first, because of `cause`, which was there at `since`, epoch ms. */
export async function recordOnce(app: App, entry: Entry, since: number, cause: unknown): Promise<void> {
  await app.store.audit.insert({ ...entry, at: app.now(), key: keyOf(since, [entry.subject, entry.action, cause]) })
}

/** An access that was refused: by which function, whom, with which status. */
export type RefusedAccess = { who: string; call: string; subject?: string | undefined; status: number }

/** Logs an access that was refused, and counts it: the same ones of an hour are one entry, so that nobody fills the audit from outside. */
export async function recordRefused(app: App, { who, call, subject = 'all', status }: RefusedAccess): Promise<void> {
  app.log({ work: 'refuse-access', call, status, who, subject })
  const at = app.now()
  const entry = { subject: subject.slice(0, 254), who, action: 'refuse-access', details: { call, status } } as const
  const row = { ...entry, at, key: keyOf(at - (at % 3_600_000), entry), times: 1 }
  while ((await app.store.audit.insert(row)) === 'exists') {
    const stored = await app.store.audit.get(refusedAccesses, row.key)
    const more = stored && { ...stored.row, at, times: (stored.row.times ?? 0) + 1 }
    if (more && (await app.store.audit.save(more, stored.etag)) !== 'conflict') return
  }
}

function parts(entry: Entry): Entry[] {
  const { mailboxes, ...details } = Object(entry.details)
  if (!Array.isArray(mailboxes) || mailboxes.length < 2 || JSON.stringify(entry.details).length <= mostCharacters) return [entry]
  const half = Math.ceil(mailboxes.length / 2)
  const halves = [mailboxes.slice(0, half), mailboxes.slice(half)]
  return halves.flatMap(some => parts({ ...entry, details: { ...details, mailboxes: some } }))
}

function keyOf(at: number, of: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(of)).digest('hex')
  return `${String(at).padStart(13, '0')}-${digest.slice(0, 12)}`
}
