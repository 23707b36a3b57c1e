import { createHash } from 'node:crypto'

/** What a mailbox holds beside mail. */
export type Kind = 'contacts' | 'events' | 'tasks'

/** One thing to bring: its key, Graph’s own JSON of it, and what of it Graph has no place for. `at`: where it stands in the file. */
export type Item = {
  kind: Kind
  key: string
  at: string
  name: string
  body: Record<string, unknown>
  reduced: string[]
  /** Of a series: what is otherwise in it. */
  parts?: Part[]
}

/** One day of a series that is left out, or is otherwise. `begins`: a date, or an instant in UTC (ISO 8601). */
export type Part = { begins: string; body?: Record<string, unknown> }

/** One thing that cannot be brought, why, and what to do. */
export type Exception = { at: string; name: string; reason: string; remedy: string }

/** What a file holds: everything that was found in it is in one of the two. */
export type Found = { items: Item[]; exceptions: Exception[] }

/** The same thing has the same key, however often it is read: of its UID, else of all that it says. */
export function keyOf(...says: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(says)).digest('hex').slice(0, 40)
}

/** A line of a name, cut: enough to find it again. */
export function brief(text: string | undefined): string {
  const flat = (text ?? '').replaceAll(/\s+/g, ' ').trim()
  return flat.length > 80 ? `${flat.slice(0, 80)}…` : flat
}
