import type { Progress } from '../forecast/sizes.ts'
import { hasEnded } from '../life/wave.ts'
import { settingsFor } from '../playbooks/entity.ts'
import { sizeText } from '../playbooks/licences.ts'
import type { App } from '../ports.ts'
import { keyPart } from '../store/columns.ts'
import type { WaveRow } from '../store/schema.ts'
import { gathered } from '../store/store.ts'
import { fits, type Room, roomOf } from './room.ts'

const mostNamed = 5

/** Whose mail does not fit into the new mailbox, or all but fills it, and what to do before the copy meets it. */
export async function roomAhead(app: App, row: WaveRow, mailboxes: readonly Progress[]): Promise<string[]> {
  if (hasEnded(row.state)) return []
  const playbook = await app.playbook(row.playbook, row.playbookVersion)
  const looked = await gathered(app.store.inventories.pick({ partition: keyPart(row.wave) }, ['address', 'measured', 'room']))
  const byAddress = new Map(looked.map(one => [one.address, one]))
  const open = mailboxes.filter(({ state }) => state !== 'cancelled' && state !== 'completed')
  const all = open.flatMap(one => {
    const room = roomOf(settingsFor(playbook, one), one, byAddress.get(one.address))
    return room ? [{ address: one.address, room }] : []
  })
  const [over, tight] = [all.filter(({ room }) => fits(room) === 'no'), all.filter(({ room }) => fits(room) === 'hardly')]
  return [
    ...(over.length > 0
      ? [
          `mailboxes that do not fit at the target: ${named(over)}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, then look again (POST …/inventory?again=true): one that gets full is held, and keeps the cutover waiting`,
        ]
      : []),
    ...(tight.length > 0
      ? [
          `mailboxes that will be more than nine tenths full at the target: ${named(tight)}; give them more room there (a larger licence, or the quota of the mailbox) or have their owners clear out, or their new mail will soon bounce`,
        ]
      : []),
  ]
}

function named(rows: readonly { address: string; room: Room }[]): string {
  const names = rows.slice(0, mostNamed).map(({ address, room: { needsBytes, mostBytes } }) => {
    const sizes = [needsBytes, mostBytes].map(sizeText).join(' / ')
    return `${address} (${sizes})`
  })
  return `${names.join(', ')}${rows.length > names.length ? ` and ${rows.length - names.length} more` : ''}`
}
