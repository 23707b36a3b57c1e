import { Refusal } from '../errors.ts'
import { noticeFaults } from '../notices/fitting.ts'
import { differences } from '../playbooks/difference.ts'
import { settingsOf } from '../playbooks/entity.ts'
import { type Playbook, parsePlaybook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import { type PlaybookRow, playbookKey } from '../store/schema.ts'
import { record } from './audit.ts'

/** Stores a playbook as its next version, if it is valid and says anything new. Throws a Refusal with every fault. */
export async function storePlaybook(app: App, name: string, body: string, contentType: string | undefined, who: string) {
  const playbook = parsePlaybook(body, contentType, name)
  checkDoable(playbook)
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
    await record(app, {
      subject: name,
      who,
      action: 'playbook',
      details: { version: number, ...changed(playbook, current?.row.body), ...accepted(playbook) },
    })
    return { playbook: name, version: number, created: true }
  }
}

/** The paths at which it differs from the version before, some dozens at most; nothing for the first, or for one that this version cannot read. */
function changed(playbook: Playbook, before: string | undefined): { changed?: string[] } {
  if (before === undefined) return {}
  try {
    const found = differences(parsePlaybook(before, undefined, playbook.playbook), playbook).map(({ path }) => path)
    return { changed: found.length > 60 ? [...found.slice(0, 60), `and ${found.length - 60} more`] : found }
  } catch (error) {
    if (error instanceof Refusal) return {}
    throw error
  }
}

/** Who answers for passwords in mails, and why. */
function accepted(playbook: Playbook): { acceptedRisk?: unknown } {
  const all = [undefined, ...Object.keys(playbook.entities)].map(entity => settingsOf(playbook, entity).passwords)
  const risks = all.flatMap(passwords => (passwords.mode === 'mail' ? [passwords.acceptRisk] : []))
  return risks.length > 0 ? { acceptedRisk: risks[0] } : {}
}

/** What can be written in a playbook but not done by this version is a fault of the playbook, not of the night it is due. */
function checkDoable(playbook: Playbook): void {
  const { target } = playbook
  const faults = noticeFaults(playbook)
  if (target.accounts === 'script') {
    const message = 'script is not in this version: make the accounts first, then use existing (or graph for Exchange Online)'
    faults.push({ path: 'target.accounts', message })
  }
  if (faults.length > 0) throw new Refusal(400, 'invalid-playbook', 'the playbook has faults; nothing was stored', faults)
}
