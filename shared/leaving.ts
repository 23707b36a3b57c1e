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

/** How long kicks wait for the end of their invocation where its work goes on in place, ms: most of what follows is done by then. */
const soonMs = 250

/**
 * Does the work of one invocation. Its kicks without a delay are kept until its end and leave by its bindings then, the same one once; where the work
 * goes on in place for a while, or throws, by the client, since the host drops what a failed invocation leaves. One that dies loses them, and the sweeper starts
 * their rows again.
 */
export async function leaving<T>(app: RunningApp, context: InvocationContext, work: (app: RunningApp) => Promise<T>): Promise<T> {
  if (!context.options.extraOutputs.length) return work(app)
  const kept: { queue: QueueName; kick: Kick }[] = []
  let timer: NodeJS.Timeout | undefined
  const isKept = (kick: Kick) => kept.some(one => JSON.stringify(one.kick) === JSON.stringify(kick))
  const sendKept = async () => {
    timer = undefined
    const sending = kept.splice(0).map(one => app.queues.send(one.queue, one.kick).catch(() => void kept.push(one)))
    await Promise.all(sending)
  }
  const queues: RunningApp['queues'] = {
    async send(queue, kick, delayMs = 0) {
      if (delayMs > 0) await app.queues.send(queue, kick, delayMs)
      else if (!isKept(kick)) kept.push({ queue, kick })
    },
    async flush() {
      if (kept.length > 0) timer ??= setTimeout(sendKept, soonMs)
    },
  }
  try {
    return await work({ ...app, queues })
  } catch (error) {
    // Where even that fails, the sweeper has the rows; what went wrong first is what matters.
    await sendKept()
    throw error
  } finally {
    clearTimeout(timer)
    for (const name of queueNames) {
      const of = kept.filter(({ queue }) => queue === name).map(({ kick }) => kick)
      if (of.length > 0) context.extraOutputs.set(ways[name], of)
    }
  }
}

/** A queue function’s handler. */
export function onQueue(
  handle: (app: RunningApp, message: unknown) => Promise<void>,
): (message: unknown, context: InvocationContext) => Promise<void> {
  return async (message, context) => leaving(await theApp(), context, app => handle(app, message))
}
