import type { Message, Source } from '../source/source.ts'
import type { OpenFolder, Outgoing, Target } from '../targets/target.ts'
import { flagsFor } from './flags.ts'
import type { Chunk, FolderLedger } from './folder-ledger.ts'
import type { Entry } from './ledger.ts'
import { digestOf, type Identity, identify, match } from './match.ts'

/** What sending a chunk needs. `signal` aborts when the claim is lost: nothing more is sent then. */
export type Sending = {
  source: Source
  target: Target
  targetPath: string
  opened: OpenFolder
  ledger: FolderLedger
  signal: AbortSignal
}

/**
 * Sends what a chunk still intends, in order, and writes each outcome. The intent must be in the ledger. Appends of unknown outcome are
 * left `intended` by whatever is thrown: `recover` looks for them on the target before anything is sent again.
 */
export async function send(sending: Sending, chunk: Chunk): Promise<void> {
  const { source, target, targetPath, opened, ledger, signal } = sending
  const entries = new Map(chunk.entries.map(entry => [entry.uid, { ...entry }]))
  const due = chunk.entries.filter(({ outcome }) => outcome === 'intended').map(({ uid }) => uid)
  const read = new Map<number, Identity>()
  const most = target.traits.mostBytes ?? Number.POSITIVE_INFINITY

  async function* outgoing(): AsyncIterable<Outgoing> {
    for await (const message of source.messages(due)) {
      signal.throwIfAborted()
      const entry = entries.get(message.uid)
      if (!entry) continue
      const { flags, dropped } = flagsFor(message.flags, opened.keeps)
      Object.assign(entry, {
        sizeBytes: message.raw.length,
        internalDate: message.internalDate,
        flags,
        digest: digestOf(message.raw),
      })
      if (dropped.length > 0) entry.note = `the target cannot hold ${dropped.join(' ')}`
      read.set(message.uid, identify(message.uid, message.raw, message.internalDate))
      if (message.raw.length > most)
        Object.assign(entry, { outcome: 'too-large', note: `${message.raw.length} bytes, the target takes ${most}` })
      else yield { uid: message.uid, raw: message.raw, flags, internalDate: message.internalDate }
    }
  }

  const unlocated: number[] = []
  for await (const result of target.append(targetPath, outgoing())) {
    const entry = entries.get(result.of)
    if (!entry) continue
    if (!result.done) Object.assign(entry, { outcome: 'refused', note: result.text })
    else {
      entry.outcome = entry.note ? 'altered' : 'copied'
      if (result.uid === undefined) unlocated.push(result.of)
      else entry.target = result.uid
    }
  }
  signal.throwIfAborted()
  if (unlocated.length > 0) {
    const sought = unlocated.flatMap(uid => read.get(uid) ?? [])
    for (const [uid, at] of match(sought, await candidates(sending, chunk))) Object.assign(entries.get(uid) ?? {}, { target: at })
  }
  const gone = { outcome: 'vanished', note: 'no longer at the source when it was to be read' } as const
  const settled = [...entries.values()].map((entry): Entry => (entry.outcome === 'intended' ? { ...entry, ...gone } : entry))
  await ledger.write(chunk, settled)
}

/**
 * After an interruption: looks on the target, from the UIDNEXT in the intent on, for what had arrived, and takes it for ours one for one;
 * then sends the rest. The new target UIDs are in the ledger before the first append.
 */
export async function recover(sending: Sending, chunk: Chunk): Promise<number> {
  const { source, target, opened, ledger } = sending
  const due = chunk.entries.filter(({ outcome }) => outcome === 'intended')
  const there = await candidates(sending, chunk)
  const sought: Identity[] = []
  const messages = new Map<number, Omit<Message, 'raw'>>()
  if (there.length > 0) {
    for await (const { raw, ...message } of source.messages(due.map(({ uid }) => uid))) {
      sought.push(identify(message.uid, raw, message.internalDate))
      messages.set(message.uid, { ...message, sizeBytes: raw.length })
    }
  }
  const found = match(sought, there)
  const digests = new Map(sought.map(({ uid, digest }) => [uid, digest]))
  const left = there.filter(({ uid }) => ![...found.values()].includes(uid))
  const entries = await Promise.all(
    chunk.entries.map(async (entry): Promise<Entry> => {
      if (entry.outcome !== 'intended') return entry
      const at = found.get(entry.uid)
      const message = messages.get(entry.uid)
      if (at !== undefined && message) return adopted(target, entry, at, message, digests.get(entry.uid) ?? '', opened)
      // Expunged at the source since it was sent: known by size and date, which the intent holds.
      const i = message
        ? -1
        : left.findIndex(other => other.sizeBytes === entry.sizeBytes && other.internalDate === entry.internalDate)
      const orphan = i < 0 ? undefined : left.splice(i, 1)[0]
      return orphan ? { ...entry, target: orphan.uid, digest: orphan.digest, outcome: 'adopted' } : entry
    }),
  )
  const uidNext = Math.max(chunk.row.targetUidValidity === opened.uidValidity ? chunk.row.targetUidNext : 1, 1)
  await ledger.write(chunk, entries, { uidValidity: opened.uidValidity, uidNext })
  if (entries.some(({ outcome }) => outcome === 'intended')) await send(sending, chunk)
  return found.size
}

async function adopted(
  target: Target,
  entry: Entry,
  at: number,
  { flags: now, ...message }: Omit<Message, 'raw'>,
  digest: string,
  { keeps }: OpenFolder,
): Promise<Entry> {
  const { flags, dropped } = flagsFor(now, keeps)
  await target.setFlags(at, flags)
  const lost = dropped.length > 0 ? { note: `the target cannot hold ${dropped.join(' ')}` } : {}
  const outcome = dropped.length > 0 ? 'altered' : 'adopted'
  return {
    ...entry,
    ...lost,
    target: at,
    digest,
    flags,
    internalDate: message.internalDate,
    sizeBytes: message.sizeBytes,
    outcome,
  }
}

type Candidate = Identity & { sizeBytes: number; internalDate: number }

/** Messages on the target that may be this chunk’s: from its UIDNEXT on (all, if the target folder was made anew), and in no row yet. */
async function candidates({ target, targetPath, ledger }: Sending, { row }: Chunk): Promise<Candidate[]> {
  const { uidValidity } = await target.open(targetPath)
  const from = row.targetUidValidity === uidValidity ? row.targetUidNext : 1
  const ours = ledger.ours(uidValidity)
  const uids: number[] = []
  for await (const { uid } of target.heads(from)) if (!ours.has(uid)) uids.push(uid)
  const found: Candidate[] = []
  for await (const { uid, raw, internalDate } of target.messages(uids)) {
    found.push({ ...identify(uid, raw, internalDate), sizeBytes: raw.length, internalDate })
  }
  return found
}
