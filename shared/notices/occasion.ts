import { createHash } from 'node:crypto'
import type { MailboxRow, WaveRow } from '../store/schema.ts'

/** What tells the notice of one change of day D from that of another. */
export function dayMoved({ dayMoves = 0 }: Pick<WaveRow, 'dayMoves'>): string {
  return `${moved}${dayMoves}`
}

/** What tells the notice of mailboxes that left their wave one by one from that of others. */
export function left(mailboxes: readonly Pick<MailboxRow, 'address' | 'since'>[]): string {
  const which = mailboxes.map(({ address, since }) => `${address} ${since}`).sort()
  return `${gone}${createHash('sha256').update(which.join('\n')).digest('hex').slice(0, 16)}`
}

/** What tells the notices of a roll-back: that mail is at the old server again, and that a move which was announced does not come. */
export const [putBack, neverMoved] = ['put back', 'never moved']

/** What tells one holdup of a wave, by `names` of what is held and since when, from another; in one that is `putBack`, from what it was owed before. */
export function heldUp(names: readonly string[], isPutBack: boolean): string {
  const digest = createHash('sha256')
    .update([...names].sort().join('\n'))
    .digest('hex')
    .slice(0, 16)
  return isPutBack ? `${stuck}${digest}` : digest
}

/** Which of these an occasion is. */
export const isOfMovedDay = (occasion: string | undefined) => occasion?.startsWith(moved) === true
export const isOfLeaving = (occasion: string | undefined) => occasion?.startsWith(gone) === true
export const isOfRollBack = (occasion: string | undefined) => occasion === putBack || occasion === neverMoved
export const isOfStuckRollBack = (occasion: string | undefined) => occasion?.startsWith(stuck) === true

const [moved, gone, stuck] = ['moved ', 'left ', 'stuck ']
