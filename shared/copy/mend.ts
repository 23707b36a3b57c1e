import { insteadOf, isGivable } from '../repair/date.ts'
import { isBeside } from '../repair/refusal.ts'
import { repairs } from '../repair/repairs.ts'
import type { Limits, Refused, Repairable } from '../repair/rung.ts'
import type { Body, Source } from '../source/source.ts'
import type { OpenFolder, Outgoing, Target } from '../targets/target.ts'
import { flagsFor, lossOf } from './flags.ts'
import type { Entry } from './ledger.ts'
import { digestOf } from './match.ts'
import type { Sending, Way } from './way.ts'

/** Up to this size a message is mended; it is held in memory for that several times over. */
const mostBytes = 32 * 1024 * 1024

/** Above this size one is mended at a time. */
const aloneBytes = 2 * 1024 * 1024

/** Attempts at one message at most: each costs the target an APPEND, and Exchange cuts the connection after ten errors. */
const mostAttempts = 8

/**
 * Tries a refused message again, read anew, by the smallest change that the target takes; the last is a readable message with the original
 * attached. What was changed is noted. Resolves with the digest of what was sent, or undefined where the message stays refused.
 */
export async function mend(sending: Sending, way: Way, entry: Entry, refused: Refused): Promise<string | undefined> {
  if (isBeside(refused) || entry.sizeBytes > mostBytes) return undefined
  return alone(entry.sizeBytes > aloneBytes, async () => {
    const message = await readAnew(sending.source, way, entry.uid)
    return message && climb(sending, way, entry, refused, message)
  })
}

/** Rung after rung, until the target takes one. */
async function climb(
  { target, signal, now, claimed }: Sending,
  { targetPath, opened }: Way,
  entry: Entry,
  refused: Refused,
  { raw, flags, internalDate }: Repairable,
): Promise<string | undefined> {
  let attempts = 0
  const instead = isGivable(internalDate) ? undefined : insteadOf(internalDate, raw, now())
  const sentDate = instead?.at ?? internalDate
  const said = [lossOf(flagsFor(flags, opened.keeps).dropped), instead && `date: ${instead.note}`]
  for (const rung of repairs({ raw, flags: entry.flags, internalDate: sentDate }, refused, limitsOf(target, opened), now())) {
    signal.throwIfAborted()
    if (attempts++ >= mostAttempts) break
    const one = {
      path: targetPath,
      uid: entry.uid,
      raw: rung.raw,
      flags: rung.flags ?? entry.flags,
      internalDate: rung.internalDate ?? sentDate,
      ...(claimed ? { go: claimed } : {}),
    }
    const uid = await appended(target, one)
    if (uid === undefined) continue
    const note = [...said, `${rung.rung}: ${rung.note}`].filter(Boolean).join('; ')
    Object.assign(entry, {
      outcome: 'altered',
      note,
      flags: one.flags,
      ...(one.internalDate === internalDate ? {} : { keptDate: one.internalDate }),
      ...(uid > 0 ? { target: uid } : {}),
    })
    return digestOf(rung.raw)
  }
  return undefined
}

/** The message, whole; undefined where it is not there any more, or larger than it was. */
async function readAnew(source: Source, { path, uidValidity }: Way, uid: number): Promise<Repairable | undefined> {
  let found: Repairable | undefined
  // To its end: left early, the connection would be closed, and each mended message cost a sign-in.
  for await (const message of source.messages([{ path, uidValidity, uids: [uid] }])) {
    const { flags, internalDate, sizeBytes, unreadable } = message
    if (!unreadable && sizeBytes <= mostBytes) found = { raw: await whole(message.raw), flags, internalDate }
  }
  return found
}

/** Does work when no other large message is in memory for it, in all copies of this process. */
function alone<T>(large: boolean, work: () => Promise<T>): Promise<T> {
  if (!large) return work()
  const mine = turn.then(work)
  turn = mine.catch(() => {})
  return mine
}
let turn: Promise<unknown> = Promise.resolve()

async function whole(raw: Buffer | Body): Promise<Buffer> {
  if (Buffer.isBuffer(raw)) return raw
  const pieces: Buffer[] = []
  for await (const piece of raw.chunks()) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** The UID of what was appended, 0 where the server told none, undefined where it refused. */
async function appended(target: Target, message: Outgoing): Promise<number | undefined> {
  async function* one() {
    yield message
  }
  for await (const result of target.append(one())) return result.done ? (result.uid ?? 0) : undefined
  return undefined
}

function limitsOf({ traits }: Target, { keeps }: OpenFolder): Limits {
  return {
    ...(traits.mostBytes === undefined ? {} : { mostBytes: traits.mostBytes }),
    ...(traits.mostLineBytes === undefined ? {} : { mostLineBytes: traits.mostLineBytes }),
    takesNul: false,
    takes8BitHeaders: !traits.rebuilds,
    takesKeywords: keeps('$Forwarded'),
  }
}
