import type { DequeuedMessageItem, QueueClient, QueueServiceClient } from '@azure/storage-queue'
import { BackOff } from './back-off.ts'
import type { Clock } from './clock.ts'
import { reason, statusOf } from './fault.ts'
import type { QueueSettings } from './host-json.ts'
import { type LeaseTimes, leaseSeconds, MessageLease } from './message-lease.ts'
import { decodeMessage, poisonQueueOf } from './queue-message.ts'

export type QueueListenerOptions = {
  functionName: string
  service: QueueServiceClient
  queueName: string
  settings: QueueSettings
  times: LeaseTimes
  clock: Clock
  random: () => number
  /** Runs the function on a decoded message; false when it failed. Never throws. */
  run: (text: string, message: DequeuedMessageItem) => Promise<boolean>
  logError: (text: string) => void
  /** Told after a poison message was written, so that a listener on that queue looks at once. */
  onPoison: (queueName: string) => void
}

/** How long a look into the queue may wait for its answer, ms: on a wire that was lost without a word it would wait for ever. */
const answerMs = 60_000

/** Feeds one function from one queue, exactly as the Storage Queues extension does: batches, lease, retries, poison. */
export class QueueListener {
  readonly queueName: string
  readonly #options: QueueListenerOptions
  readonly #queue: QueueClient
  readonly #poisonName: string | undefined
  readonly #backOff: BackOff
  readonly #running = new Set<Promise<void>>()
  readonly #stopping = new AbortController()
  #waking = new AbortController()
  #loop: Promise<void> = Promise.resolve()
  #lastFault = ''

  constructor(options: QueueListenerOptions) {
    this.#options = options
    this.queueName = options.queueName
    this.#queue = options.service.getQueueClient(options.queueName)
    this.#poisonName = poisonQueueOf(options.queueName)
    this.#backOff = new BackOff(options.settings.maxPollingIntervalMs, options.random)
  }

  start(): void {
    this.#loop = this.#listen()
  }

  /** Messages received and not completed yet. */
  get running(): number {
    return this.#running.size
  }

  /** Ends an idle wait now: somebody in this host has put a message into the queue. */
  wake(): void {
    this.#backOff.reset()
    this.#waking.abort()
  }

  /** No further receive; resolves when every message already received has run and is completed. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#waking.abort()
    await this.#loop
    await Promise.all(this.#running)
  }

  async #listen(): Promise<void> {
    const { clock, settings } = this.#options
    while (!this.#stopping.signal.aborted) {
      this.#waking = new AbortController()
      if (await this.#receive()) {
        this.#backOff.reset()
        while (this.#running.size > settings.newBatchThreshold && !this.#stopping.signal.aborted)
          await Promise.race(this.#running)
      } else {
        await clock.wait(this.#backOff.next(), AbortSignal.any([this.#stopping.signal, this.#waking.signal]))
      }
    }
  }

  /** Starts one batch; false when there was none. A missing queue or a storage that does not answer is only a reason to wait. */
  async #receive(): Promise<boolean> {
    const { settings, times } = this.#options
    try {
      const { receivedMessageItems: batch } = await this.#queue.receiveMessages({
        numberOfMessages: settings.batchSize,
        visibilityTimeout: leaseSeconds(times.leaseMs),
        abortSignal: AbortSignal.timeout(answerMs),
      })
      this.#lastFault = ''
      for (const message of batch) {
        const task: Promise<void> = this.#process(message).finally(() => this.#running.delete(task))
        this.#running.add(task)
      }
      return batch.length > 0
    } catch (error) {
      if (statusOf(error) !== 404) this.#complainOnce(error)
      return false
    }
  }

  async #process(message: DequeuedMessageItem): Promise<void> {
    const { functionName, settings, times, clock, run, logError } = this.#options
    try {
      const text = decodeMessage(message.messageText, settings.messageEncoding)
      if (text === undefined) {
        logError(
          `${functionName}: message ${message.messageId} in ${this.queueName} is not base64; it goes to poison. Encode it, or set messageEncoding in host.json.`,
        )
        return await this.#poison(message, message.popReceipt)
      }
      if (message.dequeueCount > settings.maxDequeueCount) return await this.#poison(message, message.popReceipt)
      const lease = new MessageLease(this.#queue, message, times, clock)
      const succeeded = await run(text, message)
      const popReceipt = await lease.close()
      if (succeeded) await ignoringLost(this.#queue.deleteMessage(message.messageId, popReceipt))
      else if (this.#poisonName && message.dequeueCount >= settings.maxDequeueCount) await this.#poison(message, popReceipt)
      else await this.#release(message, popReceipt)
    } catch (error) {
      logError(
        `${functionName}: message ${message.messageId} in ${this.queueName} could not be completed (${reason(error)}); it comes back when its lease ends.`,
      )
    }
  }

  /** Without a poison queue a failed message stays invisible for the rest of its lease, lest it spin. */
  async #release(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    if (!this.#poisonName) return
    const seconds = Math.ceil(this.#options.settings.visibilityTimeoutMs / 1000)
    await ignoringLost(this.#queue.updateMessage(message.messageId, popReceipt, undefined, seconds))
  }

  async #poison(message: DequeuedMessageItem, popReceipt: string): Promise<void> {
    const { functionName, service, logError, onPoison } = this.#options
    if (!this.#poisonName) {
      return logError(
        `${functionName}: message ${message.messageId} in ${this.queueName} is given up but has no poison queue; it stays, and never runs again.`,
      )
    }
    const poison = service.getQueueClient(this.#poisonName)
    await createAndSend(poison, message.messageText)
    logError(
      `${functionName}: message ${message.messageId} was given up after ${message.dequeueCount} tries; it is now in ${this.#poisonName}.`,
    )
    await ignoringLost(this.#queue.deleteMessage(message.messageId, popReceipt))
    onPoison(this.#poisonName)
  }

  #complainOnce(error: unknown): void {
    const fault = reason(error)
    if (fault !== this.#lastFault)
      this.#options.logError(`${this.#options.functionName}: receiving from ${this.queueName} failed (${fault}); trying again.`)
    this.#lastFault = fault
  }
}

/** Sends the stored form of a message; makes the queue when there is none. */
export async function createAndSend(queue: QueueClient, stored: string): Promise<void> {
  try {
    await queue.sendMessage(stored)
  } catch (error) {
    if (statusOf(error) !== 404) throw error
    await queue.createIfNotExists()
    await queue.sendMessage(stored)
  }
}

/** A message that somebody else has by now (pop receipt mismatch 400, gone 404, conflict 409) is no longer ours to complete. */
async function ignoringLost(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    const status = statusOf(error)
    if (status !== 400 && status !== 404 && status !== 409) throw error
  }
}
