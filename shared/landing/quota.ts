import type { WantedMailbox } from '../intake/mailbox.ts'
import { licenceOf, sizeBytes } from '../playbooks/licences.ts'
import type { Playbook } from '../playbooks/playbook.ts'

/** How much a mailbox may hold, and whose word that is; `presumed`: nobody’s, where it may have a licence that the playbook does not tell of. */
export type Quota = { bytes: number; of: string; presumed?: true }

/** Exchange Online Plan 1, and shared mailboxes without a licence. */
const plainBytes = 50 * 2 ** 30

/** The room of a mailbox: that of its licence where the playbook tells, else 50 GB at Exchange Online; at an Exchange server what the playbook says. */
export function quotaOf(playbook: Playbook, wanted: WantedMailbox): Quota | undefined {
  const { target } = playbook
  if (target.kind !== 'exchange-online') {
    const bytes = sizeBytes(target.quota ?? '')
    return bytes === undefined ? undefined : { bytes, of: 'target.quota' }
  }
  const name = licenceOf(playbook, wanted)
  const told = name === undefined ? undefined : sizeBytes(playbook.licences[name]?.quota ?? '')
  if (told !== undefined) return { bytes: told, of: name ?? '' }
  const plain = { bytes: plainBytes, of: 'Exchange Online without more' }
  return wanted.kind === 'shared' && name === undefined ? plain : { ...plain, presumed: true }
}
