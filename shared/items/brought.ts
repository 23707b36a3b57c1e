import type { Trouble } from '../machine.ts'
import type { Brought, Counts } from './bring.ts'
import type { Exception, Kind } from './item.ts'
import type { Shelves } from './old.ts'

/** One that did not arrive: where it lies at the old server, why, and what to do. What it says is not kept. */
export type LeftOut = Omit<Exception, 'name'>

/**
 * What became so far of the calendars, contacts and tasks of a mailbox, on its row. `exceptions` has the first of them. `through`: all of them had their
 * turn; `trouble`: why they had not; `owed`: they are tried again by themselves, with late mail. `at`: when the last of them came, or their turn ended.
 */
export type ItemsBrought = Counts &
  Shelves & {
    kinds: Partial<Record<Kind, number>>
    losses: Record<string, number>
    exceptions: LeftOut[]
    through: boolean
    trouble?: Trouble
    owed?: boolean
    at: number
  }

/** A row holds so many of them, and so much of each. */
const named = 40
const longest = 250

const nothing: Omit<ItemsBrought, 'at'> = {
  ...{ found: 0, created: 0, already: 0, excepted: 0, left: 0, reduced: 0 },
  ...{ calendars: 0, books: 0, others: 0 },
  ...{ kinds: {}, losses: {}, exceptions: [], through: false },
}

/** What is tried again of those that had their turn: the exceptions; undefined for all, where not all had it, or more were excepted than are named. */
export function triedAgain(before: ItemsBrought | undefined): ReadonlySet<string> | undefined {
  if (!before?.through || before.excepted > before.exceptions.length) return undefined
  return new Set(before.exceptions.map(({ at }) => at))
}

/** Is there something that an order could bring after all? */
export function hasMissing(items: ItemsBrought | undefined): boolean {
  return items !== undefined && (items.excepted > 0 || !items.through)
}

/** The sums after one more turn. `some`: it was about the exceptions only. What an earlier turn made is found there again, and stays created. */
export function afterTurn(
  before: ItemsBrought | undefined,
  shelves: Shelves,
  turn: Brought,
  some: boolean,
  now: number,
): ItemsBrought {
  const known = before ?? nothing
  const created = known.created + turn.created
  const already = some ? known.already + turn.already : Math.max(0, turn.already - known.created)
  const { excepted, left } = turn
  return {
    ...shelves,
    ...{ found: created + already + excepted + left, created, already, excepted, left, reduced: known.reduced + turn.reduced },
    kinds: some ? known.kinds : turn.kinds,
    losses: added(known.losses, turn.losses),
    exceptions: turn.exceptions
      .slice(0, named)
      .map(({ at, reason, remedy }) => ({ at, reason: cut(reason), remedy: cut(remedy) })),
    through: left === 0,
    at: turn.created > 0 || left === 0 ? now : (before?.at ?? now),
  }
}

/** The sums as they were, with what kept a turn from its end. */
export function inTrouble(before: ItemsBrought | undefined, trouble: Trouble, owed: boolean): ItemsBrought {
  const { owed: _, ...known } = before ?? { ...nothing, at: trouble.at }
  return { ...known, trouble, ...(owed ? { owed } : {}) }
}

function added(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return Object.fromEntries(names.map(name => [name, (a[name] ?? 0) + (b[name] ?? 0)]))
}

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
