import { createHash } from 'node:crypto'

/*
 * Graph has no UIDs. Each message that we make bears a number of our own in an extended property: a count within its folder times 1024, plus
 * a mark of the session that made it, so that a writer that was thought dead and its successor never give out the same. Messages without a number
 * (made by others, or by us if we were stopped right after) are counted on from the number before them, in the order in which they were made;
 * they get theirs for good when the engine takes them for ours.
 */

/** Our number on a message, behind that of the folder that it was given in: moved elsewhere by its owner it means nothing. */
export const numberProperty = 'String {6d1f3c58-2a70-4b5e-9d0c-7b1f4e8a93c2} Name ReleveNumber'

/** Set while parts of a message are still on their way: it does not count. */
export const unfinishedProperty = 'String {6d1f3c58-2a70-4b5e-9d0c-7b1f4e8a93c2} Name ReleveUnfinished'

/** Numbers between two counts; marks take the lower half, so that there is room behind each for what bears no number. */
const step = 1024
export const marks = step / 2

/** UIDVALIDITY of a folder, by Graph’s id: a folder that is made anew has another. */
export function validityOf(folderId: string): string {
  return String(createHash('sha256').update(folderId).digest().readUInt32BE() || 1)
}

/** A number as it stands on a message of a folder. */
export function writtenNumber(folderId: string, number: number): string {
  return `${validityOf(folderId)}.${number}`
}

/** The number that stands on a message; undefined where it is another folder’s. */
export function readNumber(folderId: string, value: string | undefined): number | undefined {
  const [validity, number] = value?.split('.') ?? []
  return validity === validityOf(folderId) && /^\d{1,10}$/.test(number ?? '') ? Number(number) : undefined
}

/** A message as listed: Graph’s own id and the instant that it was made, epoch ms. */
export type Listed = { graphId: string; createdAt: number; number?: number | undefined }

/** The messages of a folder by UID, ascending. Where two bear the same number (its owner has copied one) the older has it. */
export function numbered<T extends Listed>(messages: readonly T[]): Map<number, T> {
  // Graph tells whole seconds: within one, what bears no number came last, or it would be taken for older than an intent.
  const none = Number.MAX_SAFE_INTEGER
  const inOrder = [...messages].sort((a, b) => a.createdAt - b.createdAt || (a.number ?? none) - (b.number ?? none))
  const taken = new Map<number, T>()
  for (const message of inOrder)
    if (message.number !== undefined && !taken.has(message.number)) taken.set(message.number, message)
  let last = 0
  for (const message of inOrder) {
    if (message.number !== undefined) {
      last = Math.max(last, message.number)
      continue
    }
    let free = last + 1
    while (taken.has(free)) free++
    taken.set(free, message)
    last = free
  }
  return new Map([...taken].sort(([a], [b]) => a - b))
}

/** The least number that the next message may get, given the greatest so far. */
export function nextNumber(greatest: number): number {
  return (Math.floor(greatest / step) + 1) * step
}
