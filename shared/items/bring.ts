import { Failure } from '../errors.ts'
import type { Exception, Found, Item, Kind } from './item.ts'
import type { ItemBox, There } from './mailbox.ts'

/** As many as Exchange takes at once. */
const atOnce = 3

/** How many were found, and what became of them: found = created + already + excepted + left. `reduced`: of the created, how many have less than the file said. */
export type Counts = { found: number; created: number; already: number; excepted: number; left: number; reduced: number }

/** What became of a file. `losses`: by what was lost, how many of the reduced; `retryAfter`: seconds that Graph asked to be left alone. */
export type Brought = Counts & {
  kinds: Partial<Record<Kind, number>>
  losses: Record<string, number>
  exceptions: Exception[]
  because?: string
  retryAfter?: number
}

/**
 * Brings what is not there yet, some at a time, until `mayGoOn` says no or Graph asks for patience; the rest is left for the next time. One that
 * Graph refuses is an exception. Throws a Failure where the mailbox itself cannot be had.
 */
export async function bring(box: ItemBox, found: Found, mayGoOn: () => boolean): Promise<Brought> {
  const kinds = count(found.items.map(({ kind }) => kind))
  const there = new Map<string, There>()
  for (const kind of Object.keys(kinds) as Kind[]) for (const [key, one] of await box.keys(kind)) there.set(key, one)
  const seen = new Set<string>()
  const wanted = found.items.filter(({ key }) => {
    const isNew = !seen.has(key) && there.get(key)?.owed !== false
    seen.add(key)
    return isNew
  })
  const made: Item[] = []
  const exceptions = [...found.exceptions]
  let weather: Failure | undefined
  let next = 0
  const lane = async () => {
    while (weather === undefined && mayGoOn()) {
      const item = wanted[next++]
      if (item === undefined) return
      try {
        const begun = there.get(item.key)
        const lost = await (begun ? box.finish(item, begun.id) : box.make(item))
        made.push({ ...item, reduced: [...item.reduced, ...lost] })
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        if (error.verdict === 'transient') weather = error
        else if (/AccessDenied|Authorization|NotEnabledForRESTAPI/i.test(error.code)) throw error
        else exceptions.push({ at: item.at, name: item.name, reason: error.message, remedy: error.hint })
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, lane))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const refused = exceptions.length - found.exceptions.length
  const reduced = made.filter(item => item.reduced.length > 0)
  return {
    found: found.items.length + found.exceptions.length,
    created: made.length,
    already: found.items.length - wanted.length,
    excepted: exceptions.length,
    left: wanted.length - made.length - refused,
    reduced: reduced.length,
    kinds,
    losses: count(reduced.flatMap(item => item.reduced)),
    exceptions,
    ...(weather ? { because: `${weather.message}. ${weather.hint}` } : {}),
    ...(weather?.retryAfterMs === undefined ? {} : { retryAfter: Math.ceil(weather.retryAfterMs / 1000) }),
  }
}

function count<T extends string>(all: readonly T[]): Record<T, number> {
  const counted = {} as Record<T, number>
  for (const one of all) counted[one] = (counted[one] ?? 0) + 1
  return counted
}
