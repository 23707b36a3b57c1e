import { Buffer } from 'node:buffer'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { added, estimated } from './estimate.ts'
import type { Finding, Kind } from './finding.ts'
import { effects } from './takes.ts'

/**
 * What a scan saw in one folder. `looked`: UIDs whose bytes were read, `read`: how many they were. `uids`: messages by kind. `target`: where it would go. `examples`: in
 * words, by kind.
 */
export type Seen = {
  path: string
  uidValidity: string
  target: string
  messages: number
  bytes: number
  looked: number[]
  read: number
  uids: Partial<Record<Kind, number[]>>
  kinds: Kind[]
  examples: Partial<Record<Kind, string[]>>
}

/** At most so many UIDs of a kind are kept for a folder; the rest is counted. */
export const mostKept = 500

/** A column takes 64 KiB. */
const mostPacked = 60_000

/** How many of a kind were counted where not all are kept. */
export type Counted = Seen & { counts: Partial<Record<Kind, number>> }

/** Folders as one compressed column. Where they are too many, UIDs and examples are left out: then they are counted, and not scored. */
export function packSeen(folders: readonly Counted[]): Uint8Array {
  const packed = deflated(folders)
  return packed.length <= mostPacked
    ? packed
    : deflated(folders.map(folder => ({ ...folder, looked: [], uids: {}, examples: {} })))
}

function deflated(folders: readonly Counted[]): Uint8Array {
  const packed = folders.map(folder => ({
    ...folder,
    looked: steps(folder.looked),
    uids: Object.fromEntries(Object.entries(folder.uids).map(([kind, uids]) => [kind, steps(uids)])),
  }))
  return deflateRawSync(JSON.stringify(packed))
}

export function unpackSeen(packed: Uint8Array): Counted[] {
  const folders = JSON.parse(inflateRawSync(Buffer.from(packed)).toString()) as Counted[]
  return folders.map(folder => ({
    ...folder,
    looked: sums(folder.looked),
    uids: Object.fromEntries(Object.entries(folder.uids).map(([kind, uids]) => [kind, sums(uids)])),
  }))
}

/** What all folders of a mailbox come to, by kind. `looked` kinds are extrapolated from the sample of each folder. */
export function findingsOf(folders: readonly Counted[], extrapolated: readonly Kind[]): Finding[] {
  const kinds = new Set(folders.flatMap(({ counts, kinds }) => [...(Object.keys(counts) as Kind[]), ...kinds]))
  return [...kinds].sort().map(kind => {
    const of = folders.map(folder => ({
      folder,
      n: (folder.counts[kind] ?? 0) + folder.kinds.filter(one => one === kind).length,
    }))
    const parts = of.map(({ folder, n }) =>
      extrapolated.includes(kind) ? estimated(n, folder.read, folder.messages) : { expected: n, least: n, most: n },
    )
    const examples = folders.flatMap(folder => folder.examples[kind] ?? []).slice(0, 5)
    return { kind, effect: effects[kind], count: of.reduce((sum, { n }) => sum + n, 0), ...added(parts), examples }
  })
}

function steps(uids: readonly number[]): number[] {
  return uids.map((uid, i) => uid - (uids[i - 1] ?? 0))
}

function sums(gaps: readonly number[]): number[] {
  let at = 0
  return gaps.map(gap => (at += gap))
}
