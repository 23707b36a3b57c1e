import { settingsOf } from './entity.ts'
import { sizeBytes } from './licences.ts'
import type { Playbook } from './playbook.ts'

/** The smallest and the largest mailbox that a licence of Exchange Online comes with, without its archive. */
const least = '2 GB'
const largest = '100 GB'

/** Quotas of licences that no mailbox of Exchange Online has, as where MB was written for GB: by path, with what may have been meant. */
export function oddQuotas(playbook: Playbook): string[] {
  if (playbook.target.kind !== 'exchange-online') return []
  const base = playbook.licences
  const own = Object.keys(playbook.entities).flatMap(entity =>
    Object.entries(settingsOf(playbook, entity).licences)
      .filter(([name, { quota }]) => quota !== base[name]?.quota)
      .flatMap(([name, { quota }]) => odd(`entities.${entity}.licences.${name}.quota`, quota)),
  )
  return [...Object.entries(base).flatMap(([name, { quota }]) => odd(`licences.${name}.quota`, quota)), ...own]
}

function odd(path: string, quota: string | undefined): string[] {
  const bytes = quota === undefined ? undefined : sizeBytes(quota)
  if (bytes === undefined) return []
  const [small, large] = [bytes < (sizeBytes(least) ?? 0), bytes > (sizeBytes(largest) ?? 0)]
  if (!small && !large) return []
  const why = small
    ? `less than the smallest mailbox of Exchange Online has (${least})`
    : `more than its largest has (${largest})`
  const meant = quota?.replace(/[MT]B$/, 'GB')
  const isMeant = meant !== quota && odd(path, meant).length === 0
  return [
    `${path}: ${quota} is ${why}; ${isMeant ? `write ${meant} if that was meant` : 'see what the licence comes with'}: mailboxes are held against it`,
  ]
}
