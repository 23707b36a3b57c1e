import { type InvocationContext, output } from '@azure/functions'
import { type RunningApp, theApp } from './app.ts'
import type { QueueName } from './life/work.ts'
import { queueNames } from './life/work.ts'
import type { Kick } from './store/store.ts'

const ways = Object.fromEntries(
  queueNames.map(queueName => [queueName, output.storageQueue({ queueName, connection: 'AzureWebJobsStorage' })]),
) as Record<QueueName, ReturnType<typeof output.storageQueue>>

/**
 * The options of a function that starts work: one output binding a queue. What leaves by a binding is looked for by its own host at once;
 * what a client sends waits for the next poll (`maxPollingInterval`).
 */
export const kicks = { extraOutputs: Object.values(ways) }

/**
 * The app as one invocation has it: kicks without a delay are kept until `leave`, or until the work goes on in place. An invocation that
 * dies in between loses them, and the sweep starts their rows again.
 */
export function leaving(app: RunningApp, context: InvocationContext): { app: RunningApp; leave(): void } {
  if (!context.options.extraOutputs.length) return { app, leave: () => {} }
  let kept: { queue: QueueName; kick: Kick }[] = []
  const queues: RunningApp['queues'] = {
    async send(queue, kick, delayMs = 0) {
      if (delayMs > 0) await app.queues.send(queue, kick, delayMs)
      else kept.push({ queue, kick })
    },
    async flush() {
      const now = kept
      kept = []
      for (const { queue, kick } of now) await app.queues.send(queue, kick)
    },
  }
  const leave = () => {
    for (const name of queueNames) {
      const of = kept.filter(({ queue }) => queue === name).map(({ kick }) => kick)
      if (of.length > 0) context.extraOutputs.set(ways[name], of)
    }
  }
  return { app: { ...app, queues }, leave }
}

/** A queue function’s handler. */
export function onQueue(
  handle: (app: RunningApp, message: unknown) => Promise<void>,
): (message: unknown, context: InvocationContext) => Promise<void> {
  return async (message, context) => {
    const { app, leave } = leaving(await theApp(), context)
    await handle(app, message)
    leave()
  }
}
