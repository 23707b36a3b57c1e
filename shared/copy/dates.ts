import { dateText } from '../repair/date.ts'
import type { Entry } from './ledger.ts'

type Dated = Pick<Entry, 'internalDate' | 'keptDate'>

/** The INTERNALDATE that a copy is known to have; NaN where nobody knows. */
export function dateThere({ internalDate, keptDate }: Dated): number {
  return keptDate ?? internalDate
}

/** Are they two dates? INTERNALDATE has whole seconds (RFC 9051 2.3.3). One that is not known is no other. */
export function isAnother(one: number, other: number): boolean {
  return Math.abs(one - other) >= 1000
}

/** What the target shows as date of a message: where that is another than it was given or than the source has, it is altered, and says so. */
export function noteDate(entry: Entry, there: number): void {
  const known = dateThere(entry)
  if (Number.isNaN(there) || Math.abs(there - known) < 1000) return
  const was = dateText(known)
  const said = `date: the target has ${dateText(there)}${was === undefined ? ', the source told none' : ` instead of ${was}`}`
  Object.assign(entry, { keptDate: there, outcome: 'altered', note: [entry.note, said].filter(Boolean).join('; ') })
}
