import type { Keeps } from '../targets/target.ts'
import type { Entry } from './ledger.ts'

/** System flags of RFC 9051 2.3.2 that a copy carries; `\Deleted` never, `\Recent` is the server’s own. */
const carried = new Map(['\\Seen', '\\Answered', '\\Flagged', '\\Draft'].map(flag => [flag.toLowerCase(), flag]))

/** Keywords that mail programs set for themselves; nobody misses them where the target cannot hold them. */
const ofPrograms = new Set(['$mdnsent', 'junk', 'nonjunk', '$junk', '$notjunk', 'notjunk', '$x-me-annot-2', 'xnotjunk'])

/** A keyword is an atom (RFC 9051 9). Of any other a server may lose its way in the APPEND, and take the message’s lines for commands. */
const atom = /^[!#$&'+,\-./0-9:;<=>?@A-Z[^_`a-z|}~]+$/

/**
 * The flags that the target keeps, sorted, and what it cannot hold: flags, and whatever else it keeps of no message. Old non-standard `\X` flags
 * count as not held.
 */
export function flagsFor(flags: readonly string[], keeps: Keeps): { flags: string[]; dropped: string[] } {
  const kept = new Set<string>()
  const dropped: string[] = []
  for (const flag of flags) {
    const lower = flag.toLowerCase()
    if (lower === '\\recent' || lower === '\\deleted') continue
    const name = carried.get(lower) ?? flag
    if ((carried.has(lower) || atom.test(flag)) && keeps(name)) kept.add(name)
    else if (!ofPrograms.has(lower)) dropped.push(flag)
  }
  return { flags: [...kept].sort(), dropped: [...dropped.sort(), ...(keeps.loses ?? [])] }
}

/** What a note says of flags that were dropped; undefined for none. */
export function lossOf(dropped: readonly string[]): string | undefined {
  return dropped.length === 0 ? undefined : `the target cannot hold ${dropped.join(' ')}`
}

/** A message that got these flags instead of its own: what it lost is noted. */
export function withFewer(entry: Entry, flags: readonly string[]): Entry {
  const lost = entry.flags.filter(flag => !flags.includes(flag))
  const { note = '' } = entry
  const said = note === '' ? [] : [note]
  return { ...entry, flags: [...flags], outcome: 'altered', note: [lossOf(lost) ?? [], said].flat().join('; ') }
}

/** Are these the same flags? Names are compared without case (RFC 9051 2.3.2); `\Recent` and `\Deleted` do not count. */
export function sameFlags(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === b.length && a.every((flag, i) => flag === b[i])) return true
  return foldedFlags(a) === foldedFlags(b)
}

/** Flags as a text that is the same for the same ones. */
export function foldedFlags(flags: readonly string[]): string {
  return [...new Set(flags.map(flag => flag.toLowerCase()).filter(flag => flag !== '\\recent' && flag !== '\\deleted'))]
    .sort()
    .join(' ')
}
