import type { Message } from '../source/source.ts'
import { dueOf, otherBytes, type Sending } from './chunk.ts'
import { flagsFor } from './flags.ts'
import type { Chunk } from './folder-ledger.ts'
import { type Landed, landed } from './landed.ts'
import type { Entry } from './ledger.ts'
import { type Identity, identify, match } from './match.ts'

type Read = Omit<Message, 'raw'> & { digest: string }

/**
 * After an interruption: looks on the target, from the UIDNEXT in the intents on, for what had arrived, and takes it for ours one for one. All
 * open chunks are looked at together, lest one take a copy that is another’s. What is still intended afterwards has not arrived.
 */
export async function recover(sending: Sending, chunks: readonly Chunk[]): Promise<void> {
  const { target, opened, ledger, signal } = sending
  const there = await landed(sending, chunks)
  const sought: Identity[] = []
  const messages = new Map<number, Read>()
  if (there.length > 0) await read(sending, chunks, sought, messages)
  const found = match(sought, there)
  const at = new Map(there.map(one => [one.uid, one]))
  for (const uid of found.values()) at.delete(uid)
  const left = [...at.values()]
  const byUid = new Map(there.map(one => [one.uid, one]))
  for (const chunk of chunks) {
    signal.throwIfAborted()
    const changes = new Map<number, readonly string[]>()
    const entries = chunk.entries.map((entry): Entry => {
      if (entry.outcome !== 'intended') return entry
      const message = messages.get(entry.uid)
      const copy = byUid.get(found.get(entry.uid) ?? 0)
      if (!message) return orphaned(entry, left)
      if (!copy) return entry
      const adopted = adopt(entry, message, copy, sending)
      changes.set(copy.uid, adopted.flags)
      return adopted
    })
    await target.setFlags(changes)
    const uidNext = chunk.row.targetUidValidity === opened.uidValidity ? chunk.row.targetUidNext : 1
    await ledger.write(chunk, entries, { uidValidity: opened.uidValidity, uidNext })
    if (chunk.row.state === 'done') sending.settled(chunk)
  }
}

/** Reads at the source what the chunks still intend. */
async function read(
  { source, signal }: Sending,
  chunks: readonly Chunk[],
  sought: Identity[],
  messages: Map<number, Read>,
): Promise<void> {
  for await (const message of source.messages(chunks.map(dueOf).filter(due => due.length > 0))) {
    signal.throwIfAborted()
    if (message.unreadable) continue
    const identity = await identify(message)
    sought.push(identity)
    const { raw, ...rest } = message
    const sizeBytes = Buffer.isBuffer(raw) ? raw.length : raw.sizeBytes
    messages.set(message.uid, { ...rest, sizeBytes, digest: identity.digest })
  }
}

function adopt(entry: Entry, message: Read, copy: Landed, { target, opened }: Sending): Entry {
  const { flags, dropped } = flagsFor(message.flags, opened.keeps)
  const { internalDate, sizeBytes, digest } = message
  const reread = target.traits.rebuilds ? {} : { reread: copy.digest }
  const changed = !target.traits.rebuilds && copy.digest !== digest
  const note = changed ? otherBytes : dropped.length > 0 ? `the target cannot hold ${dropped.join(' ')}` : undefined
  const outcome = note === undefined ? { outcome: 'adopted' as const } : { outcome: 'altered' as const, note }
  return { ...entry, target: copy.uid, digest, ...reread, flags, internalDate, sizeBytes, ...outcome }
}

/** Expunged at the source since it was sent: known by size and date, which the intent holds. Each copy is taken once. */
function orphaned(entry: Entry, left: Landed[]): Entry {
  const i = left.findIndex(({ sizeBytes, internalDate }) => sizeBytes === entry.sizeBytes && internalDate === entry.internalDate)
  const [copy] = i < 0 ? [] : left.splice(i, 1)
  if (!copy) return entry
  return { ...entry, target: copy.uid, digest: copy.digest, reread: copy.digest, flags: copy.flags, outcome: 'adopted' }
}
