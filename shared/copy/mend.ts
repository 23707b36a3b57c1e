import { repairs } from '../repair/repairs.ts'
import type { Limits, Refused } from '../repair/rung.ts'
import type { OpenFolder, Outgoing, Target } from '../targets/target.ts'
import type { Entry } from './ledger.ts'
import { digestOf } from './match.ts'
import type { Sending, Way } from './way.ts'

/** Longest line that Exchange takes, bytes; a rebuilding target is taken for one. */
const exchangeLineBytes = 9_900

/** Attempts at one message at most: each costs the target an APPEND, and Exchange cuts the connection after ten errors. */
const mostAttempts = 8

/**
 * Tries a refused message again, read anew, by the smallest change that the target takes; the last is a readable message with the original
 * attached. What was changed is noted. Resolves with the digest of what was sent, or undefined where the message stays refused.
 */
export async function mend(
  { source, target, signal, now, claimed }: Sending,
  { path, uidValidity, targetPath, opened }: Way,
  entry: Entry,
  refused: Refused,
): Promise<string | undefined> {
  for await (const { raw, flags, internalDate, unreadable } of source.messages([{ path, uidValidity, uids: [entry.uid] }])) {
    if (!Buffer.isBuffer(raw) || unreadable) continue
    let attempts = 0
    for (const rung of repairs({ raw, flags: entry.flags, internalDate }, refused, limitsOf(target, opened), now())) {
      signal.throwIfAborted()
      if (attempts++ >= mostAttempts) break
      const one = {
        path: targetPath,
        uid: entry.uid,
        raw: rung.raw,
        flags: rung.flags ?? entry.flags,
        internalDate: rung.internalDate ?? internalDate,
        ...(claimed ? { go: claimed } : {}),
      }
      const uid = await appended(target, one)
      if (uid === undefined) continue
      const note = [entry.flags.length < flags.length ? entry.note : undefined, `${rung.rung}: ${rung.note}`]
        .filter(Boolean)
        .join('; ')
      Object.assign(entry, {
        outcome: 'altered',
        note,
        flags: one.flags,
        internalDate: one.internalDate,
        ...(uid > 0 ? { target: uid } : {}),
      })
      return digestOf(rung.raw)
    }
  }
  return undefined
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
    ...(traits.rebuilds ? { mostLineBytes: exchangeLineBytes } : {}),
    takesNul: false,
    takes8BitHeaders: !traits.rebuilds,
    takesKeywords: keeps('$Forwarded'),
  }
}
