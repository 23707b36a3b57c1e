import type { WantedMailbox } from '../intake/mailbox.ts'
import type { Playbook } from '../playbooks/playbook.ts'

/** How much a mailbox may hold, and whose word that is. */
export type Quota = { bytes: number; of: string }

/** Exchange Online Plan 1, and shared mailboxes without a licence. */
const plainBytes = 50e9

/** The room of a mailbox: that of its licence where the playbook tells, else 50 GB at Exchange Online; an Exchange server’s is not known here. */
export function quotaOf({ target, licences }: Playbook, { licence, kind }: WantedMailbox): Quota | undefined {
  if (target.kind !== 'exchange-online') return undefined
  const name = licence ?? (kind === 'user' ? target.licence : undefined)
  const told = name === undefined ? undefined : bytesOf(licences[name]?.quota ?? '')
  return told === undefined ? { bytes: plainBytes, of: 'Exchange Online without more' } : { bytes: told, of: name ?? '' }
}

/** `50 GB` as bytes, decimal as sellers count; undefined where it is not of that form. */
export function bytesOf(text: string): number | undefined {
  const [, number, unit] = /^\s*(\d+(?:[.,]\d+)?)\s*(MB|GB|TB|Mo|Go|To)\s*$/i.exec(text) ?? []
  if (number === undefined || unit === undefined) return undefined
  const power = { m: 6, g: 9, t: 12 }[unit[0]?.toLowerCase() as 'm' | 'g' | 't']
  return Number(number.replace(',', '.')) * 10 ** power
}
