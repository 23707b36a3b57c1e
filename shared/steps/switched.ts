import { leadsByMx } from '../playbooks/routing.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { MailboxRow } from '../store/schema.ts'

/** The domain of an address, lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/**
 * Does new mail for this mailbox arrive at the target already? Where the playbook routes, its domain says so; where it does not, the wave
 * does, or nothing has to be waited for at all. One that is led by itself says so itself.
 */
export async function isSwitched(app: App, row: MailboxRow): Promise<boolean> {
  const { wave, address, playbook: name, playbookVersion } = row
  const playbook = await app.playbook(name, playbookVersion)
  if (playbook.routing.kind === 'recipient') return row.switchedAt !== undefined
  const routed = leadsByMx(playbook.routing)
  const domain = routed && (await app.store.domains.get(keyPart(wave), keyPart(domainOf(address))))
  if (domain) return domain.row.switchedAt !== undefined && ['switched', 'cancelled'].includes(domain.row.state)
  const waits = playbook.calendar.some(entry => 'step' in entry && entry.step === 'cutover')
  if (!routed && !waits) return true
  const stored = await app.store.waves.get('wave', keyPart(wave))
  return stored?.row.switchedAt !== undefined
}

/** Was new mail for this mailbox seen to arrive at the target, by itself, by its domain or, where nothing is routed, by its wave? */
export async function hasSwitched(app: App, row: MailboxRow): Promise<boolean> {
  const { wave, address, playbook, playbookVersion } = row
  if ((await app.playbook(playbook, playbookVersion)).routing.kind === 'recipient') return row.switchedAt !== undefined
  const domain = await app.store.domains.get(keyPart(wave), keyPart(domainOf(address)))
  if (domain) return domain.row.state === 'switched'
  return (await app.store.waves.get('wave', keyPart(wave)))?.row.switchedAt !== undefined
}
