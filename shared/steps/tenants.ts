import { isAhead, lookAtTenant } from '../inventory/tenant-ahead.ts'
import type { App } from '../ports.ts'
import type { TenantRow } from '../store/schema.ts'
import { all, gathered } from '../store/store.ts'

/** How old a look at the tenant may become, ms; where something could not be read it is soon tried again. */
const againAfterMs = 6 * 3_600_000
const unreadAgainMs = 3_600_000

/**
 * Looks at the tenant for the wave that has waited longest, of those that are not switched yet; one at a time, so that a tenant that does not answer keeps
 * nobody. True where it looked.
 */
export async function followTenants(app: App): Promise<boolean> {
  const listed = app.store.waves.pick({ partition: 'wave' }, ['wave', 'state', 'switchedAt', 'playbook', 'playbookVersion'])
  const waves = (await gathered(listed)).filter(isAhead)
  if (waves.length === 0) return false
  const looks = new Map((await all(app.store.tenants.list({ partition: 'tenant' }))).map(row => [row.wave, row]))
  const dueAt = (name: string) => dueAfter(looks.get(name))
  const due = waves.filter(({ wave }) => dueAt(wave) <= app.now()).sort((a, b) => dueAt(a.wave) - dueAt(b.wave))
  for (const wave of due) if (await lookAtTenant(app, wave)) return true
  return false
}

function dueAfter(row: TenantRow | undefined): number {
  if (!row) return 0
  return row.at + (row.seen.unread.length > 0 ? unreadAgainMs : againAfterMs)
}
