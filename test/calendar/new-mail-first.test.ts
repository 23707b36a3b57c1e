import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Refusal } from '../../shared/errors.ts'
import { parsePlaybook } from '../../shared/playbooks/playbook.ts'
import { all } from '../../shared/store/store.ts'
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
const start = '2025-03-31T08:00:00Z'
const anna = 'anna@town.example'
const rows = ({ store }: World) => all(store.mailboxes.list({}))
const inbox = ({ targets }: World) => targets.get(anna)?.folder('INBOX').messages ?? []
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
