import type { MailboxState } from './life/mailbox.ts'
import type { WaveState } from './life/wave.ts'
import { kickOf, lives } from './lives.ts'
import { keyPart } from './store/columns.ts'
import type { MachineName, Queues, Store } from './store/store.ts'
import { first } from './store/store.ts'

const beforeSynced: readonly MailboxState[] = ['planned', 'provisioning', 'pre-staging']

/** The states of a mailbox that each state of its wave waits for the end of. */
export const waitsFor: Readonly<Partial<Record<WaveState, readonly MailboxState[]>>> = {
  preparing: beforeSynced,
  finishing: [...beforeSynced, 'synced', 'final-delta', 'verifying', 'bringing', 'draining', 'retrying'],
}

/** Is there still a mailbox that the wave in this state waits for? One short query. */
export async function anyLeft(store: Store, wave: string, state: WaveState): Promise<boolean> {
  return anyIn(store, wave, waitsFor[state] ?? [])
}

/** Is there a mailbox of the wave in one of these states? */
export async function anyIn(store: Store, wave: string, states: readonly MailboxState[]): Promise<boolean> {
  if (states.length === 0) return false
  return (await first(store.mailboxes.list({ partition: keyPart(wave), states, limit: 1 }))) !== undefined
}

/** A mailbox that each wave was last seen to wait for. Asking for that one row costs less than asking all of them. */
const witnesses = new WeakMap<Store, Map<string, string>>()

/** As `anyLeft`, but looks first at the mailbox that was left the last time. */
async function stillLeft(store: Store, wave: string, state: WaveState): Promise<boolean> {
  const states = waitsFor[state]
  if (!states) return false
  const known = witnesses.get(store) ?? new Map<string, string>()
  witnesses.set(store, known)
  const witness = known.get(wave)
  const seen = witness === undefined ? undefined : await store.mailboxes.get(keyPart(wave), witness)
  if (seen && states.includes(seen.row.state)) return true
  const left = await first(store.mailboxes.list({ partition: keyPart(wave), states, limit: 1 }))
  if (left) known.set(wave, keyPart(left.row.address))
  else known.delete(wave)
  return left !== undefined
}

/** A mailbox that this process is at work on. `owes`: another one came to rest meanwhile and left it to this one to look at the wave. */
type AtWork = { held: { readonly row: { wave: string; state: string; dueAt?: number | undefined } }; owes: boolean }
const atWork = new WeakMap<Store, Set<AtWork>>()

/** Says that a row is held. What is returned says that it is not any more, and whether its wave is to be looked at for somebody else’s sake. */
export function beAtWork(store: Store, life: MachineName, held: AtWork['held']): () => boolean {
  const all = atWork.get(store) ?? new Set()
  atWork.set(store, all)
  const one = { held, owes: false }
  if (life === 'mailbox') all.add(one)
  return () => {
    all.delete(one)
    return one.owes
  }
}

/** Waves of which many mailboxes are being told something, and whether one of them is to be looked at for it. */
const gatherings = new WeakMap<Store, Map<string, { owes: boolean; under: number }>>()

/** While many rows of a wave are told something, whoever comes to rest leaves it to the end to look at the wave: once, not for each. */
export async function nudgedOnce<T>(app: Nudging, wave: string, work: () => Promise<T>): Promise<T> {
  const all = gatherings.get(app.store) ?? new Map<string, { owes: boolean; under: number }>()
  gatherings.set(app.store, all)
  const one = all.get(wave) ?? { owes: false, under: 0 }
  all.set(wave, one)
  one.under++
  try {
    return await work()
  } finally {
    if (--one.under === 0) {
      all.delete(wave)
      if (one.owes) await nudge(app, wave)
    }
  }
}

type Nudging = { store: Store; queues: Pick<Queues, 'send'>; now: () => number }

/** A move of a mailbox. */
type Move = { from: string; to: string }

/** The states for whose end a wave waits that is concerned by a move, by the wave’s state. */
function concerned({ from, to }: Move): (readonly string[])[] {
  return Object.values(waitsFor).filter((states: readonly string[]) => states.includes(from) && !states.includes(to))
}

/**
 * Kicks the wave, if nothing that it waits for is left: who comes to rest last starts it. After a `move` nothing is asked as long as this process
 * is at work, on a claim that holds, on another mailbox for which the wave waits: that one looks when it comes to rest, or is given up.
 */
export async function nudge({ store, queues, now }: Nudging, wave: string, move?: Move): Promise<void> {
  const gathering = gatherings.get(store)?.get(wave)
  if (gathering) {
    gathering.owes = true
    return
  }
  const waits = move ? concerned(move) : []
  // Who was stopped for longer than his claim holds may be at what another one has long done.
  const isLeft = ({ held: { row } }: AtWork) =>
    row.wave === wave && (row.dueAt ?? 0) > now() && waits.every(states => states.includes(row.state))
  const other = waits.length > 0 ? [...(atWork.get(store) ?? [])].find(isLeft) : undefined
  if (other) {
    other.owes = true
    return
  }
  const stored = await store.waves.get('wave', keyPart(wave))
  const states = stored && waitsFor[stored.row.state]
  if (!stored || (move && states && !waits.includes(states)) || (await stillLeft(store, wave, stored.row.state))) return
  const owed = kickOf(lives.wave, stored.row)
  if (owed) await queues.send(owed.queue, owed.kick)
}
