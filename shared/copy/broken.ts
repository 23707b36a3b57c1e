import { Failure } from '../errors.ts'
import type { Portion } from '../source/source.ts'
import type { Chunk } from './folder-ledger.ts'
import type { Entry } from './ledger.ts'
import type { Load, Way } from './way.ts'

/** After so many connections in a row that ended at one message while it was alone on its way, it is given up. */
const mostEnds = 3

/** A server that asks for patience ends connections wherever they are: that says nothing of a message. */
const patience = new Set(['ETHROTTLE', 'LIMIT'])

/** Did a connection end at it? It is asked for alone from then on, after all others. */
export function isBroken({ outcome, broken }: Entry): boolean {
  return outcome === 'intended' && broken !== undefined
}

/** Did so many end at it that it is not tried again? */
export function isGivenUp(entry: Entry): boolean {
  return times(entry) >= mostEnds
}

/** A message that is given up, with its outcome. */
export function givenUp(entry: Entry): Entry {
  const [outcome, side, done] =
    entry.broken?.doing === 'reading'
      ? (['unreadable', 'source', 'handed out'] as const)
      : (['refused', 'target', 'appended'] as const)
  return { ...entry, outcome, note: `the ${side} ends the connection whenever this message is to be ${done}` }
}

/** Source UIDs of a chunk that have no outcome yet, those at which a connection ended left out. */
export function dueOf(entries: readonly Entry[]): number[] {
  return entries.filter(entry => entry.outcome === 'intended' && !entry.broken).map(({ uid }) => uid)
}

/** How messages of a chunk are asked for: together, or one by one where a connection ended at one (`broken`), so that the next end names the right one. */
export function* asked({ path, uidValidity }: Way, uids: readonly number[], broken: boolean): Iterable<Portion> {
  if (broken) for (const uid of uids) yield { path, uidValidity, uids: [uid] }
  else if (uids.length > 0) yield { path, uidValidity, uids }
}

/** The messages at which a connection ended, each alone, those first at which the most did. */
export function apart(ways: readonly Way[]): Load[] {
  const found = ways.flatMap(way =>
    way.ledger
      .of(way.uidValidity)
      .filter(({ row }) => row.state === 'open')
      .flatMap(chunk => chunk.entries.filter(isBroken).map(entry => ({ way, chunk, entry }))),
  )
  if (found.length === 0) return []
  const proof = proofIn(ways)
  return found
    .sort((a, b) => times(b.entry) - times(a.entry))
    .map(({ way, chunk, entry: { uid } }) => ({ way, chunk, alone: { uid, proof } }))
}

/** How many connections ended at it in a row, the first left out, when others were on their way as well. */
export function times({ broken }: Entry): number {
  return broken?.times ?? 0
}

/**
 * The smallest message that the source has handed out before. It is read ahead of one at which connections end: where it is not handed out the
 * server is in trouble, and the other is not to blame.
 */
export function proofIn(ways: readonly Way[]): Portion[] {
  let smallest: { entry: Entry; portion: Portion } | undefined
  for (const { path, uidValidity, ledger } of ways)
    for (const { entries } of ledger.of(uidValidity))
      for (const entry of entries) {
        if (entry.digest === undefined || entry.sizeBytes >= (smallest?.entry.sizeBytes ?? Number.POSITIVE_INFINITY)) continue
        smallest = { entry, portion: { path, uidValidity, uids: [entry.uid] } }
      }
  return smallest ? [smallest.portion] : []
}

/** Writes down at which of these messages a connection ended, where it ended at one of them. Connections that end here and there are a bad wire. */
export async function noteEnd(error: unknown, loads: Iterable<Load>): Promise<void> {
  if (!(error instanceof Failure) || !error.at || patience.has(error.code)) return
  const { doing, path, uid } = error.at
  for (const { way, chunk } of loads) {
    if (path !== (doing === 'reading' ? way.path : way.targetPath)) continue
    const { entries } = chunk
    // What was refused is sent again, changed, as long as its chunk is open.
    const open = chunk.row.state === 'open' ? ['intended', 'refused'] : ['intended']
    const entry = entries.find(one => one.uid === uid && open.includes(one.outcome))
    if (!entry) continue
    const broken = { doing, times: entry.broken?.doing === doing ? times(entry) + 1 : 0 }
    await way.ledger.write(
      chunk,
      entries.map(one => (one === entry ? { ...one, broken } : one)),
    )
    error.counted = true
    for (const other of way.ledger.of(way.uidValidity)) await acquit(way, other, uid)
    return
  }
}

/** Another message ended a connection since: what did so before begins anew. */
async function acquit({ ledger }: Way, chunk: Chunk, butUid: number): Promise<void> {
  if (chunk.row.state !== 'open') return
  const { entries } = chunk
  const acquitted = entries.map(entry => {
    const { broken } = entry
    return entry.uid !== butUid && isBroken(entry) && broken && !isGivenUp(entry)
      ? { ...entry, broken: { ...broken, times: 0 } }
      : entry
  })
  if (acquitted.some((entry, i) => times(entry) !== times(entries[i] as Entry))) await ledger.write(chunk, acquitted)
}
