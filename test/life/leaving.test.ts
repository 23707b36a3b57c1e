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
  const app = { queues: sent } as unknown as RunningApp
  return {
    run: (work: (queues: RunningApp['queues']) => Promise<void>) => leaving(app, context, ({ queues }) => work(queues)),
    bound,
    sent: () => sent.sent.map(({ queue, kick, visibleAt }) => `${queue} ${kick.key}${visibleAt > 0 ? ` at ${visibleAt}` : ''}`),
  }
}

describe('kicks of an invocation', () => {
  test('leave by its output bindings when it ends', async () => {
    const { run, bound, sent } = invocation()
    await run(async queues => {
      await queues.send('waves', kick('a'))
      await queues.send('waves', kick('b'), 0)
      await queues.send('steps', kick('c'))
      assert.deepEqual(bound, [])
    })
    assert.deepEqual([bound, sent()], [['waves a', 'waves b', 'steps c'], []])
  })

  test('for a later hour are sent at once, since a binding cannot put off', async () => {
    const { run, bound, sent } = invocation()
    await run(async queues => {
      await queues.send('waves', kick('due'), 0)
      await queues.send('waves', kick('later'), 5_000)
    })
    assert.deepEqual([bound, sent()], [['waves due'], ['waves later at 5000']])
  })

  test('are sent while the work goes on in place, and not again at its end', async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { run, bound, sent } = invocation()
    await run(async queues => {
      await queues.send('copying', kick('a'))
      await queues.flush()
      t.mock.timers.tick(249)
      assert.deepEqual(sent(), [])
      t.mock.timers.tick(1)
      assert.deepEqual(sent(), ['copying a'])
      await queues.send('notices', kick('b'))
    })
    assert.deepEqual([bound, sent()], [['notices b'], ['copying a']])
  })

  test('leave once, and at its end where that comes soon after the work went on in place', async t => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { run, bound, sent } = invocation()
    await run(async queues => {
      await queues.send('waves', kick('a'))
      await queues.flush()
      await queues.send('waves', kick('a'))
    })
    t.mock.timers.tick(1_000)
    assert.deepEqual([bound, sent()], [['waves a'], []])
  })

  test('are sent where it fails, since the host drops what a failed one leaves', async () => {
    const { run, bound, sent } = invocation()
    const failing = run(async queues => {
      await queues.send('copying', kick('a'))
      throw new Error('a password that nobody can read')
    })
    await assert.rejects(failing, /nobody can read/)
    assert.deepEqual([bound, sent()], [[], ['copying a']])
  })

  test('are sent at once by a function without bindings', async () => {
    const { run, bound, sent } = invocation([])
    await run(queues => queues.send('waves', kick('a')))
    assert.deepEqual([bound, sent()], [[], ['waves a']])
  })
})
