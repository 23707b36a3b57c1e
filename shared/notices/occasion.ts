import { createHash } from 'node:crypto'
import type { MailboxRow, WaveRow } from '../store/schema.ts'

/** What tells the notice of one change of day D from that of another. */
export function dayMoved({ dayMoves = 0 }: Pick<WaveRow, 'dayMoves'>): string {
  return `${moved}${dayMoves}`
}

/** What tells the notice of mailboxes that left their wave one by one from that of others. */
export function left(mailboxes: readonly Pick<MailboxRow, 'address' | 'since'>[]): string {
  return `${gone}${digest(mailboxes.map(({ address, since }) => `${address} ${since}`))}`
}

/** What tells the notices of a roll-back: that mail is at the old server again, and that a move which was announced does not come. */
export const [putBack, neverMoved] = ['put back', 'never moved']

/** What tells one holdup of a wave, by `names` of what is held and since when, from another; in one that is `putBack`, from what it was owed before. */
export function heldUp(names: readonly string[], isPutBack: boolean): string {
  return isPutBack ? `${stuck}${digest(names)}` : digest(names)
}

/** What tells the notice of mailboxes whose mail is late to be led over, or back, by which they are, from another; and that it is over, by when it was said last. */
export function notLed(mailboxes: readonly Pick<MailboxRow, 'address'>[], isBack: boolean): string {
  return `${isBack ? unledBack : unled}${digest(mailboxes.map(({ address }) => address))}`
}
export function notLedAnyMore(at: number, isBack: boolean): string {
  return isBack ? `${unledBack}any more ${at}` : `led ${at}`
}

/** Which of these an occasion is. */
export const isOfMovedDay = (occasion: string | undefined) => occasion?.startsWith(moved) === true
export const isOfLeaving = (occasion: string | undefined) => occasion?.startsWith(gone) === true
export const isOfRollBack = (occasion: string | undefined) => occasion === putBack || occasion === neverMoved
export const isOfNotLed = (occasion: string | undefined) => occasion?.startsWith(unled) === true
export const isOfNotLedBack = (occasion: string | undefined) => occasion?.startsWith(unledBack) === true
export const isOfStuckRollBack = (occasion: string | undefined) => occasion?.startsWith(stuck) === true

const [moved, gone, stuck, unled, unledBack] = ['moved ', 'left ', 'stuck ', 'not led ', 'not back ']

function digest(names: readonly string[]): string {
  return createHash('sha256')
    .update([...names].sort().join('\n'))
    .digest('hex')
    .slice(0, 16)
}
