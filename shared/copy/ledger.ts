import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * What became of one source message; the list is closed.
 * - `intended`: its append may be under way; only in open chunks.
 * - `copied`: appended, bytes unchanged. `adopted`: found on the target after an interruption and taken for ours.
 * - `altered`: arrived, but not as it was (the note says what is missing).
 * - `too-large`, `refused`: the target does not take it. `unreadable`: the source cannot hand it out.
 * - `vanished`: expunged at the source before it was read. `deleted`: marked `\Deleted` there, left behind by policy.
 * - `removed`: copied, then expunged at the source before the mailbox opened; the copy was removed, as `sourceDeletions: mirror` asks, or because
 *   it had been moved and its copy is elsewhere now.
 */
export type Outcome =
  | 'intended'
  | 'copied'
  | 'adopted'
  | 'altered'
  | 'too-large'
  | 'refused'
  | 'unreadable'
  | 'vanished'
  | 'deleted'
  | 'removed'

/**
 * One message of a chunk. `target`: its UID there. `digest`: SHA-256 of its bytes as read, `reread`: as read again at the target, both base64url.
 * Flags as set at the target. `broken`: a connection ended while it was read, or appended, and so many in a row since.
 */
export type Entry = {
  uid: number
  target?: number
  sizeBytes: number
  internalDate: number
  flags: string[]
  digest?: string
  reread?: string
  outcome: Outcome
  note?: string
  broken?: { doing: 'reading' | 'appending'; times: number }
}

/** How many of each are in a chunk; their sum is the number of its messages. */
export type Counts = { copied: number; adopted: number; excepted: number; sizeBytes: number }

export function count(entries: readonly Entry[]): Counts {
  const counts: Counts = { copied: 0, adopted: 0, excepted: 0, sizeBytes: 0 }
  for (const { outcome, sizeBytes } of entries) {
    if (outcome === 'intended') continue
    counts[outcome === 'copied' ? 'copied' : outcome === 'adopted' ? 'adopted' : 'excepted']++
    counts.sizeBytes += sizeBytes
  }
  return counts
}

/** Entries as one compressed column; some 50 bytes a message. */
export function pack(entries: readonly Entry[]): Uint8Array {
  const rows = entries.map(e => [
    e.uid,
    e.target ?? 0,
    e.sizeBytes,
    e.internalDate,
    e.flags.join(' '),
    e.digest ?? '',
    e.outcome,
    e.note ?? '',
    e.reread !== undefined && e.reread === e.digest ? '=' : (e.reread ?? ''),
    ...(e.broken ? [e.broken.doing, e.broken.times] : []),
  ])
  // A copy, since what zlib gives keeps 16 KB alive behind it, however short it is.
  return new Uint8Array(deflateRawSync(JSON.stringify(rows)))
}

export function unpack(packed: Uint8Array): Entry[] {
  type Row = [number, number, number, number | null, string, string, Outcome, string, string, 'reading' | 'appending', number]
  const rows = JSON.parse(inflateRawSync(packed).toString()) as Row[]
  return rows.map(([uid, target, sizeBytes, date, flags, digest, outcome, note, reread, doing, times]) => ({
    uid,
    ...(target ? { target } : {}),
    sizeBytes,
    internalDate: date ?? Number.NaN,
    flags: flags ? flags.split(' ') : [],
    ...(digest ? { digest } : {}),
    outcome,
    ...(note ? { note } : {}),
    ...(reread ? { reread: reread === '=' ? digest : reread } : {}),
    ...(doing ? { broken: { doing, times } } : {}),
  }))
}

/** What a person can do about an outcome that is not a plain copy. */
export const remedies: Readonly<Record<Exclude<Outcome, 'intended' | 'copied' | 'adopted'>, string>> = {
  altered: 'It has arrived; look whether what was lost matters. The original stays at the old server.',
  'too-large': 'Raise the target’s size limit for this mailbox, then retry the wave; or hand the message over as a file.',
  refused: 'Look at the reason; save the message from the old server and import it by hand, or retry the wave after a change.',
  unreadable: 'Have the old server’s administrator repair the folder, then retry the wave.',
  vanished: 'Nothing to do: its owner deleted or moved it while the copy ran.',
  removed: 'Nothing to do: its owner deleted it at the old server before the mailbox opened, so its copy was removed as well.',
  deleted: 'Nothing to do: it was marked as deleted at the old server and is left behind by policy.',
}

/** Outcomes that a policy or the owner decided: they do not spoil a complete verdict. */
export const byPolicy: readonly Outcome[] = ['deleted', 'vanished', 'removed']
