import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '../../shared/commands/act.ts'
import { waveDiary } from '../../shared/commands/diary.ts'
import { MortalGate } from '../fakes/gate.ts'
import { dated } from './world.ts'

const calendar = `  - { at: "D-14 09:00", notice: soon }
  - { at: "D-8 09:00", step: confirm }
  - { at: "D-1 16:00", step: cutover }
  - { on: copied, notice: done }`
const soon = (text: string) =>
  text.replace(
    'notices:\n',
    'notices:\n  - { notice: soon, template: done, audience: owner, issuer: ict, languages: [nl], channel: append }\n',
  )

test('a diary says what happened when, to whom, from whom, in which language and by which way, and what is ahead', async () => {
  const here = dated('2025-03-10T08:00:00Z', calendar, '', soon)
  await here.enqueue()
  const ahead = await waveDiary(here.app(), 'town')
  assert.deepEqual(
    ahead.diary.map(({ local, state, what }) => [local.slice(0, 22), state, what]),
    [
      ['2025-03-10T09:00+01:00', 'happened', 'enqueue'],
      ['2025-03-24T09:00+01:00', 'planned', 'soon'],
      ['2025-03-30T09:00+02:00', 'planned', 'confirm'],
      ['2025-04-06T16:00+02:00', 'planned', 'cutover'],
    ],
  )
  assert.match(ahead.warnings.join('\n'), /confirm .* falls on a Sunday/)
  await here.run({
    until: async () => {
      const step = (await here.store.steps.get('town', 'confirm'))?.row
      if (step?.state === 'waiting-for-people')
        await act(here.app(), 'town', 'approve', { why: 'agreed by telephone', step: 'confirm' }, 'Odile')
      return (await here.wave())?.state === 'closed'
    },
  })
  const { diary } = await waveDiary(here.app(), 'town')
  const told = diary.filter(({ kind }) => kind === 'notice')
  assert.deepEqual(
    told.map(({ local, what, to, issuer, languages, channel, state }) => [
      local.slice(0, 13),
      what,
      to,
      issuer,
      languages?.join('+'),
      channel,
      state,
    ]),
    ['soon', 'done'].flatMap(what =>
      ['anna@town.example', 'bob@town.example'].map(to => [
        what === 'soon' ? '2025-03-24T09' : '2025-04-06T16',
        what,
        to,
        'ict',
        what === 'soon' ? 'nl' : 'fr+nl',
        'append',
        'happened',
      ]),
    ),
  )
  assert.ok(diary.some(({ what, who }) => what === 'approve confirm' && who === 'Odile'))
  assert.ok(diary.some(({ what, local }) => what === 'town.example switched' && local.startsWith('2025-04-06T16:')))
  assert.equal(diary.filter(({ state }) => state === 'planned').length, 0)
})

test('a diary begins with the request of its wave, once, wherever that was cut off', async () => {
  const calm = new MortalGate()
  const undisturbed = dated('2025-03-10T08:00:00Z', calendar, '', soon)
  await undisturbed.enqueue(undisturbed.app(calm))
  for (let at = 1; at <= calm.names.length; at++) {
    const here = dated('2025-03-10T08:00:00Z', calendar, '', soon)
    await assert.rejects(here.enqueue(here.app(new MortalGate({ at, when: 'after' }))))
    await here.enqueue()
    const { diary } = await waveDiary(here.app(), 'town')
    assert.deepEqual(
      diary.filter(({ kind }) => kind === 'action').map(({ what }) => what),
      ['enqueue'],
      `after call ${at} (${calm.names[at - 1]})`,
    )
  }
})
