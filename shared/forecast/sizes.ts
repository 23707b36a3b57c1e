import type { MailboxRow } from '../store/schema.ts'

/** As much of a mailbox’s row as says how far it is: its state, its sums, what was learned of it, what its old server hides, what still arrives there. */
export const progress = [
  'address',
  'state',
  'wanted',
  'found',
  'copied',
  'adopted',
  'excepted',
  'foundBytes',
  'copiedBytes',
  'syncedAt',
  'pace',
  'waitedMs',
  'unlisted',
  'switchedAt',
  'latePasses',
  'lateEmpty',
  'lateAt',
] as const
export type Progress = Pick<MailboxRow, (typeof progress)[number]>

/** What a mailbox holds, as far as it is known. */
export type Size = { messages: number; bytes: number }

/** Size of a mailbox: what its copy has found, else what was `scanned` or probed before; undefined where nobody has looked. */
export function sizeOf(
  { found, foundBytes, syncedAt }: Pick<Progress, 'found' | 'foundBytes' | 'syncedAt'>,
  scanned?: Size,
): Size | undefined {
  if (syncedAt !== undefined) return { messages: found, bytes: foundBytes }
  if (scanned) return { messages: Math.max(found, scanned.messages), bytes: Math.max(foundBytes, scanned.bytes) }
  return found > 0 ? { messages: found, bytes: foundBytes } : undefined
}

/** The mean of known sizes; undefined where none is known. */
export function usual(sizes: readonly Size[]): Size | undefined {
  if (sizes.length === 0) return undefined
  const mean = (of: (size: Size) => number) => sizes.reduce((sum, size) => sum + of(size), 0) / sizes.length
  return { messages: mean(size => size.messages), bytes: mean(size => size.bytes) }
}
