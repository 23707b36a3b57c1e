import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { Refusal } from '../../shared/errors.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { all } from '../../shared/store/store.ts'
import { DeathAfter } from '../fakes/gate.ts'
import { letter, switched } from '../fakes/town.ts'
import type { World } from '../fakes/world.ts'
import { dated, instant } from './world.ts'

const calendar = `  - { at: "D-3 19:00", step: provision }
  - { at: "D-1 18:00", step: cutover }
  - { at: "D-1 18:15", step: prestage }
  - { on: switched, notice: moved }
  - { on: copied, notice: done }`
const moved = (text: string) =>
  text.replace(
    'notices:\n',
    'notices:\n  - { notice: moved, template: done, audience: owner, issuer: ict, languages: [fr], channel: append }\n',
  )
/** The same, with late mail followed into the night. */
const followed = (text: string) => moved(text).replace('PT2M', 'PT6H')
const start = '2025-03-31T08:00:00Z'
const anna = 'anna@town.example'
const rows = ({ store }: World) => all(store.mailboxes.list({}))
const inbox = ({ targets }: World) => targets.get(anna)?.folder('INBOX').messages ?? []
const isStill = async ({ queues, store }: World) =>
  queues.waiting.length === 0 && (await all(store.mailboxes.list({ dueBy: Number.MAX_VALUE }))).length === 0
const subjects = (here: World) => inbox(here).map(({ raw }) => /^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim())

describe('new mail first, old mail after', { timeout: 60_000 }, () => {
  test('nothing is copied before the switch; then all of it, beside the new mail, and late mail after it', async () => {
    const here = dated(start, calendar, '', moved)
    await here.run({ until: async () => here.clock.now() >= instant('2025-04-06T15:55:00Z') })
    assert.deepEqual(
      (await rows(here)).map(({ state, copied }) => [state, copied]),
      [
        ['pre-staging', 0],
        ['pre-staging', 0],
      ],
    )
    assert.match((await rows(here))[0]?.waitsFor ?? '', /new mail to arrive/)
    assert.equal((await here.wave())?.state, 'ready')
    await here.run({ until: switched })
    assert.deepEqual(subjects(here), [])
    here.targets.get(anna)?.deliver('INBOX', letter('new'), [], here.clock.now())
    here.sources.get(anna)?.deliver('INBOX', letter('still on its way'), [], here.clock.now())
    await here.run({ until: async () => inbox(here).length > 3 })
    assert.ok(here.clock.now() >= instant('2025-04-06T16:15:00Z'), 'not before its hour')
    assert.equal(subjects(here)[0], 'new')
    // People work there by now: what they do stays done.
    const [, first, second] = inbox(here)
    here.targets.get(anna)?.setFlags('INBOX', first?.uid ?? 0, ['\\Flagged'])
    here.targets.get(anna)?.expunge('INBOX', second?.uid ?? 0)
    const wave = await here.run()
    assert.deepEqual([wave.verdict, wave.reasons ?? []], ['complete', []])
    const now = inbox(here)
    assert.equal(now.find(({ uid }) => uid === first?.uid)?.flags.includes('\\Flagged'), true)
    assert.equal(
      now.some(({ uid }) => uid === second?.uid),
      false,
    )
    assert.equal(subjects(here).filter(one => one === 'still on its way').length, 1)
    for (const { switchedAt = 0, syncedAt = 0, state } of await rows(here)) {
      assert.equal(state, 'completed')
      assert.ok(switchedAt <= instant('2025-04-06T16:15:00Z') && switchedAt < syncedAt)
    }
  })

  const moves: [when: string, state: string, places: number][] = [
    // Additions only: the copy in the folder that it left is not taken away, whoever reads it there.
    ['while the copy goes on is in both folders', 'pre-staging', 2],
    // Late mail comes to the inbox: other folders are not looked at any more.
    ['after the copy stays where it was copied to', 'draining', 1],
  ]
  for (const [when, state, places] of moves)
    test(`what its owner moves at the old server ${when}: nothing at the new side leaves its place`, async () => {
      const here = dated(start, calendar, '', followed)
      const old = here.sources.get(anna) ?? assert.fail('there is no old mailbox')
      old.deliver('INBOX', letter('the plan'), [], here.clock.now())
      const plans = (path: string) =>
        here.targets
          .get(anna)
          ?.folder(path)
          .messages.filter(one => one.raw.includes('the plan')).length ?? 0
      const isThere = () => subjects(here).includes('the plan')
      const others = () =>
        [...(here.targets.get(anna)?.folders ?? [])].some(([path, of]) => path !== 'INBOX' && of.messages.length > 0)
      const process = (n: number, pass: () => void) => new DeathAfter(() => n === 0 && places === 2 && others(), pass)
      const isSo = async () => isThere() && (here.deaths > 0 || (await rows(here))[0]?.state === state)
      await here.run({ process, until: isSo })
      assert.equal((await rows(here))[0]?.state, state)
      const { uid, raw, internalDate } = old.folder('INBOX').messages.find(one => one.raw.includes('the plan')) ?? assert.fail()
      old.expunge('INBOX', uid)
      old.deliver('Projets', raw, [], internalDate)
      const { verdict, reasons = [] } = await here.run()
      assert.deepEqual([plans('INBOX') + plans('Projets'), plans('INBOX')], [places, 1])
      assert.deepEqual([verdict, reasons], ['complete', []])
    })

  describe('rolled back', () => {
    const moments: [when: string, moment: (here: World) => Promise<boolean> | boolean][] = [
      ['before the hour of the copy', switched],
      ['amidst the copy', here => inbox(here).length > 3],
      ['once all was copied', async here => (await rows(here))[0]?.state === 'draining'],
      ['once it was closed', async here => (await here.wave())?.state === 'closed'],
    ]
    for (const [when, moment] of moments)
      test(`${when} it has its old MX, and no copy goes on; new mail and what was copied stay where they are`, async () => {
        const here = dated(start, calendar, '', followed)
        await here.run({ until: moment })
        here.targets.get(anna)?.deliver('INBOX', letter('came meanwhile'), [], here.clock.now())
        const wasThere = inbox(here).length
        await act(here.app(), 'town', 'rollback', { why: 'the new side is down' }, 'Odile')
        await here.run({ until: async () => (await here.wave())?.state === 'rolled-back' && here.queues.visible().length === 0 })
        assert.deepEqual(here.zone.read('town.example', 'MX')?.data, ['10 mx.old.example'])
        const states = new Set((await rows(here)).map(({ state }) => state))
        assert.ok(when === 'once it was closed' ? states.has('completed') : states.has('cancelled'), [...states].join())
        assert.equal([...states].filter(state => state !== 'completed' && state !== 'cancelled').length, 0)
        const said = here.readers.letters.length
        const source = here.sources.get(anna)
        source?.deliver('INBOX', letter('at the old server again'), [], here.clock.now())
        const listings = source?.listings
        const week = here.clock.now() + 7 * 86_400_000
        await here.run({ until: () => here.clock.now() >= week || isStill(here) })
        assert.equal(source?.listings, listings, 'nobody looks at the old mailbox any more')
        assert.ok(subjects(here).includes('came meanwhile') && inbox(here).length >= wasThere)
        assert.equal(subjects(here).includes('at the old server again'), false)
        assert.equal(here.readers.letters.length, said, 'nobody is told that his mail has moved')
      })
  })

  test('people are told of the switch before the copy has ended, each once', async () => {
    const here = dated(start, calendar, '', moved)
    await here.run()
    const told = (await all(here.store.notices.list({}))).map(({ notice, to, sentAt }) => ({ notice, to, sentAt }))
    for (const owner of [anna, 'bob@town.example']) {
      const mine = told.filter(({ to }) => to === owner).sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0))
      assert.deepEqual(
        mine.map(({ notice }) => notice),
        ['moved', 'done'],
      )
    }
  })

  test('a mailbox that does not exist keeps the domain where it is', async () => {
    const here = dated(start, calendar, '', moved)
    here.targets.delete('bob@town.example')
    await here.run({ until: async () => here.clock.now() >= instant('2025-04-07T00:00:00Z') })
    assert.equal(switched(here), false)
    assert.match((await here.wave())?.waitsFor ?? '', /bob@town\.example/)
  })

  test('accounts come before the switch, or the playbook is refused', () => {
    const later = calendar.replace('D-3 19:00', 'D-1 18:30')
    const text = dated(start, later, '', moved).scene.playbook
    assert.throws(
      () => parsePlaybook(text, undefined, 'town'),
      (error: unknown) =>
        error instanceof Refusal && error.details.some(({ message }) => /cutover comes before provision/.test(message)),
    )
  })
})
