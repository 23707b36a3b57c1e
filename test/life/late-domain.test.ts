import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { waveStatus } from '../../shared/commands/status.ts'
import { at, both, carl, domain, dora, eight, fresh, go, hours, old, order, soon, twoDomains } from './two-domains.ts'

describe('a domain that is given up on the evening of the cutover', { timeout: 120_000 }, () => {
  test('leaves its wave so, too, when its switch has failed, with a word to go without it or with none', async () => {
    for (const word of [true, false]) {
      const [world, sick] = twoDomains()
      sick.now = false
      await at(world, eight - 0.1 * hours)
      sick.now = true
      await at(world, eight + 0.5 * hours)
      assert.equal((await domain(world))?.heldFrom, 'switching')
      if (word) await go(world)
      await order(world, 'cancel', { mailboxes: [carl, dora] })
      assert.equal((await world.run()).verdict, 'complete')
      assert.deepEqual(both(world), [fresh, old])
    }
  })

  test('stays switched when all its mailboxes are cancelled after that, and what is left to do says so, with the old MX', async () => {
    const [world, sick] = twoDomains()
    sick.now = false
    await at(world, eight - 0.1 * hours)
    await world.run({ until: async () => both(world).every(mx => mx === fresh) && (await domain(world))?.state === 'switched' })
    await order(world, 'cancel', { mailboxes: [carl, dora] })
    await world.run()
    assert.deepEqual([both(world), (await domain(world))?.state], [[fresh, fresh], 'switched'])
    const { toDo = [] } = await waveStatus(world.app(), 'town')
    const [line = '', ...others] = toDo.filter(one => one.includes('although'))
    assert.match(line, /^the MX of port\.example leads to the new side .*put back at its DNS host \(\d+ \S+\)$/)
    assert.deepEqual(others, [])
  })

  for (const state of ['switching', 'proving'])
    test(`has its old MX when all its mailboxes are cancelled while it is ${state}, and the wave closes`, async () => {
      const [world, sick] = twoDomains()
      await at(world, eight + 0.2 * hours)
      await go(world)
      sick.now = false
      await order(world, 'retry')
      await soon(world, 0.2 * hours)
      await order(world, 'approve', { step: 'cutover' })
      await world.run({ until: async () => (await domain(world))?.state === state })
      await order(world, 'cancel', { mailboxes: [carl, dora] })
      assert.equal((await world.run()).verdict, 'complete')
      assert.deepEqual([both(world), (await domain(world))?.state], [[fresh, old], 'rolled-back'])
    })
})
