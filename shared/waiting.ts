import type { MailboxState } from './life/mailbox.ts'
import type { WaveState } from './life/wave.ts'
import { kickOf, lives } from './lives.ts'
import { keyPart } from './store/columns.ts'
import type { Queues, Store } from './store/store.ts'
import { first } from './store/store.ts'

const beforeSynced: readonly MailboxState[] = ['planned', 'provisioning', 'pre-staging']

/** The states of a mailbox that each state of its wave waits for the end of. */
export const waitsFor: Readonly<Partial<Record<WaveState, readonly MailboxState[]>>> = {
  preparing: beforeSynced,
  finishing: [...beforeSynced, 'synced', 'final-delta', 'verifying', 'draining', 'retrying'],
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

/** Kicks the wave, if nothing that it waits for is left: who comes to rest last starts it. */
export async function nudge({ store, queues }: { store: Store; queues: Pick<Queues, 'send'> }, wave: string): Promise<void> {
  const stored = await store.waves.get('wave', keyPart(wave))
  if (!stored || (await stillLeft(store, wave, stored.row.state))) return
  const owed = kickOf(lives.wave, stored.row)
  if (owed) await queues.send(owed.queue, owed.kick)
}
