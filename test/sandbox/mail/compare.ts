import type { MailboxSnapshot, SeenMessage } from './snapshot.ts'

/**
 * One way in which a copy is not its original. `lost`: not in the copy; `duplicated`: there more often than in the original; `altered`: there with
 * other bytes (same date and flags); `stray`: in the copy, and not from this folder; `flags`, `dates`: there, but marked or dated otherwise;
 * `no folder`: the folder itself is missing.
 */
export type Difference = {
  kind: 'lost' | 'duplicated' | 'altered' | 'stray' | 'flags' | 'dates' | 'no folder'
  /** The original's folder, or the copy's where the original has none. */
  folder: string
  original?: SeenMessage
  copy?: SeenMessage
}

/** How a comparison is made. */
export type ComparisonRules = {
  /** The copy's name of each folder of the original that is called otherwise there. */
  folderMap?: Readonly<Record<string, string>>
  /** What the copy's flags should be, given the original's; all of them unless given. */
  flags?: (flags: readonly string[]) => readonly string[]
}

/** Everything that differs between an original and its copy, each folder taken as a multiset of messages; nothing for an exact copy. */
export function compareMailboxes(original: MailboxSnapshot, copy: MailboxSnapshot, rules: ComparisonRules = {}): Difference[] {
  const differences: Difference[] = []
  const expected = new Set<string>()
  for (const [folder, messages] of original) {
    const there = rules.folderMap?.[folder] ?? folder
    const already = expected.has(there)
    expected.add(there)
    if (already) throw new Error(`Two folders of the original are mapped to ${there}: join them before they are compared.`)
    const copied = copy.get(there)
    if (copied === undefined) differences.push({ kind: 'no folder', folder })
    differences.push(...compareFolder(folder, messages, copied ?? [], rules))
  }
  for (const [folder, messages] of copy) {
    if (!expected.has(folder)) differences.push(...messages.map(message => ({ kind: 'stray' as const, folder, copy: message })))
  }
  return differences
}

/** A line a person can read, for each kind of difference: `INBOX: 3 lost, 1 duplicated`. */
export function describe(differences: readonly Difference[]): string[] {
  const byFolder = new Map<string, Map<string, number>>()
  for (const { folder, kind } of differences) {
    const kinds = byFolder.get(folder) ?? new Map<string, number>()
    byFolder.set(folder, kinds.set(kind, (kinds.get(kind) ?? 0) + 1))
  }
  return [...byFolder].map(([folder, kinds]) => `${folder}: ${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')}`)
}

function compareFolder(
  folder: string,
  originals: readonly SeenMessage[],
  copies: readonly SeenMessage[],
  rules: ComparisonRules,
): Difference[] {
  const wanted = originals.map(message => ({ ...message, flags: [...(rules.flags?.(message.flags) ?? message.flags)].sort() }))
  const [left, spare] = pairOff(wanted, copies, message => `${message.sha256} ${message.internalDate} ${message.flags}`)
  const differences: Difference[] = []
  const matched = (kind: Difference['kind']) => (one: SeenMessage, other: SeenMessage) =>
    void differences.push({ kind, folder, original: one, copy: other })
  const [left2, spare2] = pairOff(left, spare, message => `${message.sha256} ${message.internalDate}`, matched('flags'))
  const [left3, spare3] = pairOff(left2, spare2, message => `${message.sha256} ${message.flags}`, matched('dates'))
  const both = (one: SeenMessage, other: SeenMessage) => {
    matched('flags')(one, other)
    matched('dates')(one, other)
  }
  const [left4, spare4] = pairOff(left3, spare3, message => message.sha256, both)
  const [lost, extra] = pairOff(left4, spare4, message => `${message.internalDate} ${message.flags}`, matched('altered'))
  const known = new Set(originals.map(({ sha256 }) => sha256))
  differences.push(...lost.map(message => ({ kind: 'lost' as const, folder, original: message })))
  for (const message of extra)
    differences.push({ kind: known.has(message.sha256) ? 'duplicated' : 'stray', folder, copy: message })
  return differences
}

/** Pairs messages of the same key one for one, and returns what is left on either side. */
function pairOff(
  originals: readonly SeenMessage[],
  copies: readonly SeenMessage[],
  keyOf: (message: SeenMessage) => string,
  matched?: (one: SeenMessage, other: SeenMessage) => void,
): [SeenMessage[], SeenMessage[]] {
  const waiting = new Map<string, SeenMessage[]>()
  for (const message of copies) {
    const same = waiting.get(keyOf(message))
    if (same === undefined) waiting.set(keyOf(message), [message])
    else same.push(message)
  }
  const left = originals.filter(message => {
    const other = waiting.get(keyOf(message))?.shift()
    if (other !== undefined) matched?.(message, other)
    return other === undefined
  })
  return [left, [...waiting.values()].flat()]
}
