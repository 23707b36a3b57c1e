import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waveStatus } from '../../shared/commands/status.ts'
import { all } from '../../shared/store/store.ts'
import { house, people } from './house.ts'

test('what the calendar’s look found out about mailboxes is told as a warning, until the switch', async () => {
  const { world, app } = await house({
    wave: { wave: 'aid', playbook: 'aid', day: '2027-04-07', mailboxes: people.map(address => ({ address })) },
    start: Date.parse('2027-03-20T09:00:00Z'),
  })
  await world.run({
    until: async () =>
      (await all(world.store.steps.list({}))).some(({ step, state }) => step === 'inventory' && state === 'done'),
  })
  const warned = async () => ((await waveStatus(app, 'aid')).warnings ?? []).filter(one => one.includes('GET …/inventory'))
  const warnings = await warned()
  assert.equal(warnings.length, 1)
  assert.match(
    warnings[0] ?? '',
    /nothing at the old server.*: chloe@aid\.example;.*nothing read, sent or received .*: old@aid\.example/,
  )
  assert.doesNotMatch(warnings[0] ?? '', /anna@|bruno@|contact@/)
  await world.run({ until: async () => (await world.wave())?.switchedAt !== undefined })
  assert.deepEqual(await warned(), [])
})
