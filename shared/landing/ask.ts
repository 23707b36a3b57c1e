import { lives } from '../lives.ts'
import type { App } from '../ports.ts'
import { start, tell } from '../run.ts'
import { inParallel } from '../steps/in-parallel.ts'
import { keyPart } from '../store/columns.ts'
import type { LandingRow, WaveRow } from '../store/schema.ts'
import { all } from '../store/store.ts'

/**
 * Has each mailbox of a wave looked into; one that was is looked into again, from its beginning, unless that was `since` (epoch ms) or later. How
 * many are now due.
 */
export async function askForScan(app: App, { wave, playbook, playbookVersion }: WaveRow, since?: number): Promise<number> {
  const mailboxes = await all(app.store.mailboxes.list({ partition: keyPart(wave) }))
  let due = 0
  await inParallel(mailboxes, async ({ address, state, wanted }) => {
    if (state === 'cancelled' || wanted.kind === 'list') return
    const life = { state: 'due' as const, pass: 0, fence: 0, tries: 0, since: app.now(), dueAt: app.now() + app.quietMs }
    const row: LandingRow = { ...life, wave, address, playbook, playbookVersion }
    if ((await app.store.landings.insert(row)) !== 'exists') {
      due++
      return start(app, lives.scan, row)
    }
    const known = since === undefined ? undefined : await app.store.landings.get(keyPart(wave), keyPart(address))
    if ((known?.row.scannedAt ?? 0) >= (since ?? Number.POSITIVE_INFINITY)) return
    const set = { seen: undefined, playbook, playbookVersion }
    if (await tell(app, lives.scan, lives.scan.at(row), { fact: 'scan-again', set })) due++
  })
  return due
}
