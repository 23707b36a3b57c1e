import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { InvocationContext } from '@azure/functions'
import type { RunningApp } from '../../shared/app.ts'
import { kicks, leaving } from '../../shared/leaving.ts'
import type { Kick } from '../../shared/store/store.ts'
import { memoryQueues } from '../fakes/queues.ts'

const kick = (key: string): Kick => ({ machine: 'wave', partition: 'wave', key, pass: 0 })

/** An invocation, and what left by its bindings and by the queues' client. */
function invocation(extraOutputs: unknown[] = kicks.extraOutputs) {
  const sent = memoryQueues(() => 0)
  const bound: unknown[] = []
  const set = (binding: { queueName: string }, messages: Kick[]) =>
    void bound.push(...messages.map(({ key }) => `${binding.queueName} ${key}`))
  const context = { options: { extraOutputs }, extraOutputs: { set } } as unknown as InvocationContext
  const { app, leave } = leaving({ queues: sent } as unknown as RunningApp, context)
  return {
    queues: app.queues,
    leave,
    bound,
    sent: () => sent.sent.map(({ queue, kick, visibleAt }) => `${queue} ${kick.key}${visibleAt > 0 ? ` at ${visibleAt}` : ''}`),
  }
}

describe('kicks of an invocation', () => {
  test('leave by its output bindings when it ends', async () => {
    const { queues, leave, bound, sent } = invocation()
    await queues.send('waves', kick('a'))
    await queues.send('waves', kick('b'), 0)
    await queues.send('steps', kick('c'))
    assert.deepEqual(bound, [])
    leave()
    assert.deepEqual([bound, sent()], [['waves a', 'waves b', 'steps c'], []])
  })

  test('for a later hour are sent at once, since a binding cannot put off', async () => {
    const { queues, leave, bound, sent } = invocation()
    await queues.send('waves', kick('due'), 0)
    await queues.send('waves', kick('later'), 5_000)
    leave()
    assert.deepEqual([bound, sent()], [['waves due'], ['waves later at 5000']])
  })

  test('are sent while the work goes on in place, and not again at its end', async () => {
    const { queues, leave, bound, sent } = invocation()
    await queues.send('copying', kick('a'))
    await queues.flush()
    assert.deepEqual(sent(), ['copying a'])
    await queues.send('notices', kick('b'))
    leave()
    assert.deepEqual([bound, sent()], [['notices b'], ['copying a']])
  })

  test('are sent at once by a function without bindings', async () => {
    const { queues, leave, bound, sent } = invocation([])
    await queues.send('waves', kick('a'))
    leave()
    assert.deepEqual([bound, sent()], [[], ['waves a']])
  })
})
