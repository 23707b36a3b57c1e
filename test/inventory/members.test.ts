import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sayDone } from '../../shared/commands/done.ts'
import { carryOut } from '../../shared/commands/dry-run.ts'
import { confirmAnswers, postAnswer } from '../../shared/commands/inventory.ts'
import { changeMembers, waveMembersScript } from '../../shared/commands/members.ts'
import { waveStatus } from '../../shared/commands/status.ts'
import { Failure } from '../../shared/errors.ts'
import type { App } from '../../shared/ports.ts'
import { all } from '../../shared/store/store.ts'
import { isEffect } from '../crash/stopping.ts'
import { Death, MortalGate } from '../fakes/gate.ts'
import { MemoryMailbox } from '../fakes/mailbox.ts'
import { town } from '../fakes/town.ts'
import { World } from '../fakes/world.ts'
import { refusal } from '../intake/refusal.ts'
import { answers, filled, house, right, sent } from './house.ts'

const [anna, bob, info] = ['anna@town.example', 'bob@town.example', 'info@town.example']
const why = 'Bob has left the team'
const order = { why, mailboxes: [{ address: info, add: [bob], remove: [anna] }] }

/** A town that has moved, with a shared mailbox that Anna opens; Chloe works at the new side since before. */
async function moved(): Promise<World> {
  const scene = town({}, { happens: [] })
  const mailboxes = [...scene.wave.mailboxes, { address: info, kind: 'shared', members: [anna] }]
  const world = new World({ ...scene, wave: { ...scene.wave, mailboxes } })
  world.sources.set(info, new MemoryMailbox())
  world.targets.set(info, new MemoryMailbox())
  await world.run()
  assert.equal((await world.wave())?.state, 'closed')
  world.accounts.holders.set('chloe@town.example', { purpose: 'user' })
  return world
}
const row = async ({ store }: World) => (await store.mailboxes.get('town', info))?.row ?? assert.fail()
const calls = (script: string) => script.split('\r\n').filter(line => /^(Add|Remove|Set|New)-/.test(line))
const left = async (app: App) => (await waveStatus(app, 'town')).toDo ?? []
const audited = async ({ store }: World) =>
  (await all(store.audit.list({ partition: 'town' }))).filter(({ action }) => action === 'members')

describe('who opens a shared mailbox', () => {
  test('is changed after the wave has closed: just those lines, named by toDo until somebody says they were run', async () => {
    const world = await moved()
    const app = world.app()
    const before = await left(app)
    const { changed, script } = await changeMembers(app, 'town', order, 'Odile')
    assert.equal(changed, 1)
    const lines = [`Remove-Member-Of '${info}' '${anna}'`, `Add-Member-Of '${info}' '${bob}'`]
    assert.deepEqual(calls(script), lines)
    assert.match(script, /function Add-Member-Of[\s\S]*Add-MailboxPermission/)
    const { wanted, formerMembers } = await row(world)
    assert.deepEqual([wanted.members, formerMembers], [[bob], [anna]])
    const [line = '', ...more] = (await left(app)).filter(one => !before.includes(one))
    assert.match(line, /members\.ps1 for who opens info@town\.example: in bob@town\.example; out anna@town\.example/)
    assert.deepEqual(more, [])
    assert.deepEqual(calls((await waveMembersScript(app, 'town')).script), lines)
    await sayDone(app, 'town', { why: 'run', toDo: [line] }, 'Odile')
    assert.deepEqual(await left(app), before)
    assert.deepEqual(calls((await waveMembersScript(app, 'town')).script), [])
    assert.deepEqual(
      (await audited(world)).map(({ who, why, details }) => [who, why, details]),
      [['Odile', why, { mailboxes: order.mailboxes }]],
    )
  })

  test('is one change when ordered twice; a later order before it was run joins it, one after does not', async () => {
    const world = await moved()
    const app = world.app()
    await changeMembers(app, 'town', order, 'Odile')
    const again = await changeMembers(app, 'town', order, 'Odile')
    assert.deepEqual([again.changed, calls(again.script).length, (await audited(world)).length], [0, 2, 1])
    world.clock.move(60_000)
    const back = { why: 'she is back', mailboxes: [{ address: info, add: [anna, 'chloe@town.example'] }] }
    await changeMembers(app, 'town', back, 'Odile')
    const { added, removed } = (await row(world)).membersChange ?? assert.fail()
    assert.deepEqual([added, removed], [[anna, bob, 'chloe@town.example'], []])
    await sayDone(app, 'town', { why: 'all run' }, 'Odile')
    assert.equal((await changeMembers(app, 'town', back, 'Odile')).changed, 0)
    await changeMembers(app, 'town', { why: 'left', mailboxes: [{ address: info, remove: [bob] }] }, 'Odile')
    assert.deepEqual(calls((await waveMembersScript(app, 'town')).script), [`Remove-Member-Of '${info}' '${bob}'`])
  })

  test('is refused as a whole with every fault by its path', async () => {
    const world = await moved()
    world.accounts.holders.set('desk@town.example', { purpose: 'shared' })
    world.accounts.holders.set('dan@town.example', {})
    const add = ['nobody@town.example', 'desk@town.example', 'dan@town.example', info, bob]
    const { status, details } = await refusal(() =>
      changeMembers(
        world.app(),
        'town',
        {
          mailboxes: [
            { address: info, add, remove: ['who@town.example', bob] },
            { address: anna, add: [bob] },
            { address: 'x@town.example', add: ['bob'] },
            { address: info, add: [bob] },
            { address: info.toUpperCase() },
          ],
        },
        'Odile',
      ),
    )
    assert.equal(status, 400)
    assert.deepEqual(details.map(({ path }) => path).sort(), [
      'mailboxes[0].add[0]',
      'mailboxes[0].add[1]',
      'mailboxes[0].add[2]',
      'mailboxes[0].add[3]',
      'mailboxes[0].add[4]',
      'mailboxes[0].remove[0]',
      'mailboxes[1].address',
      'mailboxes[2].add[0]',
      'mailboxes[2].address',
      'mailboxes[3].address',
      'mailboxes[4].address',
      'why',
    ])
    const said = (path: string) => details.find(one => one.path === path)?.message ?? ''
    assert.match(said('mailboxes[0].add[1]'), /is a shared mailbox itself[\s\S]*no password of it helps/)
    assert.match(said('mailboxes[0].add[2]'), /an account without a mailbox/)
    assert.deepEqual([(await row(world)).membersChange, (await audited(world)).length], [undefined, 0])
  })

  test('says why a person could not be looked for', async () => {
    const world = await moved()
    world.accounts.holder = async () => {
      throw new Failure({ verdict: 'permanent', during: 'looking', code: 'Denied', hint: 'Grant User.Read.All.' })
    }
    const wanted = { why, mailboxes: [{ address: info, add: [bob, 'eve@town.example'] }] }
    const { details } = await refusal(() => changeMembers(world.app(), 'town', wanted, 'Odile'))
    assert.deepEqual(
      details.map(({ path }) => path),
      ['mailboxes[0].add[1]'],
    )
    assert.match(details[0]?.message ?? '', /could not be asked[\s\S]*Grant User\.Read\.All/)
  })

  test('in a wave that was put back is refused: nobody works there', async () => {
    const world = await moved()
    const { row: wave, etag } = (await world.store.waves.get('wave', 'town')) ?? assert.fail()
    await world.store.waves.save({ ...wave, state: 'rolled-back' }, etag)
    assert.equal((await refusal(() => changeMembers(world.app(), 'town', order, 'Odile'))).status, 409)
  })

  test('is shown by a dry run, which keeps nothing', async () => {
    const world = await moved()
    const { result } = await carryOut(world.app(), 'true', app => changeMembers(app, 'town', order, 'Odile'))
    assert.ok('effect' in result && result.effect.rows.some(({ table }) => table === 'Mailboxes'))
    assert.deepEqual((await row(world)).wanted.members, [anna])
  })

  test('is whole after the order was cut off before or after any of its effects and given again', async () => {
    const calm = await moved()
    const gate = new MortalGate()
    await changeMembers(calm.app(gate), 'town', order, 'Odile')
    const stops = gate.names.flatMap((name, i) => (isEffect(name) ? [i + 1] : []))
    assert.ok(stops.length >= 3)
    for (const n of stops)
      for (const when of ['before', 'after'] as const) {
        const world = await moved()
        const dying = new MortalGate({ at: n, when })
        await assert.rejects(changeMembers(world.app(dying), 'town', order, 'Odile'), Death)
        await changeMembers(world.app(), 'town', order, 'Odile')
        const { wanted, formerMembers } = await row(world)
        assert.deepEqual([wanted.members, formerMembers], [[bob], [anna]])
        assert.equal((await left(world.app())).filter(one => /members\.ps1/.test(one)).length, 1)
      }
  })
})

test('an answer that was given before such an order does not undo it when it is followed again', async () => {
  const { world, app } = await house()
  const members = async () => (await world.store.mailboxes.get('aid', 'contact@aid.example'))?.row.wanted.members
  const say = async () =>
    postAnswer(app, 'aid', {
      ...{ bytes: await filled(await sent(app), answers(right)), contentType: undefined, accept: undefined },
      ...{ query: {}, who: 'jo@aid.example' },
    })
  await say()
  assert.deepEqual(await members(), ['anna@aid.example', 'bruno@aid.example'])
  world.clock.move(60_000)
  const out = { why: 'he has left', mailboxes: [{ address: 'contact@aid.example', remove: ['bruno@aid.example'] }] }
  await changeMembers(app, 'aid', out, 'Odile')
  await confirmAnswers(app, 'aid', 'Odile')
  assert.deepEqual(await members(), ['anna@aid.example'])
})
