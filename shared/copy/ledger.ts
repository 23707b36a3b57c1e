import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { Reader, Writer } from './bytes.ts'

/**
 * What became of one source message; the list is closed.
 * - `intended`: its append may be under way; only in open chunks.
 * - `copied`: appended, bytes unchanged. `adopted`: found on the target after an interruption and taken for ours.
 * - `altered`: arrived, but not as it was (the note says what is missing).
 * - `too-large`, `refused`: the target does not take it. `unreadable`: the source cannot hand it out.
 * - `vanished`: expunged at the source before it was brought. `deleted`: marked `\Deleted` there, left behind by policy.
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
 * `internalDate`: as the source told it, epoch ms, NaN for none; `keptDate`: that at the target, only where it is another. Flags as set at the
 * target. `broken`: a connection ended while it was read, or appended, and so many in a row since. `claim`: that under which it
 * came, or was removed as moved, where that is not the one that made its chunk.
 */
export type Entry = {
  uid: number
  target?: number
  sizeBytes: number
  internalDate: number
  keptDate?: number
  flags: string[]
  digest?: string
  reread?: string
  outcome: Outcome
  note?: string
  broken?: { doing: 'reading' | 'appending'; times: number }
  claim?: number
}

/** Those of a message that is at the target, or was once. */
export const arrived: readonly Outcome[] = ['copied', 'adopted', 'altered']

/** As it is where the folder that it was put into is not the one that is there now: it has arrived, and its UID means nothing any more. */
export function elsewhere({ target: _, ...entry }: Entry): Entry {
  return entry
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

/** What the column begins with; deflate, of which all of it was before, never does (RFC 1951 3.2.3). */
const marks = { plain: 6, deflated: 14 }

/** Above this, bytes, a column is compressed: then its notes are long, and are much alike. */
const plainBytes = 32 * 1024

/** What is in an entry besides what each has. */
const has = {
  target: 1,
  digest: 2,
  digestText: 4,
  same: 8,
  reread: 16,
  rereadText: 32,
  undated: 64,
  note: 128,
  reading: 256,
  appending: 512,
  keptDate: 1024,
  claim: 2048,
}

/**
 * Entries as one column; some 50 bytes a message. They are packed and unpacked several times each, and zlib leaves behind what only a whole
 * garbage collection takes away: so it is left out where there is little to gain.
 */
export function pack(entries: readonly Entry[]): Uint8Array {
  const out = new Writer()
  out.number(entries.length)
  let last = { uid: 0, target: 0 }
  for (const {
    uid,
    target = 0,
    sizeBytes,
    internalDate,
    keptDate,
    flags,
    digest = '',
    outcome,
    note = '',
    reread = '',
    broken,
    claim,
  } of entries) {
    const same = reread !== '' && reread === digest
    const held = (text: string, bytes: number, other: number) => (text === '' ? 0 : Writer.isDigest(text) ? bytes : other)
    const bits =
      (target ? has.target : 0) |
      held(digest, has.digest, has.digestText) |
      (same ? has.same : held(reread, has.reread, has.rereadText)) |
      (Number.isNaN(internalDate) ? has.undated : 0) |
      (note ? has.note : 0) |
      (broken ? has[broken.doing] : 0) |
      (keptDate === undefined ? 0 : has.keptDate) |
      (claim === undefined ? 0 : has.claim)
    out.number(bits)
    out.number(uid - last.uid)
    if (bits & has.target) out.number(target - last.target)
    out.number(sizeBytes)
    if (!(bits & has.undated)) out.number(internalDate)
    out.text(flags.join(' '))
    out.text(outcome)
    if (bits & has.digest) out.digest(digest)
    if (bits & has.digestText) out.text(digest)
    if (bits & has.reread) out.digest(reread)
    if (bits & has.rereadText) out.text(reread)
    if (bits & has.note) out.text(note)
    if (broken) out.number(broken.times)
    if (keptDate !== undefined) out.number(keptDate)
    if (claim !== undefined) out.number(claim)
    last = { uid, target: target || last.target }
  }
  const plain = out.written()
  const long = plain.length > plainBytes
  const bytes = long ? deflateRawSync(plain) : plain
  // Of its own and no longer than it is: what is behind a part of a larger buffer stays alive with it.
  const column = new Uint8Array(1 + bytes.length)
  column[0] = long ? marks.deflated : marks.plain
  column.set(bytes, 1)
  return column
}

export function unpack(packed: Uint8Array): Entry[] {
  const [mark] = packed
  if (mark !== marks.plain && mark !== marks.deflated) return unpackJson(packed)
  const rest = packed.subarray(1)
  const from = new Reader(mark === marks.plain ? rest : inflateRawSync(rest))
  const entries: Entry[] = []
  let last = { uid: 0, target: 0 }
  for (let left = from.number(); left > 0; left--) {
    const bits = from.number()
    const uid = last.uid + from.number()
    const target = bits & has.target ? last.target + from.number() : last.target
    const entry: Entry = {
      uid,
      sizeBytes: from.number(),
      internalDate: bits & has.undated ? Number.NaN : from.number(),
      flags: wordsOf(from.text()),
      outcome: from.text() as Outcome,
    }
    if (bits & has.target) entry.target = target
    if (bits & has.digest) entry.digest = from.digest()
    if (bits & has.digestText) entry.digest = from.text()
    if (bits & has.reread) entry.reread = from.digest()
    if (bits & has.rereadText) entry.reread = from.text()
    if (bits & has.same && entry.digest) entry.reread = entry.digest
    if (bits & has.note) entry.note = from.text()
    if (bits & has.reading) entry.broken = { doing: 'reading', times: from.number() }
    if (bits & has.appending) entry.broken = { doing: 'appending', times: from.number() }
    if (bits & has.keptDate) entry.keptDate = from.number()
    if (bits & has.claim) entry.claim = from.number()
    entries.push(entry)
    last = { uid, target }
  }
  return entries
}

/** A column as earlier versions wrote it. */
function unpackJson(packed: Uint8Array): Entry[] {
  type Row = [number, number, number, number | null, string, string, Outcome, string, string, 'reading' | 'appending', number]
  const rows = JSON.parse(inflateRawSync(packed).toString()) as Row[]
  return rows.map(([uid, target, sizeBytes, date, flags, digest, outcome, note, reread, doing, times]) => ({
    uid,
    ...(target ? { target } : {}),
    sizeBytes,
    internalDate: date ?? Number.NaN,
    flags: wordsOf(flags),
    ...(digest ? { digest } : {}),
    outcome,
    ...(note ? { note } : {}),
    ...(reread ? { reread: reread === '=' ? digest : reread } : {}),
    ...(doing ? { broken: { doing, times } } : {}),
  }))
}

function wordsOf(text: string): string[] {
  return text ? text.split(' ') : []
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

/** Outcomes that may come out better once somebody has changed something: these are tried again when the wave is retried. */
export const triable: readonly Outcome[] = ['too-large', 'refused', 'unreadable']
