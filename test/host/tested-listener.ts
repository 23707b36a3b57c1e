import type { QueueClient, QueueServiceClient } from '@azure/storage-queue'
import { wallClock } from './clock.ts'
import type { QueueSettings } from './host-json.ts'
import { QueueListener, type QueueListenerOptions } from './queue-listener.ts'
import { encodeMessage } from './queue-message.ts'

/** The queue settings of the listeners below; small, so that a suite sees the limits. */
export const settings: QueueSettings = {
  batchSize: 4,
  newBatchThreshold: 2,
  maxDequeueCount: 3,
  visibilityTimeoutMs: 0,
  maxPollingIntervalMs: 200,
  messageEncoding: 'base64',
}

type Run = { text: string; count: number; at: number }
type Changes = Partial<Omit<QueueListenerOptions, 'settings' | 'run'>> & {
  settings?: Partial<QueueSettings>
  run?: (run: Run, runs: Run[]) => Promise<boolean>
}

/** A listener on that queue which notes its runs; `until` waits for something that the runs bring about. */
export function listenerOn(service: QueueServiceClient, queueName: string, changes: Changes = {}) {
  const runs: Run[] = []
  const errors: string[] = []
  let changed = (_why: string) => {}
  const notice = () => changed('news')
  const listener = new QueueListener({
    functionName: 'tested',
    service,
    queueName,
    times: { leaseMs: 60_000, renewMs: 30_000 },
    clock: wallClock,
    random: () => 0.5,
    logError: text => {
      errors.push(text)
      notice()
    },
    onPoison: notice,
    ...changes,
    settings: { ...settings, ...changes.settings },
    run: async (text, message) => {
      const run = { text, count: message.dequeueCount, at: Date.now() }
      runs.push(run)
      notice()
      return changes.run ? changes.run(run, runs) : true
    },
  })
  const until = async (condition: () => boolean) => {
    const deadline = setTimeout(() => changed('late'), 15_000)
    while (!condition()) {
      const why = await new Promise<string>(resolve => {
        changed = resolve
      })
      if (why === 'late') throw new Error(`waited in vain for ${condition}; ran ${JSON.stringify(runs)}, said ${errors.join()}`)
    }
    clearTimeout(deadline)
  }
  return { listener, runs, errors, until }
}

/** That queue with those texts in it, encoded. */
export async function queueWith(service: QueueServiceClient, name: string, ...texts: string[]): Promise<QueueClient> {
  const queue = service.getQueueClient(name)
  await queue.createIfNotExists()
  for (const text of texts) await queue.sendMessage(encodeMessage(text, 'base64'))
  return queue
}

/** How many messages the queue has, visible or not. */
export async function countOf(queue: QueueClient): Promise<number> {
  return (await queue.getProperties()).approximateMessagesCount ?? -1
}
