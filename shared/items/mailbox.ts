import type { Item, Kind } from './item.ts'

/** What was brought before. `owed`: a series whose single days are not all done yet. */
export type There = { id: string; owed: boolean }

/** A new mailbox as far as it holds other things than mail. What is put there has its key with it. */
export type ItemBox = {
  /** What was brought before, by its key. */
  keys(kind: Kind): Promise<Map<string, There>>
  /** Makes one, with the single days of a series, and tells what of it was lost; throws a Failure, permanent where this one is refused. */
  make(item: Item): Promise<string[]>
  /** Does what is owed to a series that is there. */
  finish(item: Item, id: string): Promise<string[]>
}
