import { isUtf8 } from 'node:buffer'

/**
 * A path as an IMAP string, quoted, a character for each byte: the name that `pathOf` read, or the path in modified UTF-7 (RFC 3501 5.1.3); where the
 * server’s names are `utf8`, in that (RFC 9051 5.1).
 */
export function mailboxName(path: string, utf8 = false): string {
  return inQuotes(nameOf(path, utf8))
}

/** A quoted string (RFC 9051 9), a character for each byte of its UTF-8; callers give no CR, LF or NUL. */
export function quoted(text: string): string {
  return inQuotes(bytesOf(text))
}

function inQuotes(bytes: string): string {
  return `"${bytes.replaceAll(/["\\]/g, c => `\\${c}`)}"`
}

/** The UTF-8 of a text, a character for each byte. */
function bytesOf(text: string): string {
  return Buffer.from(text).toString('latin1')
}

/**
 * A name as a server writes it, a character for each byte, as text: modified UTF-7 (RFC 3501 5.1.3), or `utf8`. Names that are not written so (`A & B`,
 * Latin-1) are kept as they are, byte for byte, or they could not be named again; of such a path `textOf` tells what it says.
 */
export function pathOf(name: string, utf8 = false): string {
  const path = utf8 ? Buffer.from(name, 'latin1').toString() : decoded(name)
  // A quoted string holds no line end and no NUL.
  if (/[\r\n\0]/.test(name) || (path.isWellFormed() && nameOf(path, utf8) === name)) return path.toWellFormed()
  return name.replaceAll(/[^\x20-\x25\x27-\x7e]/g, byte => String.fromCharCode(kept + byte.charCodeAt(0)))
}

/** A path, or a level of one, as people read it. */
export function textOf(path: string): string {
  if (path.search(keptRuns) < 0) return path
  const bytes = Buffer.from(nameOf(path, false), 'latin1')
  const text = isUtf8(bytes) ? bytes.toString() : new TextDecoder('windows-1252').decode(bytes)
  return decoded(text).replaceAll(keptRuns, '\ufffd').toWellFormed()
}

/** Bytes that are kept as they are stand in a path as characters of private use from here on; line ends and NUL never are. */
const kept = 0xef00
const keptRuns = /[\uef01-\uef09\uef0b\uef0c\uef0e-\uefff]+/g

function nameOf(path: string, utf8: boolean): string {
  // A line end would end the command.
  const written = utf8 ? (text: string) => bytesOf(text.replaceAll(/[\r\n\0]/g, '\ufffd')) : modifiedUtf7
  let name = ''
  let end = 0
  for (const { 0: run, index } of path.matchAll(keptRuns)) {
    name += written(path.slice(end, index))
    name += run.replaceAll(/./gs, byte => String.fromCharCode(byte.charCodeAt(0) - kept))
    end = index + run.length
  }
  return name + written(path.slice(end))
}

function decoded(name: string): string {
  return name.replaceAll(/&([A-Za-z0-9+,]*)-/g, (run, coded: string) => {
    if (coded === '') return '&'
    const bytes = Buffer.from(coded.replaceAll(',', '/'), 'base64')
    return bytes.length % 2 === 0 ? bytes.swap16().toString('utf16le') : run
  })
}

function modifiedUtf7(text: string): string {
  return text
    .replaceAll('&', '&-')
    .replaceAll(
      /[^\x20-\x7e]+/g,
      run => `&${Buffer.from(run, 'utf16le').swap16().toString('base64').replaceAll('/', ',').replace(/=+$/, '')}-`,
    )
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Epoch ms as an IMAP date-time in UTC: `07-Apr-2025 14:00:00 +0000`. Undefined where the date cannot be written in four digits. */
export function dateTime(at: number): string | undefined {
  const date = new Date(at)
  const year = date.getUTCFullYear()
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${two(date.getUTCDate())}-${months[date.getUTCMonth()]}-${String(year).padStart(4, '0')}`
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`
}

/** An IMAP date-time as epoch ms; NaN where it is none, or names a day or hour that there is not. */
export function parseDateTime(text: string): number {
  // ` 7-Apr-2025 14:00:00 +0000`: every field has its place; some servers leave the blank out.
  if (text[1] === '-') return parseDateTime(` ${text}`)
  const two = (at: number) => digit(text, at) * 10 + digit(text, at + 1)
  if (text.length !== 26 || text[2] !== '-' || text[6] !== '-' || text[14] !== ':' || text[17] !== ':') return Number.NaN
  const name = text.slice(3, 6)
  const month = monthOf.get(name) ?? monthOf.get(name.charAt(0).toUpperCase() + name.slice(1).toLowerCase()) ?? Number.NaN
  const day = text[0] === ' ' ? digit(text, 1) : two(0)
  const zone = (two(22) * 60 + two(24)) * 60_000
  const sign = text[21] === '-' ? 1 : text[21] === '+' ? -1 : Number.NaN
  const year = two(7) * 100 + two(9)
  if (!(day >= 1 && day <= daysIn(year, month) && two(12) < 24 && two(15) < 60 && two(18) <= 60)) return Number.NaN
  const at = year >= 100 ? Date.UTC(year, month, day, two(12), two(15), two(18)) : early(year, month, day, text)
  return at + sign * zone
}

function daysIn(year: number, month: number): number {
  if (month === 1) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 3 || month === 5 || month === 8 || month === 10 ? 30 : 31
}

const monthOf = new Map(months.map((name, i) => [name, i]))

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 0x30
  return value >= 0 && value <= 9 ? value : Number.NaN
}

/** `Date.UTC` takes years below 100 for those of the last century. */
function early(year: number, month: number, day: number, text: string): number {
  const at = new Date(0)
  at.setUTCFullYear(year, month, day)
  return at.getTime() + Date.UTC(1970, 0, 1, Number(text.slice(12, 14)), Number(text.slice(15, 17)), Number(text.slice(18, 20)))
}

/** The UIDs of a set in order: `1:3,7` is 1, 2, 3, 7; none where it does not name so many. */
export function uidsOf(set: string, count: number): number[] {
  const found = someOf(set, count + 1)
  return found.length === count ? found : []
}

/** The UIDs of a set in order, `most` at the most. */
export function someOf(set: string, most: number): number[] {
  const found: number[] = []
  for (const part of set.split(',')) {
    const [from = 0, to = from] = part.split(':').map(Number)
    const high = Math.max(from, to)
    for (let uid = Math.min(from, to); uid <= high && found.length < most; uid++) found.push(uid)
  }
  return found
}

/** UIDs as a sequence set with ranges: `1:4,7`. */
export function uidSet(uids: readonly number[]): string {
  const parts: string[] = []
  for (let i = 0; i < uids.length; ) {
    let j = i
    while (j + 1 < uids.length && uids[j + 1] === (uids[j] ?? 0) + 1) j++
    parts.push(i === j ? `${uids[i]}` : `${uids[i]}:${uids[j]}`)
    i = j + 1
  }
  return parts.join(',')
}
