import type { MailboxRow, WaveRow } from '../store/schema.ts'

/** What people did in Teams: how much, by sign-in name in lower case, in the thirty days up to `until` (YYYY-MM-DD). */
export type TeamsUse = { until: string; acts: ReadonlyMap<string, number> }

/**
 * A wave’s place. `acts`: what its people did, `people`: how many they are, `unseen`: how many of them the report does not name, `score`: acts
 * a person, by which it has its place. `begun`: it keeps the place it began with.
 */
export type Place = { wave: string; score: number; acts: number; people: number; unseen: number; begun?: true }

/** Waves in their order, first first; `seal` names exactly this order. */
export type Ranking = { at: number; until: string; places: Place[]; seal: string }

/**
 * Where a wave stands by what its people do in Teams: acts a person, so that a large unit does not come first for being large. Whom the report does
 * not name did nothing; shared mailboxes and aliases are no people.
 */
export function placeOf({ wave }: Pick<WaveRow, 'wave'>, mailboxes: readonly MailboxRow[], { acts: done }: TeamsUse): Place {
  const people = mailboxes.filter(({ wanted, state }) => wanted.kind === 'user' && state !== 'cancelled')
  const each = people.map(({ address, wanted }) => done.get((wanted.target?.user ?? address).toLowerCase()))
  const acts = each.reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const unseen = each.filter(one => one === undefined).length
  return { wave, score: people.length > 0 ? acts / people.length : 0, acts, people: people.length, unseen }
}

/** Most use first. Of two alike the one where more was done in all comes first, then the name decides, so that the same report always gives the same order. */
export function ranked(places: readonly Place[]): Place[] {
  return [...places].sort((a, b) => b.score - a.score || b.acts - a.acts || (a.wave < b.wave ? -1 : 1))
}
