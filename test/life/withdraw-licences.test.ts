import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { withdrawLicences } from '../../shared/commands/withdraw-licences.ts'
import { all } from '../../shared/store/store.ts'
import { isEffect } from '../crash/stopping.ts'
import { Death, MortalGate } from '../fakes/gate.ts'
import { letter, town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'

const [anna, bob] = ['anna@town.example', 'bob@town.example']
const order = { why: 'he has left' }
const row = async ({ store }: World, address = bob) => (await store.mailboxes.get('town', address))?.row ?? assert.fail()
const audited = async ({ store }: World) =>
  (await all(store.audit.list({ partition: 'town' }))).filter(({ action }) => action === 'withdraw-licences')
const line = `take 1 × STANDARDPACK back unless another wave moves them: ${bob} got an account here and have not moved`

/** A town whose accounts were made here; Bob's mailbox was copied, then cancelled, Anna moved. `there`: who had an account before. */
async function ended({ there = [] as string[], only = false } = {}): Promise<World> {
  const scene = town({}, { happens: [] })
  const target = 'target:\n  kind: exchange-online\n  accounts: graph\n  usageLocation: BE\n  licence: STANDARDPACK'
  const world = new World({ ...scene, playbook: scene.playbook.replace('target:\n  kind: exchange-server', target) })
  for (const address of there) world.accounts.there.add(address)
  await world.run({ until: async () => (await world.store.mailboxes.get('town', bob))?.row.state === 'synced' })
  await act(world.app(), 'town', 'cancel', { why: 'he leaves', mailboxes: [bob] }, 'Odile')
  if (only) await act(world.app(), 'town', 'cancel', { why: 'all of it' }, 'Odile')
  else await world.run()
  return world
}

describe('licences of accounts that nobody moved to', () => {
  test('are taken back from those alone; toDo has them no more, status and report say who, when and why', async () => {
    const world = await ended()
    const app = world.app()
    assert.ok((await waveStatus(app, 'town')).toDo?.includes(line))
    const { changed, withdrawn, kept, left } = await withdrawLicences(app, 'town', order, 'Odile')
    assert.deepEqual([changed, withdrawn, kept, left], [1, [bob], [], 0])
    assert.deepEqual(world.accounts.withdrawn, [bob])
    const { toDo = [], done = [] } = await waveStatus(app, 'town')
    assert.ok(!toDo.includes(line))
    const at = new Date(world.clock.now()).toISOString()
    assert.deepEqual(done, [{ what: `took 1 × STANDARDPACK back: ${bob} had not moved`, who: 'Odile', why: order.why, at }])
    assert.deepEqual(
      (await audited(world)).map(({ who, why, details }) => [who, why, details]),
      [['Odile', order.why, { address: bob, licence: 'STANDARDPACK' }]],
    )
  })

  test('are taken back once: one that is given again later stays', async () => {
    const world = await ended()
    await withdrawLicences(world.app(), 'town', order, 'Odile')
    world.accounts.withdrawn.length = 0
    assert.equal((await withdrawLicences(world.app(), 'town', { ...order, mailboxes: [bob] }, 'Jo')).changed, 0)
    assert.deepEqual([world.accounts.withdrawn, (await audited(world)).length], [[], 1])
  })

  test('stay where mail has arrived, or somebody wrote; notices of ours are no mail', async () => {
    const world = await ended()
    const [notice] = await all(world.store.notices.list({ partition: 'town' }))
    assert.ok(notice)
    const ours = letter('the wave')
      .toString()
      .replace(/Message-ID: .*\r/, `Message-ID: ${notice.messageId}\r`)
    world.targets.get(bob)?.deliver('INBOX', Buffer.from(ours))
    const dry = await carryOut(world.app(), 'true', app => withdrawLicences(app, 'town', order, 'Odile'))
    assert.deepEqual([dry.result.withdrawn, world.accounts.withdrawn], [[bob], []])
    world.targets.get(bob)?.deliver('Sent Items', letter('I am here'))
    const { changed, kept } = await withdrawLicences(world.app(), 'town', order, 'Odile')
    assert.equal(changed, 0)
    assert.match(kept[0]?.why ?? '', /^1 messages in it are not ours/)
    const named = await refusal(() => withdrawLicences(world.app(), 'town', { ...order, mailboxes: [bob] }, 'Odile'))
    assert.deepEqual([named.status, named.details.map(({ path }) => path)], [400, ['mailboxes[0]']])
    assert.deepEqual([world.accounts.withdrawn, (await row(world)).withdrawal, await audited(world)], [[], undefined, []])
  })

  test('of who moved, of an account that was there before and of what is none of the wave refuse the whole order', async () => {
    const world = await ended({ there: [bob] })
    const body = { mailboxes: [anna, bob, 'x@town.example'] }
    const { details } = await refusal(() => withdrawLicences(world.app(), 'town', body, 'Odile'))
    assert.deepEqual(details.map(({ path }) => path).sort(), ['mailboxes[0]', 'mailboxes[1]', 'mailboxes[2]', 'why'])
    const said = (i: number) => details.find(({ path }) => path === `mailboxes[${i}]`)?.message ?? ''
    assert.match(said(0), /it is completed: its person works there/)
    assert.match(said(1), /was there before/)
    assert.deepEqual(world.accounts.withdrawn, [])
  })

  test('stay while another wave has the mailbox, or where somebody made it a shared one', async () => {
    const world = await ended()
    world.accounts.holders.set(bob, { purpose: 'shared' })
    const why = async () => (await withdrawLicences(world.app(), 'town', order, 'Odile')).kept[0]?.why
    assert.match((await why()) ?? '', /shared mailbox since/)
    world.accounts.holders.delete(bob)
    const { row: wave } = (await world.store.waves.get('wave', 'town')) ?? assert.fail()
    await world.store.waves.put([{ ...wave, wave: 'next', state: 'planned' }])
    await world.store.mailboxes.put([{ ...(await row(world)), wave: 'next', state: 'planned' }])
    assert.match((await why()) ?? '', /wave “next”/)
  })

  test('of a cancelled wave go the same way; while a wave goes on they are refused', async () => {
    const world = await ended({ only: true })
    const { withdrawn } = await withdrawLicences(world.app(), 'town', order, 'Odile')
    assert.deepEqual(withdrawn, [anna, bob])
    const going = new World(town({}, { happens: [] }))
    await going.run({ until: async () => (await going.wave())?.state === 'preparing' })
    assert.equal((await refusal(() => withdrawLicences(going.app(), 'town', order, 'Odile'))).status, 409)
  })

  test('that somebody else took are said so', async () => {
    const world = await ended()
    world.accounts.withdrawn.push(bob)
    await withdrawLicences(world.app(), 'town', order, 'Odile')
    const { done = [], toDo = [] } = await waveStatus(world.app(), 'town')
    assert.match(done[0]?.what ?? '', /1 × STANDARDPACK had been taken back by somebody else/)
    assert.ok(!toDo.includes(line))
  })

  test('are taken once though the order is cut off before or after any of its effects and given again by another', async () => {
    const calm = await ended()
    const gate = new MortalGate()
    await withdrawLicences(calm.app(gate), 'town', order, 'Odile')
    const stops = gate.names.flatMap((name, i) => (isEffect(name) || name === 'accounts.withdraw' ? [i + 1] : []))
    assert.ok(stops.length >= 4, gate.names.join(' '))
    for (const at of stops)
      for (const when of ['before', 'after'] as const) {
        const world = await ended()
        await assert.rejects(withdrawLicences(world.app(new MortalGate({ at, when })), 'town', order, 'Odile'), Death)
        await withdrawLicences(world.app(), 'town', order, 'Jo')
        assert.deepEqual([world.accounts.withdrawn, (await audited(world)).length], [[bob], 1], `${when} ${gate.names[at - 1]}`)
        assert.notEqual((await row(world)).withdrawal?.doneAt, undefined)
        assert.equal((await waveStatus(world.app(), 'town')).done?.length, 1)
      }
  })
})
