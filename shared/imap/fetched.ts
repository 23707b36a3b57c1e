import type { Response } from './input.ts'
import { parseDateTime } from './syntax.ts'

/** What a FETCH response tells (RFC 9051 7.5.2). `size` undefined: news of flags that nobody asked for. `flags`: as written, in order, if at all. */
export type Fetched = {
  uid: number
  flags: string | undefined
  internalDate: number
  size: number | undefined
  body: boolean
}

/** Reads `* 12 FETCH (…)`; undefined for any other response, and where no UID is told. */
export function fetchedOf(response: Response): Fetched | undefined {
  if (!isFetch(response.text)) return undefined
  // What a body says that came as a quoted string is not what is told of it.
  const text = response.text.replace(quotedBody, '$1 ')
  const uid = numberAfter(text, 'UID ')
  if (!uid) return undefined
  const flags = between(text, 'FLAGS (', ')')
  const date = between(text, 'INTERNALDATE "', '"')
  const size = numberAfter(text, 'RFC822.SIZE ')
  return {
    uid,
    flags,
    internalDate: date === undefined ? Number.NaN : parseDateTime(date),
    // Some tell NIL of a message that they cannot measure: it is there all the same.
    size: size ?? (at(text, 'RFC822.SIZE ') < 0 ? undefined : 0),
    body: at(text, 'BODY[] ') >= 0,
  }
}

/** Is it a message of which no UID is told, or only behind a body that is still arriving? */
export function isUntold({ text }: Response): boolean {
  return isFetch(text) && uidIn(text) === 0 && at(text, 'BODY[] ') >= 0
}

/** The UID that a FETCH response tells, 0 where it tells none before its first literal. */
export function uidIn(text: string): number {
  return numberAfter(text, 'UID ') ?? 0
}

/** Flags as a sorted list without `\Recent`; the same text gives the same list, not to be changed. */
export function flagList(flags: string): string[] {
  const known = lists.get(flags)
  if (known) return known
  const list = flags
    .split(' ')
    .filter(flag => flag !== '' && flag.toLowerCase() !== '\\recent')
    .sort()
  // A mailbox has few combinations; one that has not is no reason to keep them all.
  if (lists.size > 10_000) lists.clear()
  lists.set(flags, list)
  return list
}
const lists = new Map<string, string[]>()

const quotedBody = /([( ]BODY\[\]) "(?:[^"\\]|\\.)*"/i

function isFetch(text: string): boolean {
  const space = text.indexOf(' ', 2)
  return space > 0 && text.slice(space + 1, space + 7).toUpperCase() === 'FETCH '
}

/** Where an item’s value begins; -1 where it is not told. Servers write items in capitals, but need not. */
function at(text: string, item: keyof typeof anyCase): number {
  for (let i = text.indexOf(item); i >= 0; i = text.indexOf(item, i + 1)) {
    const before = text.charCodeAt(i - 1)
    if (before === 0x20 || before === 0x28) return i + item.length
  }
  const found = text.search(anyCase[item])
  return found < 0 ? -1 : found + 1 + item.length
}

const anyCase = {
  'UID ': /[( ]UID /i,
  'FLAGS (': /[( ]FLAGS \(/i,
  'INTERNALDATE "': /[( ]INTERNALDATE "/i,
  'RFC822.SIZE ': /[( ]RFC822\.SIZE /i,
  'BODY[] ': /[( ]BODY\[\] /i,
}

function numberAfter(text: string, item: keyof typeof anyCase): number | undefined {
  let i = at(text, item)
  if (i < 0) return undefined
  let value = 0
  let digits = 0
  for (; digits < 12; digits++, i++) {
    const digit = text.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) break
    value = value * 10 + digit
  }
  return digits === 0 ? undefined : value
}

function between(text: string, from: keyof typeof anyCase, to: string): string | undefined {
  const start = at(text, from)
  if (start < 0) return undefined
  const end = text.indexOf(to, start)
  return end < 0 ? undefined : text.slice(start, end)
}
