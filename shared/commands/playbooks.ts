import { parsePlaybook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type PlaybookRow, playbookKey } from '../store/schema.ts'
import { record } from './audit.ts'

/** Stores a playbook as its next version, if it is valid and says anything new. Throws a Refusal with every fault. */
export async function storePlaybook(app: App, name: string, body: string, contentType: string | undefined, who: string) {
  parsePlaybook(body, contentType, name)
  for (;;) {
    const current = await app.store.playbooks.get(...playbookKey(name))
    if (current?.row.body === body) return { playbook: name, version: current.row.number, created: false }
    const number = (current?.row.number ?? 0) + 1
    const [, version] = playbookKey(name, number)
    const row: PlaybookRow = { playbook: name, version, number, body, at: app.now() }
    if ((await app.store.playbooks.insert(row)) === 'exists') {
      // Another request stored this version, or was stopped before it pointed `current` at it: finish that, then look again.
      const stored = await app.store.playbooks.get(...playbookKey(name, number))
      if (stored) await app.store.playbooks.put([{ ...stored.row, version: 'current' }])
      continue
    }
    await app.store.playbooks.put([{ ...row, version: 'current' }])
    await record(app, { subject: name, who, action: 'playbook', details: { version: number } })
    return { playbook: name, version: number, created: true }
  }
}
