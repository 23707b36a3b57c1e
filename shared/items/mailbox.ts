import type { Item, Kind } from './item.ts'

/** A new mailbox as far as it holds other things than mail. What is put there has its key with it. */
export type ItemBox = {
  /** The keys of what was brought before. */
  keys(kind: Kind): Promise<Set<string>>
  /** Makes one; throws a Failure, permanent where this one is refused. */
  make(item: Item): Promise<void>
}

/** Requests at once. */
export const atOnce = 3
