import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HttpRequest } from '@azure/functions'
import { enqueueWave } from '../../shared/commands/enqueue.ts'
import { storePlaybook } from '../../shared/commands/playbooks.ts'
import type { App } from '../../shared/ports.ts'
import { limitedTo } from '../../shared/whose/orders.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'

const order = (app: App, wave: string, action: string, body: object) =>
  limitedTo(
    app,
    ['lake'],
    `wave-${action}`,
    new HttpRequest({
      method: 'POST',
      url: `http://127.0.0.1/${wave}`,
      params: { wave },
      body: { string: JSON.stringify(body) },
    }),
  )

test('an MX that is switched and put back for the mailboxes of others, too, is not his to move', async () => {
  const { playbook } = town()
  const app = new World(town()).app()
  await storePlaybook(app, 'town', `${playbook}entities: { lake: {}, hill: {} }\n`, undefined, 'Odile')
  const post = (wave: string, address: string, entity: string) =>
    enqueueWave(app, { wave, playbook: 'town', mailboxes: [{ address, kind: 'user', entity }] }, 'Odile')
  await post('one', 'anna@town.example', 'lake')
  await order(app, 'one', 'rollback', { why: 'to try it' })
  await post('two', 'ada@town.example', 'lake')
  await order(app, 'one', 'rollback', { why: 'to try it' })

  await post('three', 'kim@town.example', 'hill')
  for (const action of ['approve', 'rollback', 'cancel', 'reschedule', 'update']) {
    const { code, message } = await refusal(() => order(app, 'one', action, { why: 'to try it' }))
    assert.equal(code, 'not-yours')
    assert.match(message, /town\.example/)
    assert.doesNotMatch(message, /three|kim|hill/)
  }
  await order(app, 'one', 'hold', { why: 'to try it', mailboxes: ['anna@town.example'] })
})
