import type { QueueName } from '../../shared/life/work.ts'
import { parseKick } from '../../shared/store/queues.ts'
import type { Kick, Queues } from '../../shared/store/store.ts'

/** A message as it waits. `visibleAt`: epoch ms from which it may be taken. */
export type Waiting = { id: number; queue: QueueName; kick: Kick; visibleAt: number }

/** Queues in memory, at least once and in any order: what is taken and not deleted comes back. */
export type MemoryQueues = Queues & {
  readonly waiting: readonly Waiting[]
  /** Every message that was ever sent. */
  readonly sent: readonly Waiting[]
  /** Those that may be taken now. */
  visible(): Waiting[]
  /** Hides a message for as long as its worker may need. */
  lease(message: Waiting, ms: number): void
  delete(message: Waiting): void
}

/** Delays are whole seconds and at most six days, as the adapter makes them. */
export function memoryQueues(now: () => number): MemoryQueues {
  const waiting: Waiting[] = []
  const sent: Waiting[] = []
  return {
    waiting,
    sent,
    flush: async () => {},
    async send(queue, kick, delayMs = 0) {
      const wire = parseKick(JSON.parse(JSON.stringify(kick)))
      const delay = Math.ceil(Math.min(Math.max(delayMs, 0), 6 * 86_400_000) / 1000) * 1000
      const message = { id: sent.length, queue, kick: wire, visibleAt: now() + delay }
      sent.push({ ...message })
      waiting.push(message)
    },
    visible: () => waiting.filter(({ visibleAt }) => visibleAt <= now()),
    lease: (message, ms) => {
      message.visibleAt = now() + ms
    },
    delete: message => {
      const at = waiting.indexOf(message)
      if (at >= 0) waiting.splice(at, 1)
    },
  }
}
