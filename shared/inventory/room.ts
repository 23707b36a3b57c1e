import { type Progress, sizeOf } from '../forecast/sizes.ts'
import { isMailbox, type WantedMailbox } from '../intake/mailbox.ts'
import { quotaOf } from '../landing/quota.ts'
import type { Playbook } from '../playbooks/playbook.ts'
import type { InventoryRow } from '../store/schema.ts'

/** How much a mailbox will hold at the target, how much it may hold there, and whose word that is: `server`, a licence, `target.quota`. */
export type Room = { needsBytes: number; mostBytes: number; of: string }

/** A mailbox that is fuller than that is soon full. */
const mostFull = 0.9

type Sized = Pick<Progress, 'found' | 'foundBytes' | 'syncedAt' | 'wanted'>
type Looked = Pick<InventoryRow, 'measured' | 'room'>

/** The room of a mailbox: what its new server tells, else what the playbook does. Undefined where its size or its room is not known. */
export function roomOf(playbook: Playbook, row: Sized, looked: Looked = {}): Room | undefined {
  const needsBytes = needsOf(row, looked)
  const most = mostOf(playbook, row.wanted, looked)
  return needsBytes === undefined || !most || !isMailbox(row.wanted) ? undefined : { needsBytes, ...most }
}

/** What comes from the old side, and what others have put into the new mailbox; undefined where nobody has looked. */
export function needsOf(row: Omit<Sized, 'wanted'>, { measured, room }: Looked = {}): number | undefined {
  const size = sizeOf(row, measured && { messages: measured.messages, bytes: measured.sizeBytes })
  return size && size.bytes + (room ? Math.max(0, room.usedBytes - room.oursBytes) : 0)
}

/** How much a mailbox may hold, where that is known and not presumed. */
export function mostOf(playbook: Playbook, wanted: WantedMailbox, { room }: Looked = {}): Omit<Room, 'needsBytes'> | undefined {
  if (room) return { mostBytes: room.mostBytes, of: 'server' }
  const quota = quotaOf(playbook, wanted)
  return quota && !quota.presumed ? { mostBytes: quota.bytes, of: quota.of } : undefined
}

/** Does it fit, and leave some room for new mail? */
export function fits({ needsBytes, mostBytes }: Room): 'yes' | 'hardly' | 'no' {
  if (needsBytes > mostBytes) return 'no'
  return needsBytes > mostFull * mostBytes ? 'hardly' : 'yes'
}
