import { createHash } from 'node:crypto'
import { type Attempt, type Change, calledFor, changed, fits, ladder, order } from './changes.ts'
import { envelop } from './envelope.ts'
import { hintedChanges, isBeside } from './refusal.ts'
import { regionsOf } from './region.ts'
import type { Limits, Refused, Repairable, Rung } from './rung.ts'

/**
 * What to try, one after the other, when a target refused a message; each attempt is made from the message as it was, when it is
 * asked for. First what the target’s limits call for; then, with that, each other change that the message gives cause for, those
 * first that the server’s answer speaks of; then several of them; at last the message enveloped. Signed and encrypted parts are
 * never touched. Nothing is yielded that is known to be beyond the limits, and nothing at all where the refusal is about size,
 * quota or the server. `now`: epoch ms, to tell a date in the future.
 */
export function* repairs(
  message: Repairable,
  refused: Refused,
  limits: Limits,
  now = Number.POSITIVE_INFINITY,
): Generator<Rung, void, undefined> {
  if (isBeside(refused)) return
  const original: Attempt = { ...message, notes: [], limits, refused, now }
  const tried = new Set([fingerprint(original)])
  const attempt = function* (changes: readonly Change[]): Iterable<Rung> {
    const made = applied(original, changes)
    if (!made || !fits(made) || tried.size === tried.add(fingerprint(made)).size) return
    const rung = ladder.findLast(change => made.made?.includes(change))
    if (rung) yield { rung, ...beside(message, made), raw: made.raw, note: made.notes.join(' ') }
  }
  if (isShredded(message.raw)) return yield* envelopes(original, message, true)
  const called = calledFor(original)
  if (called.length > 0) yield* attempt(called)
  const hinted = hintedChanges(refused)
  const others: Change[] = []
  for (const change of [...hinted, ...ladder.filter(change => !hinted.includes(change))]) {
    if (called.includes(change) || changed(original, change) === 'fine') continue
    others.push(change)
    yield* attempt([...called, change])
  }
  for (let n = 2; n <= others.length; n++) yield* attempt([...called, ...others.slice(0, n)])
  yield* envelopes(original, message, called.includes('flags') || hinted.includes('flags'))
}

/** Has it more fields and parts than any mail program writes? Trying changes on it would only take time. */
function isShredded(raw: Buffer): boolean {
  let count = 0
  for (const _ of regionsOf(raw)) if (++count > 20_000) return true
  return false
}

/** The attempt with all these changes; undefined where one of them is called for and cannot be made. */
function applied(original: Attempt, changes: readonly Change[]): Attempt | undefined {
  let attempt = original
  for (const change of order) {
    const next = changes.includes(change) ? changed(attempt, change) : 'fine'
    if (next === 'cannot') return undefined
    if (next !== 'fine') attempt = { ...next, made: [...(attempt.made ?? []), change] }
  }
  return attempt
}

/** Envelopes, the most readable first. `bare`: at once without the flags that may be refused. */
function* envelopes(original: Attempt, message: Repairable, bare: boolean): Iterable<Rung> {
  const dated = applied(original, ['date']) ?? original
  const flagged = applied(dated, ['flags']) ?? dated
  const rounds = bare ? [flagged] : flagged === dated ? [dated] : [dated, flagged]
  for (const attempt of rounds) {
    for (const as of attempt === rounds[0] ? (['rfc822', 'base64'] as const) : (['base64'] as const)) {
      const raw = envelop(dated, original.refused, as, original.limits.mostLineBytes)
      if (!raw || !fits({ ...attempt, raw })) continue
      yield { rung: 'enveloped', ...beside(message, attempt), raw, note: [...attempt.notes, note].join(' ') }
    }
  }
}

const note = 'The message was attached, whole and unchanged, to a new one, because the target did not take it as it was.'

/** Flags and date, where they are changed. */
function beside(message: Repairable, { flags, internalDate }: Attempt): Pick<Rung, 'flags' | 'internalDate'> {
  return {
    ...(flags === message.flags ? {} : { flags }),
    ...(Object.is(internalDate, message.internalDate) ? {} : { internalDate }),
  }
}

function fingerprint({ raw, flags, internalDate }: Attempt): string {
  return createHash('sha256')
    .update(`${internalDate} ${flags.join(' ')}\n`)
    .update(raw)
    .digest('base64')
}
