import { type Sender, senderNotes } from '../dns/sender.ts'
import { settingsOf } from '../playbooks/entity.ts'
import { isLoopback } from '../playbooks/host.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { App } from '../ports.ts'
import type { WaveRow } from '../store/schema.ts'

/** How long what was not known, or not right, is let alone before it is looked at again, ms. */
const lookAgainMs = 6 * 3_600_000

/**
 * Looks, before a wave tells anybody anything, whether its notices by mail would look genuine. `later`: when to look again, as long as they would not, or nobody can
 * know.
 */
export async function lookAtSenders(app: App, row: WaveRow): Promise<{ set: Pick<WaveRow, 'senders'>; later?: number }> {
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const all = [undefined, ...(row.entities ?? [])].flatMap(entity => sendersOf(settingsOf(playbook, entity)))
  const senders = new Map(all.map(sender => [JSON.stringify(sender), sender]))
  const looked = await Promise.all([...senders.values()].map(sender => senderNotes(app.dns(playbook), sender)))
  const notes = [...new Set(looked.flatMap(one => one.notes))]
  const known = looked.every(one => one.known)
  return {
    set: known || notes.length > 0 ? { senders: notes.length > 0 ? notes : undefined } : {},
    ...(known && notes.length === 0 ? {} : { later: lookAgainMs }),
  }
}

/** Who sends the notices that go by smtp. Of a mail server on this machine nobody knows by which address its mail leaves. */
function sendersOf({ notices, issuers, channels }: Playbook): Sender[] {
  const { smtp, bounces } = channels
  if (!smtp || isLoopback(smtp.host)) return []
  const mailed = notices.filter(({ channel }) => channel === 'smtp' || channel === 'auto')
  const from = new Set(mailed.flatMap(({ issuer }) => issuers[issuer]?.address ?? []))
  return [...from].map(address => ({ from: address, returnPath: bounces?.address, host: smtp.host }))
}
