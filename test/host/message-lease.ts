import type { DequeuedMessageItem, QueueClient } from '@azure/storage-queue'
import type { Clock } from './clock.ts'
import { statusOf } from './fault.ts'

export type LeaseTimes = {
  /** How long a received message stays invisible to others; whole seconds are sent. Azure: 10 minutes. */
  leaseMs: number
  /** How often the lease is renewed while the handler runs. Azure: 5 minutes. */
  renewMs: number
}

/** Keeps one received message invisible while its handler runs. Opened on receipt, closed before the message is completed. */
export class MessageLease {
  #popReceipt: string
  readonly #closing = new AbortController()
  readonly #renewing: Promise<void>

  constructor(queue: QueueClient, message: DequeuedMessageItem, times: LeaseTimes, clock: Clock) {
    this.#popReceipt = message.popReceipt
    this.#renewing = this.#renew(queue, message.messageId, times, clock)
  }

  /** Ends the renewal and returns the receipt that counts; waits for one under way, or the delete would carry the old receipt and the message run twice. */
  async close(): Promise<string> {
    this.#closing.abort()
    await this.#renewing
    return this.#popReceipt
  }

  async #renew(queue: QueueClient, messageId: string, { leaseMs, renewMs }: LeaseTimes, clock: Clock): Promise<void> {
    let pauseMs = renewMs
    for (;;) {
      await clock.wait(pauseMs, this.#closing.signal)
      if (this.#closing.signal.aborted) return
      try {
        // undefined keeps the body; an empty text would erase it.
        const renewed = await queue.updateMessage(messageId, this.#popReceipt, undefined, leaseSeconds(leaseMs))
        this.#popReceipt = renewed.popReceipt ?? this.#popReceipt
        pauseMs = renewMs
      } catch (error) {
        const status = statusOf(error)
        if (status === 400 || status === 404) return
        pauseMs = Math.max(pauseMs / 2, renewMs / 5)
      }
    }
  }
}

/** The service takes whole seconds only. */
export function leaseSeconds(leaseMs: number): number {
  return Math.max(1, Math.ceil(leaseMs / 1000))
}
