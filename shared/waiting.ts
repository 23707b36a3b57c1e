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
  finishing: [...beforeSynced, 'synced', 'final-delta', 'verifying', 'draining'],
}

/** Is there still a mailbox that the wave in this state waits for? One short query. */
export async function anyLeft(store: Store, wave: string, state: WaveState): Promise<boolean> {
  const states = waitsFor[state]
  return states !== undefined && (await first(store.mailboxes.list({ partition: keyPart(wave), states, limit: 1 }))) !== undefined
}

/** Kicks the wave, if nothing that it waits for is left: who comes to rest last starts it. */
export async function nudge({ store, queues }: { store: Store; queues: Queues }, wave: string): Promise<void> {
  const stored = await store.waves.get('wave', keyPart(wave))
  if (!stored || (await anyLeft(store, wave, stored.row.state))) return
  const owed = kickOf(lives.wave, stored.row)
  if (owed) await queues.send(owed.queue, owed.kick)
}
