import type { QueueClient, RestError } from '@azure/storage-queue'
import { z } from 'zod'
import { answerMs, codeWithoutAnswer } from '../deadline.ts'
import { Failure } from '../errors.ts'
import type { QueueName } from '../life/work.ts'
import { poisonQueues, queues } from './schema.ts'
import type { Kick, Queues } from './store.ts'

const kick = z.strictObject({
  machine: z.enum(['wave', 'domain', 'mailbox', 'notice', 'step', 'scan', 'returns', 'ledBack']),
  partition: z.string().min(1),
  key: z.string().min(1),
  pass: z.int().min(0),
})

/** A queue message, checked before it is believed; anything else is poison and throws. */
export function parseKick(message: unknown): Kick {
  return kick.parse(message)
}

/** The same, or undefined where it is no kick. */
export function readKick(message: unknown): Kick | undefined {
  return kick.safeParse(message).data
}

/** Longest delay of a message, ms; longer waits are the sweeper's. */
const mostDelayMs = 6 * 86_400_000

/** The queues over Queue Storage. Messages are base64, as host.json says, and never expire. `waitMs`: for each answer. */
export function storageQueues(open: (name: string) => QueueClient, waitMs = answerMs): Queues & { make(): Promise<void> } {
  const inTime = () => ({ abortSignal: AbortSignal.timeout(waitMs) })
  const clients = new Map<string, QueueClient>()
  const client = (name: string) => {
    const known = clients.get(name) ?? open(name)
    clients.set(name, known)
    return known
  }
  return {
    async send(queue: QueueName, message: Kick, delayMs = 0) {
      const text = Buffer.from(JSON.stringify(message)).toString('base64')
      const visibilityTimeout = Math.ceil(Math.min(Math.max(delayMs, 0), mostDelayMs) / 1000)
      await guard(queue, () => client(queue).sendMessage(text, { messageTimeToLive: -1, visibilityTimeout, ...inTime() }))
    },
    flush: async () => {},
    async make() {
      await Promise.all([...queues, ...poisonQueues].map(name => guard(name, () => client(name).createIfNotExists(inTime()))))
    },
  }
}

async function guard<T>(queue: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { statusCode, code, message } = error as RestError
    throw new Failure({
      verdict: 'transient',
      during: `using queue ${queue}`,
      code: code ?? String(statusCode ?? codeWithoutAnswer(error)),
      text: message,
      hint: 'Check that the storage account can be reached and that the app has the role Storage Queue Data Contributor.',
      cause: error,
    })
  }
}
